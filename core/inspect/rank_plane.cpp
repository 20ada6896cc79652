// SPDX-License-Identifier: GPL-3.0-or-later
#include "inspect/rank_plane.h"

#include "base/error.h"
#include "base/parallel.h"
#include "compute/vector_math.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>
#include <mutex>

namespace halftone {

namespace {

constexpr float kNone = std::numeric_limits<float>::quiet_NaN();

// Buckets of saliency: positive floats sort like their bits. Many groups get coarser buckets each.
int shiftFor(std::int64_t groups)
{
    return groups == 1 ? 13 : 15;
}

struct Groups
{
    std::int64_t width = 1;
    std::int64_t count = 1;
    int shift = 13;

    Groups(std::int64_t columns, std::int64_t groupColumns)
        : width(groupColumns > 0 ? groupColumns : std::max<std::int64_t>(1, columns)),
          count(std::max<std::int64_t>(1, (columns + width - 1) / width)), shift(shiftFor(count))
    {
    }
    std::int64_t buckets() const { return std::int64_t(1) << (31 - shift); }
    std::size_t slot(std::int64_t column, float saliency) const
    {
        const std::int64_t bucket = std::bit_cast<std::uint32_t>(saliency) >> shift;
        return std::size_t((count == 1 ? 0 : column / width * buckets()) + bucket);
    }
};

float saliencyOf(float weight, const std::vector<float>& columnWeights, std::size_t column)
{
    const float finite = std::isfinite(weight) ? weight : 0.0f;
    return columnWeights.empty() ? std::abs(finite) : finite * finite * columnWeights[column];
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
        use(begin, values);
    });
}

using Counts = std::vector<std::uint32_t>;

// One histogram a group, over all weights. Sums of integers have no order.
Counts countSaliencies(const RowSource& source, const std::vector<float>& columnWeights,
                       const Groups& groups, Progress& progress)
{
    std::mutex mutex;
    std::vector<Counts> spare, all;
    forEachTile(source, progress, [&](std::int64_t, std::span<const float> values) {
        Counts counts;
        {
            std::lock_guard lock(mutex);
            if (!spare.empty()) {
                counts = std::move(spare.back());
                spare.pop_back();
            }
        }
        counts.resize(std::size_t(groups.count * groups.buckets()));
        const auto width = std::size_t(source.columns);
        for (std::size_t first = 0; first < values.size(); first += width)
            for (std::size_t column = 0; column < width; ++column)
                ++counts[groups.slot(std::int64_t(column),
                                     saliencyOf(values[first + column], columnWeights, column))];
        std::lock_guard lock(mutex);
        spare.push_back(std::move(counts));
    });
    Counts total(std::size_t(groups.count * groups.buckets()));
    for (const Counts& counts : spare)
        std::transform(total.begin(), total.end(), counts.begin(), total.begin(), std::plus<>());
    return total;
}

// For each bucket the share of its group's weights above it, counting half of the bucket itself, so
// that a threshold falls to the nearer side of it.
std::vector<std::uint16_t> ranksOf(const Counts& counts, const Groups& groups)
{
    std::vector<std::uint16_t> ranks(counts.size());
    for (std::int64_t group = 0; group < groups.count; ++group) {
        const auto from = std::size_t(group * groups.buckets());
        const auto to = from + std::size_t(groups.buckets());
        double weights = 0, above = 0;
        for (std::size_t i = from; i < to; ++i)
            weights += counts[i];
        for (std::size_t i = to; i-- > from;) {
            const double middle = above + counts[i] / 2.0;
            ranks[i] = std::uint16_t(std::min(65535.0, weights > 0 ? middle / weights * 65536 : 0));
            above += counts[i];
        }
    }
    return ranks;
}

// marks[column] += 1 for each rank below the limit.
HALFTONE_VECTORIZE
void addMarks(std::uint16_t* marks, const std::uint16_t* ranks, std::int64_t count, std::uint32_t limit)
{
    if (limit > 65535) {
        for (std::int64_t i = 0; i < count; ++i)
            ++marks[i];
        return;
    }
    const auto below = std::uint16_t(limit);
    for (std::int64_t i = 0; i < count; ++i)
        marks[i] = std::uint16_t(marks[i] + (ranks[i] < below));
}

// Weights [begin, end) that a cell covers along one axis; at least one inside the matrix.
struct Stretch
{
    std::int64_t begin = 0, end = 0;
};

std::vector<Stretch> stretches(double origin, double step, std::int64_t cells, std::int64_t extent)
{
    std::vector<Stretch> result(static_cast<std::size_t>(cells));
    for (std::int64_t i = 0; i < cells; ++i) {
        const double from = origin + double(i) * step;
        if (from + step <= 0 || from >= double(extent))
            continue;
        const auto begin = std::int64_t(std::floor(std::max(0.0, from) + 1e-9));
        const auto end = std::int64_t(std::floor(from + step + 1e-9));
        result[std::size_t(i)] = {begin, std::min(extent, std::max(end, begin + 1))};
    }
    return result;
}

