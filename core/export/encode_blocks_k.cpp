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

constexpr int kLanes = 8;

// A number of each of eight runs, which are searched side by side: no sum goes across a register.
using Lanes = float __attribute__((vector_size(4 * kLanes)));

HALFTONE_INLINE void lower(Lanes& a, const Lanes& b) { a = b < a ? b : a; }
HALFTONE_INLINE void raise(Lanes& a, const Lanes& b) { a = b > a ? b : a; }

// To the nearest whole number, ties to even: 1.5 * 2^23 leaves no room for fractions.
HALFTONE_INLINE void round(Lanes& x, float least, float most)
{
    constexpr float shift = 12582912.0f;
    lower(x, Lanes{} + most);
    raise(x, Lanes{} + least);
    x = (x + shift) - shift;
}

HALFTONE_INLINE int rounded(float x, int least, int most)
{
    constexpr float shift = 12582912.0f;
    const float low = static_cast<float>(least), high = static_cast<float>(most);
    const float kept = x < low ? low : x > high ? high : x;
    return static_cast<int>((kept + shift) - shift);
}

// Number i of eight runs of `count`, one after the other.
template <int count>
HALFTONE_INLINE void takeApart(const float* in, Lanes* x)
{
    for (int i = 0; i < count; ++i)
        for (int k = 0; k < kLanes; ++k)
            x[i][k] = in[k * count + i];
}

// x ~ scale * code, least <= code <= most, and the squared error beyond sum w x^2.
struct Scaled
{
    Lanes scale{}, error{};
};

// Takes the best scale for the codes at 1 / inverse where it leaves less than what is there.
template <int count>
HALFTONE_INLINE void tryScale(const Lanes* x, const Lanes* weight, const Lanes& inverse, float least, float most,
                              Scaled& best)
{
    Lanes cross{}, square{};
    for (int i = 0; i < count; ++i) {
        Lanes code = x[i] * inverse;
        round(code, least, most);
        const Lanes weighted = weight[i] * code;
        cross += weighted * x[i];
        square += weighted * code;
    }
    const Lanes scale = cross / square; // not a number without codes, and then not less
    const Lanes error = -cross * scale;
    best.scale = error < best.error ? scale : best.scale;
    lower(best.error, error);
}

// The numbers farthest from zero, either where both signs are as far.
template <int count>
HALFTONE_INLINE void findFarthest(const Lanes* x, Lanes& extreme)
{
    Lanes low{}, high{};
    for (int i = 0; i < count; ++i) {
        lower(low, x[i]);
        raise(high, x[i]);
    }
    extreme = high > -low ? high : low;
}

template <int count>
HALFTONE_INLINE void findScales(const Lanes* x, const Lanes* weight, float least, float most, Scaled& best)
{
    Lanes extreme;
    findFarthest<count>(x, extreme);
    const Lanes one = extreme != 0 ? least / extreme : Lanes{};
    // The extreme lands on the farther end of the codes, or a little beyond or before it.
    for (int step = -9; step <= 9; ++step)
        tryScale<count>(x, weight, one * (1 + 0.02f * static_cast<float>(step)), least, most, best);
}

// x ~ step * code - least, both >= 0 and 0 <= code <= top.
struct Affine
{
    Lanes step{}, least{};
};

// Sums over the numbers that no candidate changes.
struct Numbers
{
    Lanes weight{}, x{}, square{};
};

// Least squares of x against the codes that `a` gives, with the offset held at or below zero; taken where it leaves a
// smaller error than what is there.
template <int count>
HALFTONE_INLINE void tryAffine(const Lanes* x, const Lanes* weight, const Numbers& all, const Affine& a, float top,
                               Affine& best, Lanes& bestError)
{
    const Lanes inverse = a.step > 0 ? 1 / a.step : Lanes{};
    Lanes l{}, l2{}, lx{};
    for (int i = 0; i < count; ++i) {
        Lanes code = (x[i] + a.least) * inverse;
        round(code, 0, top);
        const Lanes weighted = weight[i] * code;
        l += weighted;
        l2 += weighted * code;
        lx += weighted * x[i];
    }
    const Lanes determinant = all.weight * l2 - l * l;
    Lanes step = (all.weight * lx - l * all.x) / determinant;
    Lanes least = -(l2 * all.x - l * lx) / determinant;
    step = least < 0 ? lx / l2 : step;
    raise(least, Lanes{});
    const auto fits = (determinant > 0) & (step > 0); // neither is where one is not a number
    step = fits ? step : a.step;
    least = fits ? least : a.least;
    const Lanes error = all.square + step * step * l2 + least * least * all.weight - 2 * step * lx + 2 * least * all.x -
                        2 * step * least * l;
    const auto better = error < bestError;
    best.step = better ? step : best.step;
    best.least = better ? least : best.least;
    bestError = better ? error : bestError;
}

