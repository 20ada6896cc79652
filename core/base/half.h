// SPDX-License-Identifier: GPL-3.0-or-later
// IEEE binary16 and bfloat16 to and from float, round to nearest even. Plain functions, no type.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace halftone {

float halfToFloat(std::uint16_t bits);
std::uint16_t floatToHalf(float value);
float bfloat16ToFloat(std::uint16_t bits);
std::uint16_t floatToBfloat16(float value);

/// Rounds to the nearest binary16 and back: what a value is once it is stored as fp16.
float roundToHalf(float value);

/// Whole arrays; out and in have the same count. `bits` may be unaligned bytes of a file.
void halfToFloat(std::span<const std::byte> bits, std::span<float> out);
void bfloat16ToFloat(std::span<const std::byte> bits, std::span<float> out);

} // namespace halftone
