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

DriftCorrection::DriftCorrection(const MatrixD& hessian, const MatrixD& cross, double damping, const QString& layer,
                                 ComputeBackend& backend, Progress& progress)
    : m_backend(backend), m_size(inputSizes(hessian))
{
    const double mean = hessian.diagonal().mean();
    m_unit = mean > 0 ? mean : 1;
    MatrixD damped = hessian;
    damped.diagonal().array() += mean > 0 ? damping * mean : 1.0;
    m_lower = backend.upload(damped);
    if (!backend.cholesky(m_lower, progress))
        throw Error(tr("The Hessian of '%1' is not positive definite, so its drift cannot be corrected; "
                       "calibrate on more text.")
                        .arg(layer));
    // Second moments of large inputs are beyond what a GPU's fp16 factors hold.
    const VectorD share = m_size.cwiseInverse();
    const MatrixD moments = share.asDiagonal() * cross * (share / m_unit).asDiagonal();
    m_moments = backend.upload(Matrix(moments.transpose().cast<float>())); // the verb takes it transposed
}

Matrix DriftCorrection::corrected(const Matrix& weights, const MatrixD& residual, double strength,
                                  double residualShare) const
{
    const Matrix scaled = weights * m_size.cast<float>().asDiagonal();
    const Array product = m_backend.allocate(Scalar::F32, weights.rows(), weights.cols());
    m_backend.multiplyTransposed(product, m_backend.upload(scaled), m_moments);
    MatrixD pull = strength * m_unit * m_backend.downloadMatrix(product).cast<double>() * m_size.asDiagonal();
    if (residual.size() > 0 && residualShare > 0)
        pull += residualShare * residual;
    const Array solved = m_backend.upload(pull);
    m_backend.solveRight(solved, m_lower);
    return weights + m_backend.downloadMatrixD(solved).cast<float>();
}

} // namespace halftone
