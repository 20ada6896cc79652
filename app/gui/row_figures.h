// SPDX-License-Identifier: GPL-3.0-or-later
// One row of a matrix as it is inspected: its weights' histogram, and the two levels that its binary
// weights are rounded to.
#pragma once

#include "inspect/row_source.h"
#include "inspect/tensor_stats.h"
#include "layer_solution.h"

#include <memory>

namespace halftone {

struct RowFigures
{
    std::int64_t row = 0;
    TensorStats stats;
    double alpha = 0;             ///< mean |w|: the best scale of the row's signs if all were binary
    std::vector<double> levels;   ///< of the row's binary weights, ascending; empty where there are none to show
    std::int64_t salient = -1;    ///< weights of the row in other classes; negative without a solution
    double error = -1;            ///< |w - q|^2 / |w|^2 of the row; negative without a solution
};

/// `solution` may be null. Reads one row; throws what the source throws.
RowFigures rowFigures(const RowSource& source, std::int64_t row, const LayerSolution* solution, Progress& progress);

} // namespace halftone
