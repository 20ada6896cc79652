// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/chat_tokens.h"

#include "base/error.h"

#include <algorithm>
#include <array>

namespace halftone::chat {

namespace {

bool isSpace(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }
bool isDigit(char c) { return c >= '0' && c <= '9'; }
bool isNameStart(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }

class Cutter
{
public:
    explicit Cutter(std::string_view text) : m_text(text)
    {
        if (m_text.ends_with('\n')) // Jinja leaves out the last newline
            m_text.remove_suffix(1);
    }

    std::vector<Token> all()
    {
        while (m_at < m_text.size()) {
            const std::size_t open = nextOpening();
            std::string text(m_text.substr(m_at, open - m_at));
            dropNewline(text);
            if (open == m_text.size()) {
                addText(std::move(text));
                break;
            }
            const char mark = m_text[open + 1];
            const char modifier = open + 2 < m_text.size() ? m_text[open + 2] : ' ';
            if (modifier == '-')
                while (!text.empty() && isSpace(text.back()))
                    text.pop_back();
            else if (mark != '{' && modifier != '+')
                stripIndent(text, open);
            addText(std::move(text));
            m_line += static_cast<int>(std::count(m_text.begin() + static_cast<long>(m_at),
                                                  m_text.begin() + static_cast<long>(open), '\n'));
            m_at = open + 2 + (modifier == '-' || modifier == '+');
            if (mark == '#')
                comment();
            else
                tag(mark);
        }
        m_tokens.push_back({Token::Kind::End, {}, m_line});
        return std::move(m_tokens);
    }

private:
    [[noreturn]] void fail(const QString& what) const
    {
        throw Error(tr("The chat template cannot be read, line %1: %2.").arg(m_line).arg(what));
    }

    std::size_t nextOpening() const
    {
        for (std::size_t i = m_at; i + 1 < m_text.size(); ++i)
            if (m_text[i] == '{' && (m_text[i + 1] == '{' || m_text[i + 1] == '%' || m_text[i + 1] == '#'))
                return i;
        return m_text.size();
    }

    // What the tag before asks for: its newline, or all white space, is left out.
    void dropNewline(std::string& text)
    {
        if (m_stripNext) {
            text.erase(0, static_cast<std::size_t>(std::find_if_not(text.begin(), text.end(), isSpace) - text.begin()));
        } else if (m_trimNext) {
            if (text.starts_with("\r\n"))
                text.erase(0, 2);
            else if (text.starts_with('\n'))
                text.erase(0, 1);
        }
        m_stripNext = m_trimNext = false;
    }

    // Blanks between the beginning of a line and a tag are left out.
    void stripIndent(std::string& text, std::size_t open) const
    {
        std::size_t begin = open;
        while (begin > m_at && (m_text[begin - 1] == ' ' || m_text[begin - 1] == '\t'))
            --begin;
        if (begin == 0 || m_text[begin - 1] == '\n')
            text.resize(text.size() - std::min(text.size(), open - begin));
    }

    void addText(std::string text)
    {
        if (!text.empty())
            m_tokens.push_back({Token::Kind::Text, std::move(text), m_line});
    }

    void comment()
    {
        const std::size_t end = m_text.find("#}", m_at);
        if (end == std::string_view::npos)
            fail(tr("a comment is not closed"));
        m_line += static_cast<int>(std::count(m_text.begin() + static_cast<long>(m_at),
                                              m_text.begin() + static_cast<long>(end), '\n'));
        m_stripNext = end > m_at && m_text[end - 1] == '-';
        m_trimNext = true;
        m_at = end + 2;
    }

    void tag(char mark)
    {
        const bool print = mark == '{';
        const std::string_view close = print ? "}}" : "%}";
        m_tokens.push_back({print ? Token::Kind::PrintBegin : Token::Kind::TagBegin, {}, m_line});
        int open = 0; // braces of a dictionary
        for (;;) {
            while (m_at < m_text.size() && isSpace(m_text[m_at]))
                m_line += m_text[m_at++] == '\n';
            if (m_at >= m_text.size())
                fail(tr("a tag is not closed"));
            const std::string_view rest = m_text.substr(m_at);
            const bool strips = rest[0] == '-' || rest[0] == '+';
            if (open == 0 && rest.substr(strips ? 1 : 0).starts_with(close)) {
                m_stripNext = rest[0] == '-';
                m_trimNext = !print && rest[0] != '+';
                m_at += close.size() + (strips ? 1 : 0);
                m_tokens.push_back({print ? Token::Kind::PrintEnd : Token::Kind::TagEnd, {}, m_line});
                return;
            }
            open += (rest[0] == '{') - (rest[0] == '}');
            word();
        }
    }

    void word()
    {
        const char c = m_text[m_at];
        const std::size_t begin = m_at;
        if (isNameStart(c)) {
            while (m_at < m_text.size() && (isNameStart(m_text[m_at]) || isDigit(m_text[m_at])))
                ++m_at;
            push(Token::Kind::Name, begin);
        } else if (isDigit(c)) {
            while (m_at < m_text.size() && (isDigit(m_text[m_at]) ||
                                            (m_text[m_at] == '.' && m_at + 1 < m_text.size() && isDigit(m_text[m_at + 1]))))
                ++m_at;
            push(Token::Kind::Number, begin);
        } else if (c == '\'' || c == '"') {
            quoted(c);
        } else {
            constexpr std::array<std::string_view, 6> two{"==", "!=", "<=", ">=", "//", "**"};
            const bool pair = std::find(two.begin(), two.end(), m_text.substr(m_at, 2)) != two.end();
            if (!pair && std::string_view("+-*/%~<>=.,:|()[]{}").find(c) == std::string_view::npos)
                fail(tr("the sign '%1' is not known").arg(QString::fromUtf8(&c, 1)));
            m_at += pair ? 2 : 1;
            push(Token::Kind::Sign, begin);
        }
    }

    void quoted(char quote)
    {
        std::string out;
        for (++m_at;; ++m_at) {
            if (m_at >= m_text.size())
                fail(tr("a text is not closed"));
            char c = m_text[m_at];
            if (c == quote)
                break;
            m_line += c == '\n';
            if (c == '\\' && m_at + 1 < m_text.size()) {
                c = m_text[++m_at];
                switch (c) {
                case 'n': c = '\n'; break;
                case 't': c = '\t'; break;
                case 'r': c = '\r'; break;
                case '\\': case '\'': case '"': break;
                default: fail(tr("the escape '\\%1' is not known").arg(QString::fromUtf8(&c, 1)));
                }
            }
            out += c;
        }
        ++m_at;
        m_tokens.push_back({Token::Kind::String, std::move(out), m_line});
    }

    void push(Token::Kind kind, std::size_t begin)
    {
        m_tokens.push_back({kind, std::string(m_text.substr(begin, m_at - begin)), m_line});
    }

    std::string_view m_text;
    std::size_t m_at = 0;
    int m_line = 1;
    bool m_stripNext = false, m_trimNext = false;
    std::vector<Token> m_tokens;
};

} // namespace

std::vector<Token> tokensOfTemplate(std::string_view text)
{
    return Cutter(text).all();
}

} // namespace halftone::chat
