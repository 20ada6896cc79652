// SPDX-License-Identifier: GPL-3.0-or-later
#include "inspect/tensor_stats.h"

#include "base/parallel.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <limits>
#include <mutex>

namespace halftone {

namespace {

// Sums are kept in this many lanes, which the compiler turns into vector registers; the order of
// additions is the same on every machine.
constexpr std::size_t kLanes = 8;

struct Moments
{
    double count = 0;
    double mean = 0;
    double m2 = 0; // sums of powers of the distance from the mean
    double m3 = 0;
    double m4 = 0;
    float minimum = std::numeric_limits<float>::infinity();
    float maximum = -std::numeric_limits<float>::infinity();
    std::int64_t zeros = 0;
    std::int64_t nans = 0;
    std::int64_t infinities = 0;
};

double sumOf(const std::array<double, kLanes>& lanes)
{
    double sum = 0;
    for (double lane : lanes)
        sum += lane;
    return sum;
}

// Moves the finite values to the front and counts the others.
std::span<float> keepFinite(std::span<float> values, Moments& moments)
{
    std::size_t kept = 0;
    for (float value : values) {
        if (std::isfinite(value))
            values[kept++] = value;
        else if (std::isnan(value))
            ++moments.nans;
        else
            ++moments.infinities;
    }
    return values.first(kept);
}

bool allFinite(std::span<const float> values)
{
    // x * 0 is 0 for finite x and NaN otherwise.
    std::array<float, kLanes> lanes{};
    std::size_t i = 0;
    for (; i + kLanes <= values.size(); i += kLanes)
        for (std::size_t lane = 0; lane < kLanes; ++lane)
            lanes[lane] += values[i + lane] * 0.0f;
    for (; i < values.size(); ++i)
        lanes[0] += values[i] * 0.0f;
    return std::all_of(lanes.begin(), lanes.end(), [](float lane) { return lane == 0.0f; });
}

void addExtremes(std::span<const float> values, Moments& moments)
{
    std::array<float, kLanes> low;
    std::array<float, kLanes> high;
    std::array<std::int32_t, kLanes> zeros{};
    low.fill(moments.minimum);
    high.fill(moments.maximum);
    std::size_t i = 0;
    for (; i + kLanes <= values.size(); i += kLanes)
        for (std::size_t lane = 0; lane < kLanes; ++lane) {
            const float value = values[i + lane];
            low[lane] = value < low[lane] ? value : low[lane];
            high[lane] = value > high[lane] ? value : high[lane];
            zeros[lane] += value == 0.0f;
        }
    for (; i < values.size(); ++i) {
        low[0] = std::min(low[0], values[i]);
        high[0] = std::max(high[0], values[i]);
        zeros[0] += values[i] == 0.0f;
    }
    moments.minimum = *std::min_element(low.begin(), low.end());
    moments.maximum = *std::max_element(high.begin(), high.end());
    for (auto lane : zeros)
        moments.zeros += lane;
}

double meanOf(std::span<const float> values)
{
    std::array<double, kLanes> sum{};
    std::size_t i = 0;
    for (; i + kLanes <= values.size(); i += kLanes)
        for (std::size_t lane = 0; lane < kLanes; ++lane)
            sum[lane] += double(values[i + lane]);
    for (; i < values.size(); ++i)
        sum[0] += double(values[i]);
    return sumOf(sum) / double(values.size());
}

void addCentralPowers(std::span<const float> values, Moments& moments)
{
    std::array<double, kLanes> m2{}, m3{}, m4{};
    const auto add = [&](std::size_t lane, float value) {
        const double distance = double(value) - moments.mean;
        const double square = distance * distance;
        m2[lane] += square;
        m3[lane] += square * distance;
        m4[lane] += square * square;
    };
    std::size_t i = 0;
    for (; i + kLanes <= values.size(); i += kLanes)
        for (std::size_t lane = 0; lane < kLanes; ++lane)
            add(lane, values[i + lane]);
    for (; i < values.size(); ++i)
        add(0, values[i]);
    moments.m2 = sumOf(m2);
    moments.m3 = sumOf(m3);
    moments.m4 = sumOf(m4);
}

Moments momentsOf(std::span<float> values)
{
    Moments moments;
    if (!allFinite(values))
        values = keepFinite(values, moments);
    if (values.empty())
        return moments;
    moments.count = double(values.size());
    addExtremes(values, moments);
    moments.mean = meanOf(values);
    addCentralPowers(values, moments);
    return moments;
}

void join(Moments& a, const Moments& b)
{
    a.nans += b.nans;
    a.infinities += b.infinities;
    if (b.count == 0)
        return;
    const double n = a.count + b.count;
    const double d = b.mean - a.mean;
    const double na = a.count, nb = b.count;
    a.m4 += b.m4 + d * d * d * d * na * nb * (na * na - na * nb + nb * nb) / (n * n * n) +
            6 * d * d * (na * na * b.m2 + nb * nb * a.m2) / (n * n) +
            4 * d * (na * b.m3 - nb * a.m3) / n;
    a.m3 += b.m3 + d * d * d * na * nb * (na - nb) / (n * n) + 3 * d * (na * b.m2 - nb * a.m2) / n;
    a.m2 += b.m2 + d * d * na * nb / n;
    a.mean += d * nb / n;
    a.count = n;
    a.minimum = std::min(a.minimum, b.minimum);
    a.maximum = std::max(a.maximum, b.maximum);
    a.zeros += b.zeros;
}

// Magnitudes in buckets of 1/16 of a power of two.
constexpr int kMagnitudeShift = 19;
using Magnitudes = std::array<std::uint32_t, std::size_t(1) << (31 - kMagnitudeShift)>;

// Share of the sum of squares that the largest 1 % hold; a bucket counts with its middle, and the one
// at the edge with the part that fits.
double topShareOf(const std::vector<std::int64_t>& magnitudes, double weights)
{
    constexpr double kTop = 0.01;
    double all = 0, top = 0, taken = 0;
    for (std::size_t bucket = magnitudes.size(); bucket-- > 0;) {
        const double middle = double(std::bit_cast<float>((std::uint32_t(bucket) << kMagnitudeShift) |
                                                          (1u << (kMagnitudeShift - 1))));
        const auto count = double(magnitudes[bucket]);
        if (count == 0 || !std::isfinite(middle) || bucket == 0)
            continue;
        const double within = std::clamp(kTop * weights - taken, 0.0, count);
        top += within * middle * middle;
        all += count * middle * middle;
        taken += count;
    }
    return all > 0 ? top / all : 0;
}

struct Counts
{
    std::array<std::int64_t, kHistogramBins> bins{};
    std::int64_t outliers = 0;
};

Counts countTile(std::span<const float> values, const TensorStats& stats, Magnitudes& magnitudes)
{
    Counts counts;
    const double width = stats.maximum - stats.minimum;
    const double perUnit = width > 0 ? kHistogramBins / width : 0;
    const double reach = kOutlierDeviations * stats.deviation;
    std::array<std::int32_t, kHistogramBins> bins{};
    for (float value : values) {
        if (!std::isfinite(value))
            continue;
        const int bin = int((double(value) - stats.minimum) * perUnit);
        ++bins[std::size_t(std::min(bin, kHistogramBins - 1))];
        counts.outliers += std::abs(double(value) - stats.mean) > reach;
        ++magnitudes[std::bit_cast<std::uint32_t>(std::abs(value)) >> kMagnitudeShift];
    }
    for (std::size_t i = 0; i < bins.size(); ++i)
        counts.bins[i] = bins[i];
    return counts;
}

// Calls use(tile, values) for every tile of rows, on all cores.
void forEachTile(const RowSource& source, Progress& progress,
                 const std::function<void(std::int64_t, std::span<float>)>& use)
{
    const std::int64_t height = source.tileRows();
    const std::int64_t tiles = (source.rows + height - 1) / height;
    parallelFor(tiles, [&](std::int64_t tile) {
        progress.check();
        const std::int64_t begin = tile * height;
        const std::int64_t count = std::min(height, source.rows - begin);
        std::vector<float> values(std::size_t(count * source.columns));
        source.read(begin, count, values);
        use(tile, values);
    });
}

} // namespace

TensorStats computeStats(const RowSource& source, Progress& progress)
{
    TensorStats stats;
    stats.count = source.elements();
    if (stats.count == 0)
        return stats;
    const std::int64_t height = source.tileRows();
    std::vector<Moments> tiles(std::size_t((source.rows + height - 1) / height));
    forEachTile(source, progress, [&](std::int64_t tile, std::span<float> values) {
        tiles[std::size_t(tile)] = momentsOf(values);
    });
    Moments all;
    for (const Moments& tile : tiles)
        join(all, tile);
    stats.nanCount = all.nans;
    stats.infiniteCount = all.infinities;
    if (all.count == 0)
        return stats;
    stats.zeroCount = all.zeros;
    stats.minimum = double(all.minimum);
    stats.maximum = double(all.maximum);
    stats.mean = all.mean;
    stats.deviation = std::sqrt(all.m2 / all.count);
    stats.excessKurtosis = all.m2 > 0 ? all.m4 * all.count / (all.m2 * all.m2) - 3 : 0;

    std::vector<Counts> counts(tiles.size());
    std::vector<std::int64_t> magnitudes(std::tuple_size_v<Magnitudes>);
    std::mutex mutex;
    forEachTile(source, progress, [&](std::int64_t tile, std::span<float> values) {
        Magnitudes own{};
        counts[std::size_t(tile)] = countTile(values, stats, own);
        std::lock_guard lock(mutex);
        std::transform(magnitudes.begin(), magnitudes.end(), own.begin(), magnitudes.begin(), std::plus<>());
    });
    stats.topShare = topShareOf(magnitudes, all.count);
    stats.histogram = {stats.minimum, stats.maximum, std::vector<std::int64_t>(kHistogramBins)};
    for (const Counts& tile : counts) {
        stats.outlierCount += tile.outliers;
        for (std::size_t i = 0; i < tile.bins.size(); ++i)
            stats.histogram.counts[i] += tile.bins[i];
    }
    return stats;
}

} // namespace halftone
