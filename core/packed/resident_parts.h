// SPDX-License-Identifier: GPL-3.0-or-later
// How a row of codes lies in the blocks of a resident part: shared by the files that make resident matrices.
#pragma once

#include "packed/resident_matrix.h"

namespace halftone {

/// All columns of a matrix, in order.
std::vector<std::int32_t> allColumns(Index columns);

/// Cuts columns into segments at the groups of the grids, which the part has already; each begins a new block. gather
/// is left empty when place i of the blocks is column i throughout.
void placeColumns(ResidentPart& part, std::vector<std::int32_t> columns);

/// Room for the codes of so many rows.
void reserveCodes(ResidentPart& part, Index rows);

/// values[columns] of one row to the row's blocks.
void writeRow(ResidentPart& part, Index row, const std::uint8_t* values, Index columns);

} // namespace halftone
