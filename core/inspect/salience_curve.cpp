// SPDX-License-Identifier: GPL-3.0-or-later
#include "inspect/salience_curve.h"

#include "base/error.h"
#include "base/parallel.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <mutex>

namespace halftone {

namespace {

constexpr int kBucketShift = 13; // a bucket is 1/1024 of a power of two
constexpr std::int64_t kBuckets = std::int64_t(1) << (31 - kBucketShift);

// Over the binarized weights of a row: what the closed form of its error needs.
enum Sum { kCount, kWeight, kMagnitude, kSign, kD, kDSign, kDWeight, kDMagnitude, kDSquare, kSums };
using Sums = std::array<double, kSums>;

// Positive floats sort like their bits.
std::int64_t bucketOf(float saliency)
{
    return std::bit_cast<std::uint32_t>(saliency) >> kBucketShift;
}

float bucketFloor(std::int64_t bucket)
{
    return std::bit_cast<float>(std::uint32_t(bucket) << kBucketShift);
}

// Squares up to 1/2: dense at small ratios, where people work. Behind it a constant factor of what is
// left, since there the error falls with the cube of 1 - ratio: steps of 4 % keep straight lines
// between them within 0.2 %. The last per cent matters less than the salient grid's own error.
std::vector<double> edgeShares()
{
    constexpr double kFactor = 0.96, kLeast = 0.005;
    std::vector<double> shares;
    for (int k = 0; k <= 45; ++k)
        shares.push_back(k * k / (64.0 * 64.0));
    for (double left = (1 - shares.back()) * kFactor; left > kLeast; left *= kFactor)
        shares.push_back(1 - left);
    shares.push_back(1);
    return shares;
}

double binaryEntropy(double p)
{
    return p <= 0 || p >= 1 ? 0 : -p * std::log2(p) - (1 - p) * std::log2(1 - p);
}

// Squared error, weighed, of the binarized weights of one row. PB-LLM's row parameters include the
// salient positions as zeros: mu = sum w / columns, alpha = mean over all columns of |w - mu|. Signs
// are those of w; they differ from those of w - mu only between 0 and mu.
double binaryError(const Sums& s, double columns)
{
    const double mu = s[kWeight] / columns;
    const double alpha =
        (s[kMagnitude] - mu * s[kSign] + (columns - s[kCount]) * std::abs(mu)) / columns;
    return s[kDSquare] + (mu * mu + alpha * alpha) * s[kD] + 2 * mu * alpha * s[kDSign] -
           2 * mu * s[kDWeight] - 2 * alpha * s[kDMagnitude];
}

// Integer histograms handed to whichever thread needs one; sums of integers have no order.
class HistogramPool
{
public:
    std::vector<std::int64_t> take()
    {
        std::lock_guard lock(m_mutex);
        if (m_free.empty())
            return std::vector<std::int64_t>(std::size_t(kBuckets));
        auto histogram = std::move(m_free.back());
        m_free.pop_back();
        return histogram;
    }
    void giveBack(std::vector<std::int64_t> histogram)
    {
        std::lock_guard lock(m_mutex);
        m_free.push_back(std::move(histogram));
    }
    std::vector<std::int64_t> total() const
    {
        std::vector<std::int64_t> sum(static_cast<std::size_t>(kBuckets));
        for (const auto& histogram : m_free)
            std::transform(sum.begin(), sum.end(), histogram.begin(), sum.begin(), std::plus<>());
        return sum;
    }

private:
    std::mutex m_mutex;
    std::vector<std::vector<std::int64_t>> m_free;
};

void add(Sums& sums, double w, double d)
{
    const double sign = w < 0 ? -1 : 1;
    const double magnitude = std::abs(w);
    sums[kCount] += 1;
    sums[kWeight] += w;
    sums[kMagnitude] += magnitude;
    sums[kSign] += sign;
    sums[kD] += d;
    sums[kDSign] += d * sign;
    sums[kDWeight] += d * w;
    sums[kDMagnitude] += d * magnitude;
    sums[kDSquare] += d * w * w;
}

void forEachTile(const RowSource& source, Progress& progress,
                const std::function<void(std::int64_t, std::span<const float>)>& use)
{
    const std::int64_t height = source.tileRows();
    parallelFor((source.rows + height - 1) / height, [&](std::int64_t tile) {
        progress.check();
        const std::int64_t begin = tile * height;
        const std::int64_t count = std::min(height, source.rows - begin);
        std::vector<float> values(std::size_t(count * source.columns));
        source.read(begin, count, values);
        for (float& value : values)
            value = std::isfinite(value) ? value : 0.0f;
        use(begin, values);
    });
}

void requireLength(std::span<const double> values, std::int64_t columns)
{
    if (!values.empty() && std::int64_t(values.size()) != columns)
        throw Error(tr("The matrix has %1 columns but %2 column weights were given.")
                        .arg(columns)
                        .arg(values.size()));
}

} // namespace

struct SalienceCurve::Columns
{
    std::vector<float> salience; // factor of w^2; empty for magnitude
    std::vector<double> error;

