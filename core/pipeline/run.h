// SPDX-License-Identifier: GPL-3.0-or-later
// The story as one function: open, calibrate and quantize block by block, save, judge, report.
#pragma once

#include "export/report.h"
#include "pipeline/recipe.h"

#include "base/progress.h"
#include "compute/backend.h"

#include <functional>

namespace halftone {

struct RunOptions
{
    bool restart = false; ///< throw away an unfinished run of the same folder
    std::function<void(const LayerReport&)> onLayer; ///< each layer once coded, resumed ones too
    std::function<void()> onStart;                   ///< all is checked, the work begins
};

struct RunResult
{
    QString folder;
    Report report;
    RunTimes times;
    bool resumed = false;
};

/// Runs a recipe into folder `out`, which must not exist: it appears whole or not at all. A run that
/// was interrupted goes on from its last finished block when called again with the same recipe, and
/// ends with the same bytes as if it had never stopped (same machine and backend). Throws Error and
/// Cancelled; what was done so far stays in `<out>.partial`.
RunResult runPipeline(const Recipe& recipe, const QString& out, ComputeBackend& backend,
                      Progress& progress, const RunOptions& options = {});

/// The id of the backend an unfinished run into `out` was begun with; empty if there is none.
QString backendOfUnfinishedRun(const QString& out);

} // namespace halftone
