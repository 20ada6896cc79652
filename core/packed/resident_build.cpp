// SPDX-License-Identifier: GPL-3.0-or-later
// From stored streams to the form that products read, tile by tile on all cores.
#include "packed/resident_parts.h"

#include "base/error.h"
#include "base/half.h"
#include "base/parallel.h"
#include "packed/bit_stream.h"
#include "packed/resident_gaps.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <limits>
#include <numeric>

namespace halftone {

namespace {

constexpr Index kCellColumns = 256;

void append(std::vector<std::byte>& to, const Matrix& values, int bits)
{
    for (Index i = 0; i < values.size(); ++i) {
        const float value = values.data()[i];
        const std::uint16_t half = floatToHalf(value);
        const auto* from = bits == 16 ? reinterpret_cast<const std::byte*>(&half) : reinterpret_cast<const std::byte*>(&value);
        to.insert(to.end(), from, from + bits / 8);
    }
}

// Levels one apart are codes that count from a middle; products take those as they are.
bool countsFromMiddle(const Grid& grid)
{
    for (std::size_t c = 1; c < grid.table.size(); ++c)
        if (grid.table[c] - grid.table[c - 1] != 1)
            return false;
    return !grid.table.empty() && grid.offset.size() == 0 && grid.second.size() == 0;
}

// The parameters of one class, in as many bits as they are stored in.
ResidentGrid gridOf(const PackedMatrix& m, std::size_t c)
{
    const Grid& grid = m.classes[c].grid;
    ResidentGrid out;
    out.count = grid.count;
    out.groupColumns = grid.groupColumns;
    out.groups = grid.scale.cols();
    out.parameterBits = grid.parameterBits;
    if (countsFromMiddle(grid))
        out.middle = -grid.table.front();
    else
        out.table = grid.table;
    out.columnGroup = grid.columnGroup;
    for (const Matrix* values : {&grid.scale, &grid.offset, &grid.second})
        append(out.own, *values, grid.parameterBits);
    const auto bytes = [&](const Matrix& values) { return static_cast<std::size_t>(values.size()) * static_cast<std::size_t>(grid.parameterBits) / 8; };
    const std::span<const std::byte> own(out.own);
    out.scale = own.first(bytes(grid.scale));
    out.offset = own.subspan(out.scale.size(), bytes(grid.offset));
    out.second = own.subspan(out.scale.size() + out.offset.size(), bytes(grid.second));
    return out;
}

struct Decoded
{
    std::vector<std::uint8_t> codes, classes;
    Index rowBegin = 0, rows = 0;

