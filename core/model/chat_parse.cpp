// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/error.h"
#include "model/chat_syntax.h"
#include "model/chat_tokens.h"

#include <algorithm>
#include <initializer_list>

namespace halftone::chat {

namespace {

using Kind = Expression::Kind;

class Parser
{
public:
    explicit Parser(std::string_view text) : m_tokens(tokensOfTemplate(text)) {}

    std::vector<Statement> all()
    {
        std::vector<Statement> out = statements({});
        if (now().kind != Token::Kind::End)
            fail(tr("'%1' has no beginning").arg(QString::fromStdString(next(1).text)));
        return out;
    }

private:
    [[noreturn]] void fail(const QString& what) const
    {
        throw Error(tr("The chat template cannot be read, line %1: %2.").arg(now().line).arg(what));
    }
    const Token& now() const { return m_tokens[m_at]; }
    const Token& next(std::size_t ahead) const { return m_tokens[std::min(m_at + ahead, m_tokens.size() - 1)]; }
    bool isSign(std::string_view sign) const { return now().kind == Token::Kind::Sign && now().text == sign; }
    bool isWord(std::string_view word) const { return now().kind == Token::Kind::Name && now().text == word; }
    bool take(std::string_view text)
    {
        const bool there = isSign(text) || isWord(text);
        m_at += there;
        return there;
    }
    void expect(std::string_view text)
    {
        if (!take(text))
            fail(tr("'%1' is missing before '%2'").arg(QString::fromStdString(std::string(text)),
                                                       QString::fromStdString(now().text)));
    }
    std::string name()
    {
        if (now().kind != Token::Kind::Name)
            fail(tr("a name is missing before '%1'").arg(QString::fromStdString(now().text)));
        return m_tokens[m_at++].text;
    }
    void close(Token::Kind kind)
    {
        if (now().kind != kind)
            fail(tr("'%1' was not expected").arg(QString::fromStdString(now().text)));
        ++m_at;
    }

    // Guards the stack against nesting without end.
    struct Depth
    {
        explicit Depth(Parser& p) : parser(p)
        {
            if (++parser.m_depth > kMaximumDepth)
                parser.fail(tr("it is nested deeper than %1").arg(kMaximumDepth));
        }
        ~Depth() { --parser.m_depth; }
        Depth(const Depth&) = delete;
        Depth& operator=(const Depth&) = delete;
        Parser& parser;
    };

    // Up to a tag of one of these names, which is left for the caller.
    std::vector<Statement> statements(std::initializer_list<std::string_view> ends)
    {
        const Depth depth(*this);
        std::vector<Statement> out;
        while (now().kind != Token::Kind::End) {
            if (now().kind == Token::Kind::TagBegin && next(1).text.starts_with("end")) {
                if (next(1).text != "endgeneration")
                    break;
            }
            if (now().kind == Token::Kind::TagBegin &&
                std::find(ends.begin(), ends.end(), next(1).text) != ends.end())
                break;
            statement(out);
        }
        return out;
    }

    void statement(std::vector<Statement>& out)
    {
        Statement s;
        s.line = now().line;
        if (now().kind == Token::Kind::Text) {
            s.text = m_tokens[m_at++].text;
        } else if (now().kind == Token::Kind::PrintBegin) {
            ++m_at;
            s.kind = Statement::Kind::Print;
            s.expression = expression();
            close(Token::Kind::PrintEnd);
        } else {
            close(Token::Kind::TagBegin);
            const std::string word = name();
            if (word == "if") {
                ifStatement(s);
            } else if (word == "for") {
                forStatement(s);
            } else if (word == "set") {
                setStatement(s);
            } else if (word == "generation" || word == "endgeneration") {
                close(Token::Kind::TagEnd); // marks what is trained on
                return;
            } else {
                fail(tr("the statement '%1' is not supported").arg(QString::fromStdString(word)));
            }
        }
        out.push_back(std::move(s));
    }

    void endTag(std::string_view word)
    {
        if (now().kind == Token::Kind::End)
            fail(tr("'%1' is missing at the end").arg(QString::fromStdString(std::string(word))));
        close(Token::Kind::TagBegin);
        expect(word);
        close(Token::Kind::TagEnd);
    }

