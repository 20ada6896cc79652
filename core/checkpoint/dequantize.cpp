// SPDX-License-Identifier: GPL-3.0-or-later
#include "checkpoint/dequantize.h"

#include "base/error.h"
#include "base/half.h"
#include "checkpoint/dequantize_blocks.h"

namespace halftone {

namespace {

HALFTONE_CLONES void decodeQ4_0(const std::uint8_t* block, std::int64_t count, float* out)
{
    for (; count > 0; --count, block += 18, out += 32) {
        const float d = halfAt(block);
        for (int i = 0; i < 16; ++i) {
            out[i] = d * static_cast<float>((block[2 + i] & 15) - 8);
            out[16 + i] = d * static_cast<float>((block[2 + i] >> 4) - 8);
        }
    }
}

HALFTONE_CLONES void decodeQ4_1(const std::uint8_t* block, std::int64_t count, float* out)
{
    for (; count > 0; --count, block += 20, out += 32) {
        const float d = halfAt(block);
        const float least = halfAt(block + 2);
        for (int i = 0; i < 16; ++i) {
            out[i] = d * static_cast<float>(block[4 + i] & 15) + least;
            out[16 + i] = d * static_cast<float>(block[4 + i] >> 4) + least;
        }
    }
}

HALFTONE_CLONES void decodeQ5_0(const std::uint8_t* block, std::int64_t count, float* out)
{
    for (; count > 0; --count, block += 22, out += 32) {
        const float d = halfAt(block);
        std::uint32_t high;
        std::memcpy(&high, block + 2, sizeof high);
        for (int i = 0; i < 16; ++i) {
            const int low = (block[6 + i] & 15) | static_cast<int>((high >> i & 1) << 4);
            const int upper = (block[6 + i] >> 4) | static_cast<int>((high >> (i + 16) & 1) << 4);
            out[i] = d * static_cast<float>(low - 16);
            out[16 + i] = d * static_cast<float>(upper - 16);
        }
    }
}

HALFTONE_CLONES void decodeQ5_1(const std::uint8_t* block, std::int64_t count, float* out)
{
    for (; count > 0; --count, block += 24, out += 32) {
        const float d = halfAt(block);
        const float least = halfAt(block + 2);
        std::uint32_t high;
        std::memcpy(&high, block + 4, sizeof high);
        for (int i = 0; i < 16; ++i) {
            const int low = (block[8 + i] & 15) | static_cast<int>((high >> i & 1) << 4);
            const int upper = (block[8 + i] >> 4) | static_cast<int>((high >> (i + 16) & 1) << 4);
            out[i] = d * static_cast<float>(low) + least;
            out[16 + i] = d * static_cast<float>(upper) + least;
        }
    }
}

HALFTONE_CLONES void decodeQ8_0(const std::uint8_t* block, std::int64_t count, float* out)
{
    for (; count > 0; --count, block += 34, out += 32) {
        const float d = halfAt(block);
        for (int i = 0; i < 32; ++i)
            out[i] = static_cast<float>(static_cast<std::int8_t>(block[2 + i])) * d;
    }
}

HALFTONE_CLONES void decodeIQ4NL(const std::uint8_t* block, std::int64_t count, float* out)
{
    static constexpr float kLevels[16] = {-127, -104, -83, -65, -49, -35, -22, -10,
                                          1,    13,   25,  38,  53,  69,  89,  113};
    for (; count > 0; --count, block += 18, out += 32) {
        const float d = halfAt(block);
        for (int i = 0; i < 16; ++i) {
            out[i] = d * kLevels[block[2 + i] & 15];
            out[16 + i] = d * kLevels[block[2 + i] >> 4];
        }
    }
}

// Five base-3 digits a byte, stored as a fraction of 256, so that multiplying by 3 and keeping the
// carry brings out one digit after the other. 32 bytes, then 16, then 4 of four digits each.
HALFTONE_CLONES void decodeTQ1_0(const std::uint8_t* block, std::int64_t count, float* out)
{
    static constexpr std::uint8_t kPowers[5] = {1, 3, 9, 27, 81};
    for (; count > 0; --count, block += 54, out += 256) {
        const float d = halfAt(block + 52);
        for (int p = 0; p < 5; ++p) {
            for (int i = 0; i < 32; ++i) {
                const auto shifted = static_cast<std::uint8_t>(block[i] * kPowers[p]);
                out[p * 32 + i] = d * static_cast<float>((shifted * 3 >> 8) - 1);
            }
            for (int i = 0; i < 16; ++i) {
                const auto shifted = static_cast<std::uint8_t>(block[32 + i] * kPowers[p]);
                out[160 + p * 16 + i] = d * static_cast<float>((shifted * 3 >> 8) - 1);
            }
        }
        for (int p = 0; p < 4; ++p)
            for (int i = 0; i < 4; ++i) {
                const auto shifted = static_cast<std::uint8_t>(block[48 + i] * kPowers[p]);
                out[240 + p * 4 + i] = d * static_cast<float>((shifted * 3 >> 8) - 1);
            }
    }
}

HALFTONE_CLONES void decodeTQ2_0(const std::uint8_t* block, std::int64_t count, float* out)
{
    for (; count > 0; --count, block += 66, out += 256) {
        const float d = halfAt(block + 64);
        for (int half = 0; half < 2; ++half)
            for (int s = 0; s < 4; ++s)
                for (int i = 0; i < 32; ++i)
                    out[half * 128 + s * 32 + i] =
                        d * static_cast<float>((block[half * 32 + i] >> (2 * s) & 3) - 1);
    }
}

HALFTONE_CLONES void decodeQ1_0(const std::uint8_t* block, std::int64_t count, float* out)
{
    for (; count > 0; --count, block += 18, out += 128) {
        const float d = halfAt(block);
        for (int i = 0; i < 16; ++i)
            for (int bit = 0; bit < 8; ++bit)
                out[i * 8 + bit] = (block[2 + i] >> bit & 1) ? d : -d;
    }
}

HALFTONE_CLONES void decodeQ2_0(const std::uint8_t* block, std::int64_t count, float* out)
{
    for (; count > 0; --count, block += 18, out += 64) {
        const float d = halfAt(block);
        for (int i = 0; i < 16; ++i)
            for (int s = 0; s < 4; ++s)
                out[i * 4 + s] = static_cast<float>((block[2 + i] >> (2 * s) & 3) - 1) * d;
    }
}

BlockDecoder decoderOf(ElementType type)
{
    switch (type) {
    case ElementType::Q4_0: return decodeQ4_0;
    case ElementType::Q4_1: return decodeQ4_1;
    case ElementType::Q5_0: return decodeQ5_0;
    case ElementType::Q5_1: return decodeQ5_1;
    case ElementType::Q8_0: return decodeQ8_0;
    case ElementType::Q2_K: return decodeQ2K;
    case ElementType::Q3_K: return decodeQ3K;
    case ElementType::Q4_K: return decodeQ4K;
    case ElementType::Q5_K: return decodeQ5K;
    case ElementType::Q6_K: return decodeQ6K;
    case ElementType::IQ4_NL: return decodeIQ4NL;
    case ElementType::TQ1_0: return decodeTQ1_0;
    case ElementType::TQ2_0: return decodeTQ2_0;
    case ElementType::Q1_0: return decodeQ1_0;
    case ElementType::Q2_0: return decodeQ2_0;
    default: return nullptr;
    }
}

void doubleToFloat(std::span<const std::byte> bytes, std::span<float> out)
{
    for (std::size_t i = 0; i < out.size(); ++i) {
        double value;
        std::memcpy(&value, bytes.data() + 8 * i, sizeof value);
        out[i] = static_cast<float>(value);
    }
}

} // namespace

void dequantize(ElementType type, std::span<const std::byte> bytes, std::span<float> out)
{
    const auto count = static_cast<std::int64_t>(out.size());
    const auto expected = storedBytes(type, count, count);
    const BlockDecoder decoder = decoderOf(type);
    const bool plain = type == ElementType::F64 || type == ElementType::F32 ||
                       type == ElementType::F16 || type == ElementType::BF16;
    if ((!plain && !decoder) || !expected || static_cast<std::size_t>(*expected) != bytes.size())
        throw Error(tr("%1 numbers cannot be decoded from %2 bytes of type %3.")
                        .arg(count).arg(bytes.size()).arg(name(type)));
    if (out.empty())
        return;
    if (decoder)
        decoder(reinterpret_cast<const std::uint8_t*>(bytes.data()), count / info(type).blockElements,
                out.data());
    else if (type == ElementType::F32)
        std::memcpy(out.data(), bytes.data(), bytes.size());
    else if (type == ElementType::F16)
        halfToFloat(bytes, out);
    else if (type == ElementType::BF16)
        bfloat16ToFloat(bytes, out);
    else
        doubleToFloat(bytes, out);
}

} // namespace halftone
