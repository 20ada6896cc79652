// SPDX-License-Identifier: GPL-3.0-or-later
// UTF-8 read one character at a time, strictly: overlong forms, surrogates and numbers past
// U+10FFFF are not characters.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace halftone {

/// Length in bytes of the character at `position` (< text.size()); 0 if the bytes there are none.
/// Its number is stored in `codepoint`.
std::size_t readCharacter(std::string_view text, std::size_t position, std::int32_t& codepoint);

/// Like readCharacter, without the number, and 1 for a byte that begins no character.
std::size_t characterLength(std::string_view text, std::size_t position);

/// Bytes in front of the first that is not part of a character.
std::size_t validLength(std::string_view text);

/// Takes all of text but a character at its end of which bytes are still missing: for output that comes in
/// pieces. Bytes that begin no character are taken as they are.
std::string takeWholeCharacters(std::string& text);

void appendCharacter(std::string& text, std::int32_t codepoint);

/// Unicode's White_Space.
bool isWhiteSpace(std::int32_t codepoint);

} // namespace halftone
