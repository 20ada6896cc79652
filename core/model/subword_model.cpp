// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/subword_model.h"

namespace halftone {

namespace {

constexpr std::string_view kHex = "0123456789ABCDEF";

} // namespace

std::vector<int> byteTokens(const Vocabulary& vocabulary)
{
    std::vector<int> ids(256, -1);
    std::string text = "<0x00>";
    for (unsigned byte = 0; byte < 256; ++byte) {
        text[3] = kHex[byte >> 4];
        text[4] = kHex[byte & 15];
        if (const auto found = vocabulary.find(text); found != vocabulary.end())
            ids[byte] = found->second;
    }
    return ids;
}

int byteOfToken(std::string_view text)
{
    if (text.size() != 6 || !text.starts_with("<0x") || text[5] != '>')
        return -1;
    const auto high = kHex.find(text[3]);
    const auto low = kHex.find(text[4]);
    if (high == std::string_view::npos || low == std::string_view::npos)
        return -1;
    return static_cast<int>(high * 16 + low);
}

} // namespace halftone
