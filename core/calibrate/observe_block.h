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
    /// Sum of (r_original - r) x^T [hidden x inputs], r the residual stream that the stage's outcome is
    /// added to; Output and Down only, empty without a second stream.
    Array residual;
    Index tokens = 0;
};

/// Windows asked for before waiting for the device, which then need not wait for the processor.
constexpr std::size_t kWindowsAhead = 4;

/// The streams of hidden states that walk through the model, one array [t x hidden] a window.
struct Streams
{
    std::vector<Array> coded;
    std::vector<Array> original;  ///< empty unless drift is corrected
    /// Where stages are observed in turn: what one leaves for the next (Transformer::runStage); else empty.
    std::vector<Array> codedBetween, originalBetween;
};

struct ObservationChoice
{
    Scalar precision = Scalar::F64; ///< of the sums: F64 (the definition) or F32
    /// A token whose input has more than so many times the window's median energy |x|^2 is scaled down
    /// to that, in every sum: few enormous activations no longer decide. 0: none is.
    double tokenClip = 0;
};

/// Gathers the Hessians of `stages` (in block order) over all windows in one pass: linear layers of
/// the coded stream run with `block`, those of the original stream with `originalBlock`. Hidden
/// states stay as they are. With streams.codedBetween, one stage is observed, and goes on from the one before it.
/// onWindow is called after each window.
std::array<StageHessian, kStages.size()>
observeBlock(Transformer& model, const Block& block, const Block* originalBlock,
             const Streams& streams, std::span<const Stage> stages, const ObservationChoice& choice,
             const std::function<void(Index window)>& onWindow);

} // namespace halftone
