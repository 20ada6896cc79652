// SPDX-License-Identifier: GPL-3.0-or-later
// What a block's linear layers see: the second moments of their inputs over all calibration windows.
// Observes only; coding the layers is quantize's matter.
#pragma once

#include "base/progress.h"
#include "model/transformer.h"

#include <array>
#include <vector>

namespace halftone {

/// For the layers that share one input x: gram = sum over tokens of x x^T [inputs x inputs], and, with
/// drift correction, cross = sum of (x_original - x) x^T (QEP, Arai and Ichikawa 2025).
struct StageHessian
{
    Array gram;
    Array cross;       ///< empty without a second stream
    Index tokens = 0;
};

/// The streams of hidden states that walk through the model, one array [t x hidden] a window.
struct Streams
{
    std::vector<Array> coded;
    std::vector<Array> original;  ///< empty unless drift is corrected
};

/// Gathers the Hessians of `stages` (in block order) over all windows in one pass: linear layers of
/// the coded stream run with `block`, those of the original stream with `originalBlock`. Hidden
/// states stay as they are. `precision` is Scalar::F64 (the definition) or F32. onWindow is called
/// after each window.
std::array<StageHessian, kStages.size()>
observeBlock(Transformer& model, const Block& block, const Block* originalBlock,
             const Streams& streams, std::span<const Stage> stages, Scalar precision,
             const std::function<void(Index window)>& onWindow);

} // namespace halftone
