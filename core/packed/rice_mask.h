// SPDX-License-Identifier: GPL-3.0-or-later
// Which members of a row-major tile carry a mark, as Golomb-Rice coded gaps between marks (Golomb
// 1966, Rice 1979). Parameter 0 is the plain bitmap up to the last mark.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace halftone {

/// Each gap g (unmarked members before a mark) is g >> k zero bits, a one bit, then the low k bits of
/// g, lowest first; bits fill bytes from the lowest. Members after the last mark are not written.
/// gaps in order; appends whole bytes to out.
void writeGaps(std::span<const std::uint32_t> gaps, int riceBits, std::vector<std::byte>& out);

/// Reads gaps.size() gaps. False when the stream ends early, has bits left over beyond the last
/// byte's padding, or a gap exceeds `limit`.
bool readGaps(std::span<const std::byte> stream, int riceBits, std::uint32_t limit,
              std::span<std::uint32_t> gaps);

/// The parameter with the fewest bits for gaps given by their sums of g >> k, k = 0 .. 15, and count.
int bestRiceBits(std::span<const std::int64_t> quotientSums, std::int64_t count);

constexpr int kRiceBits = 16; ///< parameters are 0 .. kRiceBits - 1

} // namespace halftone
