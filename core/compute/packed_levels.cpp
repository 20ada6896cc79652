// SPDX-License-Identifier: GPL-3.0-or-later
#include "compute/packed_levels.h"

#include "base/half.h"
#include "compute/vector_math.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <limits>

namespace halftone::cpu {

namespace {

constexpr int kMostSteps = 127;
constexpr int kFewestSteps = 64;

// Parameters between codes.
void scatteredHalves(const std::byte* from, Index stride, Index count, float* out)
{
    thread_local std::vector<std::byte> dense;
    dense.resize(static_cast<std::size_t>(2 * count));
    for (Index i = 0; i < count; ++i)
        std::memcpy(dense.data() + 2 * i, from + i * stride, 2);
    halfToFloat(dense, {out, static_cast<std::size_t>(count)});
}

// Parameters of rows [rowBegin, rowBegin + rows) of all groups.
void readParameters(const ResidentGrid& grid, std::span<const std::byte> bytes, Index rowBegin, Index rows,
                    float* out)
{
    const Index count = rows * grid.groups;
    if (grid.stride > 0)
        return scatteredHalves(bytes.data() + rowBegin * grid.groups * grid.stride, grid.stride, count, out);
    const std::byte* from = bytes.data() + rowBegin * grid.groups * grid.parameterBits / 8;
    if (grid.parameterBits == 16)
        halfToFloat({from, static_cast<std::size_t>(2 * count)}, {out, static_cast<std::size_t>(count)});
    else
        std::memcpy(out, from, static_cast<std::size_t>(count) * 4);
}

HALFTONE_VECTORIZE
void finishParameters(float* scale, float* offset, std::int64_t count, float factor, float shift)
{
    for (std::int64_t i = 0; i < count; ++i) {
        offset[i] += shift * scale[i];
        scale[i] *= factor;
    }
}

// Scales and offsets of rows [rowBegin, rowBegin + rows) of all groups.
void groupParameters(const ResidentGrid& grid, Index rowBegin, Index rows, float* scales, float* offsets)
{
    readParameters(grid, grid.scale, rowBegin, rows, scales);
    if (!grid.offset.empty())
        readParameters(grid, grid.offset, rowBegin, rows, offsets);
    else
        for (Index i = 0; i < rows * grid.groups; ++i)
            offsets[i] = -grid.middle * scales[i];
}

// As stored: rows x segments of scales and of offsets.
void storedParameters(const ResidentPart& part, Index rowBegin, Index rows, PackedLevels& out)
{
    const ResidentGrid& grid = part.grids.front();
    const auto segments = static_cast<Index>(part.segments.size());
    bool alike = segments == grid.groups;
    for (Index s = 0; alike && s < segments; ++s)
        alike = grid.group(part.segments[static_cast<std::size_t>(s)].column) == s;
    if (alike)
        return groupParameters(grid, rowBegin, rows, out.scale.data(), out.offset.data());
    thread_local std::vector<float> scales, offsets;
    scales.resize(static_cast<std::size_t>(rows * grid.groups));
    offsets.resize(scales.size());
    groupParameters(grid, rowBegin, rows, scales.data(), offsets.data());
    for (Index r = 0; r < rows; ++r)
        for (Index s = 0; s < segments; ++s) {
            const Index from = r * grid.groups + grid.group(part.segments[static_cast<std::size_t>(s)].column);
            out.scale[static_cast<std::size_t>(r * segments + s)] = scales[static_cast<std::size_t>(from)];
            out.offset[static_cast<std::size_t>(r * segments + s)] = offsets[static_cast<std::size_t>(from)];
        }
}

// Each row and segment has the values of its symbols.
void symbolLevels(const ResidentPart& part, Index rowBegin, Index rows, Activations activations,
                  PackedLevels& out)
{
    const auto segments = static_cast<Index>(part.segments.size());
    const int symbols = part.symbols();
    const bool wide = symbols > 16;
    const bool rounded = activations != Activations::Float32;
    out.kind = wide ? CodeLevels::Wide : CodeLevels::Table;
    out.tableStride = wide ? 256 : 16;
    out.table.assign(rounded ? static_cast<std::size_t>(rows * segments * out.tableStride) : 0, 0);
    out.values.assign(rounded ? 0 : static_cast<std::size_t>(rows * segments * out.tableStride), 0.0f);
    std::array<float, 256> values{};
    for (Index cell = 0; cell < rows * segments; ++cell) {
        const Index row = rowBegin + cell / segments;
        const Index column = part.segments[static_cast<std::size_t>(cell % segments)].column;
        std::size_t n = 0;
        for (const ResidentGrid& grid : part.grids) {
            const Index group = grid.group(column);
            for (int c = 0; c < grid.count; ++c)
                values[n++] = grid.value(row, group, c);
        }
        const auto at = static_cast<std::size_t>(cell);
        if (rounded) {
            const EvenLevels even = fitEvenLevels(std::span(values).first(n), false,
                                                  out.table.data() + cell * out.tableStride);
            out.scale[at] = even.step;
            out.offset[at] = even.origin;
        } else {
            std::copy_n(values.begin(), n, out.values.begin() + cell * out.tableStride);
            out.scale[at] = 1;
            out.offset[at] = 0;
        }
    }
}

} // namespace

EvenLevels fitEvenLevels(std::span<const float> levels, bool search, std::uint8_t* table, std::span<const float> shares)
{
    const auto [low, high] = std::minmax_element(levels.begin(), levels.end());
    const float origin = *low;
    const float range = *high - *low;
    if (!(range > 0)) {
        std::fill_n(table, levels.size(), std::uint8_t{0});
        return {origin, 0};
    }
    int best = kMostSteps;
    double least = std::numeric_limits<double>::infinity();
    for (int n = search ? kFewestSteps : kMostSteps; n <= kMostSteps; ++n) {
        double error = 0;
        for (std::size_t i = 0; i < levels.size(); ++i) {
            const double at = double{levels[i] - origin} / range * n;
            error += std::pow((at - std::round(at)) / n, 2) * (shares.empty() ? 1.0 : double{shares[i]});
        }
        if (error <= least) {
            least = error;
            best = n;
        }
    }
    const float step = range / static_cast<float>(best);
    for (std::size_t i = 0; i < levels.size(); ++i)
        table[i] = static_cast<std::uint8_t>(std::clamp(std::lround((levels[i] - origin) / step), 0L, long{best}));
    return {origin, step};
}

void packedLevels(const ResidentPart& part, Index rowBegin, Index rows, Activations activations,
                  PackedLevels& out)
{
    const auto segments = static_cast<Index>(part.segments.size());
    out.scale.resize(static_cast<std::size_t>(rows * segments));
    out.offset.resize(out.scale.size());
    out.values.clear();
    out.table.clear();
    out.tableStride = 0;
    if (part.grids.size() > 1 || !part.grids.front().second.empty())
        return symbolLevels(part, rowBegin, rows, activations, out);
    const ResidentGrid& grid = part.grids.front();
    float factor = 1, shift = 0; // value = offset + shift * scale + scale * factor * level
    if (part.q8) {
        out.kind = CodeLevels::Signed;
        std::fill(out.offset.begin(), out.offset.end(), 0.0f);
        return readParameters(grid, grid.scale, rowBegin, rows, out.scale.data());
    }
    out.kind = part.bits >= 8 ? CodeLevels::Bytes : CodeLevels::Codes;
    if (part.bits == 0) {
        shift = static_cast<float>(grid.level(0));
    } else if (grid.table.empty()) {
        shift = part.bits >= 8 ? 128.0f : 0.0f;
    } else if (activations == Activations::Float32) {
        out.kind = CodeLevels::Table;
        out.values = grid.table;
    } else {
        out.kind = grid.count > 16 ? CodeLevels::Wide : CodeLevels::Table;
        out.table.assign(grid.count > 16 ? 256 : 16, 0);
        const EvenLevels even = fitEvenLevels(grid.table, true, out.table.data(), grid.shares);
        factor = even.step;
        shift = even.origin;
    }
    storedParameters(part, rowBegin, rows, out);
    finishParameters(out.scale.data(), out.offset.data(), rows * segments, factor, shift);
}

} // namespace halftone::cpu
