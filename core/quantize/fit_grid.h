// SPDX-License-Identifier: GPL-3.0-or-later
// Grids fitted to weights: one scale and offset for each row and group of columns. Which weights are
// on which grid is decided before (salience).
#pragma once

#include "base/coding.h"
#include "compute/backend.h"
#include "packed/packed_matrix.h"

namespace halftone {

/// Which weights a grid is fitted to: those of `which` in classes (1 x m or n x m); all when empty.
struct Members
{
    const CodeMatrix& classes;
    std::uint8_t which = 0;

    bool has(Index row, Index column) const
    {
        return classes.size() == 0 || classes(classes.rows() == 1 ? 0 : row, column) == which;
    }
};

enum class BinaryFit {
    Published, ///< as PB-LLM's code: the other weights count as zeros, which shrinks the scale
    Masked,    ///< mean and mean distance of the members alone
};

/// Levels mean - alpha and mean + alpha of weights[n x m]; mean = sum of members / width, alpha = mean
/// of |w - mean| (Rastegari et al. 2016, XNOR-Net, as used by PB-LLM).
Grid fitBinary(const Matrix& weights, const Members& members, BinaryFit fit, Index groupColumns,
               int parameterBits);

/// 2^bits uniform levels from the least to the greatest member, widened to hold zero, zero being a
/// level: s = (max - min) / (2^bits - 1), z = round(-min / s), value = s (code - z).
Grid fitUniform(const Matrix& weights, const Members& members, int bits, Index groupColumns,
                int parameterBits);

/// The same of sums already formed, of rows of so many columns. For fitBinary the choice of the statistics
/// has othersCount for BinaryFit::Published.
Grid fitBinary(const GroupStatistics& statistics, BinaryFit fit, Index columns, Index groupColumns,
               int parameterBits);
Grid fitUniform(const GroupStatistics& statistics, int bits, Index columns, Index groupColumns,
                int parameterBits);

/// How GPTQ's code fits a uniform grid (Frantar et al. 2022).
struct UniformFit
{
    int bits = 4;
    bool symmetric = false;  ///< from -max |w| to max |w|, zero in the middle: no offsets to store
    bool searchClip = false; ///< of ranges 100 to 21 % as wide, the one with the least |error|^2.4
    int parameterBits = 16;
};

/// A grid of 2^bits levels for each row and group of weights[n x m]. The same as above when neither
/// symmetric nor searched.
Grid fitUniform(const Matrix& weights, const UniformFit& fit, Index groupColumns);

/// The same of sums already formed; not for a searched range.
Grid fitUniform(const GroupStatistics& statistics, const UniformFit& fit, Index columns, Index groupColumns);

/// Fits one group of such a grid anew to columns [begin, end) of weights.
void refitUniform(Grid& grid, Index group, const Matrix& weights, Index begin, Index end,
                  const UniformFit& fit);

/// A number as it will be stored in so many bits.
float storedParameter(double value, int parameterBits);
/// A grid of zeros in the shape for weights; a group as wide as the matrix is the whole row.
Grid emptyGrid(Index rows, Index columns, int count, Index groupColumns, int parameterBits);

} // namespace halftone
