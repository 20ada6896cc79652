// SPDX-License-Identifier: GPL-3.0-or-later
#include "quantize/binary_planes.h"

#include <cmath>

namespace halftone {

PlaneLevels fitPlanes(std::span<const double> weights, int planes, bool means, PlaneCodes codes)
{
    PlaneLevels levels;
    if (weights.empty())
        return levels;
    const auto count = static_cast<double>(weights.size());
    std::vector<double> rest(weights.begin(), weights.end());
    for (std::uint8_t& code : codes)
        code = 0;
    for (int plane = 0; plane < planes; ++plane) {
        double mean = 0;
        for (const double w : rest)
            mean += w / count;
        mean = means ? mean : 0;
        double scale = 0;
        for (const double w : rest)
            scale += std::abs(w - mean) / count;
        for (std::size_t i = 0; i < rest.size(); ++i) {
            const bool up = rest[i] >= mean;
            codes[i] = static_cast<std::uint8_t>(codes[i] | (up << plane));
            rest[i] -= mean + (up ? scale : -scale);
        }
        levels.mean += mean;
        (plane == 0 ? levels.first : levels.second) = scale;
    }
    return levels;
}

double planeValue(const PlaneLevels& levels, int code)
{
    return levels.mean + (code & 1 ? levels.first : -levels.first) +
           (code & 2 ? levels.second : -levels.second);
}

void nearestPlanes(std::span<const double> weights, const PlaneLevels& levels, int planes, PlaneCodes codes)
{
    for (std::size_t i = 0; i < weights.size(); ++i) {
        int best = 0;
        for (int code = 1; code < (planes == 2 ? 4 : 2); ++code)
            if (std::abs(weights[i] - planeValue(levels, code)) <=
                std::abs(weights[i] - planeValue(levels, best)))
                best = code;
        codes[i] = static_cast<std::uint8_t>(best);
    }
}

Grid planesGrid(Index rows, Index columns, int planes, bool means, Index groupColumns, int parameterBits,
                const QString& role)
{
    Grid grid = emptyGrid(rows, columns, planes == 2 ? 4 : 2, groupColumns, parameterBits);
    if (planes == 2)
        grid.second = grid.scale;
    if (!means) {
        grid.offset.resize(0, 0);
        if (planes == 1)
            grid.table = {-1, 1};
    }
    grid.role = role;
    return grid;
}

void setPlanes(Grid& grid, Index row, Index group, const PlaneLevels& levels)
{
    // A table of -1 and 1 takes the scale itself, else a code's step is twice as wide.
    const double step = grid.table.empty() ? 2 : 1;
    grid.scale(row, group) = storedParameter(step * levels.first, grid.parameterBits);
    if (grid.second.size())
        grid.second(row, group) = storedParameter(2 * levels.second, grid.parameterBits);
    if (grid.offset.size())
        grid.offset(row, group) =
            storedParameter(levels.mean - levels.first - levels.second, grid.parameterBits);
}

} // namespace halftone
