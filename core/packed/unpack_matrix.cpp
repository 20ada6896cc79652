// SPDX-License-Identifier: GPL-3.0-or-later
// From streams back to values and codes, tile by tile on all cores.
#include "packed/packed_matrix.h"

#include "base/error.h"
#include "base/half.h"
#include "base/parallel.h"
#include "packed/bit_stream.h"
#include "packed/packed_layout.h"
#include "packed/rice_mask.h"

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

// The decoded classes and codes of one tile. Reused by a thread from tile to tile.
struct Tile
{
    std::vector<std::uint8_t> classes; // empty when there is one class
    std::array<std::vector<std::uint8_t>, 4> codes;
    std::array<std::vector<float>, 4> values; // of raw classes, whose codes are 0
};

void readMarks(const PackedMatrix& m, Index tile, std::size_t i, std::vector<std::uint8_t>& classes,
               std::uint8_t rest)
{
    thread_local std::vector<std::uint32_t> gaps;
    const PackedMask& mask = m.masks[i];
    const auto t = static_cast<std::size_t>(tile);
    const auto marked = static_cast<std::uint8_t>(mask.marked);
    gaps.resize(static_cast<std::size_t>(m.classes[marked].tileCount[t]));
    const auto stream = mask.bytes.subspan(
        static_cast<std::size_t>(mask.tileBegin[t]),
        static_cast<std::size_t>(mask.tileBegin[t + 1] - mask.tileBegin[t]));
    const auto elements = static_cast<std::int64_t>(classes.size());
    bool good = readGaps(stream, mask.riceBits, static_cast<std::uint32_t>(elements), gaps);
    std::int64_t at = 0;
    for (std::size_t g = 0; good && g < gaps.size(); ++g, ++at) {
        if (i == 0)
            at += gaps[g];
        else // gaps count only what no earlier mask has taken
            for (std::uint32_t left = gaps[g]; at < elements; ++at)
                if (classes[static_cast<std::size_t>(at)] == rest && left-- == 0)
                    break;
        good = at < elements;
        if (good)
            classes[static_cast<std::size_t>(at)] = marked;
    }
    if (!good)
        refuse(m.name, tr("the mask of tile %1 does not hold the %2 marks it claims")
                           .arg(tile).arg(gaps.size()));
}

// Masks of columns come first and mark different columns.
void markColumns(const PackedMatrix& m, std::size_t i, std::vector<std::uint8_t>& classes)
{
    const PackedMask& mask = m.masks[i];
    const auto width = static_cast<std::size_t>(m.columns);
    for (std::size_t at = 0; at < classes.size(); at += width)
        for (std::size_t j = 0; j < width; ++j)
            if (mask.columns[j])
                classes[at + j] = static_cast<std::uint8_t>(mask.marked);
}

void readClasses(const PackedMatrix& m, Index tile, std::vector<std::uint8_t>& classes)
{
    const Index count = m.rowsOfTile(tile);
    const auto elements = static_cast<std::size_t>(count * m.columns);
    if (m.membership == Membership::Columns) {
        classes.resize(elements);
        for (Index r = 0; r < count; ++r)
            std::copy(m.columnClasses.begin(), m.columnClasses.end(),
                      classes.begin() + r * m.columns);
    } else if (m.membership == Membership::Elements) {
        int rest = static_cast<int>(m.classes.size() * (m.classes.size() - 1) / 2);
        for (const PackedMask& mask : m.masks)
            rest -= mask.marked;
        classes.assign(elements, static_cast<std::uint8_t>(rest));
        for (std::size_t i = 0; i < m.masks.size(); ++i)
            if (m.masks[i].kind == MaskKind::Columns)
                markColumns(m, i, classes);
            else
                readMarks(m, tile, i, classes, static_cast<std::uint8_t>(rest));
    }
}

void readRaw(const QString& name, const PackedClass& source, std::span<const std::byte> stream,
             std::size_t count, std::vector<float>& out)
{
    out.resize(count);
    const auto bytes = stream.first(count * static_cast<std::size_t>(source.bits) / 8);
    if (source.bits == 16)
        halfToFloat(bytes, out);
    else if (!bytes.empty())
        std::memcpy(out.data(), bytes.data(), bytes.size());
    if (!std::all_of(out.begin(), out.end(), [](float v) { return std::isfinite(v); }))
        refuse(name, tr("a stored weight is not finite"));
}

void readTile(const PackedMatrix& m, Index tile, Tile& out)
{
    readClasses(m, tile, out.classes);
    const auto t = static_cast<std::size_t>(tile);
    for (std::size_t c = 0; c < m.classes.size(); ++c) {
        const PackedClass& source = m.classes[c];
        // One more, so that the merge may look at the code after the last.
        out.codes[c].resize(static_cast<std::size_t>(source.tileCount[t]) + 1);
        const std::span<std::uint8_t> codes(out.codes[c].data(), out.codes[c].size() - 1);
        const auto stream = source.codes.subspan(static_cast<std::size_t>(source.tileBegin[t]));
        if (source.encoding == Encoding::Raw) {
            std::fill(codes.begin(), codes.end(), std::uint8_t{0});
            readRaw(m.name, source, stream, codes.size(), out.values[c]);
        } else if (source.encoding == Encoding::Base) {
            readBase(stream, source.grid.count, codes);
        } else {
            readCodes(stream, source.bits, codes);
        }
        if (source.encoding == Encoding::Bits && source.grid.count < (1 << source.bits) && !codes.empty() &&
            *std::max_element(codes.begin(), codes.end()) >= source.grid.count)
            refuse(m.name, tr("a code of tile %1 is not below the %2 levels of its class")
                               .arg(tile).arg(source.grid.count));
        out.codes[c].back() = 0;
    }
}

