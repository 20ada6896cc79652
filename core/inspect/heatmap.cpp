// SPDX-License-Identifier: GPL-3.0-or-later
#include "inspect/heatmap.h"

#include "base/parallel.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace halftone {

namespace {

constexpr std::int64_t kFinestSide = 4;
constexpr float kNone = std::numeric_limits<float>::quiet_NaN();

// Gathers cells or weights into one cell.
class Gather
{
public:
    void add(float weight)
    {
        if (std::isfinite(weight))
            add({weight, weight, weight, weight * weight}, 1);
    }
    void add(const HeatCell& cell, double weights)
    {
        if (std::isnan(cell.mean))
            return;
        m_minimum = std::min(m_minimum, cell.minimum);
        m_maximum = std::max(m_maximum, cell.maximum);
        m_sum += double(cell.mean) * weights;
        m_squares += double(cell.meanSquare) * weights;
        m_weights += weights;
    }
    HeatCell cell() const
    {
        if (m_weights == 0)
            return {kNone, kNone, kNone, kNone};
        return {m_minimum, float(m_sum / m_weights), m_maximum, float(m_squares / m_weights)};
    }

private:
    float m_minimum = std::numeric_limits<float>::infinity();
    float m_maximum = -std::numeric_limits<float>::infinity();
    double m_sum = 0;
    double m_squares = 0;
    double m_weights = 0;
};

// Reduces `count` rows of weights to one row of cells of `side` columns.
void reduceRows(std::span<const float> weights, std::int64_t count, std::int64_t columns,
                std::int64_t side, HeatCell* out)
{
    for (std::int64_t left = 0; left < columns; left += side) {
        const std::int64_t right = std::min(columns, left + side);
        float low = std::numeric_limits<float>::infinity();
        float high = -low;
        float sum = 0;
        float squares = 0;
        for (std::int64_t row = 0; row < count; ++row) {
            const float* values = weights.data() + row * columns;
            for (std::int64_t column = left; column < right; ++column) {
                const float value = values[column];
                low = value < low ? value : low;
                high = value > high ? value : high;
                sum += value;
                squares += value * value;
            }
        }
        const auto covered = float(count * (right - left));
        HeatCell& cell = out[left / side];
        cell = {low, sum / covered, high, squares / covered};
        if (std::isfinite(squares))
            continue;
        Gather gather;
        for (std::int64_t row = 0; row < count; ++row)
            for (std::int64_t column = left; column < right; ++column)
                gather.add(weights[std::size_t(row * columns + column)]);
        cell = gather.cell();
    }
}

HeatLevel emptyLevel(const RowSource& source, std::int64_t side)
{
    HeatLevel level;
    level.side = side;
    level.rows = (source.rows + side - 1) / side;
    level.columns = (source.columns + side - 1) / side;
    level.cells.resize(std::size_t(level.rows * level.columns));
    return level;
}

// Mean squares of rows and sums of columns over what is finite, where something is not.
void energyOfFinite(std::span<const float> values, std::size_t columns, float* rowEnergy,
                    std::vector<float>& columnSquares, std::vector<float>& columnCounts)
{
    std::fill(columnSquares.begin(), columnSquares.end(), 0.0f);
    columnCounts.assign(columns, 0);
    for (std::size_t first = 0; first < values.size(); first += columns) {
        float sum = 0, count = 0;
        for (std::size_t column = 0; column < columns; ++column) {
            const float value = values[first + column];
            if (!std::isfinite(value))
                continue;
            sum += value * value;
            ++count;
            columnSquares[column] += value * value;
            ++columnCounts[column];
        }
        rowEnergy[first / columns] = count > 0 ? sum / count : 0;
    }
}

// Weights that cell `index` of `cells` covers along one axis of `extent` weights.
double covered(std::int64_t index, std::int64_t side, std::int64_t extent)
{
    return double(std::min(extent, (index + 1) * side) - index * side);
}

HeatLevel halved(const HeatLevel& finer, const RowSource& source)
{
    HeatLevel level = emptyLevel(source, finer.side * 2);
    parallelFor(level.rows, [&](std::int64_t row) {
        for (std::int64_t column = 0; column < level.columns; ++column) {
            Gather gather;
            for (std::int64_t r = 2 * row; r < std::min(finer.rows, 2 * row + 2); ++r)
                for (std::int64_t c = 2 * column; c < std::min(finer.columns, 2 * column + 2); ++c)
                    gather.add(finer.cells[std::size_t(r * finer.columns + c)],
                               covered(r, finer.side, source.rows) *
                                   covered(c, finer.side, source.columns));
            level.cells[std::size_t(row * level.columns + column)] = gather.cell();
        }
    });
    return level;
}

// The stretch of tiles that a cell covers along one axis: those that begin inside it, or, when none
// does, the one it lies in. Empty outside the matrix.
struct Stretch
{
    std::int64_t begin = 0;
    std::int64_t end = 0;
};

std::vector<Stretch> stretches(double origin, double step, std::int64_t cells, std::int64_t side,
                               std::int64_t tiles, std::int64_t extent)
{
    std::vector<Stretch> result(static_cast<std::size_t>(cells));
    for (std::int64_t i = 0; i < cells; ++i) {
        const double from = origin + double(i) * step;
        const double to = origin + double(i + 1) * step;
        if (to <= 0 || from >= double(extent))
            continue;
        auto begin = std::int64_t(std::ceil(std::max(0.0, from) / double(side) - 1e-9));
        const auto end = std::int64_t(std::ceil(to / double(side) - 1e-9));
        if (begin >= end)
            begin = std::int64_t(std::floor(std::max(0.0, from) / double(side) + 1e-9));
        begin = std::min(begin, tiles - 1);
        result[std::size_t(i)] = {begin, std::min(tiles, std::max(end, begin + 1))};
    }
    return result;
}

std::vector<HeatCell> fromLevel(const HeatPyramid& pyramid, const HeatLevel& level,
                                const HeatWindow& window)
{
    const auto down = stretches(window.top, window.weightsPerCell, window.rows, level.side, level.rows,
                                pyramid.rows);
    const auto across = stretches(window.left, window.weightsPerCell, window.columns, level.side,
                                  level.columns, pyramid.columns);
    std::vector<HeatCell> cells(std::size_t(window.rows * window.columns));
    parallelFor(window.rows, [&](std::int64_t row) {
        const Stretch& v = down[std::size_t(row)];
        for (std::int64_t column = 0; column < window.columns; ++column) {
            const Stretch& h = across[std::size_t(column)];
            Gather gather;
            for (std::int64_t r = v.begin; r < v.end; ++r)
                for (std::int64_t c = h.begin; c < h.end; ++c)
                    gather.add(level.cells[std::size_t(r * level.columns + c)],
                               covered(r, level.side, pyramid.rows) *
                                   covered(c, level.side, pyramid.columns));
            cells[std::size_t(row * window.columns + column)] = gather.cell();
        }
    });
    return cells;
}

std::vector<HeatCell> fromWeights(const RowSource& source, const HeatWindow& window,
                                  Progress& progress, bool middleRowOnly = false)
{
    auto down = stretches(window.top, window.weightsPerCell, window.rows, 1, source.rows, source.rows);
    if (middleRowOnly)
        for (Stretch& v : down)
            if (v.end > v.begin)
                v = {(v.begin + v.end) / 2, (v.begin + v.end) / 2 + 1};
    const auto across = stretches(window.left, window.weightsPerCell, window.columns, 1,
                                  source.columns, source.columns);
    std::vector<HeatCell> cells(std::size_t(window.rows * window.columns));
    constexpr std::int64_t kCellRowsPerTile = 16;
    parallelFor((window.rows + kCellRowsPerTile - 1) / kCellRowsPerTile, [&](std::int64_t tile) {
        progress.check();
        std::vector<float> values;
        std::int64_t rowOfValues = -1;
        const std::int64_t last = std::min(window.rows, (tile + 1) * kCellRowsPerTile);
        for (std::int64_t row = tile * kCellRowsPerTile; row < last; ++row) {
            const Stretch& v = down[std::size_t(row)];
            const std::int64_t count = v.end - v.begin;
            if (count > 0 && (rowOfValues != v.begin || count > 1)) {
                values.resize(std::size_t(count * source.columns));
                source.read(v.begin, count, values);
                rowOfValues = v.begin;
            }
            for (std::int64_t column = 0; column < window.columns; ++column) {
                const Stretch& h = across[std::size_t(column)];
                Gather gather;
                for (std::int64_t r = 0; r < count; ++r)
                    for (std::int64_t c = h.begin; c < h.end; ++c)
                        gather.add(values[std::size_t(r * source.columns + c)]);
                cells[std::size_t(row * window.columns + column)] = gather.cell();
            }
        }
    });
    return cells;
}

} // namespace

