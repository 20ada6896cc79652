// SPDX-License-Identifier: GPL-3.0-or-later
// Betters a coded matrix after the column walk, at no bits: scales and offsets by least squares under
// the Hessian, then codes by coordinate descent (the update of Kim et al. 2025, GuidedQuant's LNQ).
// Serves every grid of scale, offset and levels; each step lowers the loss or leaves it.
#pragma once

#include "base/coding.h"
#include "base/progress.h"
#include "compute/backend.h"
#include "packed/packed_matrix.h"
#include "quantize/stored_scales.h"

namespace halftone {

struct Refinement
{
    int rounds = 0;       ///< of a refit of the parameters and `passes` over the codes; 0: none
    int passes = 4;       ///< over all columns in each round
    /// Price of a bit of an entropy-coded symbol, in units of the loss that a bit is worth at high
    /// rates (2 ln 2 times the loss of a weight); 0: bits do not matter.
    double rate = 0;
    bool moveClasses = false; ///< a weight may also move to the levels of another class
};

/// Loss tr((W - V) H (W - V)^T) after each step, to be watched; W[n x m], V what the codes mean.
struct RefinedLoss
{
    double before = 0;
    std::vector<double> steps; ///< after each refit and each pass
};

/// Refines codes[n x m] and the parameters of coding against target[n x m] under hessian[m x m]
/// (symmetric, positive diagonal), in the coding's own basis; parameters stay such as can be stored. With rate 0 the steps never rise (to
/// fp32 rounding).
RefinedLoss refineCodes(Coding& coding, CodeMatrix& codes, const Matrix& target, const Matrix& hessian,
                        const Refinement& refinement, const StoredScales& stored, ComputeBackend& backend,
                        Progress& progress);

} // namespace halftone
