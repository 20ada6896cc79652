// SPDX-License-Identifier: GPL-3.0-or-later
// Floats to a resident matrix of few bits: for what a packed model has kept as it was, such as its head.
#include "packed/resident_parts.h"

#include "base/parallel.h"
#include "base/vectorize.h"

#include <algorithm>
#include <cmath>
#include <cstring>

namespace halftone {

namespace {

constexpr Index kGroup = 64;
constexpr Index kTileWeights = Index{1} << 15; // their floats stay in the cache

// The scale of one group; its codes are value / scale + middle, rounded, half away from 0.
HALFTONE_VECTORIZE
float roundGroup(const float* v, std::int64_t count, float middle, float top, std::uint8_t* codes)
{
    float lanes[16] = {};
    std::int64_t whole = 0;
    for (; whole + 16 <= count; whole += 16)
        for (int i = 0; i < 16; ++i)
            lanes[i] = std::max(lanes[i], std::abs(v[whole + i]));
    for (; whole < count; ++whole)
        lanes[0] = std::max(lanes[0], std::abs(v[whole]));
    const float most = *std::max_element(lanes, lanes + 16);
    const float scale = most / (top - middle);
    if (!(scale > 0)) {
        std::fill_n(codes, count, static_cast<std::uint8_t>(middle));
        return scale;
    }
    for (std::int64_t j = 0; j < count; ++j) {
        const float level = v[j] / scale + (middle + 0.5f);
        const float kept = level > 0.0f ? level : 0.0f;
        codes[j] = static_cast<std::uint8_t>(static_cast<std::int32_t>(kept < top ? kept : top));
    }
    return scale;
}

} // namespace

ResidentMatrix ResidentMatrix::rounded(const QString& name, Index rows, Index columns, int bits,
                                       const std::function<void(Index, Index, std::span<float>)>& read)
{
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
    const Index tile = std::max<Index>(1, kTileWeights / std::max<Index>(1, columns));
    parallelFor((rows + tile - 1) / tile, [&](std::int64_t t) {
        thread_local std::vector<float> values;
        thread_local std::vector<std::uint8_t> codes;
        const Index begin = t * tile, count = std::min(tile, rows - begin);
        values.resize(static_cast<std::size_t>(count * columns));
        codes.resize(static_cast<std::size_t>(columns));
        read(begin, count, values);
        for (Index r = 0; r < count; ++r) {
            for (Index g = 0; g < grid.groups; ++g) {
                const Index at = g * kGroup;
                const float scale = roundGroup(values.data() + r * columns + at, std::min(kGroup, columns - at), middle,
                                               static_cast<float>(top), codes.data() + at);
                std::memcpy(grid.own.data() + 4 * ((begin + r) * grid.groups + g), &scale, 4);
            }
            writeRow(part, begin + r, codes.data(), columns);
        }
    });
    return out;
}

} // namespace halftone
