// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/utf8.h"

namespace halftone {

std::size_t readCharacter(std::string_view text, std::size_t position, std::int32_t& codepoint)
{
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[position + i]); };
    const unsigned lead = byte(0);
    if (lead < 0x80) {
        codepoint = static_cast<std::int32_t>(lead);
        return 1;
    }
    const std::size_t length = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
    if (lead < 0xc2 || lead > 0xf4 || position + length > text.size())
        return 0;
    std::uint32_t value = lead & (0xffu >> (length + 1));
    for (std::size_t i = 1; i < length; ++i) {
        if ((byte(i) & 0xc0) != 0x80)
            return 0;
        value = value << 6 | (byte(i) & 0x3fu);
    }
    constexpr std::uint32_t kSmallest[] = {0, 0, 0x80, 0x800, 0x10000};
    if (value < kSmallest[length] || value > 0x10ffff || (value >= 0xd800 && value < 0xe000))
        return 0;
    codepoint = static_cast<std::int32_t>(value);
    return length;
}

std::size_t characterLength(std::string_view text, std::size_t position)
{
    std::int32_t codepoint = 0;
    const std::size_t length = readCharacter(text, position, codepoint);
    return length > 0 ? length : 1;
}

std::size_t validLength(std::string_view text)
{
    std::size_t position = 0;
    std::int32_t codepoint = 0;
    while (position < text.size()) {
        const std::size_t length = readCharacter(text, position, codepoint);
        if (length == 0)
            break;
        position += length;
    }
    return position;
}

std::string takeWholeCharacters(std::string& text)
{
    std::size_t end = text.size();
    for (std::size_t back = 1; back <= 3 && back <= text.size(); ++back) {
        const unsigned lead = static_cast<unsigned char>(text[text.size() - back]);
        if ((lead & 0xc0) == 0x80)
            continue;
        const std::size_t length = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : lead >= 0xc2 ? 2 : 1;
        if (lead <= 0xf4 && length > back)
            end = text.size() - back;
        break;
    }
    std::string whole = text.substr(0, end);
    text.erase(0, end);
    return whole;
}

void appendCharacter(std::string& text, std::int32_t codepoint)
{
    const auto value = static_cast<std::uint32_t>(codepoint);
    const auto put = [&](std::uint32_t byte) { text.push_back(static_cast<char>(byte)); };
    const auto follow = [&](int shift) { put(0x80u | ((value >> shift) & 0x3fu)); };
    if (value < 0x80) {
        put(value);
    } else if (value < 0x800) {
        put(0xc0u | value >> 6);
        follow(0);
    } else if (value < 0x10000) {
        put(0xe0u | value >> 12);
        follow(6);
        follow(0);
    } else {
        put(0xf0u | value >> 18);
        follow(12);
        follow(6);
        follow(0);
    }
}

bool isWhiteSpace(std::int32_t c)
{
    return (c >= 0x9 && c <= 0xd) || c == 0x20 || c == 0x85 || c == 0xa0 || c == 0x1680
           || (c >= 0x2000 && c <= 0x200a) || c == 0x2028 || c == 0x2029 || c == 0x202f
           || c == 0x205f || c == 0x3000;
}

} // namespace halftone
