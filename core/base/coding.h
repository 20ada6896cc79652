// SPDX-License-Identifier: GPL-3.0-or-later
// What a quantization method decides: in which class each weight is (salient, binary, pruned, ...)
// and the grid on which each row and column group of each class is rounded. Everything behind a
// method (column walk, packing, bit counts, file format) needs only this.
#pragma once

#include "base/matrix.h"
#include "base/rotation.h"

#include <QString>
#include <cstdint>
#include <vector>

namespace halftone {

/// The levels of one class of weights. value = offset + scale * level(code), code in [0, count).
/// Uniform levels (level(c) = c) need no table. Binary with mean m and scale a is the grid
/// (scale 2a, offset m - a, 2 levels); n-bit with step s and zero point z is (s, -s z, 2^n);
/// pruned is one level with scale 0.
/// Some methods need more, and get it from the fields behind parameterBits; plain() tells.
struct Grid
{
    int count = 2;                  ///< 1..256
    std::vector<float> table;       ///< ascending; empty for uniform levels 0 .. count-1
    Index groupColumns = 0;         ///< columns that share a scale and offset; 0 means the whole row
    Matrix scale;                   ///< rows x groups
    Matrix offset;                  ///< rows x groups; empty means 0
    int parameterBits = 16;         ///< 16 (values are already rounded to fp16) or 32, as stored
    QString role;                   ///< "binary", "salient", "all", ...: for reports
    /// Rows x groups: a second binary plane, for a grid of 4 levels without a table; then
    /// value = (offset + scale * (code & 1)) + second * (code >> 1), where an offset that is not there is
    /// -(scale + second) / 2. Empty: none.
    Matrix second;
    /// 1 x columns: the value above times the column's own scale, in parameterBits. Empty: 1.
    Matrix columnScale;
    /// The group of each column, where groups are not runs of columns (activation order); empty else.
    std::vector<std::uint16_t> columnGroup;
    /// Weights are stored as they are, as numbers of parameterBits; their codes are 0, their values
    /// in Coding::raw. Levels, scale and offset have no meaning.
    bool raw = false;

    Index group(Index column) const
    {
        if (!columnGroup.empty())
            return columnGroup[static_cast<std::size_t>(column)];
        return groupColumns > 0 ? column / groupColumns : 0;
    }
    Index groups(Index columns) const
    {
        return groupColumns > 0 ? (columns + groupColumns - 1) / groupColumns : 1;
    }
    /// Only scale, offset and levels: what the column walk rounds on.
    bool plain() const
    {
        return second.size() == 0 && columnScale.size() == 0 && columnGroup.empty() && !raw;
    }
};

/// Which grid each weight uses.
struct Coding
{
    Index rows = 0;
    Index columns = 0;
    std::vector<Grid> grids;                  ///< 1..4 classes
    /// Class of each weight: rows x columns (element-wise), 1 x columns (column-wise: every row
    /// alike), or empty (one class only).
    Eigen::Matrix<std::uint8_t, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor> classes;
    /// Rows x columns when a grid is raw: the values of its members, others unused. Else empty.
    Matrix raw{};
    /// The basis in which the weights are coded: what the grids give is a row w R of the layer.
    Rotation rotation{};
    /// Classes and codes are to be stored as symbols of a range coder instead of masks and codes of
    /// equal width.
    bool entropyCoded = false;

    bool elementWise() const { return classes.rows() == rows && classes.size() > 0 && rows > 1; }
    bool plain() const
    {
        for (const Grid& grid : grids)
            if (!grid.plain())
                return false;
        return true;
    }
    int classOf(Index row, Index column) const
    {
        if (classes.size() == 0)
            return 0;
        return classes(classes.rows() == 1 ? 0 : row, column);
    }
    const Grid& gridOf(Index row, Index column) const
    {
        return grids[static_cast<std::size_t>(classOf(row, column))];
    }
};

/// Nearest level of a grid: the code whose value is closest; ties go up. A scale of 0 or a value that
/// is not finite gives code 0, and so does a raw grid.
int nearestCode(const Grid& grid, Index row, Index column, double value);
/// What a code means; not for raw grids.
double codeValue(const Grid& grid, Index row, Index column, int code);
/// What a code means, raw values included, as stored: rounded once to float.
float weightValue(const Coding& coding, Index row, Index column, int code);

} // namespace halftone
