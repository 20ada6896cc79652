// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/half.h"

#include "base/half_f16c.h"

#include <Eigen/Core>
#include <bit>
#include <cstring>

namespace halftone {

float halfToFloat(std::uint16_t bits)
{
    return Eigen::half_impl::half_to_float(Eigen::half_impl::raw_uint16_to_half(bits));
}

std::uint16_t floatToHalf(float value)
{
    return Eigen::numext::bit_cast<std::uint16_t>(Eigen::half(value));
}

float bfloat16ToFloat(std::uint16_t bits)
{
    return std::bit_cast<float>(static_cast<std::uint32_t>(bits) << 16);
}

std::uint16_t floatToBfloat16(float value)
{
    return Eigen::numext::bit_cast<std::uint16_t>(Eigen::bfloat16(value));
}

float roundToHalf(float value)
{
    return halfToFloat(floatToHalf(value));
}

namespace {
// binary16 to binary32 by integer arithmetic alone, so that the compiler can vectorize the loop.
inline float halfBitsToFloat(std::uint32_t h)
{
    const std::uint32_t sign = (h & 0x8000u) << 16;
    const std::uint32_t magnitude = h & 0x7fffu;
    const float normal = std::bit_cast<float>((magnitude << 13) + (112u << 23));
    const float subnormal = std::bit_cast<float>((magnitude << 13) + (113u << 23)) - 0x1p-14f;
    const float special = std::bit_cast<float>((magnitude << 13) + (224u << 23));
    const float value = magnitude >= 0x7c00u ? special : (magnitude < 0x0400u ? subnormal : normal);
    return std::bit_cast<float>(std::bit_cast<std::uint32_t>(value) | sign);
}
} // namespace

void halfToFloat(std::span<const std::byte> bits, std::span<float> out)
{
    for (std::size_t i = halvesByProcessor(bits.data(), out.size(), out.data()); i < out.size(); ++i) {
        std::uint16_t h;
        std::memcpy(&h, bits.data() + 2 * i, 2);
        out[i] = halfBitsToFloat(h);
    }
}

void bfloat16ToFloat(std::span<const std::byte> bits, std::span<float> out)
{
    for (std::size_t i = 0; i < out.size(); ++i) {
        std::uint16_t h;
        std::memcpy(&h, bits.data() + 2 * i, 2);
        out[i] = bfloat16ToFloat(h);
    }
}

} // namespace halftone