    void ifStatement(Statement& s)
    {
        s.kind = Statement::Kind::If;
        Expression condition = expression();
        close(Token::Kind::TagEnd);
        for (;;) {
            s.branches.emplace_back(std::move(condition), statements({"elif", "else"}));
            if (next(1).text == "elif") {
                m_at += 2;
                condition = expression();
                close(Token::Kind::TagEnd);
            } else if (next(1).text == "else") {
                endTag("else");
                condition = Expression();
                condition.value = true;
                s.branches.emplace_back(std::move(condition), statements({}));
                break;
            } else {
                break;
            }
        }
        endTag("endif");
    }

    void forStatement(Statement& s)
    {
        s.kind = Statement::Kind::For;
        do
            s.targets.push_back(name());
        while (take(","));
        expect("in");
        s.expression = either();
        if (take("if"))
            s.filter.push_back(expression());
        close(Token::Kind::TagEnd);
        s.body = statements({"else"});
        if (next(1).text == "else") {
            endTag("else");
            s.otherwise = statements({});
        }
        endTag("endfor");
    }

    void setStatement(Statement& s)
    {
        s.kind = Statement::Kind::Set;
        s.targets.push_back(name());
        if (take("."))
            s.targets.push_back(name());
        if (!isSign("="))
            fail(tr("only 'set name = value' is supported"));
        expect("=");
        s.expression = expression();
        close(Token::Kind::TagEnd);
    }

    Expression node(Kind kind, std::string text, std::vector<Expression> children) const
    {
        Expression e;
        e.kind = kind;
        e.line = now().line;
        e.name = std::move(text);
        for (const Expression& child : children)
            e.depth = std::max(e.depth, child.depth + 1);
        if (e.depth > kMaximumChain)
            fail(tr("an expression has more than %1 parts in a row").arg(kMaximumChain));
        e.children = std::move(children);
        return e;
    }
    static std::vector<Expression> pair(Expression a, Expression b)
    {
        std::vector<Expression> both;
        both.push_back(std::move(a));
        both.push_back(std::move(b));
        return both;
    }

    Expression expression()
    {
        const Depth depth(*this);
        Expression value = either();
        while (take("if")) {
            std::vector<Expression> parts = pair(either(), std::move(value));
            Expression undefined;
            undefined.value = Value(Value::value_t::discarded);
            parts.push_back(take("else") ? expression() : std::move(undefined));
            value = node(Kind::Choice, {}, std::move(parts));
        }
        return value;
    }

    Expression either()
    {
        Expression left = both();
        while (take("or"))
            left = node(Kind::Binary, "or", pair(std::move(left), both()));
        return left;
    }
    Expression both()
    {
        Expression left = negation();
        while (take("and"))
            left = node(Kind::Binary, "and", pair(std::move(left), negation()));
        return left;
    }
    Expression negation()
    {
        const Depth depth(*this);
        if (take("not")) {
            std::vector<Expression> one;
            one.push_back(negation());
            return node(Kind::Unary, "not", std::move(one));
        }
        return comparison();
    }
    Expression comparison()
    {
        Expression left = sum();
        for (;;) {
            bool found = false;
            for (const std::string_view sign : {"==", "!=", "<=", ">=", "<", ">", "in"})
                if (!found && take(sign)) {
                    left = node(Kind::Binary, std::string(sign), pair(std::move(left), sum()));
                    found = true;
                }
            if (!found && isWord("not") && next(1).text == "in") {
                m_at += 2;
                std::vector<Expression> one;
                one.push_back(node(Kind::Binary, "in", pair(std::move(left), sum())));
                left = node(Kind::Unary, "not", std::move(one));
                found = true;
            }
            if (!found)
                return left;
        }
    }
    Expression sum()
    {
        Expression left = product();
        while (isSign("+") || isSign("-") || isSign("~")) {
            const std::string sign = m_tokens[m_at++].text;
            left = node(Kind::Binary, sign, pair(std::move(left), product()));
        }
        return left;
    }
    Expression product()
    {
        Expression left = unary();
        while (isSign("*") || isSign("/") || isSign("//") || isSign("%")) {
            const std::string sign = m_tokens[m_at++].text;
            left = node(Kind::Binary, sign, pair(std::move(left), unary()));
        }
        return left;
    }
    Expression unary()
    {
        const Depth depth(*this);
        if (take("-")) {
            std::vector<Expression> one;
            one.push_back(unary());
            return node(Kind::Unary, "-", std::move(one));
        }
        return filtered(primary());
    }

