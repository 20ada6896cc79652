// SPDX-License-Identifier: GPL-3.0-or-later
#include "row_figures.h"

#include <algorithm>
#include <cmath>

namespace halftone {

namespace {

// Levels of the class of two levels, if there is one: one pair, or one for each group of columns.
void addSolution(RowFigures& out, const std::vector<float>& row, const LayerSolution& solution)
{
    const Coding& coding = solution.coded->coding;
    const Matrix& values = solution.coded->values;
    double energy = 0, lost = 0;
    for (std::size_t c = 0; c < row.size(); ++c) {
        energy += double{row[c]} * double{row[c]};
        lost += std::pow(double{row[c]} - double(values(out.row, Index(c))), 2);
    }
    out.error = energy > 0 ? lost / energy : 0;
    const auto binary = std::find_if(coding.grids.begin(), coding.grids.end(),
                                     [](const Grid& grid) { return grid.count == 2 && grid.plain(); });
    if (binary == coding.grids.end() || coding.rotation.active)
        return; // of a turned basis, levels are not those of single weights
    const int place = int(binary - coding.grids.begin());
    out.salient = 0;
    std::vector<bool> seen(std::size_t(binary->groups(coding.columns)));
    for (Index c = 0; c < coding.columns; ++c) {
        if (coding.classOf(out.row, c) != place) {
            ++out.salient;
            continue;
        }
        const auto group = std::size_t(binary->group(c));
        if (seen[group])
            continue;
        seen[group] = true;
        for (const int code : {0, 1})
            out.levels.push_back(codeValue(*binary, out.row, c, code));
    }
    std::sort(out.levels.begin(), out.levels.end());
}

} // namespace

RowFigures rowFigures(const RowSource& source, std::int64_t row, const LayerSolution* solution, Progress& progress)
{
    RowFigures out;
    out.row = row;
    std::vector<float> weights(std::size_t(source.columns));
    source.read(row, 1, weights);
    const RowSource alone{1, source.columns, [&](std::int64_t, std::int64_t, std::span<float> into) {
                              std::copy(weights.begin(), weights.end(), into.begin());
                          }};
    out.stats = computeStats(alone, progress);
    for (const float w : weights)
        out.alpha += std::abs(double{w}) / double(weights.size());
    if (solution && row < solution->coded->coding.rows && source.columns == solution->coded->coding.columns)
        addSolution(out, weights, *solution);
    return out;
}

} // namespace halftone
