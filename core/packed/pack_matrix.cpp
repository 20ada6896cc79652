// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/error.h"
#include "base/half.h"
#include "base/parallel.h"
#include "packed/bit_stream.h"
#include "packed/packed_layout.h"
#include "packed/rice_mask.h"
#include "packed/wrapped_matrix.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstring>
#include <numeric>
#include <span>

namespace halftone {

namespace {

constexpr std::size_t kMaximumClasses = 4;
constexpr Index kTileElements = 65536;

// Bit i says whether classes[i] is `marked`; count is at most 64. Eight bytes go at a time: classes are
// below 4, so a byte that differs from `marked` has one of its two low bits set.
std::uint64_t marksOf(const std::uint8_t* classes, Index count, std::uint8_t marked)
{
    constexpr std::uint64_t ones = 0x0101010101010101;
    constexpr std::uint64_t gather = 0x0102040810204080; // moves the bytes' lowest bits to the top byte
    std::uint64_t marks = 0;
    Index i = 0;
    for (; i + 8 <= count; i += 8) {
        std::uint64_t word;
        std::memcpy(&word, classes + i, 8);
        word ^= ones * marked;
        const std::uint64_t hits = ~(word | word >> 1) & ones;
        marks |= (hits * gather >> 56) << i;
    }
    for (; i < count; ++i)
        marks |= static_cast<std::uint64_t>(classes[i] == marked) << i;
    return marks;
}

// Every code is written to every list and only its own list advances: no branch to mispredict.
template<std::size_t classCount>
void splitCodes(const std::uint8_t* codes, const std::uint8_t* classes, Index elements,
                std::array<std::uint8_t*, kMaximumClasses>& ends)
{
    std::array<std::uint8_t*, classCount> next;
    std::copy_n(ends.begin(), classCount, next.begin());
    for (Index e = 0; e < elements; ++e)
        for (std::size_t c = 0; c < classCount; ++c) {
            *next[c] = codes[e];
            next[c] += classes[e] == c;
        }
    std::copy(next.begin(), next.end(), ends.begin());
}

// What one tile needs, known before a byte is written.
struct TileCount
{
    std::array<std::int64_t, kMaximumClasses> members{};
    std::array<std::array<std::int64_t, kRiceBits>, kMaximumClasses - 1> quotients{};
};

class Packer
{
public:
    Packer(const QString& name, const Coding& coding, const CodeMatrix& codes);
    std::vector<std::byte> pack();

private:
    void check() const;
    void checkParameters(const Grid& grid) const;
    void checkRaw(const Grid& grid) const;
    void describe();
    void countTile(Index tile);
    void findColumnMasks();
    void orderMasks();
    void measureMasks();
    void placeTiles();
    void writeParameters();
    void writeTile(Index tile);
    void writeRaw(Index tile, std::size_t c, const std::uint8_t* classes, std::span<std::byte> out) const;
    void writeColumnMask(std::uint8_t marked, std::span<std::byte> out) const;
    void writeTileMasks(Index tile, const std::uint8_t* classes, Index elements);

    Index tileRowBegin(Index tile) const { return tile * m_header.tileRows; }
    Index tileRowCount(Index tile) const
    {
        return std::min(m_header.tileRows, m_header.rows - tileRowBegin(tile));
    }
    const std::uint8_t* tileClasses(Index tile, std::vector<std::uint8_t>& buffer) const;
    void gapsOf(const std::uint8_t* classes, Index elements, std::size_t mask,
                std::vector<std::uint32_t>& gaps) const;
    void store(std::int64_t at, const Matrix& values, int bits);

