// SPDX-License-Identifier: GPL-3.0-or-later
// Floats into stored elements: plain types, and the blocks of ggml's quantized types, the inverse of
// checkpoint/dequantize. One row at a time by its own numbers; nothing here knows of calibration.
#pragma once

#include "base/element_type.h"

#include <cstddef>
#include <span>

namespace halftone {

/// The types that can be written, largest first.
std::span<const ElementType> encodableTypes();
/// By ggml's name, in any case of letters ("q8_0"); throws Error that lists the types.
ElementType encodableType(const QString& name);

/// Encodes in.size() numbers, a multiple of the type's block, into exactly their bytes. Q8_0, Q4_0,
/// Q4_1, TQ1_0, TQ2_0 and Q1_0 give the bits of ggml's own reference; Q2_0, Q4_K and Q6_K search the
/// scales that leave the least squared error. Throws Error for a type that cannot be written.
void encodeBlocks(ElementType type, std::span<const float> in, std::span<std::byte> out);

} // namespace halftone
