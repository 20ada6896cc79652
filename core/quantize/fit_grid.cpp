// SPDX-License-Identifier: GPL-3.0-or-later
#include "quantize/fit_grid.h"

#include "base/half.h"
#include "base/parallel.h"

#include <algorithm>
#include <cmath>
#include <functional>

namespace halftone {

namespace {

float stored(double value, int parameterBits)
{
    const auto narrow = static_cast<float>(value);
    return parameterBits == 16 ? roundToHalf(narrow) : narrow;
}

Grid emptyGrid(const Matrix& weights, int count, Index groupColumns, int parameterBits)
{
    Grid grid;
    grid.count = count;
    // One group as wide as the matrix is the whole row.
    grid.groupColumns = groupColumns < weights.cols() ? groupColumns : 0;
    grid.parameterBits = parameterBits;
    const Index groups =
        grid.groupColumns > 0 ? (weights.cols() + groupColumns - 1) / groupColumns : 1;
    grid.scale.setZero(weights.rows(), groups);
    grid.offset.setZero(weights.rows(), groups);
    return grid;
}

// Calls fit(row, group, begin, end) for each row and group of columns.
void forEachGroup(const Grid& grid, Index columns,
                  const std::function<void(Index, Index, Index, Index)>& fit)
{
    const Index width = grid.groupColumns > 0 ? grid.groupColumns : columns;
    parallelFor(grid.scale.rows(), [&](std::int64_t row) {
        for (Index g = 0; g < grid.scale.cols(); ++g)
            fit(row, g, g * width, std::min((g + 1) * width, columns));
    });
}

} // namespace

Grid fitBinary(const Matrix& weights, const Members& members, BinaryFit fit, Index groupColumns,
               int parameterBits)
{
    Grid grid = emptyGrid(weights, 2, groupColumns, parameterBits);
    forEachGroup(grid, weights.cols(), [&](Index row, Index g, Index begin, Index end) {
        double sum = 0;
        Index count = 0;
        for (Index j = begin; j < end; ++j)
            if (members.has(row, j)) {
                sum += weights(row, j);
                ++count;
            }
        const bool published = fit == BinaryFit::Published;
        const auto width = static_cast<double>(published ? end - begin : std::max<Index>(count, 1));
        const double mean = sum / width;
        double distance = published ? static_cast<double>(end - begin - count) * std::abs(mean) : 0;
        for (Index j = begin; j < end; ++j)
            if (members.has(row, j))
                distance += std::abs(weights(row, j) - mean);
        const double alpha = distance / width;
        grid.scale(row, g) = stored(2 * alpha, parameterBits);
        grid.offset(row, g) = stored(mean - alpha, parameterBits);
    });
    return grid;
}

Grid fitUniform(const Matrix& weights, const Members& members, int bits, Index groupColumns,
                int parameterBits)
{
    const int top = (1 << bits) - 1;
    Grid grid = emptyGrid(weights, top + 1, groupColumns, parameterBits);
    forEachGroup(grid, weights.cols(), [&](Index row, Index g, Index begin, Index end) {
        float least = 0;
        float greatest = 0;
        for (Index j = begin; j < end; ++j)
            if (members.has(row, j)) {
                least = std::min(least, weights(row, j));
                greatest = std::max(greatest, weights(row, j));
            }
        if (least == 0 && greatest == 0) { // as GPTQ and PB-LLM: any grid that holds zero
            least = -1;
            greatest = 1;
        }
        const float scale = stored((static_cast<double>(greatest) - least) / top, parameterBits);
        const double zero = scale > 0 ? std::nearbyint(-static_cast<double>(least) / scale) : 0;
        grid.scale(row, g) = scale;
        grid.offset(row, g) = stored(-zero * scale, parameterBits);
    });
    return grid;
}

} // namespace halftone
