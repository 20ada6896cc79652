// SPDX-License-Identifier: GPL-3.0-or-later
// Where inspection gets its weights from: rows on demand, whoever decodes them. It keeps nothing.
#pragma once

#include "base/matrix.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <span>

namespace halftone {

class Checkpoint;
struct TensorView;

/// A matrix whose rows are read when they are needed. read(rowBegin, rowCount, out) fills rowCount *
/// columns floats, row-major, and may be called from several threads at once.
struct RowSource
{
    std::int64_t rows = 0;
    std::int64_t columns = 0;
    std::function<void(std::int64_t, std::int64_t, std::span<float>)> read;

    std::int64_t elements() const { return rows * columns; }
    /// Rows of one tile: about a quarter of a million weights, at least one row, a multiple of
    /// `multiple`. Depends on the matrix only, never on the number of threads.
    std::int64_t tileRows(std::int64_t multiple = 1) const;
};

/// The tensor as a matrix; keeps the checkpoint open. Reading throws Error as Checkpoint::readRows.
RowSource rowsOf(std::shared_ptr<const Checkpoint> checkpoint, const TensorView& tensor);
/// Refers to the matrix, which must outlive the source.
RowSource rowsOf(const Matrix& matrix);

} // namespace halftone
