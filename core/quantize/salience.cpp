// SPDX-License-Identifier: GPL-3.0-or-later
#include "quantize/salience.h"

#include "base/parallel.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>
#include <functional>
#include <iterator>
#include <mutex>
#include <span>
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

namespace {

// The saliencies of a run of columns, in order by the upper half of their bits; saliencies are not negative, so
// the order of their bits is theirs.
struct Run
{
    Index begin = 0, end = 0;
    std::vector<float> values;
    std::vector<Index> above; // how many values have upper bits of at least so much
    Index least = 0, most = 0; // of them may be marked

    static std::size_t upper(float value) { return std::bit_cast<std::uint32_t>(value) >> 16 & (kUppers - 1); }

    void sort()
    {
        above.assign(kUppers + 1, 0);
        for (const float v : values)
            ++above[upper(v)];
        for (std::size_t u = kUppers; u-- > 0;)
            above[u] += above[u + 1];
        std::vector<Index> to(above.begin() + 1, above.end()); // greatest first
        std::vector<float> sorted(values.size());
        for (const float v : values)
            sorted[static_cast<std::size_t>(to[upper(v)]++)] = v;
        values.swap(sorted);
    }

    std::span<float> ofUpper(std::size_t u)
    {
        return std::span(values).subspan(static_cast<std::size_t>(above[u + 1]),
                                         static_cast<std::size_t>(above[u] - above[u + 1]));
    }

    Index allowed(Index count) const { return std::clamp(count, least, most); }

    static constexpr std::size_t kUppers = 1 << 15;
};

std::vector<Run> runsOf(const Matrix& saliency, double ratio, Index blockColumns, double spread)
{
    std::vector<Run> runs(static_cast<std::size_t>((saliency.cols() + blockColumns - 1) / blockColumns));
    parallelFor(static_cast<std::int64_t>(runs.size()), [&](std::int64_t i) {
        Run& run = runs[static_cast<std::size_t>(i)];
        run.begin = i * blockColumns;
        run.end = std::min(run.begin + blockColumns, saliency.cols());
        run.values.reserve(static_cast<std::size_t>(saliency.rows() * (run.end - run.begin)));
        for (Index r = 0; r < saliency.rows(); ++r)
            for (Index j = run.begin; j < run.end; ++j)
                run.values.push_back(saliency(r, j) + 0.0f); // -0 would be out of order
        const auto count = static_cast<double>(run.values.size());
        run.least = static_cast<Index>(std::ceil(count * ratio / spread));
        run.most = static_cast<Index>(std::floor(count * std::min(1.0, ratio * spread)));
        run.least = std::min(run.least, run.most);
        run.sort();
    });
    return runs;
}

// How many of each run are marked when in all at most `wanted` are: those above the least such threshold.
std::vector<Index> countsOf(std::vector<Run>& runs, Index wanted)
{
    const auto total = [&](const auto& above) {
        Index sum = 0;
        for (const Run& run : runs)
            sum += run.allowed(above(run));
        return sum;
    };
    std::vector<Index> counts;
    if (total([](const Run& run) { return run.above[0]; }) <= wanted) { // the bounds alone leave no more
        for (const Run& run : runs)
            counts.push_back(run.allowed(run.above[0]));
        return counts;
    }
    // The upper half of the threshold: the least one all above which may be marked.
    std::size_t low = 0, high = Run::kUppers - 1;
    while (low < high) {
        const std::size_t middle = (low + high) / 2;
        if (total([&](const Run& run) { return run.above[middle + 1]; }) > wanted)
            low = middle + 1;
        else
            high = middle;
    }
    // And the threshold itself, among the values with that upper half.
    std::vector<float> candidates;
    for (Run& run : runs) {
        std::ranges::sort(run.ofUpper(low), std::greater<>());
        std::ranges::copy(run.ofUpper(low), std::back_inserter(candidates));
    }
    std::ranges::sort(candidates);
    const auto aboveOf = [low](Run& run, float threshold) {
        const auto part = run.ofUpper(low);
        const auto end = std::ranges::lower_bound(part, threshold, std::greater<>());
        return run.above[low + 1] + (end - part.begin());
    };
    const auto threshold = std::ranges::partition_point(candidates, [&](float t) {
        Index sum = 0;
        for (Run& run : runs)
            sum += run.allowed(aboveOf(run, t));
        return sum > wanted;
    });
    for (Run& run : runs)
        counts.push_back(run.allowed(aboveOf(run, *threshold)));
    return counts;
}

// Marks so many of a run, the greatest first, among equals the first.
void markRun(const Matrix& saliency, Run& run, Index count, CodeMatrix& marks)
{
    if (count == 0)
        return;
    // The upper half of the last one marked.
    const auto beyond = std::ranges::partition_point(run.above, [&](Index above) { return above >= count; });
    const auto u = static_cast<std::size_t>(beyond - run.above.begin()) - 1;
    const auto part = run.ofUpper(u);
    const auto last = part.begin() + (count - 1 - run.above[u + 1]);
    std::nth_element(part.begin(), last, part.end(), std::greater<>());
    Index equals = count - run.above[u + 1] - std::count_if(part.begin(), last, [&](float v) { return v > *last; });
    for (Index r = 0; r < saliency.rows(); ++r)
        for (Index j = run.begin; j < run.end; ++j)
            if (saliency(r, j) > *last || (saliency(r, j) == *last && equals-- > 0))
                marks(r, j) = 1;
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
    std::vector<Run> runs = runsOf(saliency, ratio, blockColumns, spread);
    const std::vector<Index> counts = countsOf(runs, wanted);
    parallelFor(static_cast<std::int64_t>(runs.size()), [&](std::int64_t i) {
        const auto at = static_cast<std::size_t>(i);
        markRun(saliency, runs[at], counts[at], marks);
    });
    return marks;
}

} // namespace halftone
