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
struct Grid
{
    int count = 2;                  ///< 1..256
    std::vector<float> table;       ///< ascending; empty for uniform levels 0 .. count-1
    Index groupColumns = 0;         ///< columns that share a scale and offset; 0 means the whole row
    Matrix scale;                   ///< rows x groups
    Matrix offset;                  ///< rows x groups; empty means 0
    int parameterBits = 16;         ///< 16 (values are already rounded to fp16) or 32, as stored
    QString role;                   ///< "binary", "salient", "all", ...: for reports

    Index group(Index column) const { return groupColumns > 0 ? column / groupColumns : 0; }
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
    /// The basis in which the weights are coded: what the grids give is a row w R of the layer.
    Rotation rotation{};
    /// Classes and codes are to be stored as symbols of a range coder instead of masks and codes of
    /// equal width.
    bool entropyCoded = false;

    bool elementWise() const { return classes.rows() == rows && classes.size() > 0 && rows > 1; }
    int classOf(Index row, Index column) const
    {
        if (classes.size() == 0)
            return 0;
        return classes(classes.rows() == 1 ? 0 : row, column);
    }
};

/// Nearest level of a grid: the code whose offset + scale * level is closest to value; ties go up.
/// A scale of 0 or a value that is not finite gives code 0.
int nearestCode(const Grid& grid, Index row, Index column, double value);
double codeValue(const Grid& grid, Index row, Index column, int code);

} // namespace halftone
