// SPDX-License-Identifier: GPL-3.0-or-later
#include "quantize/hessian_factor.h"

#include "base/error.h"

#include <algorithm>
#include <functional>
#include <numeric>

namespace halftone {

namespace {

constexpr int kAttempts = 4;
constexpr double kFirstRaise = 1e-3; // when the damping asked for is zero

constexpr Index kRows = 64; // converted at once: a Hessian may fill half of the memory

// Calls rows(begin, count) for all rows, a few at a time.
template <class Rows>
void forRows(Index size, const Rows& rows)
{
    for (Index begin = 0; begin < size; begin += kRows)
        rows(begin, std::min(kRows, size - begin));
}

// hessian with the diagonal given, in this order if there is one, on the backend.
Array uploadWithDiagonal(const MatrixD& hessian, const VectorD& diagonal,
                         const std::vector<Index>& order, Scalar scalar, ComputeBackend& backend)
{
    const Array out = backend.allocate(scalar, hessian.rows(), hessian.cols());
    forRows(hessian.rows(), [&](Index begin, Index count) {
        MatrixD rows = hessian.middleRows(begin, count);
        for (Index r = 0; r < count && !order.empty(); ++r)
            for (Index j = 0; j < hessian.cols(); ++j)
                rows(r, j) = hessian(order[static_cast<std::size_t>(begin + r)],
                                     order[static_cast<std::size_t>(j)]);
        for (Index r = 0; r < count; ++r)
            rows(r, begin + r) =
                diagonal[order.empty() ? begin + r : order[static_cast<std::size_t>(begin + r)]];
        if (scalar == Scalar::F64)
            backend.upload(out.rowRange(begin, count), rows.data());
        else
            backend.upload(out.rowRange(begin, count), Matrix(rows.cast<float>()).data());
    });
    return out;
}

VectorD diagonalOf(const Array& a, ComputeBackend& backend)
{
    if (backend.remote())
        return backend.diagonal(a);
    VectorD diagonal(a.rows);
    forRows(a.rows, [&](Index begin, Index count) {
        const Array part = a.rowRange(begin, count);
        const MatrixD rows = a.scalar == Scalar::F64
                                 ? backend.downloadMatrixD(part)
                                 : MatrixD(backend.downloadMatrix(part).cast<double>());
        for (Index r = 0; r < count; ++r)
            diagonal[begin + r] = rows(r, begin + r);
    });
    return diagonal;
}

// False when what fill() puts on the backend is not positive definite.
bool factorOnce(const std::function<Array()>& fill, ComputeBackend& backend, Progress& progress, HessianFactor& out)
{
    out.upper = {};
    out.upper = fill();
    if (!backend.inverseUpperFactor(out.upper, progress))
        return false;
    out.diagonal = diagonalOf(out.upper, backend);
    return out.diagonal.allFinite() && out.diagonal.minCoeff() > 0;
}

[[noreturn]] void refuseInfinite(const QString& layer)
{
    throw Error(tr("The Hessian of layer '%1' holds values that are not finite: the model's "
                   "activations overflow on the calibration text.").arg(layer));
}

// Dead inputs get a one on the diagonal.
void findDead(VectorD& diagonal, HessianFactor& factor)
{
    for (Index j = 0; j < diagonal.size(); ++j)
        if (diagonal[j] == 0) {
            diagonal[j] = 1;
            factor.dead.push_back(j);
        }
}

// Raises the damping until what fill(damped diagonal) puts on the backend can be factored.
void factorDamped(const QString& layer, const VectorD& diagonal, double damping,
                  const std::function<Array(const VectorD&)>& fill, ComputeBackend& backend, Progress& progress,
                  HessianFactor& factor)
{
    const double mean = diagonal.mean();
    factor.damping = damping;
    for (int attempt = 0; attempt < kAttempts; ++attempt) {
        if (attempt > 0)
            factor.damping = std::max(10 * factor.damping, kFirstRaise);
        const VectorD damped = diagonal.array() + factor.damping * mean;
        if (factorOnce([&] { return fill(damped); }, backend, progress, factor))
            return;
    }
    throw Error(tr("The Hessian of layer '%1' is not positive definite, even with a damping of %2. "
                   "Calibrate on more text.").arg(layer).arg(factor.damping));
}

} // namespace

std::shared_ptr<const HessianFactor> factorHessian(const QString& layer, const MatrixD& hessian,
                                                   double damping, Scalar scalar,
                                                   ComputeBackend& backend, Progress& progress,
                                                   bool byActivation)
{
    if (hessian.rows() != hessian.cols() || hessian.rows() == 0)
        throw Error(tr("The Hessian of layer '%1' is %2 x %3 instead of square.")
                        .arg(layer).arg(hessian.rows()).arg(hessian.cols()));
    if (!hessian.allFinite())
        refuseInfinite(layer);
    auto factor = std::make_shared<HessianFactor>();
    VectorD diagonal = hessian.diagonal();
    findDead(diagonal, *factor);
    if (byActivation) {
        factor->order.resize(static_cast<std::size_t>(diagonal.size()));
        std::iota(factor->order.begin(), factor->order.end(), Index{0});
        std::stable_sort(factor->order.begin(), factor->order.end(),
                         [&](Index a, Index b) { return diagonal[a] > diagonal[b]; });
    }
    factorDamped(
        layer, diagonal, damping,
        [&](const VectorD& damped) { return uploadWithDiagonal(hessian, damped, factor->order, scalar, backend); },
        backend, progress, *factor);
    return factor;
}

std::shared_ptr<const HessianFactor> factorHessian(const QString& layer, const Array& hessian, double damping,
                                                   Scalar scalar, ComputeBackend& backend,
                                                   Progress& progress)
{
    auto factor = std::make_shared<HessianFactor>();
    VectorD diagonal = backend.diagonal(hessian);
    // Where x_i x_j is not finite, neither is the greater of x_i^2 and x_j^2.
    if (!diagonal.allFinite())
        refuseInfinite(layer);
    findDead(diagonal, *factor);
    factorDamped(
        layer, diagonal, damping,
        [&](const VectorD& damped) {
            const Array upper = backend.allocate(scalar, hessian.rows, hessian.columns);
            backend.convert(upper, hessian);
            backend.setDiagonal(upper, damped);
            return upper;
        },
        backend, progress, *factor);
    return factor;
}

std::shared_ptr<const HessianFactor> unitFactor(Index columns, bool byActivation)
{
    auto factor = std::make_shared<HessianFactor>();
    factor->diagonal = VectorD::Ones(columns);
    if (byActivation) {
        factor->order.resize(static_cast<std::size_t>(columns));
        std::iota(factor->order.begin(), factor->order.end(), Index{0});
    }
    return factor;
}

} // namespace halftone