    void read(const PackedMatrix& m, Index tile)
    {
        rowBegin = tile * m.tileRows;
        rows = m.rowsOfTile(tile);
        codes.resize(static_cast<std::size_t>(rows * m.columns));
        classes.resize(codes.size());
        m.unpackTileCodes(tile, codes, classes);
    }
};

// One class, or classes of whole columns: each class is a part.
void buildColumns(ResidentMatrix& out, const PackedMatrix& m)
{
    for (std::size_t c = 0; c < out.parts.size(); ++c) {
        std::vector<std::int32_t> columns;
        for (Index j = 0; j < m.columns; ++j)
            if (out.parts.size() == 1 || m.columnClasses[static_cast<std::size_t>(j)] == c)
                columns.push_back(static_cast<std::int32_t>(j));
        placeColumns(out.parts[c], columns);
        out.parts[c].bits = m.classes[c].bits;
        reserveCodes(out.parts[c], m.rows);
    }
    parallelFor(m.tiles(), [&](std::int64_t tile) {
        thread_local Decoded decoded;
        decoded.read(m, tile);
        for (ResidentPart& part : out.parts)
            for (Index r = 0; r < decoded.rows; ++r)
                writeRow(part, decoded.rowBegin + r, decoded.codes.data() + r * m.columns, m.columns);
    });
}

std::int64_t membersOf(const PackedClass& c)
{
    return std::accumulate(c.tileCount.begin(), c.tileCount.end(), std::int64_t{0});
}

// Which of two forms takes fewer bits: lists of the rarer classes, or symbols for all of them.
bool listsAreSmaller(const PackedMatrix& m, std::size_t base)
{
    int symbols = 0;
    std::int64_t listBits = m.rows * m.columns * m.classes[base].bits;
    for (std::size_t c = 0; c < m.classes.size(); ++c) {
        symbols += m.classes[c].grid.count;
        const std::int64_t members = membersOf(m.classes[c]);
        if (c != base)
            listBits += members * (m.classes[c].bits > 0 ? 16 : 8);
    }
    return symbols > 256 || (m.plain && listBits <= m.rows * m.columns * codeBits(symbols));
}

void buildSymbols(ResidentMatrix& out, const PackedMatrix& m)
{
    ResidentPart& part = out.parts.front();
    placeColumns(part, allColumns(m.columns));
    part.bits = codeBits(part.symbols());
    reserveCodes(part, m.rows);
    std::array<std::uint8_t, 4> first{};
    for (std::size_t c = 1; c < m.classes.size(); ++c)
        first[c] = static_cast<std::uint8_t>(first[c - 1] + m.classes[c - 1].grid.count);
    parallelFor(m.tiles(), [&](std::int64_t tile) {
        thread_local Decoded decoded;
        decoded.read(m, tile);
        std::uint8_t* code = decoded.codes.data();
        const std::uint8_t* which = decoded.classes.data();
        for (std::size_t e = 0, count = decoded.codes.size(); e < count; ++e)
            code[e] = static_cast<std::uint8_t>(code[e] + first[which[e]]);
        for (Index r = 0; r < decoded.rows; ++r)
            writeRow(part, decoded.rowBegin + r, decoded.codes.data() + r * m.columns, m.columns);
    });
}

void placeCells(ResidentList& list, const ResidentGrid& base, Index columns)
{
    for (Index j = 0; j < columns; ++j) {
        const bool begins = list.cells.empty() || j - list.cells.back() == kCellColumns ||
                            base.group(j) != base.group(j - 1) || list.grid.group(j) != list.grid.group(j - 1);
        if (begins)
            list.cells.push_back(static_cast<std::int32_t>(j));
    }
}

// The members of class c in one tile. Every weight is written and only members stay: members come too irregularly to
// be predicted.
void readMembers(const ResidentList& list, const Decoded& decoded, std::size_t c, Index width, TileList& out)
{
    thread_local std::vector<std::uint8_t> foundColumns, foundCodes;
    foundColumns.resize(decoded.classes.size() + 1);
    foundCodes.resize(foundColumns.size());
    std::uint8_t *const toColumns = foundColumns.data(), *const toCodes = foundCodes.data();
    const auto sought = static_cast<std::uint8_t>(c);
    std::size_t found = 0;
    for (Index r = 0; r < decoded.rows; ++r) {
        const std::size_t before = found;
        for (std::size_t cell = 0; cell < list.cells.size(); ++cell) {
            const Index begin = list.cells[cell];
            const Index end = cell + 1 < list.cells.size() ? list.cells[cell + 1] : width;
            const std::size_t start = found;
            const std::uint8_t* which = decoded.classes.data() + r * width + begin;
            const std::uint8_t* code = decoded.codes.data() + r * width + begin;
            for (Index j = 0; j < end - begin; ++j) {
                toColumns[found] = static_cast<std::uint8_t>(j);
                toCodes[found] = code[j];
                found += which[j] == sought;
            }
            out.counts.push_back(static_cast<std::uint16_t>(found - start));
        }
        out.perRow.push_back(static_cast<std::uint32_t>(found - before));
    }
    out.columns.assign(toColumns, toColumns + found);
    out.codes.assign(toCodes, toCodes + found);
}

void joinTiles(ResidentList& list, std::vector<TileList>& tiles, const QString& name)
{
    std::size_t members = 0;
    for (const TileList& t : tiles)
        members += t.columns.size();
    if (members > std::numeric_limits<std::uint32_t>::max())
        throw Error(tr("The packed matrix '%1' has %2 weights of a rarer class; up to 2^32 can be run.")
                        .arg(name).arg(members));
    list.columns.reserve(members + kListPadding);
    list.codes.reserve(list.grid.count > 1 ? members + kListPadding : 0);
    list.rowBegin.push_back(0);
    for (TileList& t : tiles) {
        for (const std::uint32_t count : t.perRow)
            list.rowBegin.push_back(list.rowBegin.back() + count);
        list.counts.insert(list.counts.end(), t.counts.begin(), t.counts.end());
        list.columns.insert(list.columns.end(), t.columns.begin(), t.columns.end());
        if (list.grid.count > 1)
            list.codes.insert(list.codes.end(), t.codes.begin(), t.codes.end());
        t = {};
    }
    list.columns.resize(members + kListPadding);
    list.codes.resize(list.grid.count > 1 ? members + kListPadding : 0);
    list.counts.shrink_to_fit();
}

// Code 0 for the members of other classes.
void keepClass(const std::vector<std::uint8_t>& classes, std::uint8_t kept, std::vector<std::uint8_t>& codes)
{
    const std::uint8_t* which = classes.data();
    std::uint8_t* code = codes.data();
    for (std::size_t e = 0, count = codes.size(); e < count; ++e)
        code[e] = which[e] == kept ? code[e] : std::uint8_t{0};
}

void buildLists(ResidentMatrix& out, const PackedMatrix& m, std::size_t base,
                const std::vector<std::size_t>& others)
{
    ResidentPart& part = out.parts.front();
    placeColumns(part, allColumns(m.columns));
    part.bits = m.classes[base].bits;
    reserveCodes(part, m.rows);
    for (ResidentList& list : out.lists)
        placeCells(list, part.grids.front(), m.columns);
    std::vector<std::vector<TileList>> found(others.size(),
                                             std::vector<TileList>(static_cast<std::size_t>(m.tiles())));
    const bool byGaps = hasGapTiles(m, part, base);
    parallelFor(m.tiles(), [&](std::int64_t tile) {
        // A damaged stream is named by the long way.
        if (byGaps && readGapTile(m, tile, base, out.lists.front(), part, found.front()[static_cast<std::size_t>(tile)]))
            return;
        thread_local Decoded decoded;
        decoded.read(m, tile);
        for (std::size_t i = 0; i < others.size(); ++i)
            readMembers(out.lists[i], decoded, others[i], m.columns, found[i][static_cast<std::size_t>(tile)]);
        keepClass(decoded.classes, static_cast<std::uint8_t>(base), decoded.codes);
        for (Index r = 0; r < decoded.rows; ++r)
            writeRow(part, decoded.rowBegin + r, decoded.codes.data() + r * m.columns, m.columns);
    });
    for (std::size_t i = 0; i < others.size(); ++i)
        joinTiles(out.lists[i], found[i], m.name);
}

std::size_t largestClass(const PackedMatrix& m)
{
    std::size_t best = 0;
    std::int64_t most = -1;
    for (std::size_t c = 0; c < m.classes.size(); ++c) {
        const std::int64_t members = membersOf(m.classes[c]);
        if (members > most) {
            most = members;
            best = c;
        }
    }
    return best;
}

// Whether all classes count in the same units, so that their levels are those of one grid.
bool unitsAreAlike(const PackedMatrix& m)
{
    const Grid& first = m.classes.front().grid;
    const auto same = [](const Matrix& a, const Matrix& b) {
        return a.rows() == b.rows() && a.cols() == b.cols() && a == b;
    };
    return std::all_of(m.classes.begin(), m.classes.end(), [&](const PackedClass& c) {
        const Grid& grid = c.grid;
        return grid.offset.size() == 0 && grid.second.size() == 0 && grid.parameterBits == first.parameterBits &&
               grid.groupColumns == first.groupColumns && same(grid.scale, first.scale);
    });
}

ResidentGrid joinedGrid(const PackedMatrix& m)
{
    ResidentGrid out = gridOf(m, 0);
    out.middle = 0;
    out.table.clear();
    for (const PackedClass& c : m.classes) {
        const auto share = static_cast<float>(static_cast<double>(membersOf(c)) / static_cast<double>(m.rows * m.columns) / c.grid.count);
        for (int code = 0; code < c.grid.count; ++code) {
            out.table.push_back(c.grid.table.empty() ? static_cast<float>(code) : c.grid.table[static_cast<std::size_t>(code)]);
            out.shares.push_back(share);
        }
    }
    out.count = static_cast<int>(out.table.size());
    return out;
}

} // namespace

bool ResidentMatrix::holds(const PackedMatrix& m)
{
    int symbols = 0;
    bool alike = true;
    for (const PackedClass& c : m.classes) {
        if (c.grid.raw)
            return false;
        symbols += c.grid.count;
        const auto sameScale = [&](const Matrix& other) {
            return c.grid.columnScale.size() == other.size() && (other.size() == 0 || c.grid.columnScale == other);
        };
        alike = alike && sameScale(m.classes.front().grid.columnScale) &&
                c.grid.columnGroup == m.classes.front().grid.columnGroup;
    }
    return m.plain || m.membership != Membership::Elements || (alike && symbols <= 256);
}

ResidentMatrix ResidentMatrix::of(const PackedMatrix& m)
{
    if (m.owner)
        if (auto there = mapped(m.name, m.bytes, m.owner))
            return std::move(*there);
    if (!holds(m))
        throw Error(tr("The packed matrix '%1' is not in a form that products read; it has to be expanded.").arg(m.name));
    ResidentMatrix out;
    out.name = m.name;
    out.rows = m.rows;
    out.columns = m.columns;
    out.rotation = m.rotation;
    const auto grid = [&](std::size_t c) { return gridOf(m, c); };
    if (m.membership != Membership::Elements) {
        for (std::size_t c = 0; c < m.classes.size(); ++c)
            out.parts.emplace_back().grids.push_back(grid(c));
        buildColumns(out, m);
    } else if (const std::size_t base = largestClass(m); listsAreSmaller(m, base)) {
        out.parts.emplace_back().grids.push_back(grid(base));
        std::vector<std::size_t> others;
        for (std::size_t c = 0; c < m.classes.size(); ++c)
            if (c != base) {
                others.push_back(c);
                out.lists.emplace_back().grid = grid(c);
            }
        buildLists(out, m, base, others);
    } else {
        ResidentPart& part = out.parts.emplace_back();
        if (unitsAreAlike(m))
            part.grids.push_back(joinedGrid(m));
        else
            for (std::size_t c = 0; c < m.classes.size(); ++c)
                part.grids.push_back(grid(c));
        buildSymbols(out, m);
    }
    for (std::size_t c = 0; c < out.parts.size(); ++c) {
        const Matrix& scale = m.classes[c].grid.columnScale;
        out.parts[c].columnScale.assign(scale.data(), scale.data() + scale.size());
    }
    return out;
}

} // namespace halftone
