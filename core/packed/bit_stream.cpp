// SPDX-License-Identifier: GPL-3.0-or-later
#include "packed/bit_stream.h"

#include <algorithm>
#include <cstring>

namespace halftone {

namespace {

// Eight codes fill a whole number of bytes, so the bulk moves eight codes at a time.
template<int bits>
void write(std::span<const std::uint8_t> codes, std::byte* out)
{
    std::size_t i = 0;
    for (; i + 8 <= codes.size(); i += 8, out += bits) {
        std::uint64_t word = 0;
        if constexpr (bits == 1) { // moves the bytes' lowest bits to the top byte
            std::memcpy(&word, codes.data() + i, 8);
            word = word * 0x0102040810204080u >> 56;
        } else {
            for (int k = 0; k < 8; ++k)
                word |= static_cast<std::uint64_t>(codes[i + static_cast<std::size_t>(k)]) << (k * bits);
        }
        std::memcpy(out, &word, bits);
    }
    std::uint64_t word = 0;
    int used = 0;
    for (; i < codes.size(); ++i, used += bits)
        word |= static_cast<std::uint64_t>(codes[i]) << used;
    std::memcpy(out, &word, static_cast<std::size_t>((used + 7) / 8));
}

template<int bits>
void read(const std::byte* in, std::span<std::uint8_t> codes)
{
    constexpr std::uint64_t mask = (1u << bits) - 1;
    std::size_t i = 0;
    for (; i + 8 <= codes.size(); i += 8, in += bits) {
        std::uint64_t word = 0;
        std::memcpy(&word, in, bits);
        for (int k = 0; k < 8; ++k)
            codes[i + static_cast<std::size_t>(k)] =
                static_cast<std::uint8_t>((word >> (k * bits)) & mask);
    }
    std::uint64_t word = 0;
    std::memcpy(&word, in, (codes.size() - i) * bits / 8 + ((codes.size() - i) * bits % 8 != 0));
    for (; i < codes.size(); ++i, word >>= bits)
        codes[i] = static_cast<std::uint8_t>(word & mask);
}

} // namespace

int codeBits(int count)
{
    int bits = 0;
    while ((1 << bits) < count)
        ++bits;
    return bits;
}

void writeCodes(std::span<const std::uint8_t> codes, int bits, std::span<std::byte> out)
{
    if (codes.empty())
        return;
    switch (bits) {
    case 1: return write<1>(codes, out.data());
    case 2: return write<2>(codes, out.data());
    case 3: return write<3>(codes, out.data());
    case 4: return write<4>(codes, out.data());
    case 5: return write<5>(codes, out.data());
    case 6: return write<6>(codes, out.data());
    case 7: return write<7>(codes, out.data());
    case 8: return write<8>(codes, out.data());
    default: return;
    }
}

void readCodes(std::span<const std::byte> stream, int bits, std::span<std::uint8_t> codes)
{
    if (codes.empty())
        return;
    switch (bits) {
    case 1: return read<1>(stream.data(), codes);
    case 2: return read<2>(stream.data(), codes);
    case 3: return read<3>(stream.data(), codes);
    case 4: return read<4>(stream.data(), codes);
    case 5: return read<5>(stream.data(), codes);
    case 6: return read<6>(stream.data(), codes);
    case 7: return read<7>(stream.data(), codes);
    case 8: return read<8>(stream.data(), codes);
    default: std::fill(codes.begin(), codes.end(), std::uint8_t{0});
    }
}

int codesPerByte(int count)
{
    int codes = 0;
    for (int span = count; count > 1 && span <= 256; span *= count)
        ++codes;
    return codes;
}

bool baseIsSmaller(int count)
{
    return count > 1 && 8 < codesPerByte(count) * codeBits(count);
}

void writeBase(std::span<const std::uint8_t> codes, int count, std::span<std::byte> out)
{
    const auto step = static_cast<std::size_t>(codesPerByte(count));
    std::size_t byte = 0;
    for (std::size_t begin = 0; begin < codes.size(); begin += step) {
        int value = 0;
        for (std::size_t i = std::min(begin + step, codes.size()); i-- > begin;)
            value = value * count + codes[i];
        out[byte++] = static_cast<std::byte>(value);
    }
}

void readBase(std::span<const std::byte> stream, int count, std::span<std::uint8_t> codes)
{
    const auto step = static_cast<std::size_t>(codesPerByte(count));
    std::size_t byte = 0;
    for (std::size_t begin = 0; begin < codes.size(); begin += step) {
        int value = std::to_integer<int>(stream[byte++]);
        for (std::size_t i = begin; i < std::min(begin + step, codes.size()); ++i, value /= count)
            codes[i] = static_cast<std::uint8_t>(value % count);
    }
}

} // namespace halftone
