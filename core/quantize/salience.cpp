// SPDX-License-Identifier: GPL-3.0-or-later
#include "quantize/salience.h"

#include "base/parallel.h"

#include <algorithm>
#include <cmath>
#include <vector>

namespace halftone {

namespace {

// Marks columns [begin, end) of out.
void selectGroup(const Matrix& saliency, double ratio, Index begin, Index end, CodeMatrix& out)
{
    const Index width = end - begin;
    const Index count = saliency.rows() * width;
    // A share like 1 - 0.9 is a little below 0.1; without the allowance the index would be one less.
    const auto rank = static_cast<Index>(static_cast<double>(count) * (1 - ratio) + 1e-6);
    if (rank >= count || rank <= 0) {
        out.middleCols(begin, width).setConstant(rank <= 0 ? 1 : 0);
        return;
    }
    std::vector<float> sorted(static_cast<std::size_t>(count));
    for (Index r = 0; r < saliency.rows(); ++r)
        std::copy_n(saliency.data() + r * saliency.cols() + begin, width,
                    sorted.data() + r * width);
    std::nth_element(sorted.begin(), sorted.begin() + rank, sorted.end());
    const float threshold = sorted[static_cast<std::size_t>(rank)];
    parallelFor(saliency.rows(), [&](std::int64_t r) {
        for (Index j = begin; j < end; ++j)
            out(r, j) = saliency(r, j) > threshold;
    });
}

} // namespace

Matrix magnitudeSaliency(const Matrix& weights)
{
    return weights.cwiseAbs();
}

Matrix hessianSaliency(const Matrix& weights, const VectorD& diagonal)
{
    const Eigen::ArrayXd share = diagonal.array().square().inverse();
    Matrix saliency(weights.rows(), weights.cols());
    parallelFor(weights.rows(), [&](std::int64_t r) {
        for (Index j = 0; j < weights.cols(); ++j) {
            const double w = weights(r, j);
            saliency(r, j) = static_cast<float>(w * w * share[j]);
        }
    });
    return saliency;
}

Matrix activationSaliency(const Matrix& weights, const VectorD& energy)
{
    const Eigen::RowVectorXf share = energy.cwiseSqrt().transpose().cast<float>();
    return weights.cwiseAbs() * share.asDiagonal();
}

CodeMatrix selectSalient(const Matrix& saliency, double ratio, Selection selection,
                         Index groupColumns)
{
    if (selection == Selection::Column) {
        const Matrix sums = saliency.cast<double>().colwise().sum().cast<float>();
        return selectSalient(sums, ratio, Selection::Element, groupColumns);
    }
    CodeMatrix marks(saliency.rows(), saliency.cols());
    const Index step = groupColumns > 0 ? groupColumns : saliency.cols();
    for (Index begin = 0; begin < saliency.cols(); begin += step)
        selectGroup(saliency, ratio, begin, std::min(begin + step, saliency.cols()), marks);
    return marks;
}

} // namespace halftone
