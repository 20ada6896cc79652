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
    std::vector<int> stopTokens; ///< stop at these, too
};

struct Generated
{
    std::vector<int> tokens;   ///< without the prompt
    double loadSeconds = 0;    ///< making the weights ready; 0 for a Writer's later texts
    double promptSeconds = 0;
    double seconds = 0;        ///< of the new tokens
    double processorSeconds = 0; ///< the same, of all threads together
    std::int64_t weightBytes = 0; ///< all that products read, mapped files included
    std::int64_t cacheBytes = 0;  ///< keys and values
};

/// Called with each new token and the bytes it adds (perhaps part of a character). False stops.
using TokenListener = std::function<bool(int token, const std::string& bytes)>;

/// Writes texts of up to `capacity` tokens. What a text has in common with the beginning of the one before
/// is not computed again: a conversation costs only its new part.
class Writer
{
public:
    /// Packed matrices stay packed when model.runPacked() was called. Otherwise holds the floats of all
    /// blocks that fit floatBytes, and reads the others anew for each token.
    Writer(Transformer& model, const Tokenizer& tokenizer, Index capacity, Progress& progress,
           std::int64_t floatBytes = std::int64_t{8} << 30);

    /// Continues `prompt` (token ids, not empty). Throws Error when prompt and new tokens exceed the
    /// capacity, and for a model that predicts NaN or infinity.
    Generated write(const std::vector<int>& prompt, const Sampling& sampling, const TokenListener& listener,
                    Progress& progress);
    Index capacity() const { return m_capacity; }

private:
    std::vector<float> feed(std::span<const int> tokens, Progress& progress);
    std::vector<float> feedAll(std::span<const int> tokens, Progress& progress);
    void keepCommonPart(const std::vector<int>& prompt);

    Transformer& m_model;
    const Tokenizer& m_tokenizer;
    Index m_capacity;
    Head m_head;
    Array m_logits;
    std::vector<Block> m_blocks;
    std::vector<KeyValueCache> m_caches;
    std::vector<int> m_fed;      // the tokens whose keys and values the caches hold
    double m_loadSeconds = 0;
    std::int64_t m_weightBytes = 0, m_cacheBytes = 0;
};

/// One text by a Writer of just its length. Throws Error when it exceeds the model's context.
Generated generate(Transformer& model, const Tokenizer& tokenizer, const std::vector<int>& prompt,
                   const Sampling& sampling, const TokenListener& listener, Progress& progress,
                   std::int64_t floatBytes = std::int64_t{8} << 30);

/// The token that `sampling` picks from logits; `state` is advanced (SplitMix64).
int sampleToken(std::span<const float> logits, const Sampling& sampling, std::uint64_t& state);

} // namespace halftone
