// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/added_tokens.h"

#include "model/utf8.h"

#include <algorithm>
#include <utf8proc.h>

namespace halftone {

namespace {

bool isWordCharacter(std::int32_t c)
{
    switch (utf8proc_category(c)) {
    case UTF8PROC_CATEGORY_LU:
    case UTF8PROC_CATEGORY_LL:
    case UTF8PROC_CATEGORY_LT:
    case UTF8PROC_CATEGORY_LM:
    case UTF8PROC_CATEGORY_LO:
    case UTF8PROC_CATEGORY_MN:
    case UTF8PROC_CATEGORY_MC:
    case UTF8PROC_CATEGORY_ME:
    case UTF8PROC_CATEGORY_ND:
    case UTF8PROC_CATEGORY_NL:
    case UTF8PROC_CATEGORY_PC:
        return true;
    default:
        return false;
    }
}

/// The character that ends at `end`, and where it begins.
std::int32_t characterBefore(std::string_view text, std::size_t end, std::size_t& begin)
{
    begin = end - 1;
    while (begin > 0 && (static_cast<unsigned char>(text[begin]) & 0xc0) == 0x80)
        --begin;
    std::int32_t codepoint = -1;
    readCharacter(text, begin, codepoint);
    return codepoint;
}

bool insideWord(std::string_view text, std::size_t begin, std::size_t end)
{
    std::size_t ignored = 0;
    std::int32_t after = -1;
    if (begin > 0 && isWordCharacter(characterBefore(text, begin, ignored)))
        return true;
    return end < text.size() && readCharacter(text, end, after) > 0 && isWordCharacter(after);
}

void addPlain(std::string_view text, std::size_t begin, std::size_t end,
              std::vector<AddedTokens::Segment>& segments)
{
    if (begin < end)
        segments.push_back({text.substr(begin, end - begin), -1});
}

} // namespace

AddedTokens::AddedTokens(std::vector<AddedToken> tokens, Order order)
    : m_tokens(std::move(tokens)), m_order(order)
{
    std::erase_if(m_tokens, [](const AddedToken& token) { return token.text.empty(); });
    if (order == Order::Longest) {
        std::stable_sort(m_tokens.begin(), m_tokens.end(),
                         [](const auto& a, const auto& b) { return a.text.size() > b.text.size(); });
        return;
    }
    for (std::size_t i = 0; i < m_tokens.size(); ++i)
        m_tree.insert(m_tokens[i].text, static_cast<int>(i));
}

std::vector<AddedTokens::Segment> AddedTokens::split(std::string_view text, bool withSpecial) const
{
    std::vector<Segment> segments;
    if (m_order == Order::Leftmost) {
        splitLeftmost(text, withSpecial, segments);
        return segments;
    }
    addPlain(text, 0, text.size(), segments);
    for (const AddedToken& token : m_tokens) {
        if ((token.special && !withSpecial) || text.find(token.text) == std::string_view::npos)
            continue;
        std::vector<Segment> finer;
        for (const Segment& segment : segments) {
            if (segment.token >= 0) {
                finer.push_back(segment);
                continue;
            }
            std::size_t begin = 0, found = 0;
            while ((found = segment.text.find(token.text, begin)) != std::string_view::npos) {
                addPlain(segment.text, begin, found, finer);
                finer.push_back({segment.text.substr(found, token.text.size()), token.token});
                begin = found + token.text.size();
            }
            addPlain(segment.text, begin, segment.text.size(), finer);
        }
        segments = std::move(finer);
    }
    return segments;
}

void AddedTokens::splitLeftmost(std::string_view text, bool withSpecial,
                                std::vector<Segment>& segments) const
{
    std::size_t done = 0;
    for (std::size_t position = 0; !m_tree.empty() && position < text.size();) {
        std::size_t length = 0;
        int index = -1;
        m_tree.forEachPrefix(text.substr(position), [&](std::size_t l, int i) {
            length = l;
            index = i;
        });
        if (index < 0) {
            ++position;
            continue;
        }
        // A match that is then turned down still hides what begins inside it.
        std::size_t begin = position;
        std::size_t end = position += length;
        const AddedToken& token = m_tokens[static_cast<std::size_t>(index)];
        if ((token.special && !withSpecial) || (token.singleWord && insideWord(text, begin, end)))
            continue;
        std::size_t before = 0;
        while (token.leftStrip && begin > done && isWhiteSpace(characterBefore(text, begin, before)))
            begin = before;
        std::int32_t codepoint = 0;
        while (token.rightStrip && end < text.size()) {
            const std::size_t next = readCharacter(text, end, codepoint);
            if (next == 0 || !isWhiteSpace(codepoint))
                break;
            end += next;
        }
        begin = std::max(begin, done);
        end = std::max(end, begin);
        addPlain(text, done, begin, segments);
        segments.push_back({text.substr(begin, end - begin), token.token});
        done = end;
    }
    addPlain(text, done, text.size(), segments);
}

} // namespace halftone
