// SPDX-License-Identifier: GPL-3.0-or-later
// Filters, tests and methods of chat templates.
#include "base/error.h"
#include "model/chat_evaluate.h"

#include <algorithm>

namespace halftone::chat {

namespace {

constexpr std::string_view kBlanks = " \t\n\r\f\v";

QString quotedName(const std::string& name) { return QString::fromStdString(name); }

const std::string& textOf(const Value& value, const std::string& operation, int line)
{
    if (!value.is_string())
        failAt(line, tr("'%1' needs a text").arg(quotedName(operation)));
    return value.get_ref<const std::string&>();
}

std::string stripped(std::string text, bool left, bool right, std::string_view what)
{
    if (right) {
        const auto last = text.find_last_not_of(what);
        text.resize(last == std::string::npos ? 0 : last + 1);
    }
    if (left)
        text.erase(0, std::min(text.size(), text.find_first_not_of(what)));
    return text;
}

std::string withCase(const std::string& text, bool upper)
{
    const QString wide = QString::fromStdString(text);
    return (upper ? wide.toUpper() : wide.toLower()).toStdString();
}

std::string replaced(const std::string& text, const std::string& from, const std::string& to, int line)
{
    if (from.empty())
        failAt(line, tr("'replace' needs a text to look for"));
    std::string out;
    for (std::size_t at = 0;;) {
        const std::size_t found = text.find(from, at);
        out += text.substr(at, found - at);
        if (out.size() > kMaximumValue)
            failAt(line, tr("a text grows beyond %1 bytes").arg(kMaximumValue));
        if (found == std::string::npos)
            return out;
        out += to;
        at = found + from.size();
    }
}

// Like Python's json.dumps without escapes for letters beyond ASCII.
std::string asJson(const Value& value)
{
    std::string out;
    if (value.is_array()) {
        for (const Value& item : value)
            out += (out.empty() ? "" : ", ") + asJson(item);
        return "[" + out + "]";
    }
    if (value.is_object()) {
        for (const auto& [key, item] : value.items())
            out += (out.empty() ? "" : ", ") + Value(key).dump() + ": " + asJson(item);
        return "{" + out + "}";
    }
    return value.dump(-1, ' ', false, Value::error_handler_t::replace);
}

std::size_t lengthOf(const Value& value, int line)
{
    if (value.is_string()) { // characters, not bytes
        const auto& text = value.get_ref<const std::string&>();
        return static_cast<std::size_t>(
            std::count_if(text.begin(), text.end(), [](char c) { return (c & 0xc0) != 0x80; }));
    }
    if (!value.is_array() && !value.is_object())
        failAt(line, tr("'length' needs a text or a list"));
    return value.size();
}

Value joined(std::span<const Value> values, int line)
{
    const std::string between = values.size() > 1 ? textOf(values[1], "join", line) : std::string();
    std::string out;
    if (!values[0].is_array())
        failAt(line, tr("'join' needs a list"));
    for (const Value& item : values[0])
        out += (&item == &values[0].front() ? "" : between) + printed(item, line);
    return out;
}

Value splitText(const std::string& text, const std::string& by, int line)
{
    if (by.empty())
        failAt(line, tr("'split' needs a text to split at"));
    Value out = Value::array();
    for (std::size_t at = 0;;) {
        const std::size_t found = text.find(by, at);
        out.push_back(text.substr(at, found - at));
        if (found == std::string::npos)
            return out;
        at = found + by.size();
    }
}

Value itemsOf(const Value& value, const std::string& what, int line)
{
    if (!value.is_object())
        failAt(line, tr("'%1' needs a dictionary").arg(quotedName(what)));
    Value out = Value::array();
    for (const auto& [key, item] : value.items())
        out.push_back(what == "items" ? Value::array({key, item}) : what == "keys" ? Value(key) : item);
    return out;
}

} // namespace

Value applyFilter(const std::string& name, std::span<const Value> values, int line)
{
    const Value& v = values[0];
    if (name == "default" || name == "d")
        return v.is_discarded() ? (values.size() > 1 ? values[1] : Value("")) : v;
    if (v.is_discarded())
        failAt(line, tr("the filter '%1' is given something undefined").arg(quotedName(name)));
    if (name == "trim")
        return stripped(printed(v, line), true, true, kBlanks);
    if (name == "length" || name == "count")
        return lengthOf(v, line);
    if (name == "upper" || name == "lower")
        return withCase(textOf(v, name, line), name == "upper");
    if (name == "tojson")
        return asJson(v);
    if (name == "string")
        return printed(v, line);
    if (name == "safe")
        return v;
    if (name == "join")
        return joined(values, line);
    if (name == "items")
        return itemsOf(v, name, line);
    if (name == "list" && v.is_array())
        return v;
    if ((name == "first" || name == "last") && v.is_array())
        return v.empty() ? Value(Value::value_t::discarded) : name == "first" ? v.front() : v.back();
    if (name == "replace" && values.size() == 3)
        return replaced(textOf(v, name, line), textOf(values[1], name, line), textOf(values[2], name, line), line);
    failAt(line, tr("the filter '%1' is not supported here").arg(quotedName(name)));
}

bool applyTest(const std::string& name, std::span<const Value> values, int line)
{
    const Value& v = values[0];
    if (name == "defined")
        return !v.is_discarded();
    if (name == "undefined")
        return v.is_discarded();
    if (name == "none")
        return v.is_null();
    if (name == "string")
        return v.is_string();
    if (name == "mapping")
        return v.is_object();
    if (name == "iterable" || name == "sequence")
        return v.is_string() || v.is_array() || v.is_object();
    if (name == "number")
        return v.is_number();
    if (name == "boolean")
        return v.is_boolean();
    if (name == "true" || name == "false")
        return v.is_boolean() && v.get<bool>() == (name == "true");
    if ((name == "equalto" || name == "eq") && values.size() == 2)
        return v == values[1];
    failAt(line, tr("the test '%1' is not supported").arg(quotedName(name)));
}

Value applyMethod(const std::string& name, std::span<const Value> values, int line)
{
    const Value& v = values[0];
    if (v.is_object() && name == "get" && values.size() >= 2) {
        const std::string& key = textOf(values[1], name, line);
        return v.contains(key) ? v.at(key) : values.size() > 2 ? values[2] : Value();
    }
    if (v.is_object() && (name == "items" || name == "keys" || name == "values"))
        return itemsOf(v, name, line);
    if (!v.is_string())
        failAt(line, tr("the method '%1' is not supported here").arg(quotedName(name)));
    const std::string& text = textOf(v, name, line);
    if (name == "strip" || name == "lstrip" || name == "rstrip")
        return stripped(text, name != "rstrip", name != "lstrip",
                        values.size() > 1 ? std::string_view(textOf(values[1], name, line)) : kBlanks);
    if (name == "upper" || name == "lower")
        return withCase(text, name == "upper");
    if (values.size() == 2 && name == "startswith")
        return text.starts_with(textOf(values[1], name, line));
    if (values.size() == 2 && name == "endswith")
        return text.ends_with(textOf(values[1], name, line));
    if (values.size() == 2 && name == "split")
        return splitText(text, textOf(values[1], name, line), line);
    if (values.size() == 3 && name == "replace")
        return replaced(text, textOf(values[1], name, line), textOf(values[2], name, line), line);
    failAt(line, tr("the method '%1' is not supported").arg(quotedName(name)));
}

} // namespace halftone::chat
