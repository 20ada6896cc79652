// SPDX-License-Identifier: GPL-3.0-or-later
#include "run_order.h"

#include "compute/cpu_backend.h"
#include "pipeline/run.h"

namespace halftone {

RunOutcome runOrder(const RunOrder& order, Progress& progress)
{
    const std::unique_ptr<ComputeBackend> backend = makeCpuBackend();
    RunResult result = runPipeline(order.recipe, order.out, *backend, progress);
    return {order, std::move(result.report), std::move(result.times)};
}

} // namespace halftone
