// SPDX-License-Identifier: GPL-3.0-or-later
// Several runs that differ in one choice, and one table of what each cost and gave.
#pragma once

#include "pipeline/run.h"

namespace halftone {

struct SweepRow
{
    QString label;   ///< "pb-llm, 0.1"
    Report report;
    RunTimes times;
};

/// Runs each recipe, one after another; the packed models
/// stay in `folder`, named by their labels, or are thrown away when it is empty. onRow is called
/// after each. Finished runs in `folder` are not repeated.
std::vector<SweepRow> runSweep(const std::vector<std::pair<QString, Recipe>>& recipes,
                               const QString& folder, ComputeBackend& backend, Progress& progress,
                               const std::function<void(const SweepRow&)>& onRow = {});

} // namespace halftone
