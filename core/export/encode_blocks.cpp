// SPDX-License-Identifier: GPL-3.0-or-later
#include "export/encode_blocks.h"

#include "base/error.h"
#include "base/vectorize.h"
#include "export/encode_blocks_k.h"

#include <QStringList>
#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstring>

namespace halftone {

namespace {

using BlockEncoder = void (*)(const float* in, std::int64_t blocks, std::uint8_t* out);

// Rounds to the nearest, ties to even; without branches, so that it is done for many at once. Below the normal halves a
// float's own addition rounds: in 0.5 + x the last bit is worth 2^-24.
HALFTONE_INLINE std::uint16_t halfOf(float value)
{
    const auto all = std::bit_cast<std::uint32_t>(value);
    const std::uint32_t size = all & 0x7fffffffu;
    const std::uint32_t normal = (size - (112u << 23) + 0xfffu + (size >> 13 & 1)) >> 13;
    const std::uint32_t small = std::bit_cast<std::uint32_t>(std::bit_cast<float>(size) + 0.5f) - 0x3f000000u;
    const std::uint32_t special = size > 0x7f800000u ? 0x7e00u : 0x7c00u;
    const std::uint32_t magnitude = size >= 143u << 23 ? special : size < 113u << 23 ? small : normal;
    return static_cast<std::uint16_t>(magnitude | (all >> 16 & 0x8000u));
}

HALFTONE_INLINE void putHalf(std::uint8_t* out, float value)
{
    const std::uint16_t bits = halfOf(value);
    std::memcpy(out, &bits, sizeof bits);
}

// count is a multiple of 8.
HALFTONE_INLINE float largestSize(const float* in, int count)
{
    float lanes[8] = {};
    for (int i = 0; i < count; i += 8)
        for (int k = 0; k < 8; ++k)
            lanes[k] = std::max(lanes[k], std::abs(in[i + k]));
    return *std::max_element(lanes, lanes + 8);
}

float inverse(float scale) { return scale != 0 ? 1 / scale : 0; }

void encodeF32(const float* in, std::int64_t count, std::uint8_t* out)
{
    std::memcpy(out, in, static_cast<std::size_t>(count) * 4);
}

HALFTONE_VECTORIZE
void encodeF16(const float* in, std::int64_t count, std::uint8_t* out)
{
    for (std::int64_t i = 0; i < count; ++i) {
        const std::uint16_t bits = halfOf(in[i]);
        std::memcpy(out + 2 * i, &bits, sizeof bits);
    }
}

HALFTONE_VECTORIZE
void encodeBF16(const float* in, std::int64_t count, std::uint8_t* out)
{
    for (std::int64_t i = 0; i < count; ++i) {
        const auto all = std::bit_cast<std::uint32_t>(in[i]);
        const std::uint32_t kept = (all + 0x7fffu + (all >> 16 & 1)) >> 16;
        const bool number = (all & 0x7fffffffu) <= 0x7f800000u;
        const auto bits = static_cast<std::uint16_t>(number ? kept : (all >> 16 & 0x8000u) | 0x7fc0u);
        std::memcpy(out + 2 * i, &bits, sizeof bits);
    }
}

// As std::round does, ties away from zero, for |x| < 2^22: the float before 1/2 keeps 0.49999997 below 1.
HALFTONE_INLINE int roundedAway(float x)
{
    return static_cast<int>(x + std::copysign(0x1.fffffep-2f, x));
}

HALFTONE_VECTORIZE
void encodeQ8_0(const float* in, std::int64_t blocks, std::uint8_t* out)
{
    for (; blocks > 0; --blocks, in += 32, out += 34) {
        const float d = largestSize(in, 32) / 127;
        const float id = inverse(d);
        putHalf(out, d);
        for (int i = 0; i < 32; ++i)
            out[2 + i] = static_cast<std::uint8_t>(static_cast<std::int8_t>(roundedAway(in[i] * id)));
    }
}

// The number farthest from zero, the first of them where both signs are as far.
HALFTONE_INLINE float farthest(const float* in)
{
    float low[8] = {}, high[8] = {};
    for (int i = 0; i < 32; i += 8)
        for (int k = 0; k < 8; ++k) {
            low[k] = std::min(low[k], in[i + k]);
            high[k] = std::max(high[k], in[i + k]);
        }
    const float least = *std::min_element(low, low + 8), most = *std::max_element(high, high + 8);
    if (most != -least)
        return most > -least ? most : least;
    const float* first = std::find_if(in, in + 32, [most](float x) { return std::abs(x) == most; });
    return first == in + 32 ? 0 : *first;
}

HALFTONE_VECTORIZE
void encodeQ4_0(const float* in, std::int64_t blocks, std::uint8_t* out)
{
    for (; blocks > 0; --blocks, in += 32, out += 18) {
        const float extreme = farthest(in); // becomes -8, whichever its sign
        const float d = extreme / -8;
        const float id = inverse(d);
        putHalf(out, d);
        const auto code = [&](float x) { return std::min(15, static_cast<int>(x * id + 8.5f)); };
        for (int i = 0; i < 16; ++i)
            out[2 + i] = static_cast<std::uint8_t>(code(in[i]) | code(in[16 + i]) << 4);
    }
}

HALFTONE_VECTORIZE
void encodeQ4_1(const float* in, std::int64_t blocks, std::uint8_t* out)
{
    for (; blocks > 0; --blocks, in += 32, out += 20) {
        const auto [least, most] = std::minmax_element(in, in + 32);
        const float low = *least, high = *most;
        const float d = (high - low) / 15;
        const float id = inverse(d);
        putHalf(out, d);
        putHalf(out + 2, low);
        const auto code = [&](float x) { return std::min(15, static_cast<int>((x - low) * id + 0.5f)); };
        for (int i = 0; i < 16; ++i)
            out[4 + i] = static_cast<std::uint8_t>(code(in[i]) | code(in[16 + i]) << 4);
    }
}

// 0, 1, 2 for -d, 0, d
int ternaryCode(float x, float id) { return static_cast<int>(std::lround(x * id)) + 1; }

void encodeTQ2_0(const float* in, std::int64_t blocks, std::uint8_t* out)
{
    for (; blocks > 0; --blocks, in += 256, out += 66) {
        const float d = largestSize(in, 256);
        const float id = inverse(d);
        std::memset(out, 0, 64);
        for (int i = 0; i < 256; ++i) {
            const int byte = i / 128 * 32 + i % 32, shift = 2 * (i % 128 / 32);
            out[byte] = static_cast<std::uint8_t>(out[byte] | ternaryCode(in[i], id) << shift);
        }
        putHalf(out + 64, d);
    }
}

// Five base-3 digits, the first the most significant, as a fraction of 256 rounded up.
void encodeTQ1_0(const float* in, std::int64_t blocks, std::uint8_t* out)
{
    const auto byteOf = [](const float* first, int stride, int digits, float id) {
        int value = 0;
        for (int p = 0; p < 5; ++p)
            value = value * 3 + (p < digits ? ternaryCode(first[p * stride], id) : 0);
        return static_cast<std::uint8_t>((value * 256 + 242) / 243);
    };
    for (; blocks > 0; --blocks, in += 256, out += 54) {
        const float d = largestSize(in, 256);
        const float id = inverse(d);
        for (int i = 0; i < 32; ++i)
            out[i] = byteOf(in + i, 32, 5, id);
        for (int i = 0; i < 16; ++i)
            out[32 + i] = byteOf(in + 160 + i, 16, 5, id);
        for (int i = 0; i < 4; ++i)
            out[48 + i] = byteOf(in + 240 + i, 4, 4, id);
        putHalf(out + 52, d);
    }
}

void encodeQ1_0(const float* in, std::int64_t blocks, std::uint8_t* out)
{
    for (; blocks > 0; --blocks, in += 128, out += 18) {
        float sum = 0;
        for (int i = 0; i < 128; ++i)
            sum += std::abs(in[i]);
        putHalf(out, sum / 128);
        std::memset(out + 2, 0, 16);
        for (int i = 0; i < 128; ++i)
            if (in[i] >= 0)
                out[2 + i / 8] = static_cast<std::uint8_t>(out[2 + i / 8] | 1 << i % 8);
    }
}

struct Row
{
    ElementType type;
    BlockEncoder encode;
};

constexpr std::array<Row, 12> kRows{{{ElementType::F32, encodeF32},
                                     {ElementType::F16, encodeF16},
                                     {ElementType::BF16, encodeBF16},
                                     {ElementType::Q8_0, encodeQ8_0},
                                     {ElementType::Q6_K, encodeQ6K},
                                     {ElementType::Q4_1, encodeQ4_1},
                                     {ElementType::Q4_K, encodeQ4K},
                                     {ElementType::Q4_0, encodeQ4_0},
                                     {ElementType::Q2_0, encodeQ2_0},
                                     {ElementType::TQ2_0, encodeTQ2_0},
                                     {ElementType::TQ1_0, encodeTQ1_0},
                                     {ElementType::Q1_0, encodeQ1_0}}};

} // namespace

std::span<const ElementType> encodableTypes()
{
    static const auto types = [] {
        std::array<ElementType, kRows.size()> list{};
        std::transform(kRows.begin(), kRows.end(), list.begin(), [](const Row& r) { return r.type; });
        return list;
    }();
    return types;
}

ElementType encodableType(const QString& wanted)
{
    QStringList known;
    for (const ElementType type : encodableTypes()) {
        if (name(type).compare(wanted, Qt::CaseInsensitive) == 0)
            return type;
        known << name(type);
    }
    throw Error(tr("'%1' is no type that can be written; known are %2.")
                    .arg(wanted, known.join(QStringLiteral(", "))));
}

void encodeBlocks(ElementType type, std::span<const float> in, std::span<std::byte> out)
{
    const auto row = std::find_if(kRows.begin(), kRows.end(), [&](const Row& r) { return r.type == type; });
    if (row == kRows.end())
        throw Error(tr("The type %1 can be read but not written.").arg(name(type)));
    const auto count = static_cast<std::int64_t>(in.size());
    if (storedBytes(type, count, count) != static_cast<std::int64_t>(out.size()))
        throw Error(tr("%1 numbers do not make %2 bytes of %3.").arg(count).arg(out.size()).arg(name(type)));
    row->encode(in.data(), count / info(type).blockElements, reinterpret_cast<std::uint8_t*>(out.data()));
}

} // namespace halftone
