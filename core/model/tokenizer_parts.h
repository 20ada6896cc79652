// SPDX-License-Identifier: GPL-3.0-or-later
// What a Tokenizer is assembled from, whichever file describes it. Only the two readers
// (tokenizer_huggingface.cpp, tokenizer_gguf.cpp) fill it in.
#pragma once

#include "model/added_tokens.h"
#include "model/normalize.h"
#include "model/pre_tokenize.h"
#include "model/subword_model.h"

#include <QString>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace halftone {

struct TokenizerParts
{
    QString kind;
    std::vector<std::string> pieces;      ///< by id: the bytes the token stands for
    std::vector<std::uint8_t> special;    ///< by id: 1 for control and unknown tokens
    AddedTokens addedTokens;              ///< cut out of the text as it comes
    AddedTokens normalizedTokens;         ///< cut out after normalizing
    Normalizer normalizer;
    PreTokenizer preTokenizer;
    std::unique_ptr<const SubwordModel> model;
    int strippedSpaces = 0;               ///< spaces removed in front of a decoded text, at most
    int bos = -1;
    int eos = -1;
    bool addsBos = false;
    QString chatTemplate;
};

} // namespace halftone
