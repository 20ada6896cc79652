// SPDX-License-Identifier: GPL-3.0-or-later
#include "quantize/drift_correction.h"

#include "base/error.h"

#include <cmath>

namespace halftone {

namespace {

// Root mean square of each input over that of all; 1 for inputs that were always zero.
VectorD inputSizes(const MatrixD& hessian)
{
    const double mean = hessian.diagonal().mean();
    VectorD size = hessian.diagonal();
    for (double& s : size)
        s = s > 0 ? std::sqrt(s / mean) : 1;
    return size;
}

} // namespace

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
    // W C: the verb multiplies by a transposed matrix. Inputs count in units of their size, since second
    // moments of large ones are beyond what a GPU's fp16 factors hold.
    const double unit = mean > 0 ? mean : 1;
    const VectorD size = inputSizes(hessian);
    const VectorD share = size.cwiseInverse();
    const Matrix scaled = weights * size.cast<float>().asDiagonal();
    const MatrixD moments = share.asDiagonal() * cross * (share / unit).asDiagonal();
    const Array product = backend.allocate(Scalar::F32, weights.rows(), weights.cols());
    backend.multiplyTransposed(product, backend.upload(scaled),
                               backend.upload(Matrix(moments.transpose().cast<float>())));
    MatrixD pull = strength.strength * unit * backend.downloadMatrix(product).cast<double>() *
                   size.asDiagonal();
    if (residual.size() > 0 && strength.residual > 0)
        pull += strength.residual * residual;
    const Array solved = backend.upload(pull);
    backend.solveRight(solved, lower);
    return weights + backend.downloadMatrixD(solved).cast<float>();
}

} // namespace halftone
