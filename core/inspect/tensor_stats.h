// SPDX-License-Identifier: GPL-3.0-or-later
// What one tensor's numbers look like: moments, extremes, zeros, outliers and a histogram. Reads
// tiles of rows, twice; holds one tile a thread. Knows nothing of layers or methods.
#pragma once

#include "base/progress.h"
#include "inspect/row_source.h"

#include <vector>

namespace halftone {

/// Equal bins over [low, high]; the last bin includes high. counts is empty without finite values.
struct Histogram
{
    double low = 0;
    double high = 0;
    std::vector<std::int64_t> counts;

    double binWidth() const { return counts.empty() ? 0 : (high - low) / double(counts.size()); }
};

/// All figures but count, nanCount and infiniteCount are over the finite values; 0 without any.
struct TensorStats
{
    std::int64_t count = 0;
    std::int64_t nanCount = 0;
    std::int64_t infiniteCount = 0;
    std::int64_t zeroCount = 0;
    std::int64_t outlierCount = 0;  ///< |w - mean| > kOutlierDeviations * deviation
    double minimum = 0;
    double maximum = 0;
    double mean = 0;
    double deviation = 0;           ///< of the population: divided by the number of values
    double excessKurtosis = 0;      ///< m4 / m2^2 - 3: 0 for a bell, 3 for Laplace, -2 for signs
    double topShare = 0;            ///< of the sum of squares, held by the largest 1 % of the weights
    Histogram histogram;

    std::int64_t finiteCount() const { return count - nanCount - infiniteCount; }
    double zeroShare() const { return finiteCount() ? double(zeroCount) / double(finiteCount()) : 0; }
    double outlierShare() const
    {
        return finiteCount() ? double(outlierCount) / double(finiteCount()) : 0;
    }
};

inline constexpr double kOutlierDeviations = 6;
inline constexpr int kHistogramBins = 256;

/// Reads every weight twice on all cores; the result does not depend on how many there are. The
/// moments of tiles are joined in tile order (Pebay 2008, SAND2008-6212, equations 2.1 and 3.1).
/// Throws what the source throws, and Cancelled.
TensorStats computeStats(const RowSource& source, Progress& progress);

} // namespace halftone
