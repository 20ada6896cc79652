// SPDX-License-Identifier: GPL-3.0-or-later
#include "packed/packed_matrix.h"

#include "base/error.h"
#include "base/half.h"
#include "base/parallel.h"
#include "packed/bit_stream.h"
#include "packed/packed_layout.h"
#include "packed/rice_mask.h"
#include "packed/wrapped_matrix.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>

namespace halftone {

namespace {

[[noreturn]] void refuse(const QString& name, const QString& what)
{
    throw Error(tr("The packed matrix '%1' is damaged: %2.").arg(name, what));
}

Matrix readParameters(const QString& name, std::span<const std::byte> bytes, Index rows, Index groups,
                      int bits)
{
    Matrix m(rows, groups);
    const std::span<float> out(m.data(), static_cast<std::size_t>(m.size()));
    if (bits == 16)
        halfToFloat(bytes, out);
    else
        std::memcpy(m.data(), bytes.data(), bytes.size());
    if (!m.allFinite())
        refuse(name, tr("a scale or offset is not finite"));
    return m;
}

PackedClass readClass(const QString& name, const PackedHeader& h, const PackedSections& s,
                      std::size_t c, std::span<const std::byte> bytes)
{
    const ClassHeader& header = h.classes[c];
    auto part = [&](std::int64_t at, std::int64_t size) {
        return bytes.subspan(static_cast<std::size_t>(at), static_cast<std::size_t>(size));
    };
    PackedClass out;
    Grid& grid = out.grid;
    grid.count = header.count;
    grid.groupColumns = static_cast<Index>(header.groupColumns);
    grid.parameterBits = header.parameterBits;
    const auto* roleEnd = std::find(header.role.begin(), header.role.end(), '\0');
    grid.role = QString::fromUtf8(header.role.data(), roleEnd - header.role.begin());
    const std::int64_t scales = header.scaleBytes(h.rows, h.columns);
    const Index groups = header.groups(h.columns);
    grid.raw = header.encoding == Encoding::Raw;
    if (!grid.raw)
        grid.scale = readParameters(name, part(s.scale[c], scales), h.rows, groups, grid.parameterBits);
    if (header.hasSecond)
        grid.second =
            readParameters(name, part(s.second[c], scales), h.rows, groups, grid.parameterBits);
    if (header.hasColumnScale)
        grid.columnScale =
            readParameters(name, part(s.columnScale[c], header.columnScaleBytes(h.columns)), 1,
                           h.columns, grid.parameterBits);
    if (header.hasColumnGroup) {
        grid.columnGroup.resize(static_cast<std::size_t>(h.columns));
        std::memcpy(grid.columnGroup.data(), bytes.data() + s.columnGroup[c],
                    2 * grid.columnGroup.size());
        for (const std::uint16_t group : grid.columnGroup)
            if (group >= groups)
                refuse(name, tr("a column is in group %1 of %2").arg(group).arg(groups));
    }
    if (header.hasOffset)
        grid.offset =
            readParameters(name, part(s.offset[c], scales), h.rows, groups, grid.parameterBits);
    if (header.hasTable) {
        grid.table.resize(header.count);
        std::memcpy(grid.table.data(), bytes.data() + s.table[c], 4u * header.count);
        if (!std::all_of(grid.table.begin(), grid.table.end(), [](float v) { return std::isfinite(v); }))
            refuse(name, tr("a level is not finite"));
    }
    out.bits = header.bits;
    out.encoding = header.encoding;
    out.codes = part(s.codes[c], static_cast<std::int64_t>(header.codeBytes));
    return out;
}

PackedMask readMask(const PackedHeader& h, const PackedSections& s, std::size_t i,
                    std::span<const std::byte> bytes)
{
    const MaskHeader& header = h.masks[i];
    PackedMask mask{header.marked, header.riceBits, header.kind,
                    bytes.subspan(static_cast<std::size_t>(s.mask[i]),
                                  static_cast<std::size_t>(header.bytes)),
                    {0}, {}};
    if (mask.kind == MaskKind::Columns) {
        mask.columns.resize(static_cast<std::size_t>(h.columns));
        readCodes(mask.bytes, 1, mask.columns);
    }
    return mask;
}

void checkColumnMasks(const PackedMatrix& m)
{
    std::vector<std::uint8_t> marks(static_cast<std::size_t>(m.columns), 0);
    for (const PackedMask& mask : m.masks)
        for (std::size_t j = 0; j < mask.columns.size(); ++j)
            if (mask.columns[j] && marks[j]++)
                refuse(m.name, tr("two masks mark column %1").arg(j));
}

std::vector<std::uint8_t> readColumnClasses(const QString& name, const PackedHeader& h,
                                            const PackedSections& s, std::span<const std::byte> bytes)
{
    std::vector<std::uint8_t> out(static_cast<std::size_t>(h.columns));
    readCodes(bytes.subspan(static_cast<std::size_t>(s.mask[0])), columnClassBits(h.classes.size()), out);
    for (const std::uint8_t c : out)
        if (c >= h.classes.size())
            refuse(name, tr("a column is in class %1 of %2").arg(c).arg(h.classes.size()));
    return out;
}

// Members of each tile and class: from the index for element-wise masks, else by arithmetic.
void countMembers(PackedMatrix& m, const PackedSections& s)
{
    std::array<std::int64_t, 4> perRow{m.columns, 0, 0, 0};
    if (m.membership == Membership::Columns)
        for (std::size_t c = 0; c < m.classes.size(); ++c)
            perRow[c] = std::count(m.columnClasses.begin(), m.columnClasses.end(),
                                   static_cast<std::uint8_t>(c));
    const auto tiles = static_cast<std::size_t>(m.tiles());
    for (auto& c : m.classes)
        c.tileCount.resize(tiles);
    for (std::size_t t = 0; t < tiles; ++t) {
        const Index count = m.rowsOfTile(static_cast<Index>(t));
        for (std::size_t c = 0; c < m.classes.size(); ++c)
            m.classes[c].tileCount[t] = count * perRow[c];
        if (m.membership != Membership::Elements)
            continue;
        std::int64_t left = count * m.columns;
        std::size_t rest = m.classes.size() * (m.classes.size() - 1) / 2;
        for (std::size_t i = 0; i < m.masks.size(); ++i) {
            PackedMask& mask = m.masks[i];
            if (mask.kind == MaskKind::Columns) {
                const std::int64_t marks = count * std::count(mask.columns.begin(), mask.columns.end(), 1);
                left -= marks;
                rest -= static_cast<std::size_t>(mask.marked);
                m.classes[static_cast<std::size_t>(mask.marked)].tileCount[t] = marks;
                continue;
            }
            std::array<std::uint32_t, 2> entry;
            std::memcpy(entry.data(),
                        m.bytes.data() + s.index[i] + static_cast<std::int64_t>(t * kIndexEntryBytes),
                        kIndexEntryBytes);
            if (entry[0] > left)
                refuse(m.name, tr("tile %1 claims %2 marks among %3 weights")
                                   .arg(t).arg(entry[0]).arg(left));
            left -= entry[0];
            const auto marked = static_cast<std::size_t>(mask.marked);
            m.classes[marked].tileCount[t] = entry[0];
            rest -= marked;
            mask.tileBegin.push_back(mask.tileBegin.back() + entry[1]);
        }
        m.classes[rest].tileCount[t] = left;
    }
}

void placeTiles(PackedMatrix& m)
{
    for (PackedMask& mask : m.masks)
        if (mask.kind == MaskKind::Gaps &&
            mask.tileBegin.back() != static_cast<std::int64_t>(mask.bytes.size()))
            refuse(m.name, tr("the tiles of a mask need %1 bytes and it has %2")
                               .arg(mask.tileBegin.back()).arg(mask.bytes.size()));
    for (PackedClass& c : m.classes) {
        c.tileBegin.assign(1, 0);
        for (const std::int64_t count : c.tileCount)
            c.tileBegin.push_back(c.tileBegin.back() +
                                  classStreamBytes(count, c.encoding, c.bits, c.grid.count,
                                                   c.grid.parameterBits));
        if (c.tileBegin.back() != static_cast<std::int64_t>(c.codes.size()))
            refuse(m.name, tr("the codes of a class need %1 bytes and it has %2")
                               .arg(c.tileBegin.back()).arg(c.codes.size()));
    }
}

// As papers count: log2 of the levels, so that three take 1.58 bits.
std::int64_t nominalBits(std::int64_t members, const PackedClass& c)
{
    if (c.encoding != Encoding::Base)
        return members * c.bits;
    return std::llround(static_cast<double>(members) * std::log2(c.grid.count));
}

// The plain matrix within, with what is around it.
PackedMatrix parseWrapped(const QString& name, std::span<const std::byte> bytes,
                          std::shared_ptr<const void> owner)
{
    struct Held
    {
        UnwrappedMatrix matrix;
        std::shared_ptr<const void> file;
    };
    const auto held = std::make_shared<Held>(Held{unwrapMatrix(name, bytes), std::move(owner)});
    if (isWrapped(held->matrix.plain))
        refuse(name, tr("it is wrapped twice"));
    PackedMatrix m = PackedMatrix::parse(name, held->matrix.plain, held);
    m.rotation = held->matrix.rotation;
    m.symbolBytes = held->matrix.symbolBytes;
    m.bytes = bytes;
    return m;
}

} // namespace

Coding gridsOf(const QString& name, std::span<const std::byte> bytes)
{
    const PackedHeader h = PackedHeader::read(name, bytes);
    const PackedSections s(h);
    Coding coding;
    coding.rows = h.rows;
    coding.columns = h.columns;
    for (std::size_t c = 0; c < h.classes.size(); ++c)
        coding.grids.push_back(readClass(name, h, s, c, bytes).grid);
    if (h.membership == Membership::Columns) {
        const auto classes = readColumnClasses(name, h, s, bytes);
        coding.classes = Eigen::Map<const CodeMatrix>(classes.data(), 1, h.columns);
    }
    return coding;
}

PackedMatrix PackedMatrix::parse(const QString& name, std::span<const std::byte> bytes,
                                 std::shared_ptr<const void> owner)
{
    if (isWrapped(bytes))
        return parseWrapped(name, bytes, std::move(owner));
    const PackedHeader h = PackedHeader::read(name, bytes);
    const PackedSections s(h);
    PackedMatrix m;
    m.name = name;
    m.rows = h.rows;
    m.columns = h.columns;
    m.tileRows = h.tileRows;
    m.membership = h.membership;
    m.bytes = bytes;
    m.owner = std::move(owner);
    for (std::size_t c = 0; c < h.classes.size(); ++c)
        m.classes.push_back(readClass(name, h, s, c, bytes));
    if (m.membership == Membership::Columns) {
        m.columnClasses = readColumnClasses(name, h, s, bytes);
    } else if (m.membership == Membership::Elements) {
        for (std::size_t i = 0; i < h.masks.size(); ++i)
            m.masks.push_back(readMask(h, s, i, bytes));
        checkColumnMasks(m);
    }
    for (const PackedClass& c : m.classes)
        m.plain = m.plain && c.grid.plain();
    countMembers(m, s);
    placeTiles(m);
    return m;
}

BitCount PackedMatrix::bits() const
{
    BitCount count;
    count.weights = rows * columns;
    for (const PackedClass& c : classes) {
        for (const std::int64_t members : c.tileCount)
            count.nominal += nominalBits(members, c);
        count.codes += static_cast<std::int64_t>(c.codes.size()) * 8;
        count.scales += (c.grid.scale.size() + c.grid.offset.size() + c.grid.second.size() +
                         c.grid.columnScale.size()) * c.grid.parameterBits +
                        static_cast<std::int64_t>(c.grid.columnGroup.size()) * 16 +
                        static_cast<std::int64_t>(c.grid.table.size()) * 32;
    }
    for (const PackedMask& mask : masks)
        count.masks += static_cast<std::int64_t>(mask.bytes.size()) * 8 +
                       (mask.kind == MaskKind::Gaps ? tiles() : 0) *
                           static_cast<std::int64_t>(kIndexEntryBytes) * 8;
    if (membership == Membership::Columns)
        count.masks += streamBytes(columns, columnClassBits(classes.size())) * 8;
    if (symbolBytes > 0) {
        count.codes = symbolBytes * 8;
        count.masks = membership == Membership::Columns ? count.masks : 0;
    }
    count.layout = static_cast<std::int64_t>(bytes.size()) * 8 - count.codes - count.masks - count.scales;
    return count;
}

} // namespace halftone
