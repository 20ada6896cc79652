// SPDX-License-Identifier: GPL-3.0-or-later
#include "export/gguf_writer.h"

#include "base/error.h"
#include "checkpoint/gguf.h"
#include "export/output_file.h"

#include <algorithm>
#include <bit>
#include <cstring>
#include <limits>

namespace halftone {

namespace {

using nlohmann::json;
static_assert(std::endian::native == std::endian::little, "GGUF is written little endian");

constexpr std::size_t kAlignment = 32;
constexpr std::int64_t kPieceBytes = 16 << 20;

// The numbers of GGUF's value types.
enum class Kind : std::uint32_t { U32 = 4, I32 = 5, F32 = 6, Bool = 7, Text = 8, List = 9, U64 = 10, I64 = 11 };

std::uint32_t ggmlNumber(ElementType type)
{
    for (const GgmlType& row : ggmlTypes())
        if (row.type == type)
            return row.number;
    throw Error(tr("GGUF has no type for %1.").arg(name(type)));
}

Kind kindOfNumber(const json& value)
{
    if (value.is_number_unsigned())
        return value.get<std::uint64_t>() <= std::numeric_limits<std::uint32_t>::max() ? Kind::U32 : Kind::U64;
    const auto number = value.get<std::int64_t>();
    return number >= std::numeric_limits<std::int32_t>::min() && number <= std::numeric_limits<std::int32_t>::max()
               ? Kind::I32
               : Kind::I64;
}

Kind kindOf(const std::string& key, const json& value)
{
    if (key == "tokenizer.ggml.token_type")
        return Kind::I32;
    if (key == "tokenizer.ggml.scores")
        return Kind::F32;
    if (value.is_boolean())
        return Kind::Bool;
    if (value.is_string())
        return Kind::Text;
    if (value.is_number_float())
        return Kind::F32;
    if (value.is_number())
        return kindOfNumber(value);
    throw Error(tr("The metadata '%1' is %2, which GGUF cannot hold.")
                    .arg(QString::fromStdString(key), QString::fromUtf8(value.type_name())));
}

// A header grows in memory: it is small beside the tensors.
class Header
{
public:
    template <class T> void value(T v)
    {
        const auto* bytes = reinterpret_cast<const char*>(&v);
        m_bytes.append(bytes, sizeof v);
    }
    void text(const std::string& s)
    {
        value(std::uint64_t{s.size()});
        m_bytes += s;
    }
    void pair(const std::string& key, const json& v)
    {
        text(key);
        if (!v.is_array()) {
            const Kind kind = kindOf(key, v);
            value(static_cast<std::uint32_t>(kind));
            scalar(kind, v);
            return;
        }
        value(static_cast<std::uint32_t>(Kind::List));
        const Kind kind = listKind(key, v);
        value(static_cast<std::uint32_t>(kind));
        value(std::uint64_t{v.size()});
        for (const json& item : v)
            scalar(kind, item);
    }
    const std::string& bytes() const { return m_bytes; }
    std::int64_t size() const { return static_cast<std::int64_t>(m_bytes.size()); }

private:
    // One type for all: the widest that any of them needs.
    static Kind listKind(const std::string& key, const json& list)
    {
        Kind kind = list.empty() ? Kind::Text : kindOf(key, list.front());
        for (const json& item : list) {
            const Kind one = kindOf(key, item);
            if (one == kind)
                continue;
            const bool numbers = item.is_number() && list.front().is_number();
            if (!numbers)
                throw Error(tr("The metadata '%1' mixes %2 and %3 in one list.")
                                .arg(QString::fromStdString(key), QString::fromUtf8(list.front().type_name()),
                                     QString::fromUtf8(item.type_name())));
            if (one == Kind::F32 || kind == Kind::F32)
                kind = Kind::F32;
            else if (one == Kind::I32 || kind == Kind::I32)
                kind = Kind::I32;
            else
                kind = Kind::I64;
        }
        return kind;
    }
    void scalar(Kind kind, const json& v)
    {
        switch (kind) {
        case Kind::U32: return value(v.get<std::uint32_t>());
        case Kind::I32: return value(v.get<std::int32_t>());
        case Kind::F32: return value(v.get<float>());
        case Kind::Bool: return value(static_cast<std::uint8_t>(v.get<bool>()));
        case Kind::Text: return text(v.get<std::string>());
        case Kind::U64: return value(v.get<std::uint64_t>());
        case Kind::I64: return value(v.get<std::int64_t>());
        case Kind::List: break;
        }
        throw Error(tr("GGUF metadata cannot hold lists of lists."));
    }
    std::string m_bytes;
};

std::int64_t rowBytes(const GgufTensor& t)
{
    const std::int64_t columns = t.shape.empty() ? 1 : t.shape.back();
    const auto bytes = storedBytes(t.type, columns, columns);
    if (!bytes)
        throw Error(tr("Tensor '%1' has rows of %2 elements, which is not a multiple of the %3 that %4 codes "
                       "together.")
                        .arg(t.name)
                        .arg(columns)
                        .arg(info(t.type).blockElements)
                        .arg(name(t.type)));
    return *bytes;
}

std::int64_t rowCount(const GgufTensor& t)
{
    std::int64_t rows = 1;
    for (std::size_t i = 0; i + 1 < t.shape.size(); ++i)
        rows *= t.shape[i];
    return rows;
}

std::int64_t aligned(std::int64_t bytes)
{
    return (bytes + std::int64_t{kAlignment} - 1) / std::int64_t{kAlignment} * std::int64_t{kAlignment};
}

} // namespace

std::int64_t ggufDataBytes(std::span<const GgufTensor> tensors)
{
    std::int64_t bytes = 0;
    for (const GgufTensor& t : tensors)
        bytes += aligned(rowCount(t) * rowBytes(t));
    return bytes;
}

namespace {

// Late texts are written as zeros; `places` receives where each begins.
Header headerOf(const json& metadata, std::span<const GgufTensor> tensors, std::span<const GgufLate> late,
                std::vector<std::int64_t>& places)
{
    Header header;
    for (const char c : {'G', 'G', 'U', 'F'})
        header.value(c);
    header.value(std::uint32_t{3});
    header.value(std::uint64_t{tensors.size()});
    header.value(std::uint64_t{metadata.size() + late.size()});
    for (const auto& [key, value] : metadata.items())
        header.pair(key, value);
    for (const GgufLate& text : late) {
        header.pair(text.key, std::string(kLateCharacters, '0'));
        places.push_back(header.size() - kLateCharacters);
    }
    std::int64_t offset = 0;
    for (const GgufTensor& t : tensors) {
        header.text(t.name.toStdString());
        header.value(static_cast<std::uint32_t>(t.shape.size()));
        for (auto extent = t.shape.rbegin(); extent != t.shape.rend(); ++extent)
            header.value(static_cast<std::uint64_t>(*extent));
        header.value(ggmlNumber(t.type));
        header.value(static_cast<std::uint64_t>(offset));
        offset += aligned(rowCount(t) * rowBytes(t));
    }
    return header;
}

void writeLate(OutputFile& out, std::span<const GgufLate> late, std::span<const std::int64_t> places)
{
    if (late.empty())
        return;
    const QString hash = out.sha256();
    for (std::size_t i = 0; i < late.size(); ++i) {
        const QByteArray text = late[i].value(hash).toUtf8();
        if (text.size() != kLateCharacters)
            throw Error(tr("The metadata '%1' should have %2 characters and has %3.")
                            .arg(QString::fromStdString(late[i].key)).arg(kLateCharacters).arg(text.size()));
        out.rewrite(places[i], text);
    }
}

} // namespace

std::int64_t ggufHeaderBytes(const json& metadata, std::span<const GgufTensor> tensors)
{
    std::vector<std::int64_t> places;
    return aligned(headerOf(metadata, tensors, {}, places).size());
}

std::int64_t writeGguf(const QString& path, const json& metadata, std::span<const GgufTensor> tensors,
                       const GgufRows& rows, std::span<const GgufLate> late)
{
    std::vector<std::int64_t> places;
    const Header header = headerOf(metadata, tensors, late, places);
    OutputFile out(path);
    out.write(header.bytes().data(), header.bytes().size());
    out.pad(kAlignment);
    std::vector<std::byte> piece;
    for (std::size_t i = 0; i < tensors.size(); ++i) {
        const std::int64_t all = rowCount(tensors[i]), bytes = rowBytes(tensors[i]);
        const std::int64_t step = std::max<std::int64_t>(1, kPieceBytes / std::max<std::int64_t>(1, bytes));
        for (std::int64_t begin = 0; begin < all; begin += step) {
            const std::int64_t count = std::min(step, all - begin);
            piece.resize(static_cast<std::size_t>(count * bytes));
            rows(i, begin, count, piece);
            out.write(piece.data(), piece.size());
        }
        out.pad(kAlignment);
    }
    writeLate(out, late, places);
    return out.commit();
}

} // namespace halftone
