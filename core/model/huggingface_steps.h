// SPDX-License-Identifier: GPL-3.0-or-later
// The steps around the model in a tokenizer.json: normalizer, pre_tokenizer, decoder and
// post_processor. A kind of step that is not known here is refused by name.
#pragma once

#include "model/tokenizer_parts.h"

#include <nlohmann/json.hpp>
#include <string>

namespace halftone {

/// Each takes the value of the field of its name, which may be null.
Normalizer readNormalizer(const nlohmann::json* field);

struct HuggingFaceWords
{
    PreTokenizer preTokenizer;
    bool byteLevel = false;
};
HuggingFaceWords readPreTokenizer(const nlohmann::json* field);

/// How token texts become bytes.
struct HuggingFaceDecoder
{
    bool byteLevel = false;
    bool byteFallback = false;
    std::vector<std::pair<std::string, std::string>> replacements;
    int strippedSpaces = 0;

    std::string piece(std::string text) const;
};
/// Without a decoder tokens are joined as they are, or as bytes if the words are byteLevel.
HuggingFaceDecoder readDecoder(const nlohmann::json* field, bool byteLevel);

/// The token that a template puts in front of a single text, empty if there is none.
std::string readLeadingToken(const nlohmann::json* field);

} // namespace halftone
