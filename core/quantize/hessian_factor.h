// SPDX-License-Identifier: GPL-3.0-or-later
// The damped Hessian of one set of inputs, factored for the column walk. Made once for the layers that
// read the same inputs (q, k, v; gate, up).
#pragma once

#include "base/matrix.h"
#include "base/progress.h"
#include "compute/backend.h"

#include <QString>
#include <memory>
#include <vector>

namespace halftone {

struct HessianFactor
{
    Array upper;             ///< U with (H + lambda I)^-1 = U^T U, on the backend
    VectorD diagonal;        ///< U_jj
    std::vector<Index> dead; ///< inputs that were always zero (H_jj = 0): their weights become 0
    std::vector<Index> order; ///< the column at each place of U; empty: as they lie
    double damping = 0;      ///< share that was needed; more than asked for when H was indefinite
};

/// Factors hessian[m x m] (sum of x x^T, any scale) with lambda = damping * mean(diag H); dead inputs
/// get H_jj = 1 first (Frantar et al. 2022, GPTQ). Not positive definite: ten times the damping, three
/// times at most, then Error naming `layer`. scalar is F64 or F32. byActivation: rows and columns of U
/// go by falling H_jj, equal ones as they lie.
std::shared_ptr<const HessianFactor> factorHessian(const QString& layer, const MatrixD& hessian,
                                                   double damping, Scalar scalar,
                                                   ComputeBackend& backend, Progress& progress,
                                                   bool byActivation = false);

/// The same of a Hessian on the backend, F64 or F32, which is left as it is; its numbers do not come to
/// the host. Columns go as they lie.
std::shared_ptr<const HessianFactor> factorHessian(const QString& layer, const Array& hessian, double damping,
                                                   Scalar scalar, ComputeBackend& backend,
                                                   Progress& progress);

/// Stands in where only the size of a result is asked for: all inputs alike, no U.
std::shared_ptr<const HessianFactor> unitFactor(Index columns, bool byActivation);

} // namespace halftone
