// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/pattern.h"

#include "base/error.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <algorithm>
#include <pcre2.h>

namespace halftone {

namespace {

// PCRE2's \s holds U+180E, which is no white space since Unicode 6.3.
constexpr std::string_view kWhiteSpace = "\\p{Z}\\x{9}-\\x{d}\\x{85}";
// PCRE2's \w lacks marks and has numbers that are no digits.
constexpr std::string_view kWordCharacters = "\\p{Alphabetic}\\p{M}\\p{Nd}\\p{Pc}";

QString quoted(std::string_view text)
{
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

Error differs(std::string_view expression, const char* what)
{
    return Error(tr("The tokenizer's expression '%1' uses %2, which this program cannot run exactly.")
                     .arg(quoted(expression), QString::fromUtf8(what)));
}

/// The same expression in PCRE2's dialect.
std::string translate(std::string_view expression)
{
    std::string out;
    bool inClass = false;
    for (std::size_t i = 0; i < expression.size(); ++i) {
        const char c = expression[i];
        const char next = i + 1 < expression.size() ? expression[i + 1] : '\0';
        if (c == '\\' && next != '\0') {
            ++i;
            const bool space = next == 's' || next == 'S';
            const bool negated = next == 'S' || next == 'W';
            if ((space || next == 'w' || next == 'W') && !(negated && inClass)) {
                out += inClass ? "" : negated ? "[^" : "[";
                out += space ? kWhiteSpace : kWordCharacters;
                out += inClass ? "" : "]";
            } else if (std::string_view("SWhHRXbB").find(next) != std::string_view::npos) {
                throw differs(expression, (std::string("\\") + next).c_str());
            } else {
                out += c;
                out += next;
            }
            continue;
        }
        if (inClass && c == '[' && next != ':')
            throw differs(expression, "a class within a class");
        if (inClass && c == '&' && next == '&')
            throw differs(expression, "an intersection of classes");
        if (inClass && c == '[') {
            const std::size_t end = expression.find(":]", i);
            if (end == std::string_view::npos)
                throw differs(expression, "a class within a class");
            out += expression.substr(i, end + 2 - i);
            i = end + 1;
            continue;
        }
        if (!inClass && c == '[') {
            inClass = true;
            out += c;
            if (next == '^') {
                out += next;
                ++i;
            }
            continue;
        }
        if (inClass && c == ']')
            inClass = false;
        out += c;
    }
    return out;
}

} // namespace

struct Pattern::Compiled
{
    pcre2_code* code = nullptr;
    std::string expression;
    bool jit = false;
    ~Compiled() { pcre2_code_free(code); }
};

Pattern::Pattern(std::string_view expression, bool isLiteral)
{
    auto compiled = std::make_shared<Compiled>();
    compiled->expression = expression;
    const std::string translated = isLiteral ? std::string(expression) : translate(expression);
    const std::uint32_t options =
        PCRE2_UTF | (isLiteral ? PCRE2_LITERAL : PCRE2_UCP | PCRE2_MULTILINE | PCRE2_NEVER_BACKSLASH_C);
    int error = 0;
    PCRE2_SIZE offset = 0;
    compiled->code = pcre2_compile(reinterpret_cast<PCRE2_SPTR>(translated.data()), translated.size(),
                                   options, &error, &offset, nullptr);
    if (compiled->code == nullptr) {
        PCRE2_UCHAR message[256] = {};
        pcre2_get_error_message(error, message, sizeof message);
        throw Error(tr("The tokenizer's expression '%1' is not a regular expression: %2.")
                        .arg(quoted(expression), QString::fromUtf8(reinterpret_cast<char*>(message))));
    }
    compiled->jit = pcre2_jit_compile(compiled->code, PCRE2_JIT_COMPLETE) == 0;
    m_compiled = std::move(compiled);
}

Pattern Pattern::regex(std::string_view expression)
{
    return Pattern(expression, false);
}

Pattern Pattern::literal(std::string_view text)
{
    return Pattern(text, true);
}

void Pattern::forEachMatch(std::string_view text,
                           const std::function<void(std::size_t, std::size_t)>& found) const
{
    const std::unique_ptr<pcre2_match_data, decltype(&pcre2_match_data_free)> match(
        pcre2_match_data_create_from_pattern(m_compiled->code, nullptr), &pcre2_match_data_free);
    const std::unique_ptr<pcre2_match_context, decltype(&pcre2_match_context_free)> context(
        pcre2_match_context_create(nullptr), &pcre2_match_context_free);
    std::unique_ptr<pcre2_jit_stack, decltype(&pcre2_jit_stack_free)> stack(nullptr, &pcre2_jit_stack_free);
    const auto* subject = reinterpret_cast<PCRE2_SPTR>(text.data());
    PCRE2_SIZE position = 0;
    while (position < text.size()) {
        const int result = pcre2_match(m_compiled->code, subject, text.size(), position,
                                       PCRE2_NO_UTF_CHECK, match.get(), context.get());
        if (result == PCRE2_ERROR_NOMATCH)
            return;
        if (result == PCRE2_ERROR_JIT_STACKLIMIT && !stack) {
            stack.reset(pcre2_jit_stack_create(64 * 1024, 64 * 1024 * 1024, nullptr));
            pcre2_jit_stack_assign(context.get(), nullptr, stack.get());
            continue;
        }
        if (result < 0)
            throw Error(tr("The tokenizer's expression '%1' needs too many steps on this text.")
                            .arg(quoted(m_compiled->expression)));
        const PCRE2_SIZE* span = pcre2_get_ovector_pointer(match.get());
        // \K within a look-ahead could place the begin behind the end.
        const PCRE2_SIZE begin = span[0], end = span[1];
        if (begin < end && begin >= position) {
            found(begin, end);
            position = end;
            continue;
        }
        position = std::max(position, end) + 1;
        while (position < text.size() && (static_cast<unsigned char>(text[position]) & 0xc0) == 0x80)
            ++position;
    }
}

} // namespace halftone
