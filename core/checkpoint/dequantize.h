// SPDX-License-Identifier: GPL-3.0-or-later
// Decodes stored elements into floats: plain types, and the blocks of ggml's quantized types exactly
// as gguf-py defines them. A scale times a code always fits a float's 24 bits, so that a fused
// multiply-add gives the same result. Knows nothing of files.
#pragma once

#include "base/element_type.h"

#include <cstddef>
#include <span>

namespace halftone {

/// Decodes out.size() elements. `bytes` holds exactly their blocks and need not be aligned. Throws
/// Error for integer types, Packed, and sizes that do not belong together.
void dequantize(ElementType type, std::span<const std::byte> bytes, std::span<float> out);

} // namespace halftone