HeatPyramidBuilder::HeatPyramidBuilder(const RowSource& source, std::int64_t cellBudget)
    : m_source(source)
{
    m_pyramid.rows = source.rows;
    m_pyramid.columns = source.columns;
    if (source.elements() == 0)
        return;
    const std::int64_t budget = std::max<std::int64_t>(1, cellBudget);
    std::int64_t side = kFinestSide;
    while (((source.rows + side - 1) / side) * ((source.columns + side - 1) / side) > budget)
        side *= 2;
    m_tileRows = source.tileRows(side);
    m_pyramid.levels.push_back(emptyLevel(source, side));
    m_pyramid.rowEnergy.resize(std::size_t(source.rows));
    m_read.resize(std::size_t((source.rows + m_tileRows - 1) / m_tileRows));
    m_columnSquares.resize(m_read.size());
    m_columnCounts.resize(m_read.size());
}

void HeatPyramidBuilder::readTile(std::int64_t tile)
{
    HeatLevel& level = m_pyramid.levels.front();
    const std::int64_t begin = tile * m_tileRows;
    const std::int64_t count = std::min(m_tileRows, m_source.rows - begin);
    const auto columns = std::size_t(m_source.columns);
    std::vector<float> values(std::size_t(count) * columns);
    m_source.read(begin, count, values);
    for (std::int64_t row = 0; row < count; row += level.side)
        reduceRows(std::span<const float>(values).subspan(std::size_t(row) * columns),
                   std::min(level.side, count - row), m_source.columns, level.side,
                   level.cells.data() + (begin + row) / level.side * level.columns);
    std::vector<float> squares(columns);
    for (std::int64_t row = 0; row < count; ++row) {
        const float* line = values.data() + std::size_t(row) * columns;
        float sum = 0;
        for (std::size_t column = 0; column < columns; ++column) {
            const float square = line[column] * line[column];
            squares[column] += square;
            sum += square;
        }
        m_pyramid.rowEnergy[std::size_t(begin + row)] = sum / float(columns);
    }
    if (std::any_of(squares.begin(), squares.end(), [](float sum) { return !std::isfinite(sum); }))
        energyOfFinite(values, columns, &m_pyramid.rowEnergy[std::size_t(begin)], squares,
                       m_columnCounts[std::size_t(tile)]);
    m_columnSquares[std::size_t(tile)] = std::move(squares);
    m_read[std::size_t(tile)] = 1;
}

