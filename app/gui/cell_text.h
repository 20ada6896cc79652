// SPDX-License-Identifier: GPL-3.0-or-later
// What a map's cell is, in words: the read-out under the pointer and for assistive programs.
#pragma once

#include "inspect/heatmap.h"
#include "inspect/tensor_stats.h"

#include <QString>

namespace halftone {

class Preview;

/// Position, value or the cell's figures, and of the weight at (row, column) its rank, group and code.
QString cellText(const Preview& preview, qint64 row, qint64 column, const HeatCell& cell);

/// The figures of a tensor as a table of rich text.
QString statsTable(const TensorStats& stats);

} // namespace halftone
