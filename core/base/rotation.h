// SPDX-License-Identifier: GPL-3.0-or-later
// An orthogonal turn of the inputs of a layer that makes its weights alike and Gaussian: Hadamard
// matrices with random signs (Tseng et al. 2024, QuIP#), for any width. The same input gives the same
// bits everywhere: only sums, sign changes and one correctly rounded factor are used.
#pragma once

#include "base/matrix.h"

#include <cstdint>
#include <span>

namespace halftone {

/// A run of `block` columns is turned as x R: signs, a Hadamard matrix over its first p columns, p the
/// largest power of two that fits, and, where p is less than the run, signs and a Hadamard matrix over
/// its last p. 576 = 512 + 64 is mixed throughout that way, and so is any odd width.
struct Rotation
{
    bool active = false;
    std::uint32_t block = 0; ///< columns turned together; 0 means all, the last run may be shorter
    std::uint64_t seed = 1;

    bool operator==(const Rotation&) const = default;
};

/// row = row R, in fp64.
void rotate(const Rotation& rotation, std::span<double> row);
/// row = row R^T: undoes rotate().
void unrotate(const Rotation& rotation, std::span<double> row);

/// Each row of m turned (or turned back), formed in fp64 and rounded once.
Matrix rotatedRows(const Rotation& rotation, const Matrix& m);
Matrix unrotatedRows(const Rotation& rotation, const Matrix& m);
/// R^T h R for symmetric h: the second moments of turned inputs.
MatrixD rotatedBothSides(const Rotation& rotation, const MatrixD& h);

} // namespace halftone
