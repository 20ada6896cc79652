// SPDX-License-Identifier: GPL-3.0-or-later
#include "quantize/drift_correction.h"

#include "base/error.h"

namespace halftone {

Matrix driftCorrected(const Matrix& weights, const MatrixD& hessian, const MatrixD& cross,
                      const MatrixD& residual, const DriftStrength& strength, const QString& layer, ComputeBackend& backend,
                      Progress& progress)
{
    const double mean = hessian.diagonal().mean();
    MatrixD damped = hessian;
    damped.diagonal().array() += mean > 0 ? strength.damping * mean : 1.0;
    const Array lower = backend.upload(damped);
    if (!backend.cholesky(lower, progress))
        throw Error(tr("The Hessian of '%1' is not positive definite, so its drift cannot be corrected; "
                       "calibrate on more text.")
                        .arg(layer));
    // W C: the verb multiplies by a transposed matrix.
    const Array product = backend.allocate(Scalar::F32, weights.rows(), weights.cols());
    backend.multiplyTransposed(product, backend.upload(weights),
                               backend.upload(Matrix(cross.transpose().cast<float>())));
    MatrixD pull = strength.strength * backend.downloadMatrix(product).cast<double>();
    if (residual.size() > 0 && strength.residual > 0)
        pull += strength.residual * residual;
    const Array solved = backend.upload(pull);
    backend.solveRight(solved, lower);
    return weights + backend.downloadMatrixD(solved).cast<float>();
}

} // namespace halftone
