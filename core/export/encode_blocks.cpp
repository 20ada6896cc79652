// SPDX-License-Identifier: GPL-3.0-or-later
#include "export/encode_blocks.h"

#include "base/error.h"
#include "base/half.h"
#include "export/encode_blocks_k.h"

#include <QStringList>
#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>

namespace halftone {

namespace {

using BlockEncoder = void (*)(const float* in, std::int64_t blocks, std::uint8_t* out);

void putHalf(std::uint8_t* out, float value)
{
    const std::uint16_t bits = floatToHalf(value);
    std::memcpy(out, &bits, sizeof bits);
}

float largestSize(const float* in, int count)
{
    float most = 0;
    for (int i = 0; i < count; ++i)
        most = std::max(most, std::abs(in[i]));
    return most;
}

float inverse(float scale) { return scale != 0 ? 1 / scale : 0; }

void encodeF32(const float* in, std::int64_t count, std::uint8_t* out)
{
    std::memcpy(out, in, static_cast<std::size_t>(count) * 4);
}

template <std::uint16_t (*Convert)(float)>
void encodePlain(const float* in, std::int64_t count, std::uint8_t* out)
{
    for (std::int64_t i = 0; i < count; ++i) {
        const std::uint16_t bits = Convert(in[i]);
        std::memcpy(out + 2 * i, &bits, sizeof bits);
    }
}

void encodeQ8_0(const float* in, std::int64_t blocks, std::uint8_t* out)
{
    for (; blocks > 0; --blocks, in += 32, out += 34) {
        const float d = largestSize(in, 32) / 127;
        const float id = inverse(d);
        putHalf(out, d);
        for (int i = 0; i < 32; ++i)
            out[2 + i] = static_cast<std::uint8_t>(static_cast<std::int8_t>(std::round(in[i] * id)));
    }
}

void encodeQ4_0(const float* in, std::int64_t blocks, std::uint8_t* out)
{
    for (; blocks > 0; --blocks, in += 32, out += 18) {
        // The number farthest from zero becomes -8, whichever its sign.
        float extreme = 0;
        for (int i = 0; i < 32; ++i)
            if (std::abs(in[i]) > std::abs(extreme))
                extreme = in[i];
        const float d = extreme / -8;
        const float id = inverse(d);
        putHalf(out, d);
        const auto code = [&](float x) { return std::min(15, static_cast<int>(x * id + 8.5f)); };
        for (int i = 0; i < 16; ++i)
            out[2 + i] = static_cast<std::uint8_t>(code(in[i]) | code(in[16 + i]) << 4);
    }
}

void encodeQ4_1(const float* in, std::int64_t blocks, std::uint8_t* out)
{
    for (; blocks > 0; --blocks, in += 32, out += 20) {
        const auto [least, most] = std::minmax_element(in, in + 32);
        const float low = *least;
        const float d = (*most - low) / 15;
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
                                     {ElementType::F16, encodePlain<floatToHalf>},
                                     {ElementType::BF16, encodePlain<floatToBfloat16>},
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
