// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/coding.h"

#include <algorithm>
#include <cmath>

namespace halftone {

int nearestCode(const Grid& grid, Index row, Index column, double value)
{
    const Index g = grid.group(column);
    const double scale = grid.scale(row, g);
    const double offset = grid.offset.size() ? grid.offset(row, g) : 0.0;
    if (scale == 0 || !std::isfinite(value))
        return 0;
    const double level = (value - offset) / scale;
    if (grid.table.empty())
        return static_cast<int>(std::clamp(std::floor(level + 0.5), 0.0, grid.count - 1.0));
    int best = 0;
    for (int c = 1; c < grid.count; ++c)
        if (std::abs(level - grid.table[c]) <= std::abs(level - grid.table[best]))
            best = c;
    return best;
}

double codeValue(const Grid& grid, Index row, Index column, int code)
{
    const Index g = grid.group(column);
    const double offset = grid.offset.size() ? grid.offset(row, g) : 0.0;
    const double level = grid.table.empty() ? code : grid.table[static_cast<std::size_t>(code)];
    return offset + static_cast<double>(grid.scale(row, g)) * level;
}

} // namespace halftone
