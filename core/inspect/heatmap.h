// SPDX-License-Identifier: GPL-3.0-or-later
// A matrix at any zoom: a pyramid of tiles that keep minimum, mean, maximum and mean square, since a
// zoomed-out mean of weights is always near zero. Numbers only; colours are the window's business.
#pragma once

#include "base/progress.h"
#include "inspect/row_source.h"

#include <mutex>
#include <vector>

namespace halftone {

/// One tile of weights. Values that are not finite are left out; a tile of nothing else is all NaN.
struct HeatCell
{
    float minimum = 0;
    float mean = 0;
    float maximum = 0;
    float meanSquare = 0;
};

struct HeatLevel
{
    std::int64_t side = 1;   ///< a cell covers side x side weights, fewer at the far edges
    std::int64_t rows = 0;   ///< cells
    std::int64_t columns = 0;
    std::vector<HeatCell> cells;   ///< row-major
};

/// Levels from fine to coarse, each side twice the one before; the last is a single cell.
struct HeatPyramid
{
    std::int64_t rows = 0;   ///< of the matrix
    std::int64_t columns = 0;
    std::vector<HeatLevel> levels;
    std::vector<float> rowEnergy;      ///< mean square of each row's finite weights
    std::vector<float> columnEnergy;   ///< and of each column's
};

/// A grid of cells laid over the matrix. Coordinates in weights; cells outside are NaN.
struct HeatWindow
{
    double top = 0;
    double left = 0;
    double weightsPerCell = 1;   ///< may be below 1: a weight then fills several cells
    std::int64_t rows = 0;       ///< cells asked for
    std::int64_t columns = 0;
};

inline constexpr std::int64_t kHeatCellBudget = 4 << 20;

/// Reads every weight once. The finest level has tiles of 4 x 4 weights, or larger ones where 4 x 4
/// would need more than `cellBudget` cells of 16 bytes. Throws what the source throws, and Cancelled.
HeatPyramid buildHeatPyramid(const RowSource& source, Progress& progress,
                             std::int64_t cellBudget = kHeatCellBudget);

/// The same in pieces: when build() throws Cancelled, the next call goes on with the tiles left. Calls from
/// several threads wait for each other.
class HeatPyramidBuilder
{
public:
    explicit HeatPyramidBuilder(const RowSource& source, std::int64_t cellBudget = kHeatCellBudget);
    HeatPyramid build(Progress& progress);

private:
    void readTile(std::int64_t tile);

    std::mutex m_mutex;
    RowSource m_source;
    std::int64_t m_tileRows = 1;
    HeatPyramid m_pyramid;
    std::vector<std::uint8_t> m_read;                ///< tiles
    std::vector<std::vector<float>> m_columnSquares; ///< sums of each tile
    std::vector<std::vector<float>> m_columnCounts;  ///< finite weights; empty where all are
};

/// rows x columns cells, row-major. Uses the coarsest level not coarser than a cell; below the finest
/// level it reads the weights of the visible rows. Exact where cells and tiles line up.
std::vector<HeatCell> fillHeatWindow(const HeatPyramid& pyramid, const RowSource& source,
                                     const HeatWindow& window, Progress& progress);

/// A first look before there is a pyramid: each cell from the one row of weights in its middle, which
/// for a zoomed-out map is a small part of the matrix.
std::vector<HeatCell> sampleHeatWindow(const RowSource& source, const HeatWindow& window,
                                       Progress& progress);

} // namespace halftone