    const QString& m_name;
    const Coding& m_coding;
    const CodeMatrix& m_codes;
    PackedHeader m_header;
    std::vector<TileCount> m_counts;
    std::array<bool, kMaximumClasses> m_byColumn{}; // element-wise classes that are whole columns
    std::vector<std::vector<std::int64_t>> m_maskBegin;  // per mask, per tile
    std::vector<std::vector<std::int64_t>> m_codesBegin; // per class, per tile
    std::vector<std::byte> m_bytes;
};

Packer::Packer(const QString& name, const Coding& coding, const CodeMatrix& codes)
    : m_name(name), m_coding(coding), m_codes(codes)
{
    check();
    describe();
}

void Packer::check() const
{
    const Coding& c = m_coding;
    const bool shapes = c.rows >= 1 && c.rows <= kMaximumRows && c.columns >= 1 &&
                        c.columns <= kMaximumColumns && m_codes.rows() == c.rows &&
                        m_codes.cols() == c.columns && c.grids.size() >= 1 &&
                        c.grids.size() <= kMaximumClasses;
    const bool classes = c.classes.size() == 0
                             ? c.grids.size() <= 1
                             : c.classes.cols() == c.columns &&
                                   (c.classes.rows() == 1 || c.classes.rows() == c.rows);
    if (!shapes || !classes)
        throw Error(tr("Cannot pack '%1': %2 x %3 codes and %4 x %5 classes for a coding of %6 x %7 "
                       "with %8 grids.")
                        .arg(m_name).arg(m_codes.rows()).arg(m_codes.cols()).arg(c.classes.rows())
                        .arg(c.classes.cols()).arg(c.rows).arg(c.columns).arg(c.grids.size()));
    if (c.classes.size() && c.classes.maxCoeff() >= c.grids.size())
        throw Error(tr("Cannot pack '%1': a weight is in class %2 of %3.")
                        .arg(m_name).arg(c.classes.maxCoeff()).arg(c.grids.size()));
    for (const Grid& grid : c.grids)
        checkParameters(grid);
}

void Packer::checkParameters(const Grid& grid) const
{
    const Index groups =
        grid.groupColumns > 0 ? (m_coding.columns + grid.groupColumns - 1) / grid.groupColumns : 1;
    auto fits = [&](const Matrix& m) { return m.rows() == m_coding.rows && m.cols() == groups; };
    if (grid.raw) {
        checkRaw(grid);
        return;
    }
    const auto columns = static_cast<std::size_t>(m_coding.columns);
    const bool rich =
        (grid.second.size() == 0 || (fits(grid.second) && grid.count == 4 && grid.table.empty())) &&
        (grid.columnScale.size() == 0 ||
         (grid.columnScale.rows() == 1 && grid.columnScale.cols() == m_coding.columns)) &&
        (grid.columnGroup.empty() ||
         (grid.columnGroup.size() == columns &&
          *std::max_element(grid.columnGroup.begin(), grid.columnGroup.end()) < groups));
    if (!rich || grid.count < 1 || grid.count > 256 || !fits(grid.scale) ||
        (grid.offset.size() && !fits(grid.offset)) ||
        (!grid.table.empty() && static_cast<int>(grid.table.size()) != grid.count) ||
        grid.groupColumns < 0 || grid.groupColumns > m_coding.columns ||
        (grid.parameterBits != 16 && grid.parameterBits != 32))
        throw Error(tr("Cannot pack '%1': the grid '%2' of %3 levels does not fit its %4 x %5 weights.")
                        .arg(m_name, grid.role).arg(grid.count).arg(m_coding.rows)
                        .arg(m_coding.columns));
    auto holds = [&](const Matrix& m) {
        for (Index i = 0; i < m.size(); ++i) {
            const float v = m.data()[i];
            if (!std::isfinite(v) || (grid.parameterBits == 16 && roundToHalf(v) != v))
                return false;
        }
        return true;
    };
    if (!holds(grid.scale) || !holds(grid.offset) || !holds(grid.second) || !holds(grid.columnScale))
        throw Error(tr("Cannot pack '%1': a scale or offset of the grid '%2' is not a finite number of "
                       "%3 bits. Weights this large need 32-bit parameters.")
                        .arg(m_name, grid.role).arg(grid.parameterBits));
}

void Packer::checkRaw(const Grid& grid) const
{
    if (m_coding.raw.rows() != m_coding.rows || m_coding.raw.cols() != m_coding.columns ||
        (grid.parameterBits != 16 && grid.parameterBits != 32) || grid.count != 1)
        throw Error(tr("Cannot pack '%1': %2 x %3 weights of the raw grid '%4' for a coding of %5 x %6.")
                        .arg(m_name).arg(m_coding.raw.rows()).arg(m_coding.raw.cols()).arg(grid.role)
                        .arg(m_coding.rows).arg(m_coding.columns));
}

void Packer::describe()
{
    m_header.rows = m_coding.rows;
    m_header.columns = m_coding.columns;
    m_header.tileRows = std::clamp<Index>(kTileElements / m_header.columns, 1, m_header.rows);
    for (const Grid& grid : m_coding.grids) {
        ClassHeader c;
        c.count = static_cast<std::uint16_t>(grid.count);
        c.bits = static_cast<std::uint8_t>(grid.raw ? grid.parameterBits : codeBits(grid.count));
        c.encoding = grid.raw                   ? Encoding::Raw
                     : baseIsSmaller(grid.count) ? Encoding::Base
                                                 : Encoding::Bits;
        c.parameterBits = static_cast<std::uint8_t>(grid.parameterBits);
        c.hasOffset = grid.offset.size() && (grid.second.size() || !grid.offset.isZero(0));
        c.hasTable = !grid.table.empty();
        c.hasSecond = grid.second.size() > 0;
        c.hasColumnScale = grid.columnScale.size() > 0;
        c.hasColumnGroup = !grid.columnGroup.empty();
        c.groupColumns = static_cast<std::uint64_t>(grid.groupColumns);
        const QByteArray role = grid.role.toUtf8().left(kRoleBytes);
        std::copy(role.begin(), role.end(), c.role.begin());
        m_header.classes.push_back(c);
    }
    if (m_coding.grids.size() > 1)
        m_header.membership =
            m_coding.classes.rows() == 1 ? Membership::Columns : Membership::Elements;
    m_counts.resize(static_cast<std::size_t>(m_header.tiles()));
}

const std::uint8_t* Packer::tileClasses(Index tile, std::vector<std::uint8_t>& buffer) const
{
    if (m_header.membership == Membership::Elements)
        return m_coding.classes.data() + tileRowBegin(tile) * m_header.columns;
    const Index elements = tileRowCount(tile) * m_header.columns;
    buffer.assign(static_cast<std::size_t>(elements), 0);
    if (m_header.membership == Membership::Columns)
        for (Index r = 0; r < tileRowCount(tile); ++r)
            std::copy_n(m_coding.classes.data(), m_header.columns,
                        buffer.data() + r * m_header.columns);
    return buffer.data();
}

void Packer::countTile(Index tile)
{
    thread_local std::vector<std::uint8_t> buffer;
    const std::uint8_t* classes = tileClasses(tile, buffer);
    const Index elements = tileRowCount(tile) * m_header.columns;
    auto& members = m_counts[static_cast<std::size_t>(tile)].members;
    for (std::size_t c = 0; c < m_header.classes.size(); ++c)
        members[c] = std::count(classes, classes + elements, static_cast<std::uint8_t>(c));
}

// A class that takes each column whole or not at all needs one bit a column.
void Packer::findColumnMasks()
{
    if (m_header.membership != Membership::Elements)
        return;
    const Index columns = m_header.columns;
    const std::uint8_t* first = m_coding.classes.data();
    for (std::size_t c = 0; c < m_header.classes.size(); ++c)
        m_byColumn[c] = std::find(first, first + columns, static_cast<std::uint8_t>(c)) != first + columns;
    for (Index r = 1; r < m_header.rows; ++r) {
        const std::uint8_t* row = first + r * columns;
        for (Index j = 0; j < columns; ++j)
            if (row[j] != first[j])
                m_byColumn[row[j]] = m_byColumn[first[j]] = false;
        if (std::none_of(m_byColumn.begin(), m_byColumn.end(), [](bool b) { return b; }))
            return;
    }
}

// Rarest class first, so that the gaps are long and the last, largest class needs no mask.
void Packer::orderMasks()
{
    std::array<std::int64_t, kMaximumClasses> members{};
    for (const TileCount& tile : m_counts)
        for (std::size_t c = 0; c < kMaximumClasses; ++c)
            members[c] += tile.members[c];
    if (m_header.membership == Membership::Columns)
        m_header.masks.push_back(
            {0, 0, MaskKind::Gaps,
             static_cast<std::uint64_t>(
                 streamBytes(m_header.columns, columnClassBits(m_header.classes.size())))});
    if (m_header.membership != Membership::Elements)
        return;
    std::vector<std::uint8_t> order(m_header.classes.size());
    std::iota(order.begin(), order.end(), std::uint8_t{0});
    std::stable_sort(order.begin(), order.end(),
                     [&](auto a, auto b) { return members[a] < members[b]; });
    std::stable_partition(order.begin(), order.end() - 1, [&](auto c) { return m_byColumn[c]; });
    for (std::size_t i = 0; i + 1 < order.size(); ++i)
        m_header.masks.push_back(
            {order[i], 0, m_byColumn[order[i]] ? MaskKind::Columns : MaskKind::Gaps, 0});
}

void Packer::gapsOf(const std::uint8_t* classes, Index elements, std::size_t mask,
                    std::vector<std::uint32_t>& gaps) const
{
    const std::uint8_t marked = m_header.masks[mask].marked;
    gaps.resize(static_cast<std::size_t>(elements));
    std::size_t count = 0;
    if (mask == 0) {
        Index after = 0;
        for (Index e = 0; e < elements; e += 64)
            for (std::uint64_t word = marksOf(classes + e, std::min<Index>(64, elements - e), marked);
                 word != 0; word &= word - 1) {
                const Index hit = e + std::countr_zero(word);
                gaps[count++] = static_cast<std::uint32_t>(hit - after);
                after = hit + 1;
            }
    } else {
        std::array<bool, 256> earlier{};
        for (std::size_t k = 0; k < mask; ++k)
            earlier[m_header.masks[k].marked] = true;
        std::uint32_t gap = 0;
        for (Index e = 0; e < elements; ++e) {
            const bool hit = classes[e] == marked;
            if (hit)
                gaps[count++] = gap;
            gap = hit ? 0 : gap + !earlier[classes[e]];
        }
    }
    gaps.resize(count);
}

void Packer::measureMasks()
{
    if (m_header.membership != Membership::Elements)
        return;
    parallelFor(m_header.tiles(), [&](std::int64_t tile) {
        thread_local std::vector<std::uint32_t> gaps;
        thread_local std::vector<std::uint8_t> buffer;
        const std::uint8_t* classes = tileClasses(tile, buffer);
        for (std::size_t i = 0; i < m_header.masks.size(); ++i) {
            if (m_header.masks[i].kind == MaskKind::Columns)
                continue;
            gapsOf(classes, tileRowCount(tile) * m_header.columns, i, gaps);
            auto& sums = m_counts[static_cast<std::size_t>(tile)].quotients[i];
            for (std::size_t k = 0; k < kRiceBits; ++k) {
                // Gaps of a tile add up to less than its elements, so 32 bits hold the sum.
                std::uint32_t sum = 0;
                for (const std::uint32_t gap : gaps)
                    sum += gap >> k;
                sums[k] = sum;
                if (sum == 0)
                    break;
            }
        }
    });
    for (std::size_t i = 0; i < m_header.masks.size(); ++i) {
        if (m_header.masks[i].kind == MaskKind::Columns)
            continue;
        std::array<std::int64_t, kRiceBits> sums{};
        std::int64_t count = 0;
        for (const TileCount& tile : m_counts) {
            for (std::size_t k = 0; k < kRiceBits; ++k)
                sums[k] += tile.quotients[i][k];
            count += tile.members[m_header.masks[i].marked];
        }
        m_header.masks[i].riceBits = static_cast<std::uint8_t>(bestRiceBits(sums, count));
    }
}

void Packer::placeTiles()
{
    m_maskBegin.assign(m_header.masks.size(), {});
    m_codesBegin.assign(m_header.classes.size(), {});
    if (m_header.membership == Membership::Elements)
        for (std::size_t i = 0; i < m_header.masks.size(); ++i) {
            MaskHeader& mask = m_header.masks[i];
            if (mask.kind == MaskKind::Columns) {
                mask.bytes = static_cast<std::uint64_t>(streamBytes(m_header.columns, 1));
                continue;
            }
            std::int64_t at = 0;
            for (const TileCount& tile : m_counts) {
                m_maskBegin[i].push_back(at);
                at += (tile.quotients[i][mask.riceBits] +
                       tile.members[mask.marked] * (1 + mask.riceBits) + 7) / 8;
            }
            m_maskBegin[i].push_back(at);
            mask.bytes = static_cast<std::uint64_t>(at);
        }
    for (std::size_t c = 0; c < m_header.classes.size(); ++c) {
        std::int64_t at = 0;
        for (const TileCount& tile : m_counts) {
            m_codesBegin[c].push_back(at);
            at += m_header.classes[c].memberBytes(tile.members[c]);
        }
        m_codesBegin[c].push_back(at);
        m_header.classes[c].codeBytes = static_cast<std::uint64_t>(at);
    }
}

void Packer::store(std::int64_t at, const Matrix& values, int bits)
{
    std::byte* out = m_bytes.data() + at;
    if (bits == 32) {
        const auto bytes = std::as_bytes(std::span(values.data(), static_cast<std::size_t>(values.size())));
        std::copy(bytes.begin(), bytes.end(), out); // none, for a grid without offsets
        return;
    }
    for (Index i = 0; i < values.size(); ++i) {
        const std::uint16_t half = floatToHalf(values.data()[i]);
        std::memcpy(out + 2 * i, &half, 2);
    }
}

void Packer::writeParameters()
{
    const PackedSections sections(m_header);
    m_header.write(m_bytes.data());
    for (std::size_t c = 0; c < m_header.classes.size(); ++c) {
        const Grid& grid = m_coding.grids[c];
        if (grid.raw)
            continue;
        store(sections.scale[c], grid.scale, grid.parameterBits);
        store(sections.second[c], grid.second, grid.parameterBits);
        store(sections.columnScale[c], grid.columnScale, grid.parameterBits);
        std::copy_n(reinterpret_cast<const std::byte*>(grid.columnGroup.data()),
                    2 * grid.columnGroup.size(), m_bytes.begin() + sections.columnGroup[c]);
        if (m_header.classes[c].hasOffset)
            store(sections.offset[c], grid.offset, grid.parameterBits);
        if (m_header.classes[c].hasTable)
            std::memcpy(m_bytes.data() + sections.table[c], grid.table.data(),
                        grid.table.size() * 4);
    }
    if (m_header.membership == Membership::Columns)
        writeCodes({m_coding.classes.data(), static_cast<std::size_t>(m_header.columns)},
                   columnClassBits(m_header.classes.size()),
                   std::span(m_bytes).subspan(static_cast<std::size_t>(sections.mask[0])));
    for (std::size_t i = 0; i < m_header.masks.size(); ++i)
        if (m_header.masks[i].kind == MaskKind::Columns)
            writeColumnMask(m_header.masks[i].marked,
                            std::span(m_bytes).subspan(static_cast<std::size_t>(sections.mask[i])));
}

void Packer::writeColumnMask(std::uint8_t marked, std::span<std::byte> out) const
{
    std::vector<std::uint8_t> marks(static_cast<std::size_t>(m_header.columns));
    for (std::size_t j = 0; j < marks.size(); ++j)
        marks[j] = m_coding.classes.data()[j] == marked;
    writeCodes(marks, 1, out);
}

void Packer::writeTileMasks(Index tile, const std::uint8_t* classes, Index elements)
{
    thread_local std::vector<std::uint32_t> gaps;
    thread_local std::vector<std::byte> stream;
    const PackedSections sections(m_header);
    const auto t = static_cast<std::size_t>(tile);
    for (std::size_t i = 0; i < m_header.masks.size(); ++i) {
        if (m_header.masks[i].kind == MaskKind::Columns)
            continue;
        gapsOf(classes, elements, i, gaps);
        stream.clear();
        writeGaps(gaps, m_header.masks[i].riceBits, stream);
        std::copy(stream.begin(), stream.end(),
                  m_bytes.begin() + sections.mask[i] + m_maskBegin[i][t]);
        const std::array<std::uint32_t, 2> entry{
            static_cast<std::uint32_t>(gaps.size()), static_cast<std::uint32_t>(stream.size())};
        std::memcpy(m_bytes.data() + sections.index[i] +
                        tile * static_cast<std::int64_t>(kIndexEntryBytes),
                    entry.data(), kIndexEntryBytes);
    }
}

// The values of a tile's members of a raw class.
void Packer::writeRaw(Index tile, std::size_t c, const std::uint8_t* classes, std::span<std::byte> out) const
{
    const Grid& grid = m_coding.grids[c];
    const float* values = m_coding.raw.data() + tileRowBegin(tile) * m_header.columns;
    std::size_t at = 0;
    for (Index e = 0; e < tileRowCount(tile) * m_header.columns; ++e) {
        if (classes[e] != c)
            continue;
        if (!std::isfinite(values[e]) || (grid.parameterBits == 16 && roundToHalf(values[e]) != values[e]))
            throw Error(tr("Cannot pack '%1': a weight of the grid '%2' is not a finite number of %3 "
                           "bits. Weights this large need 32-bit parameters.")
                            .arg(m_name, grid.role).arg(grid.parameterBits));
        if (grid.parameterBits == 16) {
            const std::uint16_t half = floatToHalf(values[e]);
            std::memcpy(out.data() + at, &half, 2);
            at += 2;
        } else {
            std::memcpy(out.data() + at, values + e, 4);
            at += 4;
        }
    }
}

void Packer::writeTile(Index tile)
{
    thread_local std::array<std::vector<std::uint8_t>, kMaximumClasses> members;
    thread_local std::vector<std::uint8_t> buffer;
    const auto t = static_cast<std::size_t>(tile);
    const Index elements = tileRowCount(tile) * m_header.columns;
    const std::uint8_t* classes = tileClasses(tile, buffer);
    const std::uint8_t* codes = m_codes.data() + tileRowBegin(tile) * m_header.columns;
    if (m_header.membership == Membership::Elements)
        writeTileMasks(tile, classes, elements);
    const PackedSections sections(m_header);
    std::array<std::uint8_t*, kMaximumClasses> next{};
    for (std::size_t c = 0; c < m_header.classes.size(); ++c) {
        members[c].resize(static_cast<std::size_t>(elements) + 1);
        next[c] = members[c].data();
    }
    if (m_header.classes.size() == 1)
        next[0] = std::copy_n(codes, elements, next[0]);
    else if (m_header.classes.size() == 2)
        splitCodes<2>(codes, classes, elements, next);
    else if (m_header.classes.size() == 3)
        splitCodes<3>(codes, classes, elements, next);
    else
        splitCodes<4>(codes, classes, elements, next);
    for (std::size_t c = 0; c < m_header.classes.size(); ++c) {
        const ClassHeader& header = m_header.classes[c];
        const std::span<const std::uint8_t> list(members[c].data(), next[c]);
        if (!list.empty() && *std::max_element(list.begin(), list.end()) >= header.count)
            throw Error(tr("Cannot pack '%1': a code of the grid '%2' is not below its %3 levels.")
                            .arg(m_name, m_coding.grids[c].role).arg(header.count));
        const auto out = std::span(m_bytes).subspan(
            static_cast<std::size_t>(sections.codes[c] + m_codesBegin[c][t]));
        if (header.encoding == Encoding::Raw)
            writeRaw(tile, c, classes, out);
        else if (header.encoding == Encoding::Base)
            writeBase(list, header.count, out);
        else
            writeCodes(list, header.bits, out);
    }
}

std::vector<std::byte> Packer::pack()
{
    parallelFor(m_header.tiles(), [&](std::int64_t tile) { countTile(tile); });
    findColumnMasks();
    orderMasks();
    measureMasks();
    placeTiles();
    m_bytes.assign(static_cast<std::size_t>(m_header.totalBytes()), std::byte{0});
    writeParameters();
    parallelFor(m_header.tiles(), [&](std::int64_t tile) { writeTile(tile); });
    return std::move(m_bytes);
}

} // namespace

PackedMatrix PackedMatrix::pack(const QString& name, const Coding& coding, const CodeMatrix& codes)
{
    auto bytes = std::make_shared<std::vector<std::byte>>(Packer(name, coding, codes).pack());
    if (coding.rotation.active || coding.entropyCoded) {
        auto wrapped = std::make_shared<std::vector<std::byte>>(wrapMatrix(coding, codes, *bytes));
        if (coding.rotation.active || wrapped->size() < bytes->size())
            bytes = std::move(wrapped);
    }
    return parse(name, *bytes, bytes);
}

} // namespace halftone
