// SPDX-License-Identifier: GPL-3.0-or-later
#include "budget_plan.h"

#include "app/backends.h"
#include "checkpoint/checkpoint.h"
#include "pipeline/allocate_bits.h"

#include <algorithm>

namespace halftone {

namespace {

std::vector<BudgetPlan::Row> rowsOf(const Recipe& recipe, const QString& parameter)
{
    const ModelConfig config = ModelConfig::of(*Checkpoint::open(recipe.model));
    const std::string key = parameter.toStdString();
    std::vector<BudgetPlan::Row> rows;
    for (const Linear linear : kLinears) {
        BudgetPlan::Row row{shortName(linear), 1e300, 0, -1e300, 0};
        for (Index block = 0; block < config.blocks; ++block) {
            const double value = recipe.settingsFor(config.names.weight(linear, block)).at(key).get<double>();
            if (value > row.most)
                row.richest = block;
            row.least = std::min(row.least, value);
            row.most = std::max(row.most, value);
            row.mean += value / double(config.blocks);
        }
        rows.push_back(row);
    }
    return rows;
}

} // namespace

BudgetPlan planBudget(const Recipe& recipe, double value, bool megabytes, Progress& progress,
                      const std::function<void(double, const QString&)>& told)
{
    const auto backend = makeBackend(recipe.backend, recipe.gpuPrecision == QLatin1String("auto"));
    Progress part(progress, [&](const ProgressMoment& moment) { told(moment.share, moment.stage); });
    BudgetPlan plan;
    plan.bits = megabytes ? bitsForMegabytes(recipe, value, *backend, part) : value;
    plan.recipe = withBudget(recipe, plan.bits, *backend, part);
    plan.recipe.steerBits = 0; // what is shown is what runs; the field beside Start steers
    plan.parameter = bitsParameter(recipe.method);
    plan.estimate = estimateRun(plan.recipe, *backend, part);
    plan.rows = rowsOf(plan.recipe, plan.parameter);
    return plan;
}

} // namespace halftone
