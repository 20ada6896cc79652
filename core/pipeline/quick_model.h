// SPDX-License-Identifier: GPL-3.0-or-later
// A model coded in memory within a second or two, to be looked at, run and thrown away: every linear
// layer by itself, without calibration. A run proper (run.h) is better and writes files.
#pragma once

#include "base/progress.h"
#include "checkpoint/checkpoint.h"
#include "compute/backend.h"
#include "packed/bit_count.h"
#include "quantize/parameter.h"

namespace halftone {

struct QuickModel
{
    std::shared_ptr<const Checkpoint> checkpoint; ///< coded layers are of type Packed
    BitCount bits;                                ///< of all coded layers
    double error = 0;                             ///< sum |E|^2 / sum |W|^2 over them
};

/// Only methods and settings that need no Hessian (PB-LLM with saliency by magnitude and no
/// compensation); others throw Error, as an unknown model does. Throws Cancelled.
QuickModel quickModel(const std::shared_ptr<const Checkpoint>& source, const QString& method,
                      const Settings& settings, ComputeBackend& backend, Progress& progress);

} // namespace halftone
