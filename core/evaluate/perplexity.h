// SPDX-License-Identifier: GPL-3.0-or-later
// How well a model predicts a text, and how far it is from another model on it, in one walk over the
// blocks. No file of logits is ever written.
#pragma once

#include "base/progress.h"
#include "model/token_windows.h"
#include "model/transformer.h"

#include <optional>
#include <vector>

namespace halftone {

struct Perplexity
{
    double value = 0;         ///< exp of the mean negative log-likelihood of all predictions
    double standardError = 0; ///< value * standard error of the mean over the windows' means
};

/// Against the reference on the same tokens.
struct Divergence
{
    double mean = 0;     ///< KL(reference || model) in nats per token
    double p99 = 0;      ///< 99th percentile over tokens
    double sameTop = 0;  ///< share of tokens for which both hold the same token most likely
};

struct Evaluation
{
    Perplexity perplexity;
    std::optional<Perplexity> referencePerplexity;
    std::optional<Divergence> divergence;
    Index windows = 0;
    Index context = 0;
    std::int64_t predictions = 0;              ///< windows * (context - 1)
    std::vector<double> windowLoss;            ///< mean negative log-likelihood of each window
    double seconds = 0;
};

/// Every token but the first of each window is predicted. `reference` may be null; both models must
/// have the same vocabulary. Throws Error for a model that predicts NaN or infinity. Windows are walked in groups whose hidden states fit activationBytes.
Evaluation evaluate(Transformer& model, Transformer* reference, const TokenWindows& windows,
                    Progress& progress, std::int64_t activationBytes = std::int64_t{2} << 30);

} // namespace halftone
