// SPDX-License-Identifier: GPL-3.0-or-later
// GPT-2's printable stand-ins for bytes, as byte-level vocabularies spell their tokens: a space is
// U+0120. Only tokenizer files use them; texts here stay bytes.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace halftone {

/// The character that stands for a byte, in UTF-8.
std::string standIn(unsigned char byte);

/// The bytes that a token's text stands for; nothing if a character of it is no stand-in.
std::optional<std::string> bytesOfStandIns(std::string_view text);

} // namespace halftone
