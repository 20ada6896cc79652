// SPDX-License-Identifier: GPL-3.0-or-later
// What a chat template is once it has been read: statements with expressions.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace halftone::chat {

/// A value of the template. Undefined is the discarded value.
using Value = nlohmann::ordered_json;

struct Expression
{
    enum class Kind {
        Literal,   ///< value
        Name,      ///< name
        List,      ///< children
        Dict,      ///< children: key, value, key, value
        Attribute, ///< children[0] . name
        Index,     ///< children[0] [ children[1] ]
        Slice,     ///< children[0] [ children[1] : children[2] ]; a missing end is a null literal
        Call,      ///< name( children ) : a function; named arguments in keywords
        Method,    ///< children[0] . name( children[1..] )
        Filter,    ///< children[0] | name( children[1..] )
        Test,      ///< children[0] is name( children[1..] )
        Unary,     ///< name: "not", "-"
        Binary,    ///< name: "or", "and", "==", "+", ...
        Choice,    ///< children[1] if children[0] else children[2]
    };
    Kind kind = Kind::Literal;
    int line = 1;
    int depth = 1;    ///< of the tree below, bounded so that walking it is safe
    std::string name;
    Value value;
    std::vector<Expression> children;
    std::vector<std::string> keywords;  ///< names of the last children of a call
};

struct Statement
{
    enum class Kind {
        Text,   ///< text
        Print,  ///< expression
        If,     ///< branches in turn; the last may have a literal true
        For,    ///< targets in expression, with filter; body, otherwise
        Set,    ///< targets[0] (or targets[0].targets[1]) = expression
    };
    Kind kind = Kind::Text;
    int line = 1;
    std::string text;
    Expression expression;
    std::vector<std::string> targets;
    std::vector<std::pair<Expression, std::vector<Statement>>> branches;
    std::vector<Expression> filter; ///< none or one
    std::vector<Statement> body, otherwise;
};

/// Throws Error naming the line.
std::vector<Statement> parseTemplate(std::string_view text);

constexpr int kMaximumDepth = 64;          ///< of statements and brackets
constexpr int kMaximumChain = 512;         ///< of operators one after another
constexpr std::size_t kMaximumTemplate = std::size_t{1} << 20; ///< bytes

} // namespace halftone::chat
