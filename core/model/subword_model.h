// SPDX-License-Identifier: GPL-3.0-or-later
// The last step of a tokenizer: one word (or a whole text, where nothing splits it) to token ids.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace halftone {

struct TextHash : std::hash<std::string_view>
{
    using is_transparent = void;
};
/// Token text to id.
using Vocabulary = std::unordered_map<std::string, int, TextHash, std::equal_to<>>;

class SubwordModel
{
public:
    virtual ~SubwordModel() = default;
    /// Appends the tokens of `word` (any bytes) to `tokens`.
    virtual void encode(std::string_view word, std::vector<int>& tokens) const = 0;
};

/// Ids of the tokens <0x00> .. <0xFF>, -1 for those that are missing.
std::vector<int> byteTokens(const Vocabulary& vocabulary);
/// The byte that "<0x0A>" stands for, -1 for any other text.
int byteOfToken(std::string_view text);

} // namespace halftone
