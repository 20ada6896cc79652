// SPDX-License-Identifier: GPL-3.0-or-later
// How scale and offset of a row and group may change where the place they are stored in binds them: fp16
// numbers, one number for both, or whole multiples of two numbers that 256 columns share.
#pragma once

#include "base/coding.h"

namespace halftone {

/// What binds a grid's scales and offsets; the default: nothing but parameterBits.
struct StoredScales
{
    bool tied = false; ///< offset = -zero scale, and the scale is an fp16 number
    float zero = 0;
    int most = 0; ///< above 0: scale and -offset are whole multiples, up to this, of two fp16 numbers of 256 columns
};

/// What a change of scale and offset of one row does to its loss: gradients g, curvatures (l levels, o ones).
struct ScaleCurve
{
    double gl, go, ll, lo, oo;
    double change(double scale, double offset) const
    {
        return 2 * (scale * gl + offset * go) + scale * scale * ll + 2 * scale * offset * lo + offset * offset * oo;
    }
};

struct ScaleChange
{
    double scale = 0;
    double offset = 0;
};

/// The change of least loss when any is allowed.
ScaleChange bestChange(const ScaleCurve& curve);

/// The two fp16 numbers of each row and 256 columns of a grid stored as multiples.
class SuperSteps
{
public:
    /// Throws nothing: runs of which the grid is no multiple get steps of 0 and stay.
    SuperSteps(const Grid& grid, Index columns, const StoredScales& stored);

    /// Levels that the two numbers multiply at a column: whole scale times `level`, and minus whole least.
    ScaleChange levels(const Grid& grid, Index row, Index column, float level) const;
    /// Moves both numbers, and what hangs on them, where that lowers the loss; the change of both.
    ScaleChange move(Grid& grid, Index row, Index column, const ScaleCurve& curve);
    /// Moves the multiples of one group where that lowers the loss; the change of scale and offset.
    ScaleChange moveGroup(Grid& grid, Index row, Index group, const ScaleCurve& curve) const;

private:
    Index super(Index group) const { return group / m_parts; }
    int m_most = 0;
    Index m_parts = 1; // groups of 256 columns
    Matrix m_scale, m_least; // rows x runs of 256 columns
};

/// Moves scale and offset of a row and group to the best that can be stored, where that lowers the loss; what
/// they changed by. Not for multiples.
ScaleChange moveScales(Grid& grid, Index row, Index group, const ScaleCurve& curve, const StoredScales& stored);

} // namespace halftone
