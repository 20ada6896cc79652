// SPDX-License-Identifier: GPL-3.0-or-later
// The loss of a layer from a few of its rows: rows do not know each other in the column walk, so some
// of them, walked alone, tell of all, with an error that can be told too.
#pragma once

#include "base/matrix.h"

#include <cstdint>
#include <span>
#include <vector>

namespace halftone {

/// First rows in pairs, each pair from one stratum of rows with similar keys, then rows that stand for
/// themselves.
struct RowSample
{
    std::vector<std::int64_t> rows;
    std::vector<double> weights;     ///< how many rows each stands for
    std::int64_t pairs = 0;
    std::int64_t population = 0;

    bool complete() const { return std::int64_t(rows.size()) == population; }
};

/// At least `count` rows of keys.size(): a quarter of them are those with the largest keys, since a few
/// rows may hold much of the whole, the others two from each of equally large strata in the order of
/// their keys. All rows when there are no more. The same keys give the same rows.
RowSample stratifiedRows(std::span<const double> keys, std::int64_t count);

struct SampledLoss
{
    double loss = 0;           ///< sum of losses / sum of energies
    double standardError = 0;  ///< of it; 0 for a complete sample
};

/// losses and energies of the sample's rows, in its order. The standard error is that of a ratio of
/// stratified totals (Cochran 1977, Sampling Techniques, 5.9 and 6.11) from the differences in the pairs.
SampledLoss lossOfSample(const RowSample& sample, const VectorD& losses, const VectorD& energies);

} // namespace halftone
