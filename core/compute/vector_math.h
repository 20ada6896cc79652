// SPDX-License-Identifier: GPL-3.0-or-later
// Exponentials that compilers turn into vector instructions. Not for general use: no error numbers, no subnormal
// results.
#pragma once

#include "base/vectorize.h"

#include <bit>
#include <cstdint>

namespace halftone::cpu {

/// e^x within 2 units in the last place for x in [-87, 88]; 0 below, the largest value's reach above.
/// x = k ln 2 + r with |r| <= ln(2)/2, a polynomial for e^r, k put into the exponent. Adding 1.5 * 2^23
/// leaves round(x / ln 2) in the low bits of the sum.
HALFTONE_INLINE float fastExp(float x)
{
    constexpr float shift = 12582912.0f;
    const float kept = x < -87.0f ? -87.0f : (x > 88.0f ? 88.0f : x);
    const float shifted = kept * 1.44269504f + shift;
    const float k = shifted - shift;
    const float r = (kept - k * 0.693359375f) - k * -2.12194440e-4f;
    float p = 1.9875691500e-4f;
    p = p * r + 1.3981999507e-3f;
    p = p * r + 8.3334519073e-3f;
    p = p * r + 4.1665795894e-2f;
    p = p * r + 1.6666665459e-1f;
    p = p * r + 5.0000001201e-1f;
    p = p * r * r + r + 1.0f;
    const auto power = (std::bit_cast<std::int32_t>(shifted) - std::bit_cast<std::int32_t>(shift) + 127) << 23;
    const float value = p * std::bit_cast<float>(power);
    return x < -87.0f ? 0.0f : value;
}

/// e^x within 2 units in the last place for x in [-708, 709]; 0 below.
HALFTONE_INLINE double fastExp(double x)
{
    constexpr double shift = 6755399441055744.0;
    const double kept = x < -708.0 ? -708.0 : (x > 709.0 ? 709.0 : x);
    const double shifted = kept * 1.4426950408889634 + shift;
    const double k = shifted - shift;
    const double r = (kept - k * 6.93147180369123816490e-01) - k * 1.90821492927058770002e-10;
    double p = 1.0 / 6227020800.0;
    p = p * r + 1.0 / 479001600.0;
    p = p * r + 1.0 / 39916800.0;
    p = p * r + 1.0 / 3628800.0;
    p = p * r + 1.0 / 362880.0;
    p = p * r + 1.0 / 40320.0;
    p = p * r + 1.0 / 5040.0;
    p = p * r + 1.0 / 720.0;
    p = p * r + 1.0 / 120.0;
    p = p * r + 1.0 / 24.0;
    p = p * r + 1.0 / 6.0;
    p = p * r + 0.5;
    p = p * r * r + r + 1.0;
    const auto power = (std::bit_cast<std::int64_t>(shifted) - std::bit_cast<std::int64_t>(shift) + 1023) << 52;
    const double value = p * std::bit_cast<double>(power);
    return x < -708.0 ? 0.0 : value;
}

/// The largest of size >= 1 numbers without NaN.
float largest(const float* x, std::int64_t size);

} // namespace halftone::cpu
