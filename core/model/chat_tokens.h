// SPDX-License-Identifier: GPL-3.0-or-later
// Cuts a chat template into text, tags and the words within tags.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace halftone::chat {

struct Token
{
    enum class Kind { Text, PrintBegin, PrintEnd, TagBegin, TagEnd, Name, String, Number, Sign, End };
    Kind kind = Kind::End;
    std::string text;
    int line = 1;
};

/// White space around tags goes as Jinja does with trim_blocks and lstrip_blocks, which is how
/// transformers renders. Throws Error for what is not closed.
std::vector<Token> tokensOfTemplate(std::string_view text);

} // namespace halftone::chat
