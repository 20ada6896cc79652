// SPDX-License-Identifier: GPL-3.0-or-later
// Which columns of a block get two binary planes and where the other weights are split into two groups:
// the searches of BiLLM (Huang et al. 2024) with running sums, so that a candidate costs one look at
// each weight instead of a binarization of the block.
#pragma once

#include "base/matrix.h"

#include <cstdint>
#include <vector>

namespace halftone {

struct SearchRule
{
    int salientPlanes = 2; ///< with which salient columns are judged
    int restPlanes = 2;    ///< with which the others are judged meanwhile
    bool means = true;     ///< levels lie around the mean, else around zero
    bool quantiles = true; ///< splits at 81 quantiles of |t|, 10 to 90 %, with zeros for salient columns;
                           ///< else at 1 .. 9 tenths of the largest
    Index candidates = 50; ///< 1 to candidates - 1 salient columns are tried
};

/// Groups of a block: 0 concentrated (small), 1 sparse (large), 2 salient.
struct BlockGroups
{
    std::vector<std::uint8_t> salient; ///< one a column
    double split = 0;                  ///< |t| >= split is sparse (> split without quantiles)
};

/// Searches on target[n x b], columns ranked by the sum of rank[n x b]'s sizes. Ties go to the smaller
/// number of columns, the lower split, the earlier column. Columns only: the split stays 0.
BlockGroups searchSalientColumns(const MatrixD& target, const MatrixD& rank, const SearchRule& rule);
/// The split of target[n x b]'s columns where inside[b] is 1; infinite when there are none.
double searchSplit(const MatrixD& target, const std::vector<std::uint8_t>& inside, const SearchRule& rule);

/// Values of sorted numbers at shares of their way from first to last, between two of them in proportion
/// (numpy's "linear" quantile). Shares ascend; reorders values.
std::vector<double> quantiles(std::vector<double>& values, const std::vector<double>& shares);

} // namespace halftone
