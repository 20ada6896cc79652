// SPDX-License-Identifier: GPL-3.0-or-later
#include "quantize/layer_loss.h"

#include <algorithm>

namespace halftone {

namespace {

constexpr Index kLossRows = 512; // bounds what is converted, and the product held, at once

Array uploadAsFloat(const MatrixD& m, ComputeBackend& backend)
{
    const Array out = backend.allocate(Scalar::F32, m.rows(), m.cols());
    for (Index begin = 0; begin < m.rows(); begin += kLossRows) {
        const Index count = std::min(kLossRows, m.rows() - begin);
        backend.upload(out.rowRange(begin, count),
                       Matrix(m.middleRows(begin, count).cast<float>()).data());
    }
    return out;
}

} // namespace

VectorD rowEnergies(const Matrix& weights, const Array& hessian, ComputeBackend& backend)
{
    VectorD energies(weights.rows());
    if (!hessian) {
        for (Index r = 0; r < weights.rows(); ++r)
            energies[r] = weights.row(r).cast<double>().squaredNorm();
        return energies;
    }
    for (Index begin = 0; begin < weights.rows(); begin += kLossRows) {
        const Index count = std::min(kLossRows, weights.rows() - begin);
        const Array part = backend.allocate(Scalar::F32, count, weights.cols());
        backend.upload(part, weights.data() + begin * weights.cols());
        energies.segment(begin, count) = backend.rowEnergies(part, hessian);
    }
    return energies;
}

double outputLoss(const Matrix& error, const MatrixD* hessian, ComputeBackend& backend)
{
    return hessian ? rowEnergies(error, uploadAsFloat(*hessian, backend), backend).sum()
                   : error.cast<double>().squaredNorm();
}

double relativeLoss(const MatrixD* hessianOnHost, const Matrix& weights, const Matrix& values, ComputeBackend& backend)
{
    const Array hessian = hessianOnHost ? uploadAsFloat(*hessianOnHost, backend) : Array{};
    const auto loss = [&](const Matrix& m) {
        return hessian ? rowEnergies(m, hessian, backend).sum() : m.cast<double>().squaredNorm();
    };
    const double energy = loss(weights);
    return energy > 0 ? loss(weights - values) / energy : 0;
}

} // namespace halftone
