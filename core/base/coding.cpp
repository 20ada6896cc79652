// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/coding.h"

#include <algorithm>
#include <cmath>

namespace halftone {

namespace {

// Of four values in any order.
int nearestOfPlanes(const Grid& grid, Index row, Index column, double value)
{
    int best = 0;
    double bestDistance = std::abs(value - codeValue(grid, row, column, 0));
    for (int c = 1; c < grid.count; ++c) {
        const double distance = std::abs(value - codeValue(grid, row, column, c));
        if (distance <= bestDistance) {
            best = c;
            bestDistance = distance;
        }
    }
    return best;
}

} // namespace

int nearestCode(const Grid& grid, Index row, Index column, double value)
{
    if (grid.raw || !std::isfinite(value))
        return 0;
    if (grid.second.size())
        return nearestOfPlanes(grid, row, column, value);
    if (grid.columnScale.size()) {
        const double share = grid.columnScale(0, column);
        if (share == 0)
            return 0;
        value /= share;
    }
    const Index g = grid.group(column);
    const double scale = grid.scale(row, g);
    const double offset = grid.offset.size() ? grid.offset(row, g) : 0.0;
    if (scale == 0)
        return 0;
    const double level = (value - offset) / scale;
    if (grid.table.empty())
        return static_cast<int>(std::clamp(std::floor(level + 0.5), 0.0, grid.count - 1.0));
    int best = 0;
    for (int c = 1; c < grid.count; ++c) {
        const auto at = static_cast<std::size_t>(c);
        if (std::abs(level - grid.table[at]) <=
            std::abs(level - grid.table[static_cast<std::size_t>(best)]))
            best = c;
    }
    return best;
}

double codeValue(const Grid& grid, Index row, Index column, int code)
{
    const Index g = grid.group(column);
    double value = grid.offset.size() ? grid.offset(row, g) : 0.0;
    const double scale = grid.scale(row, g);
    if (grid.second.size()) {
        const double second = grid.second(row, g);
        if (grid.offset.size() == 0)
            value = -(scale + second) / 2;
        value = (value + scale * (code & 1)) + second * (code >> 1);
    } else {
        value += scale * (grid.table.empty() ? code : grid.table[static_cast<std::size_t>(code)]);
    }
    return grid.columnScale.size() ? value * grid.columnScale(0, column) : value;
}

float weightValue(const Coding& coding, Index row, Index column, int code)
{
    const Grid& grid = coding.gridOf(row, column);
    return grid.raw ? coding.raw(row, column) : static_cast<float>(codeValue(grid, row, column, code));
}

} // namespace halftone