// The scale, offset and levels of each class for one row and one run of columns.
struct RowGrids
{
    std::array<double, 4> scale{};
    std::array<double, 4> offset{};
    std::array<const double*, 4> level{};
    Index end = 0; ///< first column of the next run
};

RowGrids rowGrids(const PackedMatrix& m, const std::vector<std::vector<double>>& levels, Index row,
                  Index column)
{
    RowGrids r;
    r.end = m.columns;
    for (std::size_t c = 0; c < m.classes.size(); ++c) {
        const Grid& grid = m.classes[c].grid;
        const Index g = grid.group(column);
        r.scale[c] = grid.scale(row, g);
        r.offset[c] = grid.offset.size() ? grid.offset(row, g) : 0.0;
        r.level[c] = levels[c].data();
        if (grid.groupColumns > 0)
            r.end = std::min(r.end, (g + 1) * grid.groupColumns);
    }
    return r;
}

using Cursors = std::array<const std::uint8_t*, 4>;

void mergeOne(const RowGrids& g, Index count, Cursors& next, float* out)
{
    for (Index j = 0; j < count; ++j)
        out[j] = storedValue(g.scale[0], g.offset[0], g.level[0][next[0][j]]);
    next[0] += count;
}

// Without branches: classes alternate too often to be predicted. Classes are 0 and 1 here.
void mergeTwo(const RowGrids& g, const std::uint8_t* classes, Index count, Cursors& next, float* out)
{
    const std::uint8_t* first = next[0];
    const std::uint8_t* second = next[1];
    for (Index j = 0; j < count; ++j) {
        const std::size_t c = classes[j];
        const std::size_t code = (*first & (c - 1)) | (*second & (0 - c));
        out[j] = storedValue(g.scale[c], g.offset[c], g.level[c][code]);
        second += c;
        first += 1 - c;
    }
    next[0] = first;
    next[1] = second;
}

void mergeMany(const RowGrids& g, const std::uint8_t* classes, Index count, Cursors& next, float* out)
{
    for (Index j = 0; j < count; ++j) {
        const std::size_t c = classes[j];
        out[j] = storedValue(g.scale[c], g.offset[c], g.level[c][*next[c]++]);
    }
}

// Rows of a tile whose grids have more than scale, offset and levels.
void mergeRich(const PackedMatrix& m, const Tile& tile, Index row, Index classRow, Cursors& next,
               float* out)
{
    for (Index j = 0; j < m.columns; ++j) {
        const std::size_t c =
            m.classes.size() == 1 ? 0 : tile.classes[static_cast<std::size_t>(classRow * m.columns + j)];
        const PackedClass& source = m.classes[c];
        const std::uint8_t* code = next[c]++;
        out[j] = source.encoding == Encoding::Raw
                     ? tile.values[c][static_cast<std::size_t>(code - tile.codes[c].data())]
                     : static_cast<float>(codeValue(source.grid, row, j, *code));
    }
}

// Values of rows [begin, end) of a tile, counted within the tile.
void unpackTile(const PackedMatrix& m, const std::vector<std::vector<double>>& levels, Index tile,
                Index begin, Index end, float* out)
{
    thread_local Tile decoded;
    readTile(m, tile, decoded);
    Cursors next{};
    for (std::size_t c = 0; c < m.classes.size(); ++c)
        next[c] = decoded.codes[c].data();
    const std::uint8_t* classes = decoded.classes.data();
    if (m.classes.size() == 1)
        next[0] += begin * m.columns;
    else
        for (Index e = 0; e < begin * m.columns; ++e)
            ++next[classes[e]];
    if (!m.plain) {
        for (Index r = begin; r < end; ++r, out += m.columns)
            mergeRich(m, decoded, tile * m.tileRows + r, r, next, out);
        return;
    }
    for (Index r = begin; r < end; ++r)
        for (Index j = 0; j < m.columns;) {
            const RowGrids grids = rowGrids(m, levels, tile * m.tileRows + r, j);
            const Index count = grids.end - j;
            if (m.classes.size() == 1)
                mergeOne(grids, count, next, out);
            else if (m.classes.size() == 2)
                mergeTwo(grids, classes + r * m.columns + j, count, next, out);
            else
                mergeMany(grids, classes + r * m.columns + j, count, next, out);
            out += count;
            j = grids.end;
        }
}

