// SPDX-License-Identifier: GPL-3.0-or-later
#include "quantize/hessian_factor.h"

#include "base/error.h"

#include <algorithm>

namespace halftone {

namespace {

constexpr int kAttempts = 4;
constexpr double kFirstRaise = 1e-3; // when the damping asked for is zero

// upper's diagonal; false when hessian + lambda I is not positive definite.
bool factorOnce(const MatrixD& hessian, double lambda, Scalar scalar, ComputeBackend& backend,
                Progress& progress, HessianFactor& out)
{
    MatrixD damped = hessian;
    damped.diagonal().array() += lambda;
    out.upper = scalar == Scalar::F64 ? backend.upload(damped)
                                      : backend.upload(Matrix(damped.cast<float>()));
    damped.resize(0, 0);
    if (!backend.inverseUpperFactor(out.upper, progress))
        return false;
    out.diagonal = scalar == Scalar::F64
                       ? VectorD(backend.downloadMatrixD(out.upper).diagonal())
                       : VectorD(backend.downloadMatrix(out.upper).diagonal().cast<double>());
    return out.diagonal.allFinite() && out.diagonal.minCoeff() > 0;
}

} // namespace

std::shared_ptr<const HessianFactor> factorHessian(const QString& layer, const MatrixD& hessian,
                                                   double damping, Scalar scalar,
                                                   ComputeBackend& backend, Progress& progress)
{
    if (hessian.rows() != hessian.cols() || hessian.rows() == 0)
        throw Error(tr("The Hessian of layer '%1' is %2 x %3 instead of square.")
                        .arg(layer).arg(hessian.rows()).arg(hessian.cols()));
    if (!hessian.allFinite())
        throw Error(tr("The Hessian of layer '%1' holds values that are not finite: the model's "
                       "activations overflow on the calibration text.").arg(layer));
    auto factor = std::make_shared<HessianFactor>();
    MatrixD live = hessian;
    for (Index j = 0; j < live.rows(); ++j)
        if (live(j, j) == 0) {
            live(j, j) = 1;
            factor->dead.push_back(j);
        }
    const double mean = live.diagonal().mean();
    factor->damping = damping;
    for (int attempt = 0; attempt < kAttempts; ++attempt) {
        if (attempt > 0)
            factor->damping = std::max(10 * factor->damping, kFirstRaise);
        if (factorOnce(live, factor->damping * mean, scalar, backend, progress, *factor))
            return factor;
    }
    throw Error(tr("The Hessian of layer '%1' is not positive definite, even with a damping of %2. "
                   "Calibrate on more text.").arg(layer).arg(factor->damping));
}

} // namespace halftone
