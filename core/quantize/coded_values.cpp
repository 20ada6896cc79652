// SPDX-License-Identifier: GPL-3.0-or-later
#include "quantize/coded_values.h"

#include "base/parallel.h"

#include <algorithm>
#include <array>
#include <numeric>

namespace halftone {

namespace {

// The levels a row's weights can take in one group of columns, class by class.
struct RowLevels
{
    std::array<std::array<float, 256>, 4> value;

    void fill(const Coding& coding, Index row, Index column)
    {
        for (std::size_t g = 0; g < coding.grids.size(); ++g)
            for (int c = 0; c < coding.grids[g].count; ++c)
                value[g][static_cast<std::size_t>(c)] =
                    static_cast<float>(codeValue(coding.grids[g], row, column, c));
    }
};

// Columns that share their scales in every class.
Index commonGroup(const Coding& coding)
{
    Index columns = 0;
    for (const Grid& grid : coding.grids)
        if (grid.groupColumns > 0)
            columns = std::gcd(columns, grid.groupColumns);
    return columns > 0 ? columns : coding.columns;
}

} // namespace

Matrix valuesOf(const Coding& coding, const CodeMatrix& codes)
{
    Matrix values(codes.rows(), codes.cols());
    if (!coding.plain()) {
        parallelFor(codes.rows(), [&](std::int64_t row) {
            for (Index j = 0; j < codes.cols(); ++j)
                values(row, j) = weightValue(coding, row, j, codes(row, j));
        });
        return values;
    }
    const Index group = commonGroup(coding);
    const auto decode = [&](Index row, Index begin, Index end) {
        for (Index j = begin; j < end; ++j)
            values(row, j) = static_cast<float>(codeValue(
                coding.grids[static_cast<std::size_t>(coding.classOf(row, j))], row, j, codes(row, j)));
    };
    int levels = 0;
    for (const Grid& grid : coding.grids)
        levels += grid.count;
    parallelFor(codes.rows(), [&](std::int64_t row) {
        RowLevels table;
        for (Index begin = 0; begin < codes.cols(); begin += group) {
            const Index end = std::min(begin + group, codes.cols());
            if (end - begin < 2 * levels) { // the table would cost more than it saves
                decode(row, begin, end);
                continue;
            }
            table.fill(coding, row, begin);
            for (Index j = begin; j < end; ++j)
                values(row, j) =
                    table.value[static_cast<std::size_t>(coding.classOf(row, j))][codes(row, j)];
        }
    });
    return values;
}

} // namespace halftone
