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
    double residual = 0;   ///< b in [0, 1]
};

/// W + (a W C + b D) (H + d mean(diag H) I)^-1 for weights W[n x m], hessian H[m x m] = sum of x x^T over the
/// coded model's inputs, cross C[m x m] = sum of (x_original - x) x^T (Arai and Ichikawa 2025, QEP);
/// residual D[n x m] = sum of (r_original - r) x^T, r being what the layer's output is added to, or empty:
/// so far as inputs tell, the layer then also makes up for what the residual stream has drifted (Lifar et
/// al. 2026, WaterSIC).
/// Throws Error naming `layer` when the damped H is not positive definite.
Matrix driftCorrected(const Matrix& weights, const MatrixD& hessian, const MatrixD& cross,
                      const MatrixD& residual, const DriftStrength& strength, const QString& layer, ComputeBackend& backend,
                      Progress& progress);

} // namespace halftone
