// SPDX-License-Identifier: GPL-3.0-or-later
#include "quantize/fit_grid.h"

#include "base/half.h"
#include "base/parallel.h"

#include <algorithm>
#include <cmath>
#include <functional>

namespace halftone {

namespace {

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

// Levels s (code - z) for codes 0 .. top.
struct Levels
{
    float scale = 0;
    double zero = 0;
};

Levels levelsBetween(double least, double greatest, int top, const UniformFit& fit)
{
    Levels levels;
    levels.scale = storedParameter((greatest - least) / top, fit.parameterBits);
    levels.zero = fit.symmetric       ? (top + 1) / 2
                  : levels.scale > 0 ? std::nearbyint(-least / levels.scale)
                                     : 0;
    return levels;
}

double clipError(const float* weights, Index count, const Levels& levels, int top)
{
    double error = 0;
    for (Index j = 0; j < count; ++j) {
        const double code =
            levels.scale > 0
                ? std::clamp(std::nearbyint(weights[j] / double{levels.scale}) + levels.zero, 0., double(top))
                : levels.zero;
        error += std::pow(std::abs((code - levels.zero) * levels.scale - weights[j]), 2.4);
    }
    return error;
}

// Which range the weights' own asks for.
void widenRange(double& least, double& greatest, const UniformFit& fit)
{
    if (least == 0 && greatest == 0) {
        least = -1;
        greatest = 1;
    }
    if (fit.symmetric) {
        greatest = std::max(-least, greatest);
        least = -greatest;
    }
}

Levels fitLevels(const float* weights, Index count, const UniformFit& fit)
{
    constexpr int kSteps = 100, kTried = 80;
    const int top = (1 << fit.bits) - 1;
    double least = 0, greatest = 0;
    for (Index j = 0; j < count; ++j) {
        least = std::min<double>(least, weights[j]);
        greatest = std::max<double>(greatest, weights[j]);
    }
    widenRange(least, greatest, fit);
    Levels best = levelsBetween(least, greatest, top, fit);
    if (!fit.searchClip)
        return best;
    double bestError = clipError(weights, count, best, top);
    for (int i = 1; i < kTried; ++i) {
        const double share = 1 - static_cast<double>(i) / kSteps;
        const Levels tried = levelsBetween(share * least, share * greatest, top, fit);
        const double error = clipError(weights, count, tried, top);
        if (error < bestError) {
            best = tried;
            bestError = error;
        }
    }
    return best;
}

// A table of levels around zero saves the offsets; searching long ones takes too long.
constexpr int kTableBits = 4;

void setLevels(Grid& grid, Index row, Index group, const Levels& levels)
{
    grid.scale(row, group) = levels.scale;
    if (grid.table.empty())
        grid.offset(row, group) = storedParameter(-levels.zero * levels.scale, grid.parameterBits);
}

void setBinary(Grid& grid, Index row, Index group, double mean, double alpha)
{
    grid.scale(row, group) = storedParameter(2 * alpha, grid.parameterBits);
    grid.offset(row, group) = storedParameter(mean - alpha, grid.parameterBits);
}

void setUniform(Grid& grid, Index row, Index group, double least, double greatest)
{
    if (least == 0 && greatest == 0) { // as GPTQ and PB-LLM: any grid that holds zero
        least = -1;
        greatest = 1;
    }
    const float scale = storedParameter((greatest - least) / (grid.count - 1), grid.parameterBits);
    const double zero = scale > 0 ? std::nearbyint(-least / scale) : 0;
    grid.scale(row, group) = scale;
    grid.offset(row, group) = storedParameter(-zero * scale, grid.parameterBits);
}

Grid emptyUniform(Index rows, Index columns, const UniformFit& fit, Index groupColumns)
{
    Grid grid = emptyGrid(rows, columns, 1 << fit.bits, groupColumns, fit.parameterBits);
    if (fit.symmetric && fit.bits <= kTableBits) {
        grid.offset.resize(0, 0);
        for (int code = 0; code < grid.count; ++code)
            grid.table.push_back(static_cast<float>(code - grid.count / 2));
    }
    return grid;
}

} // namespace

Grid fitBinary(const Matrix& weights, const Members& members, BinaryFit fit, Index groupColumns,
               int parameterBits)
{
    Grid grid = emptyGrid(weights.rows(), weights.cols(), 2, groupColumns, parameterBits);
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
        setBinary(grid, row, g, mean, distance / width);
    });
    return grid;
}