Matrix columnSums(const RowSource& source, const std::vector<float>& columnWeights, Progress& progress)
{
    const std::int64_t height = source.tileRows();
    std::vector<VectorD> tiles(std::size_t((source.rows + height - 1) / height));
    forEachTile(source, progress, [&](std::int64_t begin, std::span<const float> values) {
        VectorD sums = VectorD::Zero(source.columns);
        const auto width = std::size_t(source.columns);
        for (std::size_t first = 0; first < values.size(); first += width)
            for (std::size_t column = 0; column < width; ++column)
                sums[Index(column)] += double(saliencyOf(values[first + column], columnWeights, column));
        tiles[std::size_t(begin / height)] = std::move(sums);
    });
    VectorD total = VectorD::Zero(source.columns);
    for (const VectorD& tile : tiles)
        total += tile;
    return total.cast<float>().transpose();
}

} // namespace

RankPlane RankPlane::build(const RowSource& source, const RankSettings& settings, Progress& progress)
{
    if (!settings.columnWeights.empty() && std::int64_t(settings.columnWeights.size()) != source.columns)
        throw Error(tr("The matrix has %1 columns but %2 column weights were given.")
                        .arg(source.columns)
                        .arg(settings.columnWeights.size()));
    const std::vector<float> columnWeights(settings.columnWeights.begin(), settings.columnWeights.end());
    RankPlane plane;
    plane.m_columns = source.columns;
    if (settings.wholeColumns) {
        const Matrix sums = columnSums(source, columnWeights, progress);
        plane = build(rowsOf(sums), {{}, false, settings.groupColumns}, progress);
        plane.m_rows = source.rows;
        return plane;
    }
    plane.m_rows = plane.m_planeRows = source.rows;
    plane.m_ranks.resize(std::size_t(source.elements()));
    const Groups groups(source.columns, settings.groupColumns);
    const std::vector<std::uint16_t> ranks =
        ranksOf(countSaliencies(source, columnWeights, groups, progress), groups);
    forEachTile(source, progress, [&](std::int64_t begin, std::span<const float> values) {
        const auto width = std::size_t(source.columns);
        std::uint16_t* out = plane.m_ranks.data() + std::size_t(begin) * width;
        for (std::size_t first = 0; first < values.size(); first += width)
            for (std::size_t column = 0; column < width; ++column)
                out[first + column] =
                    ranks[groups.slot(std::int64_t(column),
                                      saliencyOf(values[first + column], columnWeights, column))];
    });
    return plane;
}

std::uint32_t RankPlane::limitOf(double ratio)
{
    return std::uint32_t(std::lround(std::clamp(ratio, 0.0, 1.0) * 65536));
}

std::vector<HeatCell> RankPlane::maskCells(const HeatWindow& window, double ratio, std::int64_t rowStep) const
{
    const auto down = stretches(window.top, window.weightsPerCell, window.rows, m_rows);
    const auto across = stretches(window.left, window.weightsPerCell, window.columns, m_columns);
    const std::uint32_t limit = limitOf(ratio);
    std::vector<HeatCell> cells(std::size_t(window.rows * window.columns), {kNone, kNone, kNone, kNone});
    std::int64_t left = m_columns, right = 0;
    for (const Stretch& h : across)
        if (h.end > h.begin) {
            left = std::min(left, h.begin);
            right = std::max(right, h.end);
        }
    if (right <= left)
        return cells;
    constexpr std::int64_t kCellRows = 8;
    parallelFor((window.rows + kCellRows - 1) / kCellRows, [&](std::int64_t tile) {
        std::vector<std::uint16_t> marks(static_cast<std::size_t>(right - left));
        for (std::int64_t row = tile * kCellRows; row < std::min(window.rows, (tile + 1) * kCellRows); ++row) {
            Stretch v = down[std::size_t(row)];
            if (m_planeRows == 1 && v.end > v.begin)
                v = {0, 1};
            // 16-bit sums: taller cells look at 65535 of their rows.
            v.end = std::min(v.end, v.begin + 65535 * rowStep);
            if (v.end <= v.begin)
                continue;
            std::fill(marks.begin(), marks.end(), std::uint16_t(0));
            for (std::int64_t r = v.begin; r < v.end; r += rowStep)
                addMarks(marks.data(), m_ranks.data() + r * m_columns + left, right - left, limit);
            for (std::int64_t column = 0; column < window.columns; ++column) {
                const Stretch& h = across[std::size_t(column)];
                std::uint32_t sum = 0;
                for (std::int64_t c = h.begin; c < h.end; ++c)
                    sum += marks[std::size_t(c - left)];
                if (h.end <= h.begin)
                    continue;
                const std::int64_t looked = (v.end - v.begin + rowStep - 1) / rowStep;
                const auto share = float(double(sum) / double((h.end - h.begin) * looked));
                cells[std::size_t(row * window.columns + column)] = {share, share, share, share};
            }
        }
    });
    return cells;
}

double RankPlane::salientShare(std::span<const std::int64_t> rows, double ratio) const
{
    const std::uint32_t limit = limitOf(ratio);
    std::int64_t salient = 0;
    for (const std::int64_t row : rows)
        for (std::int64_t column = 0; column < m_columns; ++column)
            salient += at(row, column) < limit;
    return rows.empty() ? 0 : double(salient) / double(std::int64_t(rows.size()) * m_columns);
}

} // namespace halftone
