// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/chat_evaluate.h"

#include "base/error.h"

#include <algorithm>
#include <cmath>

namespace halftone::chat {

namespace {

using Kind = Expression::Kind;

const Value kUndefined = Value(Value::value_t::discarded);

// The element of a list, dictionary or text that a key names; undefined when there is none.
Value elementOf(const Value& from, const Value& key, int line)
{
    if (from.is_discarded())
        failAt(line, tr("something undefined is asked for a part"));
    if (from.is_object() && key.is_string()) {
        const auto found = from.find(key.get_ref<const std::string&>());
        return found == from.end() ? kUndefined : *found;
    }
    if (from.is_array() && key.is_number_integer()) {
        const auto size = static_cast<std::int64_t>(from.size());
        const auto at = key.get<std::int64_t>();
        const std::int64_t place = at < 0 ? at + size : at;
        return place < 0 || place >= size ? kUndefined : from[static_cast<std::size_t>(place)];
    }
    return kUndefined;
}

// A value that need not be copied: a name, or a part of one.
const Value* placeOf(const Expression& e, Scope& scope)
{
    if (e.kind == Kind::Name)
        return scope.find(e.name);
    if (e.kind != Kind::Attribute && e.kind != Kind::Index)
        return nullptr;
    const Value* from = placeOf(e.children[0], scope);
    if (!from)
        return nullptr;
    const Value key = e.kind == Kind::Attribute ? Value(e.name) : evaluate(e.children[1], scope);
    if (from->is_object() && key.is_string()) {
        const auto found = from->find(key.get_ref<const std::string&>());
        return found == from->end() ? nullptr : &*found;
    }
    if (from->is_array() && key.is_number_integer()) {
        const auto at = key.get<std::int64_t>();
        const std::int64_t place = at < 0 ? at + static_cast<std::int64_t>(from->size()) : at;
        return place < 0 || place >= static_cast<std::int64_t>(from->size()) ? nullptr
                                                                           : &(*from)[static_cast<std::size_t>(place)];
    }
    return nullptr;
}

std::size_t sizeOf(const Value& value)
{
    if (value.is_string())
        return value.get_ref<const std::string&>().size();
    std::size_t sum = 1;
    if (value.is_structured())
        for (const Value& item : value)
            sum += sizeOf(item) + 32;
    return sum;
}

Value sliceOf(const Value& from, const Value& begin, const Value& end, int line)
{
    const auto bound = [&](const Value& v, std::int64_t size, std::int64_t standard) {
        if (v.is_null())
            return standard;
        if (!v.is_number_integer())
            failAt(line, tr("a slice needs whole numbers"));
        const auto at = v.get<std::int64_t>();
        return std::clamp<std::int64_t>(at < 0 ? at + size : at, 0, size);
    };
    if (from.is_string()) {
        const auto& text = from.get_ref<const std::string&>();
        const auto size = static_cast<std::int64_t>(text.size());
        if (std::any_of(text.begin(), text.end(), [](char c) { return (c & 0x80) != 0; }))
            failAt(line, tr("slices of texts beyond ASCII are not supported"));
        const auto first = bound(begin, size, 0), last = bound(end, size, size);
        return text.substr(static_cast<std::size_t>(first), static_cast<std::size_t>(std::max(first, last) - first));
    }
    if (!from.is_array())
        failAt(line, tr("only lists and texts have slices"));
    const auto size = static_cast<std::int64_t>(from.size());
    const auto first = bound(begin, size, 0), last = bound(end, size, size);
    Value out = Value::array();
    for (std::int64_t i = first; i < last; ++i)
        out.push_back(from[static_cast<std::size_t>(i)]);
    return out;
}

bool contains(const Value& all, const Value& part, int line)
{
    if (all.is_string() && part.is_string())
        return all.get_ref<const std::string&>().find(part.get_ref<const std::string&>()) != std::string::npos;
    if (all.is_object())
        return part.is_string() && all.contains(part.get_ref<const std::string&>());
    if (!all.is_array())
        failAt(line, tr("'in' needs a list, a dictionary or a text"));
    return std::find(all.begin(), all.end(), part) != all.end();
}

Value whole(const std::string& sign, std::int64_t a, std::int64_t b, int line)
{
    std::int64_t out = 0;
    if (sign == "%" || sign == "//") {
        if (b == 0 || b == -1)
            failAt(line, tr("'%1' cannot divide by %2").arg(QString::fromStdString(sign)).arg(b));
        const std::int64_t remainder = (a % b + b) % b; // as Python: the sign of b
        return sign == "%" ? remainder : (a - remainder) / b;
    }
    const bool overflow = sign == "+"   ? __builtin_add_overflow(a, b, &out)
                          : sign == "-" ? __builtin_sub_overflow(a, b, &out)
                                        : __builtin_mul_overflow(a, b, &out);
    if (overflow)
        failAt(line, tr("a number grows too large"));
    return out;
}

Value arithmetic(const std::string& sign, const Value& a, const Value& b, int line)
{
    if (sign == "~")
        return printed(a, line) + printed(b, line);
    if (sign == "+" && a.is_string() && b.is_string())
        return a.get_ref<const std::string&>() + b.get_ref<const std::string&>();
    if (sign == "+" && a.is_array() && b.is_array()) {
        Value out = a;
        out.insert(out.end(), b.begin(), b.end());
        return out;
    }
    if (a.is_number_integer() && b.is_number_integer() && sign != "/")
        return whole(sign, a.get<std::int64_t>(), b.get<std::int64_t>(), line);
    if (!a.is_number() || !b.is_number() || sign == "%" || sign == "//")
        failAt(line, tr("'%1' cannot be used on these values").arg(QString::fromStdString(sign)));
    const auto x = a.get<double>(), y = b.get<double>();
    return sign == "+" ? x + y : sign == "-" ? x - y : sign == "*" ? x * y : x / y;
}

bool comparison(const std::string& sign, const Value& a, const Value& b, int line)
{
    if (sign == "==" || sign == "!=") {
        const bool equal = a.is_discarded() || b.is_discarded() ? a.is_discarded() && b.is_discarded() : a == b;
        return equal == (sign == "==");
    }
    if (!(a.is_number() && b.is_number()) && !(a.is_string() && b.is_string()))
        failAt(line, tr("'%1' cannot compare these values").arg(QString::fromStdString(sign)));
    return sign == "<" ? a < b : sign == "<=" ? a <= b : sign == ">" ? a > b : a >= b;
}

Value binary(const Expression& e, Scope& scope)
{
    const Value a = evaluate(e.children[0], scope);
    if (e.name == "or")
        return isTrue(a) ? a : evaluate(e.children[1], scope);
    if (e.name == "and")
        return isTrue(a) ? evaluate(e.children[1], scope) : a;
    const Value b = evaluate(e.children[1], scope);
    if (e.name == "in")
        return contains(b, a, e.line);
    if (e.name[0] == '=' || e.name[0] == '!' || e.name[0] == '<' || e.name[0] == '>')
        return comparison(e.name, a, b, e.line);
    return arithmetic(e.name, a, b, e.line);
}

std::vector<Value> evaluateAll(const std::vector<Expression>& all, Scope& scope)
{
    std::vector<Value> out;
    for (const Expression& e : all)
        out.push_back(evaluate(e, scope));
    return out;
}

Value call(const Expression& e, Scope& scope)
{
    const std::vector<Value> values = evaluateAll(e.children, scope);
    if (e.name == "raise_exception" && values.size() == 1)
        throw Error(tr("The chat template refuses this conversation: %1")
                        .arg(QString::fromStdString(printed(values[0], e.line))));
    if (e.name == "namespace") {
        Value out = Value::object();
        for (std::size_t i = 0; i < e.keywords.size(); ++i)
            out[e.keywords[i]] = values[values.size() - e.keywords.size() + i];
        return out;
    }
    const bool numbers = std::all_of(values.begin(), values.end(), [](const Value& v) { return v.is_number_integer(); });
    if (e.name == "range" && numbers && (values.size() == 1 || values.size() == 2)) {
        const auto first = values.size() == 2 ? values[0].get<std::int64_t>() : 0;
        const auto last = values.back().get<std::int64_t>();
        if (last > first && static_cast<std::uint64_t>(last) - static_cast<std::uint64_t>(first) > 10000)
            failAt(e.line, tr("'range' is longer than 10000"));
        Value out = Value::array();
        for (std::int64_t i = first; i < last; ++i)
            out.push_back(i);
        return out;
    }
    failAt(e.line, tr("the function '%1' is not supported").arg(QString::fromStdString(e.name)));
}

Value unary(const Expression& e, Scope& scope)
{
    const Value v = evaluate(e.children[0], scope);
    if (e.name == "not")
        return !isTrue(v);
    return arithmetic("-", 0, v, e.line);
}

Value computed(const Expression& e, Scope& scope)
{
    switch (e.kind) {
    case Kind::Literal: return e.value;
    case Kind::List: return Value(Value::array_t(evaluateAll(e.children, scope)));
    case Kind::Dict: {
        Value out = Value::object();
        for (std::size_t i = 0; i + 1 < e.children.size(); i += 2)
            out[printed(evaluate(e.children[i], scope), e.line)] = evaluate(e.children[i + 1], scope);
        return out;
    }
    case Kind::Name: return kUndefined;
    case Kind::Attribute: return elementOf(evaluate(e.children[0], scope), e.name, e.line);
    case Kind::Index: {
        const Value from = evaluate(e.children[0], scope);
        return elementOf(from, evaluate(e.children[1], scope), e.line);
    }
    case Kind::Slice: {
        const std::vector<Value> v = evaluateAll(e.children, scope);
        return sliceOf(v[0], v[1], v[2], e.line);
    }
    case Kind::Call: return call(e, scope);
    case Kind::Method: return applyMethod(e.name, evaluateAll(e.children, scope), e.line);
    case Kind::Filter: return applyFilter(e.name, evaluateAll(e.children, scope), e.line);
    case Kind::Test: return applyTest(e.name, evaluateAll(e.children, scope), e.line);
    case Kind::Unary: return unary(e, scope);
    case Kind::Binary: return binary(e, scope);
    case Kind::Choice: return evaluate(e.children[isTrue(evaluate(e.children[0], scope)) ? 1 : 2], scope);
    }
    return kUndefined;
}

} // namespace

void failAt(int line, const QString& what)
{
    throw Error(tr("The chat template fails, line %1: %2.").arg(line).arg(what));
}

Value* Scope::find(const std::string& name)
{
    for (auto scope = m_scopes.rbegin(); scope != m_scopes.rend(); ++scope)
        if (const auto found = scope->find(name); found != scope->end())
            return &*found;
    return nullptr;
}

void Scope::charge(std::size_t work)
{
    m_work += static_cast<std::int64_t>(std::min<std::size_t>(work, std::size_t{1} << 40)) + 16;
    if (m_work > kMaximumWork)
        throw Error(tr("The chat template takes more than %1 steps.").arg(kMaximumWork));
}

bool isTrue(const Value& value)
{
    if (value.is_discarded() || value.is_null())
        return false;
    if (value.is_boolean())
        return value.get<bool>();
    if (value.is_number())
        return value.get<double>() != 0;
    return value.is_string() ? !value.get_ref<const std::string&>().empty() : !value.empty();
}

std::string printed(const Value& value, int line)
{
    if (value.is_discarded())
        return {};
    if (value.is_string())
        return value.get<std::string>();
    if (value.is_boolean())
        return value.get<bool>() ? "True" : "False";
    if (value.is_null())
        return "None";
    if (value.is_number())
        return value.dump();
    failAt(line, tr("a list or dictionary cannot be printed"));
}

Value evaluate(const Expression& e, Scope& scope)
{
    const Value* place = placeOf(e, scope);
    Value out = place ? *place : computed(e, scope);
    const std::size_t size = sizeOf(out);
    if (size > kMaximumValue)
        failAt(e.line, tr("a value grows beyond %1 bytes").arg(kMaximumValue));
    scope.charge(size);
    return out;
}

} // namespace halftone::chat