Grid fitUniform(const Matrix& weights, const Members& members, int bits, Index groupColumns,
                int parameterBits)
{
    Grid grid = emptyGrid(weights.rows(), weights.cols(), 1 << bits, groupColumns, parameterBits);
    forEachGroup(grid, weights.cols(), [&](Index row, Index g, Index begin, Index end) {
        float least = 0;
        float greatest = 0;
        for (Index j = begin; j < end; ++j)
            if (members.has(row, j)) {
                least = std::min(least, weights(row, j));
                greatest = std::max(greatest, weights(row, j));
            }
        setUniform(grid, row, g, least, greatest);
    });
    return grid;
}

Grid fitBinary(const GroupStatistics& s, BinaryFit fit, Index columns, Index groupColumns, int parameterBits)
{
    Grid grid = emptyGrid(s.count.rows(), columns, 2, groupColumns, parameterBits);
    forEachGroup(grid, columns, [&](Index row, Index g, Index begin, Index end) {
        const bool published = fit == BinaryFit::Published;
        const double width = published ? static_cast<double>(end - begin) : std::max(s.count(row, g), 1.0);
        const double mean = s.sum(row, g) / width;
        const double others = published ? (width - s.count(row, g)) * std::abs(mean) : 0;
        setBinary(grid, row, g, mean, (others + s.distance(row, g)) / width);
    });
    return grid;
}

Grid fitUniform(const GroupStatistics& s, int bits, Index columns, Index groupColumns, int parameterBits)
{
    Grid grid = emptyGrid(s.count.rows(), columns, 1 << bits, groupColumns, parameterBits);
    forEachGroup(grid, columns, [&](Index row, Index g, Index, Index) {
        setUniform(grid, row, g, s.least(row, g), s.greatest(row, g));
    });
    return grid;
}

Grid fitUniform(const GroupStatistics& s, const UniformFit& fit, Index columns, Index groupColumns)
{
    Grid grid = emptyUniform(s.count.rows(), columns, fit, groupColumns);
    forEachGroup(grid, columns, [&](Index row, Index g, Index, Index) {
        double least = s.least(row, g), greatest = s.greatest(row, g);
        widenRange(least, greatest, fit);
        setLevels(grid, row, g, levelsBetween(least, greatest, grid.count - 1, fit));
    });
    return grid;
}

float storedParameter(double value, int parameterBits)
{
    const auto narrow = static_cast<float>(value);
    return parameterBits == 16 ? roundToHalf(narrow) : narrow;
}

Grid emptyGrid(Index rows, Index columns, int count, Index groupColumns, int parameterBits)
{
    Grid grid;
    grid.count = count;
    grid.groupColumns = groupColumns < columns ? groupColumns : 0;
    grid.parameterBits = parameterBits;
    grid.scale.setZero(rows, grid.groups(columns));
    grid.offset.setZero(rows, grid.groups(columns));
    return grid;
}

Grid fitUniform(const Matrix& weights, const UniformFit& fit, Index groupColumns)
{
    Grid grid = emptyUniform(weights.rows(), weights.cols(), fit, groupColumns);
    forEachGroup(grid, weights.cols(), [&](Index row, Index g, Index begin, Index end) {
        setLevels(grid, row, g, fitLevels(weights.row(row).data() + begin, end - begin, fit));
    });
    return grid;
}

void refitUniform(Grid& grid, Index group, const Matrix& weights, Index begin, Index end,
                  const UniformFit& fit)
{
    parallelFor(weights.rows(), [&](std::int64_t row) {
        setLevels(grid, row, group, fitLevels(weights.row(row).data() + begin, end - begin, fit));
    });
}

} // namespace halftone
