// SPDX-License-Identifier: GPL-3.0-or-later
// Byte pair encoding by a ranked list of merges: byte-level (GPT-2 and its heirs) and by characters
// with byte fallback (SentencePiece models converted to tokenizer.json).
#pragma once

#include "model/subword_model.h"

#include <cstdint>
#include <utility>

namespace halftone {

struct BytePairRules
{
    bool byteLevel = false;       ///< start from bytes, spelled with GPT-2's stand-ins
    bool byteFallback = false;    ///< a character without a token becomes <0xNN> tokens
    bool fuseUnknown = false;     ///< neighbouring unknown characters become one token
    bool wholeWordFirst = false;  ///< a word that is a token is not merged up from its bytes
    int unknown = -1;             ///< -1: characters without a token are left out
};

class BytePairs : public SubwordModel
{
public:
    /// merges: first is best. Throws Error for a merge whose parts or result are not in the vocabulary.
    BytePairs(Vocabulary vocabulary, const std::vector<std::pair<std::string, std::string>>& merges,
              const BytePairRules& rules);

    void encode(std::string_view word, std::vector<int>& tokens) const override;

private:
    struct Ranked
    {
        int rank;
        int token;
    };

    /// Token of a starting symbol, -1 if it has none.
    int startingToken(std::string_view text) const;

    BytePairRules m_rules;
    Vocabulary m_vocabulary;          ///< by bytes for byte-level vocabularies
    std::vector<int> m_bytes;         ///< byte-level: token of each byte; else those of <0xNN>
    std::unordered_map<std::uint64_t, Ranked> m_merges;
};

} // namespace halftone
