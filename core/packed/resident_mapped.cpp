// SPDX-License-Identifier: GPL-3.0-or-later
// Matrices whose stored bytes products read where they lie in a mapped file.
#include "packed/resident_parts.h"

#include "base/error.h"
#include "packed/packed_layout.h"
#include "packed/wrapped_matrix.h"

#include <algorithm>
#include <cmath>
#include <cstring>

namespace halftone {

namespace {

[[noreturn]] void refuse(const QString& name, const QString& what)
{
    throw Error(tr("The packed matrix '%1' is damaged: %2.").arg(name, what));
}

// Streams of single-class matrices already have the shape of blocks when rows are whole blocks. With as many levels as
// the width holds, no code has to be looked at.
bool readableInPlace(const PackedHeader& h)
{
    const ClassHeader& c = h.classes.front();
    return h.classes.size() == 1 && !c.needsVersion2() && c.bits > 0 && widestField(c.bits) == c.bits &&
           h.columns % kBlockColumns == 0 && static_cast<Index>(c.groupColumns) % kBlockColumns == 0 &&
           c.count == 1 << c.bits &&
           static_cast<std::int64_t>(c.codeBytes) == h.rows * (h.columns / kBlockColumns) * 4 * c.bits;
}

// All exponent bits set: infinite, or no number.
bool allHalvesAreFinite(std::span<const std::byte> bytes)
{
    unsigned bad = 0;
    for (std::size_t at = 0; at + 2 <= bytes.size(); at += 2) {
        std::uint16_t half;
        std::memcpy(&half, bytes.data() + at, 2);
        bad |= (half & 0x7c00u) == 0x7c00u;
    }
    return bad == 0;
}

bool allFloatsAreFinite(std::span<const std::byte> bytes)
{
    unsigned bad = 0;
    for (std::size_t at = 0; at + 4 <= bytes.size(); at += 4) {
        std::uint32_t word;
        std::memcpy(&word, bytes.data() + at, 4);
        bad |= (word & 0x7f800000u) == 0x7f800000u;
    }
    return bad == 0;
}

std::span<const std::byte> parameters(const QString& name, std::span<const std::byte> bytes, int bits)
{
    if (!(bits == 16 ? allHalvesAreFinite(bytes) : allFloatsAreFinite(bytes)))
        refuse(name, tr("a scale or offset is not finite"));
    return bytes;
}

ResidentGrid gridInPlace(const QString& name, const PackedHeader& h, const PackedSections& s,
                         std::span<const std::byte> bytes)
{
    const ClassHeader& c = h.classes.front();
    const auto section = [&](const std::vector<std::int64_t>& begin, std::int64_t size) {
        return bytes.subspan(static_cast<std::size_t>(begin.front()), static_cast<std::size_t>(size));
    };
    const std::int64_t size = c.scaleBytes(h.rows, h.columns);
    ResidentGrid grid;
    grid.count = c.count;
    grid.groupColumns = static_cast<Index>(c.groupColumns);
    grid.groups = c.groups(h.columns);
    grid.parameterBits = c.parameterBits;
    grid.scale = parameters(name, section(s.scale, size), c.parameterBits);
    if (c.hasOffset)
        grid.offset = parameters(name, section(s.offset, size), c.parameterBits);
    if (c.hasTable) {
        grid.table.resize(c.count);
        std::memcpy(grid.table.data(), section(s.table, c.tableBytes()).data(), 4u * c.count);
        if (!std::all_of(grid.table.begin(), grid.table.end(), [](float v) { return std::isfinite(v); }))
            refuse(name, tr("a level is not finite"));
    }
    return grid;
}

} // namespace

std::optional<ResidentMatrix> ResidentMatrix::mapped(const QString& name, std::span<const std::byte> bytes,
                                                     std::shared_ptr<const void> owner)
{
    Rotation rotation;
    if (isWrapped(bytes)) {
        const WrappedHeader wrapper = WrappedHeader::read(name, bytes);
        if (wrapper.symbols)
            return std::nullopt;
        rotation = wrapper.rotation;
        bytes = wrapper.inner;
        if (isWrapped(bytes))
            return std::nullopt;
    }
    const PackedHeader header = PackedHeader::read(name, bytes);
    if (!readableInPlace(header))
        return std::nullopt;
    const PackedSections sections(header);
    ResidentMatrix out;
    out.name = name;
    out.rows = header.rows;
    out.columns = header.columns;
    out.rotation = rotation;
    out.owner = std::move(owner);
    ResidentPart& part = out.parts.emplace_back();
    part.grids.push_back(gridInPlace(name, header, sections, bytes));
    placeColumns(part, allColumns(header.columns));
    part.bits = header.classes.front().bits;
    part.codes = bytes.subspan(static_cast<std::size_t>(sections.codes.front()),
                               static_cast<std::size_t>(header.classes.front().codeBytes));
    return out;
}

ResidentMatrix ResidentMatrix::mappedQ8(const QString& name, Index rows, Index columns,
                                        std::span<const std::byte> bytes, std::shared_ptr<const void> owner)
{
    const Index blocks = columns / kBlockColumns;
    if (columns % kBlockColumns != 0 || static_cast<Index>(bytes.size()) != rows * blocks * kQ8BlockBytes)
        throw Error(tr("Tensor '%1' is said to have %2 rows of %3 columns in Q8_0, and has %4 bytes.")
                        .arg(name).arg(rows).arg(columns).arg(bytes.size()));
    ResidentMatrix out;
    out.name = name;
    out.rows = rows;
    out.columns = columns;
    out.owner = std::move(owner);
    ResidentPart& part = out.parts.emplace_back();
    ResidentGrid& grid = part.grids.emplace_back();
    grid.count = 256;
    grid.groupColumns = kBlockColumns;
    grid.groups = blocks;
    grid.middle = 128;
    grid.stride = kQ8BlockBytes;
    grid.scale = bytes;
    placeColumns(part, allColumns(columns));
    part.bits = 8;
    part.q8 = true;
    part.codes = bytes;
    return out;
}

} // namespace halftone
