// SPDX-License-Identifier: GPL-3.0-or-later
// Text a model writes, token by token, with its keys and values kept. Deterministic for a seed.
#pragma once

#include "base/progress.h"
#include "model/tokenizer.h"
#include "model/transformer.h"

#include <functional>
#include <string>
#include <vector>

namespace halftone {

struct Sampling
{
    double temperature = 0;    ///< 0 takes the most likely token (greedy)
    int topK = 0;              ///< only the k most likely tokens; 0 means all
    double topP = 1;           ///< the fewest tokens that hold this share (Holtzman et al. 2020)
    std::uint64_t seed = 0;
    Index maxTokens = 100;
    bool stopAtEnd = true;     ///< stop at the end-of-text token
};

struct Generated
{
    std::vector<int> tokens;   ///< without the prompt
    double promptSeconds = 0;
    double seconds = 0;        ///< of the new tokens
};

/// Called with each new token and the bytes it adds (perhaps part of a character). False stops.
using TokenListener = std::function<bool(int token, const std::string& bytes)>;

/// Continues `prompt` (token ids, not empty). Holds the floats of all blocks that fit floatBytes,
/// and reads the others anew for each token. Throws Error when prompt and new tokens exceed the
/// model's context, and for a model that predicts NaN or infinity.
Generated generate(Transformer& model, const Tokenizer& tokenizer, const std::vector<int>& prompt,
                   const Sampling& sampling, const TokenListener& listener, Progress& progress,
                   std::int64_t floatBytes = std::int64_t{8} << 30);

/// The token that `sampling` picks from logits; `state` is advanced (SplitMix64).
int sampleToken(std::span<const float> logits, const Sampling& sampling, std::uint64_t& state);

} // namespace halftone
