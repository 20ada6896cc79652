// SPDX-License-Identifier: GPL-3.0-or-later
// What a run will weigh, need and take, before it starts: bits from packing a sample of rows, time from
// trying the verbs on the model's own shapes.
#pragma once

#include "base/progress.h"
#include "compute/backend.h"
#include "pipeline/recipe.h"

#include <QStringList>

namespace halftone {

struct Estimate
{
    double nominalBits = 0, diskBits = 0;   ///< per weight of the coded linear layers
    std::int64_t originalBytes = 0;         ///< tensor files of the source
    std::int64_t packedBytes = 0;           ///< safetensors files of the result
    std::int64_t memoryBytes = 0;           ///< most that is held at once, without mapped files
    double seconds = 0;
    QStringList warnings;                   ///< one sentence each
};

/// Takes about a second. Throws Error as the run itself would for a recipe, model or text that do not
/// go together.
Estimate estimateRun(const Recipe& recipe, ComputeBackend& backend, Progress& progress);

} // namespace halftone
