// SPDX-License-Identifier: GPL-3.0-or-later
#include "packed/rice_mask.h"

#include <algorithm>
#include <bit>
#include <cstring>

namespace halftone {

namespace {

// The next 57 bits or more from bit position `at`; zeros beyond the end.
std::uint64_t window(std::span<const std::byte> stream, std::uint64_t at)
{
    const std::size_t byte = at >> 3;
    std::uint64_t word = 0;
    if (byte + 8 <= stream.size())
        std::memcpy(&word, stream.data() + byte, 8);
    else if (byte < stream.size())
        std::memcpy(&word, stream.data() + byte, stream.size() - byte);
    return word >> (at & 7);
}

} // namespace

void writeGaps(std::span<const std::uint32_t> gaps, int riceBits, std::vector<std::byte>& out)
{
    std::uint64_t word = 0;
    int used = 0; // below 32 between pushes
    auto push = [&](std::uint64_t value, int count) {
        word |= value << used;
        used += count;
        if (used >= 32) {
            const auto whole = static_cast<std::uint32_t>(word);
            const std::size_t at = out.size();
            out.resize(at + 4);
            std::memcpy(out.data() + at, &whole, 4);
            word >>= 32;
            used -= 32;
        }
    };
    for (const std::uint32_t gap : gaps) {
        std::uint32_t zeros = gap >> riceBits;
        for (; zeros >= 16; zeros -= 16)
            push(0, 16);
        const std::uint64_t low = gap & ((1u << riceBits) - 1);
        push((1 | low << 1) << zeros, static_cast<int>(zeros) + 1 + riceBits);
    }
    for (; used > 0; used -= 8, word >>= 8)
        out.push_back(static_cast<std::byte>(word & 0xff));
}

bool readGaps(std::span<const std::byte> stream, int riceBits, std::uint32_t limit,
              std::span<std::uint32_t> gaps)
{
    const std::uint64_t end = stream.size() * 8;
    const std::uint32_t lowMask = (1u << riceBits) - 1;
    std::uint64_t at = 0;
    for (std::uint32_t& gap : gaps) {
        std::uint64_t quotient = 0;
        std::uint64_t word = window(stream, at);
        while (word == 0) {
            const std::uint64_t seen = 64 - (at & 7);
            at += seen;
            quotient += seen;
            if (at >= end)
                return false;
            word = window(stream, at);
        }
        const auto zeros = static_cast<unsigned>(std::countr_zero(word));
        quotient += zeros;
        at += zeros + 1;
        const std::uint64_t low = zeros + 1 + 16 <= 57 ? (word >> zeros) >> 1 : window(stream, at);
        at += static_cast<unsigned>(riceBits);
        const std::uint64_t value = quotient << riceBits | (low & lowMask);
        if (at > end || value > limit)
            return false;
        gap = static_cast<std::uint32_t>(value);
    }
    return (at + 7) / 8 == stream.size();
}

int bestRiceBits(std::span<const std::int64_t> quotientSums, std::int64_t count)
{
    int best = 0;
    std::int64_t bestBits = INT64_MAX;
    for (int k = 0; k < static_cast<int>(quotientSums.size()); ++k) {
        const std::int64_t bits = quotientSums[static_cast<std::size_t>(k)] + count * (1 + k);
        if (bits < bestBits) {
            bestBits = bits;
            best = k;
        }
    }
    return best;
}

} // namespace halftone
