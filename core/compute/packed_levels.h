// SPDX-License-Identifier: GPL-3.0-or-later
// Scales, offsets and levels of a run of rows of one part, as the kernels take them.
#pragma once

#include "compute/packed_product.h"

namespace halftone::cpu {

/// For each row and segment. value(code) = offset + scale * level(code).
struct PackedLevels
{
    CodeLevels kind = CodeLevels::Codes;
    std::vector<float> scale, offset;     ///< rows x segments
    std::vector<std::uint8_t> table;      ///< Table, Wide (Int8)
    std::vector<float> values;            ///< Float32 with a table or symbols: what a code multiplies by scale
    Index tableStride = 0;                ///< entries from one row and segment to the next; 0: one for all
};

void packedLevels(const ResidentPart& part, Index rowBegin, Index rows, Activations activations,
                  PackedLevels& out);

/// The even grid origin + step * table[i], table[i] in 0 .. n, n in 64 .. 127, nearest to levels; shares, if any, say how
/// much each of them counts.
struct EvenLevels
{
    float origin = 0, step = 0;
};
EvenLevels fitEvenLevels(std::span<const float> levels, bool search, std::uint8_t* table,
                         std::span<const float> shares = {});

} // namespace halftone::cpu
