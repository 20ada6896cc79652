// SPDX-License-Identifier: GPL-3.0-or-later
// Moves a layer's target so that, on the drifted inputs it will see, it gives what the original gave
// on the original's inputs. Before coding; it changes no bits.
#pragma once

#include "base/matrix.h"
#include "base/progress.h"
#include "compute/backend.h"

#include <QString>

namespace halftone {

/// W + (a W C + b D) (H + d mean(diag H) I)^-1 for weights W[n x m], hessian H[m x m] = sum of x x^T over the
/// coded model's inputs, cross C[m x m] = sum of (x_original - x) x^T (Arai and Ichikawa 2025, QEP);
/// residual D[n x m] = sum of (r_original - r) x^T, r being what the layer's output is added to, or empty:
/// so far as inputs tell, the layer then also makes up for what the residual stream has drifted (Lifar et
/// al. 2026, WaterSIC).
/// Layers with the same inputs share H and C, and so one of these: it is made once for all of them.
class DriftCorrection
{
public:
    /// Throws Error naming `layer` when the damped H is not positive definite.
    DriftCorrection(const MatrixD& hessian, const MatrixD& cross, double damping, const QString& layer,
                    ComputeBackend& backend, Progress& progress);

    Matrix corrected(const Matrix& weights, const MatrixD& residual, double strength, double residualShare) const;

private:
    ComputeBackend& m_backend;
    double m_unit;   // the mean of diag H
    VectorD m_size;  // root mean square of each input over that of all; 1 for inputs that were always zero
    Array m_moments; // C^T, inputs counted in units of their size
    Array m_lower;
};

} // namespace halftone
