// SPDX-License-Identifier: GPL-3.0-or-later
#include "packed/resident_parts.h"

#include "packed/bit_stream.h"

#include <algorithm>
#include <array>

namespace halftone {

namespace {

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

} // namespace

std::vector<std::int32_t> allColumns(Index columns)
{
    std::vector<std::int32_t> all(static_cast<std::size_t>(columns));
    for (std::size_t i = 0; i < all.size(); ++i)
        all[i] = static_cast<std::int32_t>(i);
    return all;
}

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

} // namespace halftone
