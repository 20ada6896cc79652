// SPDX-License-Identifier: GPL-3.0-or-later
// Streams of codes of equal width: code i takes bits [i w, i w + w), counted from the lowest bit of
// the first byte upwards. One stream is one tile of one class.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace halftone {

/// Bits of a code that has `count` values: the smallest w with 2^w >= count; 0 for one value.
int codeBits(int count);

/// Bytes of a stream of `codes` codes.
constexpr std::int64_t streamBytes(std::int64_t codes, int bits)
{
    return (codes * bits + 7) / 8;
}

/// Writes codes (each < 2^bits, bits 0..8) to out, which has streamBytes(codes.size(), bits) bytes;
/// the rest of the last byte becomes zero.
void writeCodes(std::span<const std::uint8_t> codes, int bits, std::span<std::byte> out);

/// The inverse; stream has streamBytes(codes.size(), bits) bytes.
void readCodes(std::span<const std::byte> stream, int bits, std::span<std::uint8_t> codes);

/// Codes of base `count` (2..256) that fit in a byte together.
int codesPerByte(int count);
/// Whether codes of base `count` take less space that way than in codeBits(count) bits each.
bool baseIsSmaller(int count);
/// As writeCodes and readCodes, codesPerByte(count) codes a byte, the first one counting least.
void writeBase(std::span<const std::uint8_t> codes, int count, std::span<std::byte> out);
void readBase(std::span<const std::byte> stream, int count, std::span<std::uint8_t> codes);

} // namespace halftone
