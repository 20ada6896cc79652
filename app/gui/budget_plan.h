// SPDX-License-Identifier: GPL-3.0-or-later
// A budget worked out for a recipe: the recipe that keeps it, what each layer gets, and what it weighs
// and takes. Runs on any thread.
#pragma once

#include "base/progress.h"
#include "pipeline/estimate.h"
#include "pipeline/recipe.h"

#include <functional>

namespace halftone {

struct BudgetPlan
{
    /// What one kind of layer gets over the blocks, in the method's own parameter.
    struct Row
    {
        QString kind;
        double least = 0, mean = 0, most = 0;
        Index richest = 0; ///< the block that gets most
    };

    Recipe recipe;
    QString parameter;   ///< by which the method spends bits
    double bits = 0;     ///< the budget, per weight on disk
    Estimate estimate;
    std::vector<Row> rows;
};

/// value: bits a weight, or megabytes (10^6 bytes) of the packed folder. told gets the share done and what
/// is being done. Throws Error and Cancelled.
BudgetPlan planBudget(const Recipe& recipe, double value, bool megabytes, Progress& progress,
                      const std::function<void(double share, const QString& stage)>& told);

} // namespace halftone
