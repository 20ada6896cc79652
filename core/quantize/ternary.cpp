// SPDX-License-Identifier: GPL-3.0-or-later
#include "quantize/ternary.h"

#include "base/error.h"
#include "base/parallel.h"
#include "quantize/common_parameters.h"

#include <algorithm>
#include <cmath>
#include <functional>

namespace halftone {

namespace {

// Scale of the levels -1, 0, 1 for weights[0 .. count).
double ternaryScale(const float* weights, Index count, const QString& fit)
{
    std::vector<double> sizes(static_cast<std::size_t>(count));
    double sum = 0;
    for (Index j = 0; j < count; ++j)
        sum += sizes[static_cast<std::size_t>(j)] = std::abs(static_cast<double>(weights[j]));
    const double mean = sum / static_cast<double>(count);
    if (fit == QLatin1String("absmean"))
        return mean;
    double best = 0, gain = 0, above = 0;
    if (fit == QLatin1String("twn")) {
        Index number = 0;
        for (const double size : sizes)
            if (size > 0.7 * mean) {
                above += size;
                ++number;
            }
        return number > 0 ? above / static_cast<double>(number) : 0;
    }
    // The k largest at their mean leave the energy less (sum)^2 / k.
    std::sort(sizes.begin(), sizes.end(), std::greater<>());
    for (std::size_t k = 1; k <= sizes.size(); ++k) {
        above += sizes[k - 1];
        const double here = above * above / static_cast<double>(k);
        if (here > gain) {
            gain = here;
            best = above / static_cast<double>(k);
        }
    }
    return best;
}

void fitGroup(Grid& grid, Index group, const Matrix& weights, Index begin, Index end, const QString& fit)
{
    parallelFor(weights.rows(), [&](std::int64_t row) {
        grid.scale(row, group) = storedParameter(
            ternaryScale(weights.row(row).data() + begin, end - begin, fit), grid.parameterBits);
    });
}

} // namespace

QString Ternary::id() const
{
    return QStringLiteral("ternary");
}

QString Ternary::title() const
{
    return tr("Ternary weights");
}

QString Ternary::paper() const
{
    return QStringLiteral("Li, Liu 2016: Ternary Weight Networks, arXiv 1605.04711; Ma "
                          "et al. 2024: The Era of 1-bit LLMs, arXiv 2402.17764");
}

std::vector<Parameter> Ternary::parameters() const
{
    std::vector<Parameter> all{
        {QStringLiteral("fit"), tr("Scale"), {}, Parameter::Kind::Choice, 0, 0, 0, "optimal",
         {QStringLiteral("optimal"), QStringLiteral("twn"), QStringLiteral("absmean")},
         tr("The scale of least error, or by the rules of Ternary Weight Networks or BitNet b1.58."),
         true},
        scopeParameter(),
        groupSizeParameter(),
    };
    for (auto&& more : {walkParameters(), {parameterBitsParameter()}})
        all.insert(all.end(), more.begin(), more.end());
    return all;
}

WalkPlan Ternary::plan(const Settings& settings) const
{
    WalkPlan plan = readWalkPlan(settings);
    plan.refitColumns = readGroup(settings);
    return plan;
}

Coding Ternary::code(const CodingProblem& problem, const Settings& settings) const
{
    Coding coding;
    coding.rows = problem.target.rows();
    coding.columns = problem.target.cols();
    Grid grid = emptyGrid(coding.rows, coding.columns, 3, readGroup(settings),
                          settings.at("parameter_bits").get<int>());
    grid.offset.resize(0, 0);
    grid.table = {-1, 0, 1};
    grid.role = QStringLiteral("ternary");
    const Index width = grid.groupColumns > 0 ? grid.groupColumns : coding.columns;
    for (Index g = 0; g < grid.scale.cols(); ++g)
        fitGroup(grid, g, problem.target, g * width, std::min((g + 1) * width, coding.columns),
                 choice(settings, "fit"));
    coding.grids.push_back(std::move(grid));
    return coding;
}

void Ternary::refit(Coding& coding, const Matrix& running, Index begin, Index end,
                    const Settings& settings) const
{
    Grid& grid = coding.grids.front();
    fitGroup(grid, grid.groupColumns > 0 ? begin / grid.groupColumns : 0, running, begin, end,
             choice(settings, "fit"));
}

} // namespace halftone
