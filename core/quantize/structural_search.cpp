// SPDX-License-Identifier: GPL-3.0-or-later
#include "quantize/structural_search.h"

#include "base/parallel.h"
#include "compute/vector_math.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <numeric>

namespace halftone {

namespace {

constexpr Index kRows = 8; // taken together: each holds one lane of a vector
using Lane = std::array<double, static_cast<std::size_t>(kRows)>;

// Sum of |x - center| and of signs of x - center over columns [begin, end).
HALFTONE_VECTORIZE
void distances(const Lane* x, Index begin, Index end, const double* center, double* distance, double* sign)
{
    double d[kRows] = {};
    double s[kRows] = {};
    for (Index j = begin; j < end; ++j)
        for (Index i = 0; i < kRows; ++i) {
            const double away = x[j].data()[i] - center[i];
            d[i] += std::abs(away);
            s[i] += away < 0 ? -1.0 : 1.0;
        }
    for (Index i = 0; i < kRows; ++i) {
        distance[i] = d[i];
        sign[i] = s[i];
    }
}

// Sum of |r - center| for the residuals r = x - mean -+ scale of a first plane.
HALFTONE_VECTORIZE
void residualDistances(const Lane* x, Index begin, Index end, const double* mean, const double* scale,
                       const double* center, double* distance)
{
    double d[kRows] = {};
    for (Index j = begin; j < end; ++j)
        for (Index i = 0; i < kRows; ++i) {
            const double away = x[j].data()[i] - mean[i];
            d[i] += std::abs(away - (away < 0 ? -scale[i] : scale[i]) - center[i]);
        }
    for (Index i = 0; i < kRows; ++i)
        distance[i] = d[i];
}

// Sum over columns of |x - center| where |x| is below the split, and over all; the center is the one of
// the weight's own side.
HALFTONE_VECTORIZE
void splitDistances(const Lane* x, Index count, const double* below, const double* lower,
                    const double* upper, double* lowerDistance, double* allDistance)
{
    double l[kRows] = {};
    double a[kRows] = {};
    for (Index j = 0; j < count; ++j)
        for (Index i = 0; i < kRows; ++i) {
            const bool isLower = static_cast<double>(j) < below[i];
            const double d = std::abs(x[j].data()[i] - (isLower ? lower[i] : upper[i]));
            l[i] += isLower ? d : 0.0;
            a[i] += d;
        }
    for (Index i = 0; i < kRows; ++i) {
        lowerDistance[i] = l[i];
        allDistance[i] = a[i];
    }
}

// Squared error of binarizing columns [begin, end) of each lane, summed over the lanes. With levels
// mean -+ a it is sum (x - mean)^2 - n a^2; a second plane takes its own mean and scale off the residual.
double planesError(const Lane* x, Index begin, Index end, const Lane& sum, const Lane& squares, int planes,
                   bool means)
{
    if (begin == end)
        return 0;
    const auto n = static_cast<double>(end - begin);
    Lane mean{}, distance{}, sign{}, scale{}, center{}, second{};
    for (std::size_t i = 0; i < mean.size(); ++i)
        mean[i] = means ? sum[i] / n : 0;
    distances(x, begin, end, mean.data(), distance.data(), sign.data());
    double error = 0;
    for (std::size_t i = 0; i < mean.size(); ++i) {
        scale[i] = distance[i] / n;
        error += squares[i] - n * (mean[i] * mean[i] + scale[i] * scale[i]);
        center[i] = means ? -scale[i] * sign[i] / n : 0;
    }
    if (planes < 2)
        return error;
    residualDistances(x, begin, end, mean.data(), scale.data(), center.data(), second.data());
    for (std::size_t i = 0; i < mean.size(); ++i)
        error -= (n * center[i] * center[i]) + second[i] * second[i] / n;
    return error;
}

// rows [row, row + kRows) of target in the given columns; lanes beyond the last row are zero.
std::vector<Lane> turned(const MatrixD& target, Index row, const std::vector<Index>& columns)
{
    std::vector<Lane> x(columns.size(), Lane{});
    const Index count = std::min(kRows, target.rows() - row);
    for (Index i = 0; i < count; ++i)
        for (std::size_t j = 0; j < columns.size(); ++j)
            x[j][static_cast<std::size_t>(i)] = target(row + i, columns[j]);
    return x;
}

// Adds up score(row) of all slabs of rows, in their order.
template <class Score>
std::vector<double> overSlabs(Index rows, std::size_t candidates, const Score& score)
{
    const Index slabs = (rows + kRows - 1) / kRows;
    std::vector<std::vector<double>> parts(static_cast<std::size_t>(slabs));
    parallelFor(slabs, [&](std::int64_t slab) {
        parts[static_cast<std::size_t>(slab)] = score(slab * kRows);
    });
    std::vector<double> sums(candidates, 0);
    for (const auto& part : parts)
        for (std::size_t k = 0; k < candidates; ++k)
            sums[k] += part[k];
    return sums;
}

std::vector<double> columnErrors(const std::vector<Lane>& x, Index most, const SearchRule& rule)
{
    Lane inSum{}, inSquares{}, outSum{}, outSquares{};
    for (const Lane& column : x)
        for (std::size_t i = 0; i < column.size(); ++i) {
            outSum[i] += column[i];
            outSquares[i] += column[i] * column[i];
        }
    std::vector<double> errors;
    const auto count = static_cast<Index>(x.size());
    for (Index k = 1; k <= most; ++k) {
        const Lane& moved = x[static_cast<std::size_t>(k - 1)];
        for (std::size_t i = 0; i < moved.size(); ++i) {
            inSum[i] += moved[i];
            inSquares[i] += moved[i] * moved[i];
            outSum[i] -= moved[i];
            outSquares[i] -= moved[i] * moved[i];
        }
        errors.push_back(
            planesError(x.data(), 0, k, inSum, inSquares, rule.salientPlanes, rule.means) +
            planesError(x.data(), k, count, outSum, outSquares, rule.restPlanes, rule.means));
    }
    return errors;
}

// Each lane sorted by size, with sums over the first so many.
struct SortedLanes
{
    std::vector<Lane> x;
    std::vector<Lane> sum, squares; // one more than x

