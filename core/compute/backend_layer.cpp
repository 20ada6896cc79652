// SPDX-License-Identifier: GPL-3.0-or-later
// The verbs of a layer that is coded where it lies, by way of the host: their definition, and what
// backends whose arrays are near use.
#include "compute/backend.h"

#include "base/parallel.h"
#include "compute/shape_check.h"

#include <algorithm>
#include <cmath>

namespace halftone {

namespace {

using Bytes = Eigen::Matrix<std::uint8_t, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

Bytes downloadBytes(ComputeBackend& backend, const Array& a)
{
    Bytes bytes(a.rows, a.columns);
    backend.download(bytes.data(), a);
    return bytes;
}

Coding withClasses(const Coding& coding, const Array& classes, ComputeBackend& backend)
{
    Coding whole = coding;
    if (classes)
        whole.classes = downloadBytes(backend, classes);
    return whole;
}

float salience(const Saliency& saliency, float weight, Index column)
{
    switch (saliency.kind) {
    case Saliency::Kind::Energy: {
        const double w = weight;
        return static_cast<float>(w * w * saliency.share[column]);
    }
    case Saliency::Kind::Scaled: return std::abs(weight) * static_cast<float>(saliency.share[column]);
    case Saliency::Kind::Magnitude: break;
    }
    return std::abs(weight);
}

void markGroup(Bytes& marks, const Matrix& weights, const Saliency& saliency, double ratio, Index begin, Index end)
{
    std::vector<float> sorted;
    for (Index i = 0; i < weights.rows(); ++i)
        for (Index j = begin; j < end; ++j)
            sorted.push_back(salience(saliency, weights(i, j), j));
    const auto count = static_cast<Index>(sorted.size());
    const Index place = salientPlace(count, ratio);
    if (place <= 0 || place >= count) {
        marks.middleCols(begin, end - begin).setConstant(place <= 0 ? 1 : 0);
        return;
    }
    std::nth_element(sorted.begin(), sorted.begin() + place, sorted.end());
    const float threshold = sorted[static_cast<std::size_t>(place)];
    for (Index i = 0; i < weights.rows(); ++i)
        for (Index j = begin; j < end; ++j)
            marks(i, j) = salience(saliency, weights(i, j), j) > threshold;
}

} // namespace

void ComputeBackend::walkAllColumns(const Array& weights, const Array& upper, const Coding& coding,
                                    const Array& classes, const Array& coded, const Array& codes,
                                    const Array& loss, Progress& progress)
{
    checkWalkAllColumns(weights, upper, coding, classes, coded, codes, loss);
    walkColumns(weights, upper, withClasses(coding, classes, *this), 0, weights.columns, coded, codes, loss,
                progress);
}

void ComputeBackend::decodeCodes(const Array& values, const Array& codes, const Coding& coding,
                                 const Array& classes)
{
    checkDecodeCodes(values, codes, coding, classes);
    const Coding whole = withClasses(coding, classes, *this);
    const Bytes host = downloadBytes(*this, codes);
    Matrix out(values.rows, values.columns);
    for (Index i = 0; i < out.rows(); ++i)
        for (Index j = 0; j < out.cols(); ++j)
            out(i, j) = weightValue(whole, i, j, host(i, j));
    upload(values, out.data());
}

void ComputeBackend::convert(const Array& to, const Array& from)
{
    checkConvert(to, from);
    if (to.scalar == from.scalar)
        copy(to, from);
    else if (to.scalar == Scalar::F64)
        upload(to, MatrixD(downloadMatrix(from).cast<double>()).data());
    else
        upload(to, Matrix(downloadMatrixD(from).cast<float>()).data());
}

VectorD ComputeBackend::diagonal(const Array& a)
{
    checkFactor("diagonal", a);
    if (a.scalar == Scalar::F64)
        return downloadMatrixD(a).diagonal();
    return downloadMatrix(a).diagonal().cast<double>();
}

void ComputeBackend::setDiagonal(const Array& a, const VectorD& diagonal)
{
    checkSetDiagonal(a, diagonal);
    const auto set = [&](auto m) {
        m.diagonal() = diagonal.cast<typename decltype(m)::Scalar>();
        upload(a, m.data());
    };
    if (a.scalar == Scalar::F64)
        set(downloadMatrixD(a));
    else
        set(downloadMatrix(a));
}

VectorD ComputeBackend::rowEnergies(const Array& rows, const Array& hessian)
{
    checkRowEnergies(rows, hessian);
    const Matrix x = downloadMatrix(rows);
    Matrix turned = x;
    if (hessian) {
        const Array product = allocate(Scalar::F32, rows.rows, rows.columns);
        multiplyTransposed(product, rows, hessian);
        turned = downloadMatrix(product);
    }
    VectorD energies(x.rows());
    for (Index i = 0; i < x.rows(); ++i)
        energies[i] = turned.row(i).cast<double>().dot(x.row(i).cast<double>());
    return energies;
}

void ComputeBackend::markSalient(const Array& marks, const Array& weights, const Saliency& saliency, double ratio,
                                 Index groupColumns)
{
    checkMarkSalient(marks, weights, saliency);
    const Matrix host = downloadMatrix(weights);
    Bytes out(host.rows(), host.cols());
    const Index step = groupColumns > 0 ? groupColumns : std::max<Index>(1, host.cols());
    for (Index begin = 0; begin < host.cols(); begin += step)
        markGroup(out, host, saliency, ratio, begin, std::min(begin + step, host.cols()));
    upload(marks, out.data());
}

GroupStatistics ComputeBackend::groupStatistics(const Array& weights, const Array& classes,
                                                const GroupChoice& choice)
{
    checkGroupStatistics(weights, classes);
    const Matrix w = downloadMatrix(weights);
    const Bytes which = classes ? downloadBytes(*this, classes) : Bytes();
    const auto member = [&](Index i, Index j) { return which.size() == 0 || which(i, j) == choice.which; };
    const Index step = choice.groupColumns > 0 ? choice.groupColumns : std::max<Index>(1, w.cols());
    const Index groups = (w.cols() + step - 1) / step;
    const MatrixD zero = MatrixD::Zero(w.rows(), groups);
    GroupStatistics s{zero, zero, zero, zero, zero};
    for (Index i = 0; i < w.rows(); ++i)
        for (Index g = 0; g < groups; ++g) {
            const Index begin = g * step, end = std::min(begin + step, w.cols());
            for (Index j = begin; j < end; ++j)
                if (member(i, j)) {
                    s.count(i, g) += 1;
                    s.sum(i, g) += w(i, j);
                    s.least(i, g) = std::min<double>(s.least(i, g), w(i, j));
                    s.greatest(i, g) = std::max<double>(s.greatest(i, g), w(i, j));
                }
            const double width = choice.othersCount ? static_cast<double>(end - begin) : std::max(1.0, s.count(i, g));
            for (Index j = begin; j < end; ++j)
                if (member(i, j))
                    s.distance(i, g) += std::abs(w(i, j) - s.sum(i, g) / width);
        }
    return s;
}

} // namespace halftone
