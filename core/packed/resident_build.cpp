// SPDX-License-Identifier: GPL-3.0-or-later
// From stored streams to the form that products read, tile by tile on all cores.
#include "packed/resident_matrix.h"

#include "base/error.h"
#include "base/half.h"
#include "base/parallel.h"
#include "packed/bit_stream.h"
#include "packed/packed_layout.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <limits>

namespace halftone {

namespace {

constexpr Index kCellColumns = 256;

// Fields behind the widest one, in the order of the slotCodes.
void writeField(const std::uint8_t* slotCodes, int shift, int field, std::byte* out)
{
    const int stride = 4 * field;
    for (int j = 0; j < stride; ++j) {
        unsigned byte = 0;
        for (int k = 0; k < 8 / field; ++k)
            byte |= (slotCodes[k * stride + j] >> shift & ((1u << field) - 1)) << (k * field);
        out[j] = static_cast<std::byte>(byte);
    }
}

// codes: blocks * 32 in the order of the columns.
void writeBlocks(std::span<const std::uint8_t> codes, int bits, std::byte* out)
{
    const int widest = widestField(bits);
    if (bits == widest) {
        writeCodes(codes, bits, {out, codes.size() * static_cast<std::size_t>(bits) / 8});
        return;
    }
    std::array<std::uint8_t, kBlockColumns> slotCodes{};
    for (std::size_t at = 0; at < codes.size(); at += kBlockColumns) {
        for (int s = 0; s < kBlockColumns; ++s)
            slotCodes[static_cast<std::size_t>(s)] = codes[at + static_cast<std::size_t>(columnOfSlot(widest, s))];
        int shift = 0;
        for (int left = bits; left > 0;) {
            const int field = widestField(left);
            writeField(slotCodes.data(), shift, field, out);
            out += 4 * field;
            shift += field;
            left -= field;
        }
    }
}

void append(std::vector<std::byte>& to, const Matrix& values, int bits)
{
    for (Index i = 0; i < values.size(); ++i) {
        const float value = values.data()[i];
        const std::uint16_t half = floatToHalf(value);
        const auto* from = bits == 16 ? reinterpret_cast<const std::byte*>(&half) : reinterpret_cast<const std::byte*>(&value);
        to.insert(to.end(), from, from + bits / 8);
    }
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

// The same where they lie in the mapped file.
ResidentGrid gridInPlace(const PackedMatrix& m)
{
    const PackedHeader header = PackedHeader::read(m.name, m.bytes);
    const PackedSections sections(header);
    ResidentGrid out = gridOf(m, 0);
    const std::size_t size = out.scale.size();
    out.scale = m.bytes.subspan(static_cast<std::size_t>(sections.scale[0]), size);
    if (!out.offset.empty())
        out.offset = m.bytes.subspan(static_cast<std::size_t>(sections.offset[0]), size);
    out.own = {};
    return out;
}

// Cuts columns into segments at the groups of the grids; each begins a new block. gather is left empty when place i of
// the blocks is column i throughout.
void placeColumns(ResidentPart& part, std::vector<std::int32_t> columns)
{
    const ResidentGrid& first = part.grids.front();
    if (!first.columnGroup.empty())
        std::stable_sort(columns.begin(), columns.end(),
                         [&](std::int32_t a, std::int32_t b) { return first.group(a) < first.group(b); });
    const auto sameGroups = [&](Index a, Index b) {
        return std::all_of(part.grids.begin(), part.grids.end(), [&](const ResidentGrid& grid) {
            return grid.group(a) == grid.group(b);
        });
    };
    bool identity = true;
    for (std::size_t at = 0; at < columns.size();) {
        std::size_t end = at + 1;
        while (end < columns.size() && sameGroups(columns[at], columns[end]))
            ++end;
        const auto blocks = static_cast<Index>(end - at + kBlockColumns - 1) / kBlockColumns;
        part.segments.push_back({static_cast<std::int32_t>(part.blocks), static_cast<std::int32_t>(blocks),
                                 columns[at]});
        const auto places = static_cast<std::size_t>((part.blocks + blocks) * kBlockColumns);
        for (std::size_t i = at; i < end; ++i) {
            identity = identity && columns[i] == static_cast<std::int32_t>(part.gather.size());
            part.gather.push_back(columns[i]);
        }
        part.gather.resize(places, -1);
        part.blocks += blocks;
        at = end;
    }
    if (identity)
        part.gather.clear();
    part.gather.shrink_to_fit();
}

void reserveCodes(ResidentPart& part, Index rows)
{
    part.own.resize(static_cast<std::size_t>(rows * part.rowBytes()));
    part.codes = part.own;
}

// values[columns] of one row to the row's blocks.
void writeRow(ResidentPart& part, Index row, const std::uint8_t* values, Index columns)
{
    if (part.bits == 0)
        return;
    thread_local std::vector<std::uint8_t> places;
    places.assign(static_cast<std::size_t>(part.blocks * kBlockColumns), 0);
    if (part.gather.empty())
        std::copy_n(values, columns, places.begin());
    else
        for (std::size_t i = 0; i < places.size(); ++i)
            if (part.gather[i] >= 0)
                places[i] = values[part.gather[i]];
    writeBlocks(places, part.bits, part.own.data() + row * part.rowBytes());
}

// Streams of single-class matrices already have the shape of blocks when rows are whole blocks.
bool readableInPlace(const PackedMatrix& m)
{
    const PackedClass& c = m.classes.front();
    return m.classes.size() == 1 && m.plain && !m.rotation.active && m.symbolBytes == 0 && m.owner && c.bits > 0 &&
           widestField(c.bits) == c.bits &&
           m.columns % kBlockColumns == 0 && c.grid.groupColumns % kBlockColumns == 0 &&
           c.grid.count == 1 << c.bits;
}

std::vector<std::int32_t> allColumns(Index columns)
{
    std::vector<std::int32_t> all(static_cast<std::size_t>(columns));
    for (std::size_t i = 0; i < all.size(); ++i)
        all[i] = static_cast<std::int32_t>(i);
    return all;
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

// Which of two forms takes fewer bits: lists of the rarer classes, or symbols for all of them.
bool listsAreSmaller(const PackedMatrix& m, std::size_t base)
{
    int symbols = 0;
    std::int64_t listBits = m.rows * m.columns * m.classes[base].bits;
    for (std::size_t c = 0; c < m.classes.size(); ++c) {
        symbols += m.classes[c].grid.count;
        std::int64_t members = 0;
        for (const std::int64_t count : m.classes[c].tileCount)
            members += count;
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
        for (std::size_t e = 0; e < decoded.codes.size(); ++e)
            decoded.codes[e] = static_cast<std::uint8_t>(decoded.codes[e] + first[decoded.classes[e]]);
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

// The members of class c in one tile.
struct TileList
{
    std::vector<std::uint8_t> columns, codes;
    std::vector<std::uint16_t> counts;
    std::vector<std::uint32_t> perRow;

    void read(const ResidentList& list, const Decoded& decoded, std::size_t c, Index width)
    {
        for (Index r = 0; r < decoded.rows; ++r) {
            const std::size_t before = columns.size();
            for (std::size_t cell = 0; cell < list.cells.size(); ++cell) {
                const Index begin = list.cells[cell];
                const Index end = cell + 1 < list.cells.size() ? list.cells[cell + 1] : width;
                const std::size_t start = columns.size();
                for (Index j = begin; j < end; ++j) {
                    const auto e = static_cast<std::size_t>(r * width + j);
                    if (decoded.classes[e] != c)
                        continue;
                    columns.push_back(static_cast<std::uint8_t>(j - begin));
                    codes.push_back(decoded.codes[e]);
                }
                counts.push_back(static_cast<std::uint16_t>(columns.size() - start));
            }
            perRow.push_back(static_cast<std::uint32_t>(columns.size() - before));
        }
    }
};

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
    parallelFor(m.tiles(), [&](std::int64_t tile) {
        thread_local Decoded decoded;
        decoded.read(m, tile);
        for (std::size_t i = 0; i < others.size(); ++i)
            found[i][static_cast<std::size_t>(tile)].read(out.lists[i], decoded, others[i], m.columns);
        for (std::size_t e = 0; e < decoded.codes.size(); ++e)
            decoded.codes[e] = decoded.classes[e] == base ? decoded.codes[e] : std::uint8_t{0};
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
        std::int64_t members = 0;
        for (const std::int64_t count : m.classes[c].tileCount)
            members += count;
        if (members > most) {
            most = members;
            best = c;
        }
    }
    return best;
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
    if (!holds(m))
        throw Error(tr("The packed matrix '%1' is not in a form that products read; it has to be expanded.").arg(m.name));
    ResidentMatrix out;
    out.name = m.name;
    out.rows = m.rows;
    out.columns = m.columns;
    out.rotation = m.rotation;
    const bool inPlace = readableInPlace(m);
    const auto grid = [&](std::size_t c) { return gridOf(m, c); };
    if (inPlace) {
        out.owner = m.owner;
        ResidentPart& part = out.parts.emplace_back();
        part.grids.push_back(gridInPlace(m));
        placeColumns(part, allColumns(m.columns));
        part.bits = m.classes[0].bits;
        part.codes = m.classes[0].codes;
    } else if (m.membership != Membership::Elements) {
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

ResidentMatrix ResidentMatrix::rounded(const QString& name, Index rows, Index columns, int bits,
                                       const std::function<void(Index, Index, std::span<float>)>& read)
{
    constexpr Index kGroup = 64;
    const int top = (1 << bits) - 1;
    const float middle = 0.5f * static_cast<float>(bits == 8 ? top + 1 : top);
    ResidentMatrix out;
    out.name = name;
    out.rows = rows;
    out.columns = columns;
    ResidentPart& part = out.parts.emplace_back();
    ResidentGrid& grid = part.grids.emplace_back();
    grid.count = top + 1;
    grid.groupColumns = kGroup;
    grid.groups = (columns + kGroup - 1) / kGroup;
    placeColumns(part, allColumns(columns));
    part.bits = bits;
    reserveCodes(part, rows);
    grid.parameterBits = 32;
    grid.middle = middle;
    grid.own.resize(4 * static_cast<std::size_t>(rows * grid.groups));
    grid.scale = grid.own;
    const Index tile = std::max<Index>(1, (Index{1} << 17) / std::max<Index>(1, columns));
    parallelFor((rows + tile - 1) / tile, [&](std::int64_t t) {
        const Index begin = t * tile, count = std::min(tile, rows - begin);
        std::vector<float> values(static_cast<std::size_t>(count * columns));
        std::vector<std::uint8_t> codes(static_cast<std::size_t>(columns));
        read(begin, count, values);
        for (Index r = 0; r < count; ++r) {
            for (Index g = 0; g < grid.groups; ++g) {
                const Index end = std::min(columns, (g + 1) * kGroup);
                const float* v = values.data() + r * columns;
                float most = 0;
                for (Index j = g * kGroup; j < end; ++j)
                    most = std::max(most, std::abs(v[j]));
                const float scale = most / (static_cast<float>(top) - middle);
                std::memcpy(grid.own.data() + 4 * ((begin + r) * grid.groups + g), &scale, 4);
                for (Index j = g * kGroup; j < end; ++j) {
                    const float level = scale > 0 ? std::round(v[j] / scale + middle) : middle;
                    codes[static_cast<std::size_t>(j)] =
                        static_cast<std::uint8_t>(std::clamp(level, 0.0f, static_cast<float>(top)));
                }
            }
            writeRow(part, begin + r, codes.data(), columns);
        }
    });
    return out;
}

} // namespace halftone
