// SPDX-License-Identifier: GPL-3.0-or-later
// How much each token of a given text surprises a model, and what it had expected there instead.
#pragma once

#include "base/progress.h"
#include "model/transformer.h"

#include <span>
#include <utility>
#include <vector>

namespace halftone {

struct TokenSurprise
{
    int token = 0;
    double nats = 0;                                ///< negative log-likelihood; 0 for the first token
    std::vector<std::pair<int, double>> expected;   ///< most likely tokens and probabilities, best first
};

/// One entry a token; nothing predicts the first. Throws Error for more tokens than the model's context
/// and for a model that predicts NaN or infinity, and Cancelled.
std::vector<TokenSurprise> surpriseOf(Transformer& model, std::span<const int> tokens, int expectations,
                                      Progress& progress);

} // namespace halftone