template <int count>
HALFTONE_INLINE void findAffine(const Lanes* x, const Lanes* weight, float top, Affine& best)
{
    Numbers all;
    Lanes low = x[0], high = x[0];
    for (int i = 0; i < count; ++i) {
        lower(low, x[i]);
        raise(high, x[i]);
        all.weight += weight[i];
        all.x += weight[i] * x[i];
        all.square += weight[i] * x[i] * x[i];
    }
    const Lanes least = low < 0 ? -low : Lanes{};
    Lanes reach = high + least;
    raise(reach, Lanes{});
    best = {reach / top, least};
    Lanes error = all.square;
    for (int step = -10; step <= 10; ++step)
        tryAffine<count>(x, weight, all, {reach / (top + 0.1f * static_cast<float>(step)), least}, top, best, error);
}

} // namespace

// 64 codes of -1, 0, 1, 2 times one scale, which may be negative.
HALFTONE_VECTORIZE
void encodeQ2_0(const float* in, std::int64_t blocks, std::uint8_t* out)
{
    Lanes x[64], even[64];
    for (Lanes& one : even)
        one = Lanes{} + 1.0f;
    std::array<float, kLanes * 64> eight{}; // with zeros behind the last block
    for (; blocks > 0; blocks -= kLanes) {
        const auto count = static_cast<int>(std::min<std::int64_t>(blocks, kLanes));
        std::fill(std::copy_n(in, 64 * count, eight.begin()), eight.end(), 0.0f);
        takeApart<64>(eight.data(), x);
        Lanes most;
        findFarthest<64>(x, most);
        most = most < 0 ? -most : most;
        const Lanes one = most > 0 ? 0.125f / most : Lanes{};
        Scaled best;
        for (int step = 1; step <= 24; ++step)
            for (const float sign : {1.0f, -1.0f})
                tryScale<64>(x, even, one * (sign * static_cast<float>(step)), -1, 2, best);
        for (int k = 0; k < count; ++k, in += 64, out += 18) {
            const float d = roundToHalf(best.scale[k]);
            putHalf(out, d);
            const float inverse = d != 0 ? 1 / d : 0;
            std::memset(out + 2, 0, 16);
            for (int i = 0; i < 64; ++i)
                out[2 + i / 4] = static_cast<std::uint8_t>(
                    out[2 + i / 4] | (rounded(in[i] * inverse, -1, 2) + 1) << (2 * (i % 4)));
        }
    }
}

HALFTONE_VECTORIZE
void encodeQ6K(const float* in, std::int64_t blocks, std::uint8_t* out)
{
    for (; blocks > 0; --blocks, in += 256, out += 210) {
        std::array<float, 16> scales{};
        float extreme = 0;
        for (std::size_t half = 0; half < 2; ++half) {
            Lanes x[16], weight[16];
            takeApart<16>(in + 128 * half, x);
            for (int i = 0; i < 16; ++i)
                weight[i] = x[i] * x[i];
            Scaled best;
            findScales<16>(x, weight, -32, 31, best);
            for (int k = 0; k < kLanes; ++k) {
                scales[8 * half + static_cast<std::size_t>(k)] = best.scale[k];
                if (std::abs(best.scale[k]) > std::abs(extreme))
                    extreme = best.scale[k];
            }
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
        Lanes x[32], weight[32], square{};
        takeApart<32>(in, x);
        for (int i = 0; i < 32; ++i)
            square += x[i] * x[i];
        for (int k = 0; k < kLanes; ++k)
            square[k] = std::sqrt(square[k] / 32); // a usual size
        for (int i = 0; i < 32; ++i)
            weight[i] = square + (x[i] < 0 ? -x[i] : x[i]);
        Affine parts;
        findAffine<32>(x, weight, 15, parts);
        float step = 0, least = 0;
        for (int k = 0; k < kLanes; ++k) {
            step = std::max(step, parts.step[k]);
            least = std::max(least, parts.least[k]);
        }
        std::memset(out, 0, 144);
        const float d = roundToHalf(step / 63), dLeast = roundToHalf(least / 63);
        putHalf(out, d);
        putHalf(out + 2, dLeast);
        std::uint8_t* packed = out + 4;
        for (int j = 0; j < 8; ++j) {
            const int scale = d > 0 ? rounded(parts.step[j] / d, 0, 63) : 0;
            const int minimum = dLeast > 0 ? rounded(parts.least[j] / dLeast, 0, 63) : 0;
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
