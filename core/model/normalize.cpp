// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/normalize.h"

#include "base/error.h"
#include "model/utf8.h"

#include <algorithm>
#include <cstdlib>
#include <memory>
#include <utf8proc.h>

namespace halftone {

namespace {

std::string toForm(const std::string& text, Normalizer::Form form)
{
    const bool composed = form == Normalizer::Form::Nfc || form == Normalizer::Form::Nfkc;
    const bool compatible = form == Normalizer::Form::Nfkc || form == Normalizer::Form::Nfkd;
    const int options = UTF8PROC_STABLE | (composed ? UTF8PROC_COMPOSE : UTF8PROC_DECOMPOSE)
                        | (compatible ? UTF8PROC_COMPAT : 0);
    utf8proc_uint8_t* result = nullptr;
    const utf8proc_ssize_t length =
        utf8proc_map(reinterpret_cast<const utf8proc_uint8_t*>(text.data()),
                     static_cast<utf8proc_ssize_t>(text.size()), &result,
                     static_cast<utf8proc_option_t>(options));
    const std::unique_ptr<utf8proc_uint8_t, decltype(&std::free)> owner(result, &std::free);
    if (length < 0)
        throw Error(tr("The text could not be brought into Unicode normal form: %1.")
                        .arg(QString::fromUtf8(utf8proc_errmsg(length))));
    return std::string(reinterpret_cast<const char*>(result), static_cast<std::size_t>(length));
}

template <typename Rewrite>
std::string eachCharacter(const std::string& text, const Rewrite& rewrite)
{
    std::string out;
    out.reserve(text.size());
    std::int32_t codepoint = 0;
    for (std::size_t position = 0; position < text.size();) {
        const std::size_t length = readCharacter(text, position, codepoint);
        if (length > 0)
            rewrite(codepoint, out);
        position += length > 0 ? length : 1;
    }
    return out;
}

std::string stripped(const std::string& text, bool left, bool right)
{
    std::size_t begin = text.size(), end = 0;
    std::int32_t codepoint = 0;
    for (std::size_t position = 0; position < text.size();) {
        const std::size_t length = readCharacter(text, position, codepoint);
        const std::size_t next = position + (length > 0 ? length : 1);
        if (length == 0 || !isWhiteSpace(codepoint)) {
            begin = std::min(begin, position);
            end = next;
        }
        position = next;
    }
    if (!left)
        begin = 0;
    if (!right)
        end = text.size();
    return begin < end ? text.substr(begin, end - begin) : std::string();
}

} // namespace

void Normalizer::addForm(Form form)
{
    m_steps.push_back({[form](const std::string& text) { return toForm(text, form); }});
}

void Normalizer::addLowercase()
{
    m_steps.push_back({[](const std::string& text) {
        return eachCharacter(text, [](std::int32_t c, std::string& out) {
            // The only character whose lower case is two characters.
            if (c == 0x130)
                out += "i\xcc\x87";
            else
                appendCharacter(out, utf8proc_tolower(c));
        });
    }});
}

void Normalizer::addStripAccents()
{
    m_steps.push_back({[](const std::string& text) {
        return eachCharacter(text, [](std::int32_t c, std::string& out) {
            const utf8proc_category_t category = utf8proc_category(c);
            if (category != UTF8PROC_CATEGORY_MN && category != UTF8PROC_CATEGORY_MC
                && category != UTF8PROC_CATEGORY_ME)
                appendCharacter(out, c);
        });
    }});
}

void Normalizer::addStrip(bool left, bool right)
{
    m_steps.push_back({[left, right](const std::string& text) { return stripped(text, left, right); }});
}

void Normalizer::addReplace(Pattern pattern, std::string replacement)
{
    m_steps.push_back({[pattern, replacement](const std::string& text) {
        std::string out;
        std::size_t done = 0;
        pattern.forEachMatch(text, [&](std::size_t begin, std::size_t end) {
            out.append(text, done, begin - done);
            out += replacement;
            done = end;
        });
        out.append(text, done);
        return out;
    }});
}

void Normalizer::addPrepend(std::string prefix)
{
    m_steps.push_back({[prefix](const std::string& text) { return text.empty() ? text : prefix + text; }, true});
}

std::string Normalizer::apply(std::string_view text, bool continues) const
{
    std::string result(text);
    for (const Step& step : m_steps) {
        if (!(step.isPrefix && continues))
            result = step.rewrite(std::move(result));
    }
    return result;
}

} // namespace halftone
