// SPDX-License-Identifier: GPL-3.0-or-later
// A regular expression over Unicode text as tokenizer files use them (Oniguruma's dialect), run by
// PCRE2. Expressions that PCRE2 would read differently are refused.
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

namespace halftone {

class Pattern
{
public:
    /// Throws Error that quotes the expression.
    static Pattern regex(std::string_view expression);
    static Pattern literal(std::string_view text);

    /// found(begin, end) for each match that is not empty, from left to right. `text` is valid UTF-8.
    void forEachMatch(std::string_view text,
                      const std::function<void(std::size_t, std::size_t)>& found) const;

private:
    struct Compiled;
    Pattern(std::string_view expression, bool isLiteral);
    std::shared_ptr<const Compiled> m_compiled;
};

} // namespace halftone
