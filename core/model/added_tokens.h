// SPDX-License-Identifier: GPL-3.0-or-later
// Tokens that are cut out of the text before anything else sees it: "<|im_end|>", user-defined ones.
#pragma once

#include "model/prefix_tree.h"

#include <string>
#include <string_view>
#include <vector>

namespace halftone {

struct AddedToken
{
    std::string text;
    int token = -1;
    bool special = false;       ///< only cut out when special tokens are parsed
    bool singleWord = false;    ///< not within a word
    bool leftStrip = false;     ///< takes the white space on its left with it
    bool rightStrip = false;
};

class AddedTokens
{
public:
    enum class Order {
        Leftmost,    ///< the leftmost match, the longest of those that begin there (tokenizer.json)
        Longest,     ///< the longest token wherever it is, then the next longest (llama.cpp)
    };
    /// Plain text where token is -1.
    struct Segment
    {
        std::string_view text;
        int token = -1;
    };

    explicit AddedTokens(std::vector<AddedToken> tokens = {}, Order order = Order::Leftmost);
    std::vector<Segment> split(std::string_view text, bool withSpecial) const;

private:
    void splitLeftmost(std::string_view text, bool withSpecial, std::vector<Segment>& segments) const;

    std::vector<AddedToken> m_tokens;   ///< Order::Longest: longest first
    Order m_order;
    PrefixTree m_tree;
};

} // namespace halftone
