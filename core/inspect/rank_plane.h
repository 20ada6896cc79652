// SPDX-License-Identifier: GPL-3.0-or-later
// For every weight, how many weigh more: a 16-bit rank of its saliency, so that the mask of any salient
// ratio is one comparison a weight and follows a slider. Ties within a bucket of about 1/1024 of a
// power of two stand together; selectSalient() alone tells them apart.
#pragma once

#include "base/progress.h"
#include "inspect/heatmap.h"
#include "inspect/row_source.h"

#include <span>
#include <vector>

namespace halftone {

struct RankSettings
{
    /// Factor of w^2 in the saliency, one a column (SalienceSettings::columnWeights); empty: magnitude.
    std::span<const double> columnWeights;
    bool wholeColumns = false;       ///< columns are ranked by the sums of their saliencies
    std::int64_t groupColumns = 0;   ///< ranks are among so many columns; 0: among all
};

class RankPlane
{
public:
    /// Reads every weight twice; holds two bytes a weight (a column with wholeColumns). Weights that
    /// are not finite count as 0. Throws Error when columnWeights are not as many as columns, what
    /// the source throws, and Cancelled. Does not depend on the number of threads.
    static RankPlane build(const RowSource& source, const RankSettings& settings, Progress& progress);

    std::int64_t rows() const { return m_rows; }
    std::int64_t columns() const { return m_columns; }
    bool wholeColumns() const { return m_planeRows == 1 && m_rows > 1; }

    /// Share of the weights (columns) of its group that are more salient: 0 for the most salient.
    double rank(std::int64_t row, std::int64_t column) const { return double(at(row, column)) / 65536; }
    bool salient(std::int64_t row, std::int64_t column, double ratio) const
    {
        return at(row, column) < limitOf(ratio);
    }
    /// Share of salient weights in each cell of the window, in all four figures; NaN outside.
    /// 4096 x 11008 weights take a few milliseconds at any zoom.
    /// With a rowStep above 1 only the first of so many rows of each cell is looked at.
    std::vector<HeatCell> maskCells(const HeatWindow& window, double ratio, std::int64_t rowStep = 1) const;
    /// Salient weights among these rows, as a share.
    double salientShare(std::span<const std::int64_t> rows, double ratio) const;

private:
    static std::uint32_t limitOf(double ratio);
    std::uint16_t at(std::int64_t row, std::int64_t column) const
    {
        return m_ranks[std::size_t((m_planeRows == 1 ? 0 : row) * m_columns + column)];
    }

    std::int64_t m_rows = 0;
    std::int64_t m_columns = 0;
    std::int64_t m_planeRows = 0;
    std::vector<std::uint16_t> m_ranks;
};

} // namespace halftone
