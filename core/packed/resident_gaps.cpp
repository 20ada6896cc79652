// SPDX-License-Identifier: GPL-3.0-or-later
#include "packed/resident_gaps.h"

#include "packed/bit_stream.h"
#include "packed/rice_mask.h"

#include <algorithm>
#include <bit>
#include <cstring>

namespace halftone {

namespace {

static_assert(std::endian::native == std::endian::little, "bits fill bytes from the lowest");

std::span<const std::byte> streamOf(std::span<const std::byte> all, const std::vector<std::int64_t>& begin, std::size_t tile)
{
    return all.subspan(static_cast<std::size_t>(begin[tile]), static_cast<std::size_t>(begin[tile + 1] - begin[tile]));
}

// The index of each marked weight.
bool readPlaces(const PackedMatrix& m, std::size_t tile, std::int64_t elements, std::vector<std::uint32_t>& places)
{
    const PackedMask& mask = m.masks.front();
    places.resize(static_cast<std::size_t>(m.classes[static_cast<std::size_t>(mask.marked)].tileCount[tile]));
    if (!readGaps(streamOf(mask.bytes, mask.tileBegin, tile), mask.riceBits, static_cast<std::uint32_t>(elements), places))
        return false;
    std::int64_t at = -1;
    for (std::uint32_t& place : places) {
        at += 1 + std::int64_t{place};
        if (at >= elements)
            return false;
        place = static_cast<std::uint32_t>(at);
    }
    return true;
}

// Moves runs of bits from a stream to places in a buffer of zeros that has eight bytes more than it needs.
class BitMover
{
public:
    BitMover(std::span<const std::byte> from, std::byte* to) : m_from(from), m_to(to) {}

    void move(std::uint64_t bits)
    {
        while (bits > 0) {
            const auto count = std::min<std::uint64_t>(bits, 56);
            const std::uint64_t word = next() & ((std::uint64_t{1} << count) - 1);
            std::uint64_t there = 0;
            std::byte* to = m_to + (m_written >> 3);
            std::memcpy(&there, to, 8);
            there |= word << (m_written & 7);
            std::memcpy(to, &there, 8);
            m_read += count;
            m_written += count;
            bits -= count;
        }
    }
    void skip(std::uint64_t bits) { m_written += bits; }

private:
    std::uint64_t next() const
    {
        const std::size_t byte = m_read >> 3;
        std::uint64_t word = 0;
        if (byte + 8 <= m_from.size())
            std::memcpy(&word, m_from.data() + byte, 8);
        else if (byte < m_from.size())
            std::memcpy(&word, m_from.data() + byte, m_from.size() - byte);
        return word >> (m_read & 7);
    }

    std::span<const std::byte> m_from;
    std::byte* m_to;
    std::uint64_t m_read = 0, m_written = 0;
};

void moveCodes(const PackedMatrix& m, std::size_t tile, std::size_t base, std::int64_t elements,
               std::span<const std::uint32_t> places, ResidentPart& part)
{
    const auto bits = static_cast<std::uint64_t>(part.bits);
    if (bits == 0)
        return;
    thread_local std::vector<std::byte> whole;
    const auto bytes = static_cast<std::size_t>(static_cast<std::uint64_t>(elements) * bits / 8);
    whole.assign(bytes + 8, std::byte{0});
    BitMover mover(streamOf(m.classes[base].codes, m.classes[base].tileBegin, tile), whole.data());
    std::uint64_t at = 0;
    for (const std::uint32_t place : places) {
        mover.move((place - at) * bits);
        mover.skip(bits);
        at = place + std::uint64_t{1};
    }
    mover.move((static_cast<std::uint64_t>(elements) - at) * bits);
    std::copy_n(whole.begin(), bytes, part.own.begin() + static_cast<Index>(tile) * m.tileRows * part.rowBytes());
}

void placeMembers(const ResidentList& list, Index rows, Index width, std::span<const std::uint32_t> places, TileList& out)
{
    const std::size_t cells = list.cells.size();
    thread_local std::vector<std::uint16_t> cellOf;
    cellOf.resize(static_cast<std::size_t>(width));
    for (std::size_t c = 0; c < cells; ++c)
        std::fill(cellOf.begin() + list.cells[c], c + 1 < cells ? cellOf.begin() + list.cells[c + 1] : cellOf.end(),
                  static_cast<std::uint16_t>(c));
    out.columns.resize(places.size());
    out.counts.assign(static_cast<std::size_t>(rows) * cells, 0);
    out.perRow.assign(static_cast<std::size_t>(rows), 0);
    std::size_t i = 0;
    for (Index r = 0; r < rows; ++r) {
        const auto begin = static_cast<std::uint32_t>(r * width), end = static_cast<std::uint32_t>((r + 1) * width);
        const std::size_t before = i;
        std::uint16_t* counts = out.counts.data() + static_cast<std::size_t>(r) * cells;
        for (; i < places.size() && places[i] < end; ++i) {
            const std::uint32_t column = places[i] - begin;
            const std::uint16_t cell = cellOf[column];
            out.columns[i] = static_cast<std::uint8_t>(column - static_cast<std::uint32_t>(list.cells[cell]));
            ++counts[cell];
        }
        out.perRow[static_cast<std::size_t>(r)] = static_cast<std::uint32_t>(i - before);
    }
}

} // namespace

bool hasGapTiles(const PackedMatrix& m, const ResidentPart& part, std::size_t base)
{
    const bool together = part.gather.empty() && part.blocks * kBlockColumns == m.columns;
    const int bits = part.bits;
    const bool inOrder = bits == 0 || bits == widestField(bits);
    return together && inOrder && m.classes.size() == 2 && m.masks.size() == 1 && m.masks.front().kind == MaskKind::Gaps &&
           m.masks.front().marked == static_cast<int>(1 - base) && m.classes[0].encoding == Encoding::Bits &&
           m.classes[1].encoding == Encoding::Bits && m.classes[base].grid.count == 1 << bits &&
           m.tileRows * m.columns < Index{1} << 32;
}

bool readGapTile(const PackedMatrix& m, Index tile, std::size_t base, const ResidentList& list, ResidentPart& part,
                 TileList& out)
{
    thread_local std::vector<std::uint32_t> places;
    const auto t = static_cast<std::size_t>(tile);
    const Index rows = m.rowsOfTile(tile);
    const std::int64_t elements = rows * m.columns;
    const PackedClass& marked = m.classes[1 - base];
    if (!readPlaces(m, t, elements, places) ||
        m.classes[base].tileCount[t] != elements - static_cast<std::int64_t>(places.size()))
        return false;
    out.codes.resize(places.size());
    readCodes(streamOf(marked.codes, marked.tileBegin, t), marked.bits, out.codes);
    if (!out.codes.empty() && *std::max_element(out.codes.begin(), out.codes.end()) >= marked.grid.count)
        return false;
    moveCodes(m, t, base, elements, places, part);
    placeMembers(list, rows, m.columns, places, out);
    return true;
}

} // namespace halftone
