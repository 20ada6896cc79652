// SPDX-License-Identifier: GPL-3.0-or-later
// Codes and scales that a method has chosen, as blocks of ggml's types: the exact way from a coded
// matrix into GGUF. Nothing is rounded or searched for here (export/encode_blocks does that).
#pragma once

#include "base/coding.h"
#include "base/element_type.h"
#include "packed/packed_matrix.h"

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

namespace halftone {

/// The smallest ggml type whose blocks hold what the codes of this coding mean: one class, scales that
/// are fp16 numbers, groups that are whole blocks. An fp16 offset that was rounded when it was stored
/// may differ by that rounding (2^-11 of it). Nothing when there is none.
std::optional<ElementType> exactGgmlType(const Coding& coding);

/// Whether blocks of `type` hold it.
bool ggmlHolds(ElementType type, const Coding& coding);

/// Row `row` of codes into `out`, exactly the type's bytes of a row. Requires ggmlHolds(). For Q2_K and
/// Q4_K the scales of 256 columns are whole multiples (0..15, 0..63) of one fp16 number, and the
/// offsets, negated, of another.
void putGgmlRow(ElementType type, const Coding& coding, Index row, const std::uint8_t* codes,
                std::span<std::byte> out);

/// All rows.
std::vector<std::byte> ggmlBlocks(ElementType type, const Coding& coding, const CodeMatrix& codes);

/// What blocks of so many bytes cost: the codes' bits are nominal, everything else is scales.
BitCount blockBits(const Coding& coding, std::size_t bytes);

/// The fp16 number of which all values (>= 0) are whole multiples up to `most`, the smallest there is;
/// nothing when there is none.
std::optional<float> commonStep(std::span<const float> values, int most);

} // namespace halftone