HeatPyramid HeatPyramidBuilder::build(Progress& progress)
{
    const std::lock_guard lock(m_mutex);
    if (m_source.elements() == 0)
        return m_pyramid;
    parallelFor(std::int64_t(m_read.size()), [&](std::int64_t tile) {
        if (m_read[std::size_t(tile)])
            return;
        progress.check();
        readTile(tile);
    });
    std::vector<double> sums(static_cast<std::size_t>(m_source.columns)), counts(sums);
    for (std::size_t tile = 0; tile < m_read.size(); ++tile) {
        const std::int64_t rows = std::min(m_tileRows, m_source.rows - std::int64_t(tile) * m_tileRows);
        for (std::size_t column = 0; column < sums.size(); ++column) {
            sums[column] += double(m_columnSquares[tile][column]);
            counts[column] += m_columnCounts[tile].empty() ? double(rows)
                                                           : double(m_columnCounts[tile][column]);
        }
    }
    HeatPyramid pyramid = m_pyramid;
    pyramid.columnEnergy.resize(sums.size());
    for (std::size_t column = 0; column < sums.size(); ++column)
        pyramid.columnEnergy[column] = counts[column] > 0 ? float(sums[column] / counts[column]) : 0;
    while (pyramid.levels.back().cells.size() > 1) {
        progress.check();
        pyramid.levels.push_back(halved(pyramid.levels.back(), m_source));
    }
    return pyramid;
}

HeatPyramid buildHeatPyramid(const RowSource& source, Progress& progress, std::int64_t cellBudget)
{
    return HeatPyramidBuilder(source, cellBudget).build(progress);
}

std::vector<HeatCell> fillHeatWindow(const HeatPyramid& pyramid, const RowSource& source,
                                     const HeatWindow& window, Progress& progress)
{
    const HeatLevel* level = nullptr;
    for (const HeatLevel& candidate : pyramid.levels)
        if (double(candidate.side) <= window.weightsPerCell)
            level = &candidate;
    if (level)
        return fromLevel(pyramid, *level, window);
    return fromWeights(source, window, progress);
}

std::vector<HeatCell> sampleHeatWindow(const RowSource& source, const HeatWindow& window,
                                       Progress& progress)
{
    return fromWeights(source, window, progress, true);
}

} // namespace halftone
