// SPDX-License-Identifier: GPL-3.0-or-later
// A linear layer as whole numbers with a scale and a zero point for each row and group of columns: what
// the GPTQ and compressed-tensors formats store. Taken over from codes where they are of that kind, else
// rounded to nearest.
#pragma once

#include "export/huggingface_model.h"
#include "packed/packed_matrix.h"

#include <optional>

namespace halftone {

/// value = scale * (code - zero), 0 <= code, zero < 2^bits
struct GridLayer
{
    int bits = 4;
    Index rows = 0, columns = 0;
    Index groupColumns = 0;  ///< columns of a group; all of them when a row is one group
    CodeMatrix codes;        ///< rows x columns
    Matrix scale;            ///< rows x groups; fp16 numbers
    CodeMatrix zero;         ///< rows x groups
};

struct GridShape
{
    int bits = 4;
    Index groupColumns = 0;  ///< 0: the whole row
    bool operator==(const GridShape&) const = default;
};

/// The shape of a packed layer whose codes can be taken over: one class of uniform levels whose offset is
/// a whole multiple of the scale. Else nothing, and `why` says in half a sentence what is in the way.
std::optional<GridShape> gridShapeOf(const Checkpoint& checkpoint, const FolderTensor& tensor, QString& why);

/// In the folder's order of rows. Codes are taken over when gridShapeOf() gives `shape`; otherwise the
/// weights are rounded, with one zero point in the middle (symmetric) or each group's own, at least 1.
GridLayer gridLayer(const Checkpoint& checkpoint, const FolderTensor& tensor, const GridShape& shape, bool symmetric);

/// Least and greatest zero point of a packed layer, without its codes.
std::array<int, 2> zeroRange(const Checkpoint& checkpoint, const FolderTensor& tensor);

/// Numbers of `bits` bits, lowest first, densely packed into 32-bit words: count numbers, `stride`
/// apart, into ceil(count * bits / 32) words.
void packWords(const std::uint8_t* from, Index stride, Index count, int bits, std::uint32_t* to, Index toStride);

} // namespace halftone