    float saliency(float weight, std::size_t column) const
    {
        return salience.empty() ? std::abs(weight) : weight * weight * salience[column];
    }
};

void SalienceCurve::chooseEdges(const std::vector<std::int64_t>& histogram, std::int64_t weights)
{
    static const std::vector<double> shares = edgeShares();
    m_edges.push_back({0, kBuckets});
    std::int64_t salient = 0;
    std::size_t next = 1;
    for (std::int64_t bucket = kBuckets - 1; bucket >= 0 && next < shares.size(); --bucket) {
        const std::int64_t with = salient + histogram[std::size_t(bucket)];
        if (with == salient)
            continue;
        salient = with;
        const double share = double(salient) / double(weights);
        if (share < shares[next] && salient < weights)
            continue;
        m_edges.push_back({share, bucket});
        while (next < shares.size() && shares[next] <= share)
            ++next;
    }
}

std::vector<std::int64_t> SalienceCurve::measureRows(const RowSource& source, const Columns& columns,
                                                     Progress& progress)
{
    HistogramPool pool;
    const auto width = std::size_t(source.columns);
    const double levels = double((1 << m_settings.salientBits) - 1);
    forEachTile(source, progress, [&](std::int64_t begin, std::span<const float> values) {
        auto histogram = pool.take();
        for (std::size_t first = 0; first < values.size(); first += width) {
            float low = 0, high = 0;
            for (std::size_t column = 0; column < width; ++column) {
                const float weight = values[first + column];
                low = std::min(low, weight);
                high = std::max(high, weight);
                ++histogram[std::size_t(bucketOf(columns.saliency(weight, column)))];
            }
            m_steps[std::size_t(begin) + first / width] = float((double(high) - double(low)) / levels);
        }
        pool.giveBack(std::move(histogram));
    });
    return pool.total();
}

void SalienceCurve::sumRows(const RowSource& source, const Columns& columns, Progress& progress)
{
    // For each bucket the number of edges for which its weights are binarized.
    std::vector<std::uint8_t> edgesAbove(static_cast<std::size_t>(kBuckets));
    for (const Edge& edge : m_edges)
        for (std::int64_t bucket = 0; bucket < edge.bucket; ++bucket)
            ++edgesAbove[std::size_t(bucket)];
    const auto width = std::size_t(source.columns);
    const std::size_t edges = m_edges.size();
    m_sums.resize(std::size_t(source.rows) * edges * kSums);
    forEachTile(source, progress, [&](std::int64_t begin, std::span<const float> values) {
        std::vector<Sums> bins(edges + 1);
        for (std::size_t first = 0; first < values.size(); first += width) {
            std::fill(bins.begin(), bins.end(), Sums{});
            for (std::size_t column = 0; column < width; ++column) {
                const float weight = values[first + column];
                const auto bucket = std::size_t(bucketOf(columns.saliency(weight, column)));
                add(bins[edgesAbove[bucket]], double(weight), columns.error[column]);
            }
            const std::size_t row = std::size_t(begin) + first / width;
            Sums running{};
            for (std::size_t k = edges; k-- > 0;)
                for (std::size_t i = 0; i < kSums; ++i) {
                    running[i] += bins[k + 1][i];
                    m_sums[(row * edges + k) * kSums + i] = float(running[i]);
                }
            m_energy[row] = running[kDSquare] + bins[0][kDSquare];
        }
    });
}

SalienceCurve SalienceCurve::build(const RowSource& source, const SalienceSettings& settings,
                                   Progress& progress)
{
    requireLength(settings.columnWeights, source.columns);
    requireLength(settings.errorWeights, source.columns);
    SalienceCurve curve;
    curve.m_rows = source.rows;
    curve.m_columns = source.columns;
    curve.m_settings = settings;
    curve.m_settings.columnWeights = {};
    curve.m_settings.errorWeights = {};
    curve.m_dataFree = settings.errorWeights.empty();
    Columns columns{{settings.columnWeights.begin(), settings.columnWeights.end()},
                    {settings.errorWeights.begin(), settings.errorWeights.end()}};
    columns.error.resize(std::size_t(source.columns), 1.0);
    for (double weight : columns.error)
        curve.m_totalErrorWeight += weight;
    curve.m_steps.resize(std::size_t(source.rows));
    curve.m_energy.resize(std::size_t(source.rows));
    curve.chooseEdges(curve.measureRows(source, columns, progress), source.elements());
    curve.sumRows(source, columns, progress);
    return curve;
}

SaliencePoint closedFormBits(double ratio, int salientBits, std::int64_t columns, int parameterBits)
{
    SaliencePoint point;
    point.ratio = std::clamp(ratio, 0.0, 1.0);
    const double r = point.ratio, bits = salientBits;
    point.nominalBits = r * bits + (1 - r) + 1;
    point.diskBits = r * bits + (1 - r) + binaryEntropy(r) +
                     (columns ? double(parameterBits) / double(columns) : 0);
    return point;
}

SaliencePoint SalienceCurve::at(double ratio) const
{
    SaliencePoint point = closedFormBits(ratio, m_settings.salientBits, m_columns, m_settings.parameterBits);
    const double r = point.ratio;
    if (m_edges.size() < 2)
        return point;
    const auto above = std::find_if(m_edges.begin() + 1, m_edges.end() - 1,
                                    [r](const Edge& edge) { return edge.ratio >= r; });
    const auto upper = std::size_t(above - m_edges.begin());
    const double span = m_edges[upper].ratio - m_edges[upper - 1].ratio;
    const double part = std::clamp((r - m_edges[upper - 1].ratio) / span, 0.0, 1.0);
    double error = 0, energy = 0;
    for (std::int64_t row = 0; row < m_rows; ++row) {
        const float* low = m_sums.data() + (std::size_t(row) * m_edges.size() + upper - 1) * kSums;
        Sums sums;
        for (std::size_t i = 0; i < kSums; ++i)
            sums[i] = double(low[i]) * (1 - part) + double(low[i + kSums]) * part;
        const double step = double(m_steps[std::size_t(row)]);
        error += std::max(0.0, binaryError(sums, double(m_columns))) +
                 step * step / 12 * (m_totalErrorWeight - sums[kD]);
        energy += m_energy[std::size_t(row)];
    }
    point.error = energy > 0 ? error / energy : 0;
    const float from = bucketFloor(std::min(m_edges[upper - 1].bucket, kBuckets - 1));
    const float to = bucketFloor(m_edges[upper].bucket);
    point.threshold = upper == 1 ? double(to) : double(from) * (1 - part) + double(to) * part;
    return point;
}

} // namespace halftone