std::vector<std::vector<double>> levelsOf(const PackedMatrix& m)
{
    std::vector<std::vector<double>> levels;
    for (const PackedClass& c : m.classes) {
        std::vector<double> list(static_cast<std::size_t>(c.grid.count));
        for (std::size_t i = 0; i < list.size(); ++i)
            list[i] = c.grid.table.empty() ? static_cast<double>(i) : c.grid.table[i];
        levels.push_back(std::move(list));
    }
    return levels;
}
} // namespace

void PackedMatrix::unpackRows(Index rowBegin, Index rowCount, std::span<float> out) const
{
    if (rowBegin < 0 || rowCount < 0 || rowBegin > rows - rowCount ||
        static_cast<Index>(out.size()) != rowCount * columns)
        throw Error(tr("Rows %1 to %2 of '%3' were asked for in a space of %4 numbers; it has %5 x %6.")
                        .arg(rowBegin).arg(rowBegin + rowCount).arg(name).arg(out.size())
                        .arg(rows).arg(columns));
    if (rowCount == 0)
        return;
    const auto levels = levelsOf(*this);
    const Index firstTile = rowBegin / tileRows;
    const Index lastTile = (rowBegin + rowCount - 1) / tileRows;
    parallelFor(lastTile - firstTile + 1, [&](std::int64_t i) {
        const Index tile = firstTile + i;
        const Index tileRow = tile * tileRows;
        const Index begin = std::max(rowBegin, tileRow);
        const Index end = std::min({rowBegin + rowCount, tileRow + tileRows, rows});
        unpackTile(*this, levels, tile, begin - tileRow, end - tileRow,
                   out.data() + (begin - rowBegin) * columns);
    });
    if (rotation.active)
        parallelFor(rowCount, [&](std::int64_t r) {
            const auto row = out.subspan(static_cast<std::size_t>(r * columns), static_cast<std::size_t>(columns));
            thread_local std::vector<double> wide;
            wide.assign(row.begin(), row.end());
            unrotate(rotation, wide);
            std::transform(wide.begin(), wide.end(), row.begin(), [](double v) { return static_cast<float>(v); });
        });
}

Matrix PackedMatrix::unpack() const
{
    Matrix m(rows, columns);
    unpackRows(0, rows, {m.data(), static_cast<std::size_t>(m.size())});
    return m;
}

void PackedMatrix::unpackTileCodes(Index tile, std::span<std::uint8_t> out,
                                   std::span<std::uint8_t> outClasses) const
{
    thread_local Tile decoded;
    readTile(*this, tile, decoded);
    if (classes.size() == 1) {
        std::copy_n(decoded.codes[0].begin(), out.size(), out.begin());
        std::fill(outClasses.begin(), outClasses.end(), std::uint8_t{0});
        return;
    }
    Cursors next{};
    for (std::size_t c = 0; c < classes.size(); ++c)
        next[c] = decoded.codes[c].data();
    if (classes.size() == 2) {
        const std::uint8_t *first = next[0], *second = next[1], *which = decoded.classes.data();
        std::uint8_t* code = out.data();
        for (std::size_t e = 0, count = out.size(); e < count; ++e) {
            const std::size_t c = which[e];
            code[e] = static_cast<std::uint8_t>((*first & (c - 1)) | (*second & (0 - c)));
            second += c;
            first += 1 - c;
        }
    } else {
        for (std::size_t e = 0; e < out.size(); ++e)
            out[e] = *next[decoded.classes[e]]++;
    }
    std::copy_n(decoded.classes.begin(), outClasses.size(), outClasses.begin());
}

Coding PackedMatrix::unpackCodes(CodeMatrix& codes) const
{
    Coding coding;
    coding.rows = rows;
    coding.columns = columns;
    coding.rotation = rotation;
    coding.entropyCoded = symbolBytes > 0;
    for (const PackedClass& c : classes)
        coding.grids.push_back(c.grid);
    codes.resize(rows, columns);
    if (std::any_of(classes.begin(), classes.end(), [](const PackedClass& c) { return c.grid.raw; }))
        coding.raw.setZero(rows, columns);
    if (membership == Membership::Elements)
        coding.classes.resize(rows, columns);
    else if (membership == Membership::Columns)
        coding.classes = Eigen::Map<const CodeMatrix>(columnClasses.data(), 1, columns);
    parallelFor(tiles(), [&](std::int64_t tile) {
        thread_local Tile decoded;
        readTile(*this, tile, decoded);
        const Index begin = tile * tileRows * columns;
        const Index elements = rowsOfTile(tile) * columns;
        std::array<std::size_t, 4> next{};
        for (Index e = 0; e < elements; ++e) {
            const std::size_t c = classes.size() == 1 ? 0 : decoded.classes[static_cast<std::size_t>(e)];
            if (classes[c].grid.raw)
                coding.raw.data()[begin + e] = decoded.values[c][next[c]];
            codes.data()[begin + e] = decoded.codes[c][next[c]++];
        }
        if (membership == Membership::Elements)
            std::copy_n(decoded.classes.data(), elements, coding.classes.data() + begin);
    });
    return coding;
}

} // namespace halftone
