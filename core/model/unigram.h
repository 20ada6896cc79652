// SPDX-License-Identifier: GPL-3.0-or-later
// The unigram language model (Kudo 2018): of all ways to cut a word into tokens, the one with the
// greatest sum of log-probabilities (Viterbi).
#pragma once

#include "model/prefix_tree.h"
#include "model/subword_model.h"

namespace halftone {

class Unigram : public SubwordModel
{
public:
    /// scores: log-probabilities by id. unknown: -1 if the model has none; a character that no token
    /// covers is then an Error. Unknown neighbours are one token, or their bytes with byteFallback.
    Unigram(Vocabulary vocabulary, std::vector<double> scores, int unknown, bool byteFallback);

    void encode(std::string_view word, std::vector<int>& tokens) const override;

private:
    void addUnknown(std::string_view text, std::vector<int>& tokens) const;

    Vocabulary m_vocabulary;
    std::vector<double> m_scores;
    int m_unknown;
    double m_unknownScore;
    std::vector<int> m_bytes;   ///< empty without byteFallback
    PrefixTree m_tree;
};

} // namespace halftone
