// SPDX-License-Identifier: GPL-3.0-or-later
#include "quantize/pruning.h"

#include "base/error.h"
#include "base/parallel.h"
#include "quantize/common_parameters.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

namespace halftone {

std::vector<Parameter> pruningParameters()
{
    using Kind = Parameter::Kind;
    return {
        {QStringLiteral("sparsity"), tr("Pruned weights"), tr("share"), Kind::Real, 0, 1, 0.05, 0.5, {},
         tr("Share of the weights that become zero; a pattern sets its own."), true},
        {QStringLiteral("pattern"), tr("Pattern"), {}, Kind::Choice, 0, 0, 0, "free",
         {QStringLiteral("free"), QStringLiteral("2:4"), QStringLiteral("4:8"), QStringLiteral("1:4")},
         tr("Anywhere, or so many of each 4 or 8 neighbours, which some processors can use."), true},
        {QStringLiteral("survivors"), tr("Other weights"), tr("bits"), Kind::Choice, 0, 0, 0, "raw",
         {QStringLiteral("raw"), QStringLiteral("8"), QStringLiteral("6"), QStringLiteral("4"),
          QStringLiteral("3"), QStringLiteral("2")},
         tr("Stored as they are, in as many bits as scales have, or rounded to so many bits."), true},
        parameterBitsParameter(),
    };
}

PruningPattern readPattern(const Settings& settings)
{
    const QStringList parts = choice(settings, "pattern").split(QLatin1Char(':'));
    return parts.size() == 2 ? PruningPattern{parts[0].toInt(), parts[1].toInt()} : PruningPattern{};
}

Coding pruningCoding(const Matrix& weights, const Settings& settings)
{
    const int parameterBits = settings.at("parameter_bits").get<int>();
    Coding coding;
    coding.rows = weights.rows();
    coding.columns = weights.cols();
    coding.classes.setConstant(coding.rows, coding.columns, kKept);
    coding.grids.push_back(emptyGrid(coding.rows, coding.columns, 1, 0, parameterBits));
    coding.grids.back().role = QStringLiteral("pruned");
    const QString survivors = choice(settings, "survivors");
    if (survivors == QLatin1String("raw")) {
        Grid raw;
        raw.count = 1;
        raw.raw = true;
        raw.parameterBits = parameterBits;
        coding.raw.setZero(coding.rows, coding.columns);
        coding.grids.push_back(std::move(raw));
    } else {
        coding.grids.push_back(
            fitUniform(weights, UniformFit{survivors.toInt(), false, false, parameterBits}, 0));
    }
    coding.grids.back().role = QStringLiteral("kept");
    return coding;
}

void pruneRuns(const double* scores, Index count, const PruningPattern& pattern, std::uint8_t* classes)
{
    std::vector<Index> order;
    for (Index begin = 0; begin < count; begin += pattern.of) {
        const Index width = std::min(pattern.of, count - begin);
        order.resize(static_cast<std::size_t>(width));
        std::iota(order.begin(), order.end(), begin);
        std::stable_sort(order.begin(), order.end(),
                         [&](Index a, Index b) { return scores[a] < scores[b]; });
        const Index pruned = pattern.pruned * width / pattern.of;
        for (Index k = 0; k < width; ++k)
            classes[order[static_cast<std::size_t>(k)]] = k < pruned ? kPruned : kKept;
    }
}

double pruningThreshold(std::vector<double>& scores, double share)
{
    const auto rank = static_cast<std::size_t>(static_cast<double>(scores.size()) * share + 1e-6);
    if (share <= 0 || scores.empty())
        return -1;
    if (rank >= scores.size())
        return std::numeric_limits<double>::infinity();
    std::nth_element(scores.begin(), scores.begin() + static_cast<std::ptrdiff_t>(rank), scores.end());
    return scores[rank];
}

double keepWeight(Coding& coding, CodeMatrix& codes, Index row, Index column, double value)
{
    const Grid& grid = coding.grids[kKept];
    if (!grid.raw) {
        const int code = nearestCode(grid, row, column, value);
        codes(row, column) = static_cast<std::uint8_t>(code);
        return codeValue(grid, row, column, code);
    }
    const float kept = storedParameter(value, grid.parameterBits);
    if (!std::isfinite(kept))
        throw Error(tr("A weight that is kept, %1, is too large for %2 bits: set parameter_bits to 32.")
                        .arg(value).arg(grid.parameterBits));
    coding.raw(row, column) = kept;
    return kept;
}

void codeKept(Coding& coding, CodeMatrix& codes, const BlockProblem& block)
{
    for (Index row = 0; row < coding.rows; ++row)
        for (Index j = block.begin; j < block.end; ++j)
            if (coding.classes(row, j) == kKept)
                keepWeight(coding, codes, row, j, block.running(row, j - block.begin));
}

} // namespace halftone
