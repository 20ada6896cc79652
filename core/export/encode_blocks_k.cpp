// SPDX-License-Identifier: GPL-3.0-or-later
// Scales by search: each candidate rounds the numbers, the best scale for those codes follows in
// closed form, and the least weighted squared error wins. Numbers far from zero weigh more, since
// they carry more of a layer's output.
#include "export/encode_blocks_k.h"

#include "base/half.h"
#include "base/vectorize.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>

namespace halftone {

namespace {

void putHalf(std::uint8_t* out, float value)
{
    const std::uint16_t bits = floatToHalf(value);
    std::memcpy(out, &bits, sizeof bits);
}

// To the nearest whole number, ties to even: 1.5 * 2^23 leaves no room for fractions.
HALFTONE_INLINE float nearest(float x, float least, float most)
{
    constexpr float shift = 12582912.0f;
    const float kept = x < least ? least : x > most ? most : x;
    return (kept + shift) - shift;
}

HALFTONE_INLINE int rounded(float x, int least, int most)
{
    return static_cast<int>(nearest(x, static_cast<float>(least), static_cast<float>(most)));
}

// x ~ scale * code, least <= code <= most.
struct Scaled
{
    float scale = 0;
    float error = 0;
};

// What the best scale for the codes at 1 / inverse is, and the error it leaves beyond sum w x^2.
template <int count>
HALFTONE_INLINE Scaled refitted(const float* x, const float* weight, float inverse, float least, float most)
{
    float cross = 0, square = 0;
#pragma omp simd reduction(+ : cross, square)
    for (int i = 0; i < count; ++i) {
        const float code = nearest(x[i] * inverse, least, most);
        cross += weight[i] * x[i] * code;
        square += weight[i] * code * code;
    }
    if (square <= 0)
        return {};
    return {cross / square, -cross * cross / square};
}

// The number farthest from zero, either where both signs are as far.
template <int count>
HALFTONE_INLINE float farthest(const float* x)
{
    float low[8] = {}, high[8] = {};
    for (int i = 0; i < count; i += 8)
        for (int k = 0; k < 8; ++k) {
            low[k] = x[i + k] < low[k] ? x[i + k] : low[k];
            high[k] = x[i + k] > high[k] ? x[i + k] : high[k];
        }
    const float least = *std::min_element(low, low + 8), most = *std::max_element(high, high + 8);
    return most > -least ? most : least;
}

template <int count>
HALFTONE_INLINE float bestScale(const float* x, const float* weight, float least, float most)
{
    const float extreme = farthest<count>(x);
    if (extreme == 0)
        return 0;
    Scaled best;
    // The extreme lands on the farther end of the codes, or a little beyond or before it.
    for (int step = -9; step <= 9; ++step) {
        const float inverse = least * (1 + 0.02f * static_cast<float>(step)) / extreme;
        const Scaled found = refitted<count>(x, weight, inverse, least, most);
        if (found.error < best.error)
            best = found;
    }
    return best.scale;
}

// x ~ step * code - least, both >= 0 and 0 <= code <= top.
struct Affine
{
    float step = 0;
    float least = 0;
};

// Sums over the numbers that no candidate changes.
struct Numbers
{
    float weight = 0, x = 0, square = 0;
};

// Least squares of x against the codes that `a` gives, with the offset held at or below zero, and the error that is left.
template <int count>
HALFTONE_INLINE Affine refitted(const float* x, const float* weight, const Numbers& all, const Affine& a, float top,
                                float& error)
{
    const float inverse = a.step > 0 ? 1 / a.step : 0;
    float l = 0, l2 = 0, lx = 0;
#pragma omp simd reduction(+ : l, l2, lx)
    for (int i = 0; i < count; ++i) {
        const float code = nearest((x[i] + a.least) * inverse, 0, top);
        const float weighted = weight[i] * code;
        l += weighted;
        l2 += weighted * code;
        lx += weighted * x[i];
    }
    const float determinant = all.weight * l2 - l * l;
    Affine out = a;
    if (determinant > 0) {
        Affine fitted{(all.weight * lx - l * all.x) / determinant, -(l2 * all.x - l * lx) / determinant};
        if (fitted.least < 0)
            fitted = {l2 > 0 ? lx / l2 : 0, 0};
        if (fitted.step > 0)
            out = fitted;
    }
    error = all.square + out.step * out.step * l2 + out.least * out.least * all.weight - 2 * out.step * lx +
            2 * out.least * all.x - 2 * out.step * out.least * l;
    return out;
}

template <int count>
HALFTONE_INLINE Affine bestAffine(const float* x, const float* weight, float top)
{
    Numbers all;
    float low = x[0], high = x[0];
#pragma omp simd reduction(min : low) reduction(max : high)
    for (int i = 0; i < count; ++i) {
        low = x[i] < low ? x[i] : low;
        high = x[i] > high ? x[i] : high;
    }
    float weights = 0, sum = 0, square = 0;
#pragma omp simd reduction(+ : weights, sum, square)
    for (int i = 0; i < count; ++i) {
        weights += weight[i];
        sum += weight[i] * x[i];
        square += weight[i] * x[i] * x[i];
    }
    all = {weights, sum, square};
    const float least = low < 0 ? -low : 0;
    const float reach = high + least;
    if (reach <= 0)
        return {0, least};
    Affine best{reach / top, least};
    float error = all.square;
    for (int step = -10; step <= 10; ++step) {
        float left = 0;
        const Affine found =
            refitted<count>(x, weight, all, {reach / (top + 0.1f * static_cast<float>(step)), least}, top, left);
        if (left < error) {
            error = left;
            best = found;
        }
    }
    return best;
}

} // namespace

// 64 codes of -1, 0, 1, 2 times one scale, which may be negative.
HALFTONE_VECTORIZE
void encodeQ2_0(const float* in, std::int64_t blocks, std::uint8_t* out)
{
    std::array<float, 64> even;
    even.fill(1);
    for (; blocks > 0; --blocks, in += 64, out += 18) {
        Scaled best;
        const float most = std::abs(farthest<64>(in));
        for (int step = 1; step <= 24 && most > 0; ++step)
            for (const float sign : {1.0f, -1.0f}) {
                const float inverse = sign * 0.125f * static_cast<float>(step) / most;
                const Scaled found = refitted<64>(in, even.data(), inverse, -1, 2);
                if (found.error < best.error)
                    best = found;
            }
        const float d = roundToHalf(best.scale);
        putHalf(out, d);
        const float inverse = d != 0 ? 1 / d : 0;
        std::memset(out + 2, 0, 16);
        for (int i = 0; i < 64; ++i)
            out[2 + i / 4] = static_cast<std::uint8_t>(
                out[2 + i / 4] | (rounded(in[i] * inverse, -1, 2) + 1) << (2 * (i % 4)));
    }
}

HALFTONE_VECTORIZE
void encodeQ6K(const float* in, std::int64_t blocks, std::uint8_t* out)
{
    for (; blocks > 0; --blocks, in += 256, out += 210) {
        std::array<float, 16> scales{};
        float extreme = 0;
        for (std::size_t j = 0; j < 16; ++j) {
            const float* x = in + 16 * j;
            std::array<float, 16> weight;
            for (std::size_t i = 0; i < 16; ++i)
                weight[i] = x[i] * x[i];
            scales[j] = bestScale<16>(x, weight.data(), -32, 31);
            if (std::abs(scales[j]) > std::abs(extreme))
                extreme = scales[j];
        }
        std::memset(out, 0, 210);
        const float d = roundToHalf(extreme / -128);
        putHalf(out + 208, d);
        if (d == 0)
            continue;
        for (int j = 0; j < 16; ++j) {
            const int sub = rounded(scales[static_cast<std::size_t>(j)] / d, -128, 127);
            out[192 + j] = static_cast<std::uint8_t>(static_cast<std::int8_t>(sub));
            const float inverse = sub != 0 ? 1 / (d * static_cast<float>(sub)) : 0;
            std::uint8_t* low = out + j / 8 * 64 + j % 4 / 2 * 32 + j % 2 * 16;
            std::uint8_t* high = out + 128 + j / 8 * 32 + j % 2 * 16;
            const int lowShift = j % 8 / 4 * 4, highShift = j % 8 / 2 * 2;
            for (int i = 0; i < 16; ++i) {
                const int code = rounded(in[16 * j + i] * inverse, -32, 31) + 32;
                low[i] = static_cast<std::uint8_t>(low[i] | (code & 15) << lowShift);
                high[i] = static_cast<std::uint8_t>(high[i] | (code >> 4) << highShift);
            }
        }
    }
}

HALFTONE_VECTORIZE
void encodeQ4K(const float* in, std::int64_t blocks, std::uint8_t* out)
{
    for (; blocks > 0; --blocks, in += 256, out += 144) {
        std::array<Affine, 8> parts;
        float step = 0, least = 0;
        for (std::size_t j = 0; j < 8; ++j) {
            const float* x = in + 32 * j;
            float square = 0;
#pragma omp simd reduction(+ : square)
            for (int i = 0; i < 32; ++i)
                square += x[i] * x[i];
            const float usual = std::sqrt(square / 32);
            std::array<float, 32> weight;
            for (std::size_t i = 0; i < 32; ++i)
                weight[i] = usual + std::abs(x[i]);
            parts[j] = bestAffine<32>(x, weight.data(), 15);
            step = std::max(step, parts[j].step);
            least = std::max(least, parts[j].least);
        }
        std::memset(out, 0, 144);
        const float d = roundToHalf(step / 63), dLeast = roundToHalf(least / 63);
        putHalf(out, d);
        putHalf(out + 2, dLeast);
        std::uint8_t* packed = out + 4;
        for (int j = 0; j < 8; ++j) {
            const Affine& part = parts[static_cast<std::size_t>(j)];
            const int scale = d > 0 ? rounded(part.step / d, 0, 63) : 0;
            const int minimum = dLeast > 0 ? rounded(part.least / dLeast, 0, 63) : 0;
            if (j < 4) {
                packed[j] = static_cast<std::uint8_t>(packed[j] | scale);
                packed[j + 4] = static_cast<std::uint8_t>(packed[j + 4] | minimum);
            } else {
                packed[j + 4] = static_cast<std::uint8_t>((scale & 15) | (minimum & 15) << 4);
                packed[j - 4] = static_cast<std::uint8_t>(packed[j - 4] | scale >> 4 << 6);
                packed[j] = static_cast<std::uint8_t>(packed[j] | minimum >> 4 << 6);
            }
            const float real = d * static_cast<float>(scale), offset = dLeast * static_cast<float>(minimum);
            const float inverse = real > 0 ? 1 / real : 0;
            std::uint8_t* codes = out + 16 + j / 2 * 32;
            for (int i = 0; i < 32; ++i) {
                const int code = rounded((in[32 * j + i] + offset) * inverse, 0, 15);
                codes[i] = static_cast<std::uint8_t>(codes[i] | code << (j % 2 * 4));
            }
        }
    }
}

} // namespace halftone