    // Filters and tests bind tighter than arithmetic.
    Expression filtered(Expression value)
    {
        for (;;) {
            if (take("|")) {
                std::vector<Expression> one;
                one.push_back(std::move(value));
                value = node(Kind::Filter, name(), std::move(one));
                if (take("("))
                    arguments(value);
            } else if (take("is")) {
                const bool negative = take("not");
                std::vector<Expression> one;
                one.push_back(std::move(value));
                value = node(Kind::Test, name(), std::move(one));
                if (take("("))
                    arguments(value);
                else if (now().kind == Token::Kind::String || now().kind == Token::Kind::Number)
                    value.children.push_back(primary());
                if (negative) {
                    std::vector<Expression> inner;
                    inner.push_back(std::move(value));
                    value = node(Kind::Unary, "not", std::move(inner));
                }
            } else {
                return value;
            }
        }
    }

    // Up to the closing parenthesis; the opening one was taken.
    void arguments(Expression& call)
    {
        while (!take(")")) {
            if (now().kind == Token::Kind::Name && next(1).kind == Token::Kind::Sign && next(1).text == "=") {
                call.keywords.push_back(name());
                expect("=");
            } else if (!call.keywords.empty()) {
                fail(tr("an argument without a name follows one with a name"));
            }
            call.children.push_back(expression());
            if (!isSign(")"))
                expect(",");
        }
    }

    Expression primary()
    {
        Expression value = atom();
        for (;;) {
            if (take(".")) {
                std::vector<Expression> one;
                one.push_back(std::move(value));
                value = node(Kind::Attribute, name(), std::move(one));
                if (take("(")) {
                    value.kind = Kind::Method;
                    arguments(value);
                }
            } else if (take("[")) {
                value = subscript(std::move(value));
            } else if (value.kind == Kind::Name && take("(")) {
                value.kind = Kind::Call;
                arguments(value);
            } else {
                return value;
            }
        }
    }

    Expression subscript(Expression value)
    {
        Expression begin, end;
        bool slice = false;
        if (!isSign(":"))
            begin = expression();
        if (take(":")) {
            slice = true;
            if (!isSign("]") && !isSign(":"))
                end = expression();
            if (take(":"))
                fail(tr("slices with steps are not supported"));
        }
        expect("]");
        std::vector<Expression> parts = pair(std::move(value), std::move(begin));
        if (slice)
            parts.push_back(std::move(end));
        return node(slice ? Kind::Slice : Kind::Index, {}, std::move(parts));
    }

    Expression atom()
    {
        const Depth depth(*this);
        Expression e = node(Kind::Literal, {}, {});
        const Token token = now();
        if (token.kind == Token::Kind::String) {
            for (; now().kind == Token::Kind::String; ++m_at)
                e.name += now().text;
            e.value = e.name;
            return e;
        }
        if (token.kind == Token::Kind::Number) {
            ++m_at;
            if (token.text.size() > 15)
                fail(tr("the number %1 is too long").arg(QString::fromStdString(token.text)));
            if (token.text.find('.') != std::string::npos)
                e.value = std::stod(token.text);
            else
                e.value = std::stoll(token.text);
            return e;
        }
        if (token.kind == Token::Kind::Name) {
            ++m_at;
            if (token.text == "true" || token.text == "True")
                e.value = true;
            else if (token.text == "false" || token.text == "False")
                e.value = false;
            else if (token.text != "none" && token.text != "None") {
                e.kind = Kind::Name;
                e.name = token.text;
            }
            return e;
        }
        if (take("(")) {
            Expression inner = expression();
            if (isSign(","))
                fail(tr("tuples are not supported"));
            expect(")");
            return inner;
        }
        if (take("[")) {
            e.kind = Kind::List;
            while (!take("]")) {
                e.children.push_back(expression());
                if (!isSign("]"))
                    expect(",");
            }
            return e;
        }
        if (take("{")) {
            e.kind = Kind::Dict;
            while (!take("}")) {
                e.children.push_back(expression());
                expect(":");
                e.children.push_back(expression());
                if (!isSign("}"))
                    expect(",");
            }
            return e;
        }
        fail(tr("'%1' was not expected").arg(QString::fromStdString(token.text)));
    }

    std::vector<Token> m_tokens;
    std::size_t m_at = 0;
    int m_depth = 0;
};

} // namespace

std::vector<Statement> parseTemplate(std::string_view text)
{
    if (text.size() > kMaximumTemplate)
        throw Error(tr("The chat template has %1 bytes; up to %2 are read.").arg(text.size()).arg(kMaximumTemplate));
    return Parser(text).all();
}

} // namespace halftone::chat
