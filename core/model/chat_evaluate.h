// SPDX-License-Identifier: GPL-3.0-or-later
// Expressions of a chat template: operators, filters, tests, methods and functions, all on plain values.
#pragma once

#include "model/chat_syntax.h"

#include <QString>
#include <span>

namespace halftone::chat {

constexpr std::size_t kMaximumValue = std::size_t{4} << 20; ///< bytes of one text
constexpr std::int64_t kMaximumWork = std::int64_t{1} << 25; ///< steps and copied bytes of a rendering

/// Names and what they stand for, innermost scope last; and the work done so far.
class Scope
{
public:
    explicit Scope(Value globals) { m_scopes.push_back(std::move(globals)); }

    void push(Value names) { m_scopes.push_back(std::move(names)); }
    void pop() { m_scopes.pop_back(); }
    void set(const std::string& name, Value value) { m_scopes.back()[name] = std::move(value); }
    /// The innermost value of a name, or null.
    Value* find(const std::string& name);
    /// Throws Error when the bound is exceeded.
    void charge(std::size_t work);

private:
    std::vector<Value> m_scopes;
    std::int64_t m_work = 0;
};

Value evaluate(const Expression& e, Scope& scope);
bool isTrue(const Value& value);
/// As Jinja prints it. Throws Error for lists and dictionaries.
std::string printed(const Value& value, int line);

/// For operators that need no scope; `line` is for messages.
Value applyFilter(const std::string& name, std::span<const Value> values, int line);
bool applyTest(const std::string& name, std::span<const Value> values, int line);
Value applyMethod(const std::string& name, std::span<const Value> values, int line);

[[noreturn]] void failAt(int line, const QString& what);

} // namespace halftone::chat
