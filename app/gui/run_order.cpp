// SPDX-License-Identifier: GPL-3.0-or-later
#include "run_order.h"

#include "app/backends.h"
#include "pipeline/run.h"

namespace halftone {

RunOutcome runOrder(const RunOrder& order, Progress& progress)
{
    // An interrupted run ends with the same bytes only on the backend it began with.
    const QString begun = backendOfUnfinishedRun(order.out);
    const bool keep = order.recipe.backend == QLatin1String("auto") && !begun.isEmpty();
    const std::unique_ptr<ComputeBackend> backend = makeBackend(keep ? begun : order.recipe.backend,
                                                                order.recipe.gpuPrecision == QLatin1String("auto"));
    RunResult result = runPipeline(order.recipe, order.out, *backend, progress);
    return {order, std::move(result.report), std::move(result.times)};
}

} // namespace halftone
