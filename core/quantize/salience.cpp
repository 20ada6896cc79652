// SPDX-License-Identifier: GPL-3.0-or-later
#include "quantize/salience.h"

#include "base/parallel.h"

#include <algorithm>
#include <bit>
#include <cstdint>
#include <mutex>
#include <vector>

namespace halftone {

namespace {

// Saliencies are not negative, and such floats sort like their bits: the upper ones make buckets.
constexpr int kBucketShift = 15;
constexpr std::size_t kBuckets = std::size_t{1} << (31 - kBucketShift);

std::size_t bucketOf(float saliency)
{
    return (std::bit_cast<std::uint32_t>(saliency) & 0x7fffffffu) >> kBucketShift;
}

// The value at `rank`, counted from the least, of columns [begin, end): a histogram names the bucket that
// holds it, and only that one is searched.
float valueAtRank(const Matrix& saliency, Index rank, Index begin, Index end)
{
    const Index width = end - begin;
    const Index tileRows = std::max<Index>(1, (Index{1} << 20) / std::max<Index>(1, width));
    const Index tiles = (saliency.rows() + tileRows - 1) / tileRows;
    std::mutex mutex;
    std::vector<std::uint32_t> total(kBuckets);
    const auto forTile = [&](Index tile, const auto& use) {
        for (Index r = tile * tileRows; r < std::min(saliency.rows(), (tile + 1) * tileRows); ++r)
            for (Index j = begin; j < end; ++j)
                use(saliency(r, j));
    };
    parallelFor(tiles, [&](std::int64_t tile) {
        std::vector<std::uint32_t> counts(kBuckets);
        forTile(tile, [&](float value) { ++counts[bucketOf(value)]; });
        const std::lock_guard lock(mutex);
        std::transform(total.begin(), total.end(), counts.begin(), total.begin(), std::plus<>());
    });
    std::size_t bucket = 0;
    Index below = 0;
    while (below + static_cast<Index>(total[bucket]) <= rank)
        below += static_cast<Index>(total[bucket++]);
    std::vector<float> inside;
    inside.reserve(total[bucket]);
    for (Index tile = 0; tile < tiles; ++tile)
        forTile(tile, [&](float value) {
            if (bucketOf(value) == bucket)
                inside.push_back(value);
        });
    const auto place = inside.begin() + (rank - below);
    std::nth_element(inside.begin(), place, inside.end());
    return *place;
}

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
    const float threshold = valueAtRank(saliency, rank, begin, end);
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

} // namespace halftone
