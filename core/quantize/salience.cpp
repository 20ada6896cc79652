// SPDX-License-Identifier: GPL-3.0-or-later
#include "quantize/salience.h"

#include "base/parallel.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <vector>

namespace halftone {

namespace {

// Marks columns [begin, end) of out.
void selectGroup(const Matrix& saliency, double ratio, Index begin, Index end, CodeMatrix& out)
{
    const Index width = end - begin;
    const Index count = saliency.rows() * width;
    const Index rank = salientPlace(count, ratio);
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

Saliency hessianSaliency(const VectorD& diagonal)
{
    return {Saliency::Kind::Energy, diagonal.array().square().inverse().matrix()};
}

Saliency activationSaliency(const VectorD& energy)
{
    return {Saliency::Kind::Scaled, energy.cwiseSqrt()};
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

namespace {

// The saliencies of a run of columns, greatest first, and how many of them may be marked.
struct Run
{
    Index begin = 0, end = 0;
    std::vector<float> sorted;
    Index least = 0, most = 0;

    Index above(float threshold) const
    {
        const auto it = std::lower_bound(sorted.begin(), sorted.end(), threshold,
                                         [](float a, float b) { return a > b; });
        return std::clamp(static_cast<Index>(it - sorted.begin()), least, most);
    }
};

std::vector<Run> runsOf(const Matrix& saliency, double ratio, Index blockColumns, double spread)
{
    std::vector<Run> runs;
    for (Index begin = 0; begin < saliency.cols(); begin += blockColumns) {
        Run run{begin, std::min(begin + blockColumns, saliency.cols()), {}};
        for (Index r = 0; r < saliency.rows(); ++r)
            for (Index j = run.begin; j < run.end; ++j)
                run.sorted.push_back(saliency(r, j));
        const auto count = static_cast<double>(run.sorted.size());
        run.least = static_cast<Index>(std::ceil(count * ratio / spread));
        run.most = static_cast<Index>(std::floor(count * std::min(1.0, ratio * spread)));
        run.least = std::min(run.least, run.most);
        runs.push_back(std::move(run));
    }
    parallelFor(static_cast<std::int64_t>(runs.size()), [&](std::int64_t i) {
        std::vector<float>& sorted = runs[static_cast<std::size_t>(i)].sorted;
        std::sort(sorted.begin(), sorted.end(), std::greater<>());
    });
    return runs;
}

} // namespace

CodeMatrix selectSalientBounded(const Matrix& saliency, double ratio, Index blockColumns, double spread)
{
    CodeMatrix marks = CodeMatrix::Zero(saliency.rows(), saliency.cols());
    const auto wanted =
        static_cast<Index>(std::llround(ratio * static_cast<double>(saliency.size())));
    if (wanted <= 0 || wanted >= saliency.size()) {
        marks.setConstant(wanted > 0);
        return marks;
    }
    const std::vector<Run> runs = runsOf(saliency, ratio, blockColumns, spread);
    // The least threshold that does not mark too many: between what all and what nothing exceeds.
    float low = -1, high = std::nextafter(saliency.maxCoeff(), INFINITY);
    for (int step = 0; step < 64 && low < high; ++step) {
        const float middle = low + (high - low) / 2;
        if (middle <= low || middle >= high)
            break;
        Index marked = 0;
        for (const Run& run : runs)
            marked += run.above(middle);
        (marked > wanted ? low : high) = middle;
    }
    for (const Run& run : runs) {
        Index left = run.above(high);
        if (left == 0)
            continue;
        const float last = run.sorted[static_cast<std::size_t>(left - 1)];
        for (int ties = 0; ties < 2; ++ties) // those above the last value first, then its equals
            for (Index r = 0; r < saliency.rows(); ++r)
                for (Index j = run.begin; j < run.end && left > 0; ++j)
                    if (ties ? saliency(r, j) == last : saliency(r, j) > last) {
                        marks(r, j) = 1;
                        --left;
                    }
    }
    return marks;
}

} // namespace halftone
