// SPDX-License-Identifier: GPL-3.0-or-later
// SentencePiece's BPE: neighbours merge if together they are a token, the highest score first. A
// character that is no token becomes its bytes, <0xNN>.
#pragma once

#include "model/subword_model.h"

namespace halftone {

class SentencePiecePairs : public SubwordModel
{
public:
    /// scores: by id. unknown stands for bytes that have no token; -1 leaves them out.
    SentencePiecePairs(Vocabulary vocabulary, std::vector<float> scores, int unknown);

    void encode(std::string_view word, std::vector<int>& tokens) const override;

private:
    Vocabulary m_vocabulary;
    std::vector<float> m_scores;
    std::vector<int> m_bytes;
};

} // namespace halftone
