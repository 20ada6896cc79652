// SPDX-License-Identifier: GPL-3.0-or-later
// Moves a layer's target so that, on the drifted inputs it will see, it gives what the original gave
// on the original's inputs. Before coding; it changes no bits.
#pragma once

#include "base/matrix.h"
#include "base/progress.h"
#include "compute/backend.h"

#include <QString>

namespace halftone {

struct DriftStrength
{
    double strength = 0.5; ///< a in [0, 1]
    double damping = 1;    ///< d, in units of the mean diagonal of H
};

/// W + a W C (H + d mean(diag H) I)^-1 for weights W[n x m], hessian H[m x m] = sum of x x^T over the
/// coded model's inputs, cross C[m x m] = sum of (x_original - x) x^T (Arai and Ichikawa 2025, QEP).
/// Throws Error naming `layer` when the damped H is not positive definite.
Matrix driftCorrected(const Matrix& weights, const MatrixD& hessian, const MatrixD& cross,
                      const DriftStrength& strength, const QString& layer, ComputeBackend& backend,
                      Progress& progress);

} // namespace halftone
