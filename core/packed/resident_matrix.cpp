// SPDX-License-Identifier: GPL-3.0-or-later
#include "packed/resident_matrix.h"

#include "base/half.h"

#include <cstring>

namespace halftone {

namespace {

float parameter(std::span<const std::byte> bytes, const ResidentGrid& grid, Index at)
{
    const std::byte* from = bytes.data() + at * (grid.stride > 0 ? grid.stride : grid.parameterBits / 8);
    if (grid.parameterBits == 16) {
        std::uint16_t half;
        std::memcpy(&half, from, 2);
        return halfToFloat(half);
    }
    float value;
    std::memcpy(&value, from, 4);
    return value;
}

template <class T>
std::int64_t bytesOf(const std::vector<T>& v)
{
    return static_cast<std::int64_t>(v.size() * sizeof(T));
}

std::int64_t bytesOf(const ResidentGrid& grid)
{
    // Scales between codes are counted with them.
    return (grid.stride > 0 ? 0 : static_cast<std::int64_t>(grid.scale.size() + grid.offset.size() + grid.second.size())) +
           bytesOf(grid.table) + bytesOf(grid.shares) + bytesOf(grid.columnGroup);
}

} // namespace

float ResidentGrid::scaleOf(Index row, Index group) const
{
    return parameter(scale, *this, row * groups + group);
}

float ResidentGrid::offsetOf(Index row, Index group) const
{
    return offset.empty() ? -middle * scaleOf(row, group) : parameter(offset, *this, row * groups + group);
}

float ResidentGrid::value(Index row, Index group, int code) const
{
    const double one = scaleOf(row, group);
    if (second.empty())
        return storedValue(one, offsetOf(row, group), level(code));
    const double two = parameter(second, *this, row * groups + group);
    const double begin = offset.empty() ? -(one + two) / 2 : offsetOf(row, group);
    return static_cast<float>(begin + one * (code & 1) + two * (code >> 1));
}

int ResidentPart::symbols() const
{
    int sum = 0;
    for (const ResidentGrid& grid : grids)
        sum += grid.count;
    return sum;
}

std::int64_t ResidentMatrix::bytes() const
{
    std::int64_t sum = 0;
    for (const ResidentPart& part : parts) {
        for (const ResidentGrid& grid : part.grids)
            sum += bytesOf(grid);
        sum += static_cast<std::int64_t>(part.codes.size()) + bytesOf(part.segments) + bytesOf(part.gather) +
               bytesOf(part.columnScale);
    }
    for (const ResidentList& list : lists)
        sum += bytesOf(list.grid) + bytesOf(list.cells) + bytesOf(list.rowBegin) + bytesOf(list.counts) +
               bytesOf(list.columns) + bytesOf(list.codes);
    return sum;
}

} // namespace halftone
