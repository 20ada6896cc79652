// SPDX-License-Identifier: GPL-3.0-or-later
// How much a model's predictions suffer when the weights of a layer are disturbed: measured, by noise,
// for each block and for each kind of layer. What to do about it is allocate_bits' matter.
#pragma once

#include "base/progress.h"
#include "model/token_windows.h"
#include "model/transformer.h"

#include <array>

namespace halftone {

/// Mean divergence KL(original || disturbed) in nats a token, when each weight gets Gaussian noise of
/// `noise` times the root mean square of its matrix.
struct Sensitivity
{
    std::vector<double> block;                 ///< all linear layers of one block
    std::array<double, kLinears.size()> kind{}; ///< one kind of linear layer, in all blocks
    double noise = 0;

    /// One layer, taken as the product of its block's and its kind's.
    double of(Index b, Linear linear) const;
};

/// Over the first windows of a text, at most `windows` of them and `tokens` of each. The noise is the
/// same in every run.
Sensitivity measureSensitivity(Transformer& model, const TokenWindows& text, Index windows, Index tokens,
                               Progress& progress);

} // namespace halftone
