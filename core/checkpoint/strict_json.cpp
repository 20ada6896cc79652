// SPDX-License-Identifier: GPL-3.0-or-later
#include "checkpoint/strict_json.h"

#include "base/error.h"

#include <QFile>
#include <QFileInfo>
#include <algorithm>
#include <vector>

namespace halftone {

using nlohmann::json;

namespace {

// Builds the value while it is read, because the library's own builder lets a second key of the
// same name replace the first in silence.
class StrictBuilder : public nlohmann::json_sax<json>
{
public:
    bool null() override { return put(nullptr); }
    bool boolean(bool value) override { return put(value); }
    bool number_integer(number_integer_t value) override { return put(value); }
    bool number_unsigned(number_unsigned_t value) override { return put(value); }
    bool number_float(number_float_t value, const string_t&) override { return put(value); }
    bool string(string_t& value) override { return put(std::move(value)); }
    bool binary(binary_t&) override { return false; }
    bool start_object(std::size_t) override { return open(json::object()); }
    bool start_array(std::size_t) override { return open(json::array()); }
    bool end_object() override { return close(); }
    bool end_array() override { return close(); }

    bool key(string_t& name) override
    {
        auto& object = m_open.back()->get_ref<json::object_t&>();
        const auto [place, added] = object.try_emplace(std::move(name));
        if (!added) {
            reason = tr("the key '%1' appears twice").arg(QString::fromStdString(place->first.substr(0, 200)));
            return false;
        }
        m_member = &place->second;
        return true;
    }

    bool parse_error(std::size_t where, const std::string&, const json::exception& failure) override
    {
        position = where;
        reason = jsonReason(failure);
        return false;
    }

    json root;
    QString reason;
    std::size_t position = 0;

private:
    json* place()
    {
        if (m_open.empty())
            return &root;
        if (m_open.back()->is_array())
            return &m_open.back()->get_ref<json::array_t&>().emplace_back();
        return m_member;
    }

    bool put(json value)
    {
        *place() = std::move(value);
        return true;
    }

    bool open(json value)
    {
        if (m_open.size() >= kJsonDepth) {
            reason = tr("it is nested more than %1 levels deep").arg(kJsonDepth);
            return false;
        }
        json* const opened = place();
        *opened = std::move(value);
        m_open.push_back(opened);
        return true;
    }

    bool close()
    {
        m_open.pop_back();
        return true;
    }

    // Pointers stay good: an array grows only while its last element is closed.
    std::vector<json*> m_open;
    json* m_member = nullptr;
};

// Counts the bytes the parser has taken, so that errors found by the handler have a position too.
class CountingIterator
{
public:
    using iterator_category = std::forward_iterator_tag;
    using value_type = char;
    using difference_type = std::ptrdiff_t;
    using pointer = const char*;
    using reference = const char&;

    CountingIterator(const char* at, const char** last) : m_at(at), m_last(last) {}
    reference operator*() const { return *m_at; }
    CountingIterator& operator++()
    {
        *m_last = ++m_at;
        return *this;
    }
    CountingIterator operator++(int)
    {
        CountingIterator before = *this;
        ++*this;
        return before;
    }
    bool operator==(const CountingIterator& other) const { return m_at == other.m_at; }
    bool operator!=(const CountingIterator& other) const { return m_at != other.m_at; }

private:
    const char* m_at;
    const char** m_last;
};

} // namespace

json parseStrictJson(std::string_view text, const QString& what, JsonComments comments)
{
    StrictBuilder builder;
    const char* last = text.data();
    const bool good = json::sax_parse(CountingIterator(text.data(), &last),
                                      CountingIterator(text.data() + text.size(), &last), &builder,
                                      json::input_format_t::json, true,
                                      comments == JsonComments::Allowed);
    if (!good) {
        const auto position =
            builder.position > 0 ? builder.position : static_cast<std::size_t>(last - text.data());
        throw Error(jsonErrorSentence(text, position, what, builder.reason));
    }
    return std::move(builder.root);
}

json readStrictJson(const QString& path, std::int64_t limit)
{
    if (!QFileInfo(path).isFile())
        throw Error(tr("There is no file '%1'.").arg(path));
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        throw Error(tr("File '%1' cannot be opened: %2.").arg(path, file.errorString()));
    const QByteArray text = file.read(limit + 1);
    if (file.error() != QFileDevice::NoError)
        throw Error(tr("File '%1' cannot be read: %2.").arg(path, file.errorString()));
    if (text.size() > limit)
        throw Error(tr("File '%1' has more than %2 bytes, too many for a file of its kind.")
                        .arg(path).arg(limit));
    return parseStrictJson({text.constData(), static_cast<std::size_t>(text.size())},
                           QStringLiteral("'%1'").arg(path));
}

QString jsonErrorSentence(std::string_view text, std::size_t position, const QString& what,
                          const QString& reason)
{
    const auto before = text.substr(0, position > 0 ? position - 1 : 0);
    const auto line = 1 + std::count(before.begin(), before.end(), '\n');
    const auto lineStart = before.rfind('\n');
    const auto column = before.size() - (lineStart == std::string_view::npos ? 0 : lineStart + 1) + 1;
    return tr("%1 is not valid JSON at line %2, column %3: %4.").arg(what).arg(line).arg(column).arg(reason);
}

QString jsonReason(const json::exception& failure)
{
    // "[json.exception.parse_error.101] parse error at line 1, column 2: reason"
    QString text = QString::fromUtf8(failure.what());
    const qsizetype colon = text.indexOf(QLatin1String(": "));
    text = colon < 0 ? text : text.mid(colon + 2);
    // The library quotes the whole token, which may be megabytes.
    return text.size() > 200 ? text.left(200) + QStringLiteral("...") : text;
}

} // namespace halftone