    explicit SortedLanes(std::vector<Lane> lanes) : x(std::move(lanes))
    {
        std::vector<double> one(x.size());
        for (std::size_t i = 0; i < static_cast<std::size_t>(kRows); ++i) {
            for (std::size_t j = 0; j < one.size(); ++j)
                one[j] = x[j][i];
            std::sort(one.begin(), one.end(),
                      [](double a, double b) { return std::abs(a) < std::abs(b); });
            for (std::size_t j = 0; j < one.size(); ++j)
                x[j][i] = one[j];
        }
        sum.assign(x.size() + 1, Lane{});
        squares.assign(x.size() + 1, Lane{});
        for (std::size_t j = 0; j < x.size(); ++j)
            for (std::size_t i = 0; i < static_cast<std::size_t>(kRows); ++i) {
                sum[j + 1][i] = sum[j][i] + x[j][i];
                squares[j + 1][i] = squares[j][i] + x[j][i] * x[j][i];
            }
    }
};

std::vector<double> splitErrors(const SortedLanes& lanes, const std::vector<double>& splits,
                                const SearchRule& rule)
{
    const std::size_t count = lanes.x.size();
    std::array<std::size_t, static_cast<std::size_t>(kRows)> at{};
    std::vector<double> errors;
    for (const double split : splits) {
        Lane below{}, lower{}, upper{}, lowerDistance{}, allDistance{};
        for (std::size_t i = 0; i < at.size(); ++i) {
            while (at[i] < count && (rule.quantiles ? std::abs(lanes.x[at[i]][i]) < split
                                                    : std::abs(lanes.x[at[i]][i]) <= split))
                ++at[i];
            below[i] = static_cast<double>(at[i]);
            const double above = static_cast<double>(count) - below[i];
            if (rule.means && below[i] > 0)
                lower[i] = lanes.sum[at[i]][i] / below[i];
            if (rule.means && above > 0)
                upper[i] = (lanes.sum[count][i] - lanes.sum[at[i]][i]) / above;
        }
        splitDistances(lanes.x.data(), static_cast<Index>(count), below.data(), lower.data(),
                       upper.data(), lowerDistance.data(), allDistance.data());
        double error = 0;
        for (std::size_t i = 0; i < at.size(); ++i) {
            const double above = static_cast<double>(count) - below[i];
            const double upperDistance = allDistance[i] - lowerDistance[i];
            error += lanes.squares[count][i] - below[i] * lower[i] * lower[i] -
                     above * upper[i] * upper[i];
            if (below[i] > 0)
                error -= lowerDistance[i] * lowerDistance[i] / below[i];
            if (above > 0)
                error -= upperDistance * upperDistance / above;
        }
        errors.push_back(error);
    }
    return errors;
}

std::size_t firstLeast(const std::vector<double>& errors)
{
    return static_cast<std::size_t>(std::min_element(errors.begin(), errors.end()) - errors.begin());
}

// Puts the order statistics `wanted` (ascending) of values[begin, end) at their places.
void selectMany(std::vector<double>& values, std::size_t begin, std::size_t end,
                const std::size_t* first, const std::size_t* last)
{
    if (first == last || begin + 1 >= end)
        return;
    const std::size_t* middle = first + (last - first) / 2;
    std::nth_element(values.begin() + static_cast<std::ptrdiff_t>(begin),
                     values.begin() + static_cast<std::ptrdiff_t>(*middle),
                     values.begin() + static_cast<std::ptrdiff_t>(end));
    selectMany(values, begin, *middle, first, middle);
    selectMany(values, *middle + 1, end, middle + 1, last);
}

std::vector<double> candidateSplits(const MatrixD& target, const std::vector<std::uint8_t>& inside,
                                    const SearchRule& rule)
{
    std::vector<double> sizes(static_cast<std::size_t>(target.size()));
    for (Index r = 0; r < target.rows(); ++r)
        for (Index j = 0; j < target.cols(); ++j)
            sizes[static_cast<std::size_t>(r * target.cols() + j)] =
                inside[static_cast<std::size_t>(j)] ? std::abs(target(r, j)) : 0;
    std::vector<double> steps;
    if (!rule.quantiles) {
        const double most = *std::max_element(sizes.begin(), sizes.end());
        for (int tenth = 1; tenth <= 9; ++tenth)
            steps.push_back(tenth * most / 10);
        return steps;
    }
    for (int i = 0; i <= 80; ++i)
        steps.push_back(0.1 + 0.01 * i);
    return quantiles(sizes, steps);
}

} // namespace

std::vector<double> quantiles(std::vector<double>& values, const std::vector<double>& shares)
{
    const auto last = values.size() - 1;
    std::vector<std::size_t> wanted;
    for (const double share : shares) {
        const auto below = static_cast<std::size_t>(share * static_cast<double>(last));
        wanted.push_back(below);
        wanted.push_back(std::min(below + 1, last));
    }
    std::sort(wanted.begin(), wanted.end());
    wanted.erase(std::unique(wanted.begin(), wanted.end()), wanted.end());
    selectMany(values, 0, values.size(), wanted.data(), wanted.data() + wanted.size());
    std::vector<double> out;
    for (const double share : shares) {
        const double at = share * static_cast<double>(last);
        const auto below = static_cast<std::size_t>(at);
        const double part = at - static_cast<double>(below);
        out.push_back(values[below] + part * (values[std::min(below + 1, last)] - values[below]));
    }
    return out;
}

BlockGroups searchSalientColumns(const MatrixD& target, const MatrixD& rank, const SearchRule& rule)
{
    const Index columns = target.cols();
    const VectorD sums = rank.cwiseAbs().colwise().sum();
    std::vector<Index> order(static_cast<std::size_t>(columns));
    std::iota(order.begin(), order.end(), Index{0});
    std::stable_sort(order.begin(), order.end(), [&](Index a, Index b) { return sums[a] > sums[b]; });
    const Index most = std::min(rule.candidates, columns) - 1;
    BlockGroups groups;
    groups.salient.assign(static_cast<std::size_t>(columns), 0);
    if (most < 1)
        return groups;
    const std::vector<double> errors =
        overSlabs(target.rows(), static_cast<std::size_t>(most), [&](Index row) {
            return columnErrors(turned(target, row, order), most, rule);
        });
    for (std::size_t k = 0; k <= firstLeast(errors); ++k)
        groups.salient[static_cast<std::size_t>(order[k])] = 1;
    return groups;
}

double searchSplit(const MatrixD& target, const std::vector<std::uint8_t>& inside, const SearchRule& rule)
{
    std::vector<Index> columns;
    for (Index j = 0; j < target.cols(); ++j)
        if (inside[static_cast<std::size_t>(j)])
            columns.push_back(j);
    if (columns.empty())
        return std::numeric_limits<double>::infinity();
    const std::vector<double> splits = candidateSplits(target, inside, rule);
    const std::vector<double> errors = overSlabs(target.rows(), splits.size(), [&](Index row) {
        return splitErrors(SortedLanes(turned(target, row, columns)), splits, rule);
    });
    return splits[firstLeast(errors)];
}

} // namespace halftone
