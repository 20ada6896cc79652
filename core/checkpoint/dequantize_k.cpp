// SPDX-License-Identifier: GPL-3.0-or-later
// The "K" types: super-blocks of 256 elements whose sub-blocks have quantized scales of their own.
#include "checkpoint/dequantize_blocks.h"

namespace halftone {

namespace {
/// The 6-bit scale and minimum of sub-block j (0..7) of Q4_K and Q5_K, out of 12 bytes.
inline void scaleAndMinimum(const std::uint8_t* packed, int j, int& scale, int& minimum)
{
    if (j < 4) {
        scale = packed[j] & 63;
        minimum = packed[j + 4] & 63;
    } else {
        scale = (packed[j + 4] & 15) | (packed[j - 4] >> 6 << 4);
        minimum = (packed[j + 4] >> 4) | (packed[j] >> 6 << 4);
    }
}
} // namespace

HALFTONE_CLONES void decodeQ2K(const std::uint8_t* block, std::int64_t count, float* out)
{
    for (; count > 0; --count, block += 84, out += 256) {
        const std::uint8_t* codes = block + 16;
        const float d = halfAt(block + 80);
        const float dMinimum = halfAt(block + 82);
        for (int j = 0; j < 16; ++j) {
            const float scale = d * static_cast<float>(block[j] & 15);
            const float minimum = dMinimum * static_cast<float>(block[j] >> 4);
            const std::uint8_t* source = codes + j / 8 * 32 + j % 2 * 16;
            const int shift = j % 8 / 2 * 2;
            for (int i = 0; i < 16; ++i)
                out[j * 16 + i] = scale * static_cast<float>(source[i] >> shift & 3) - minimum;
        }
    }
}

HALFTONE_CLONES void decodeQ3K(const std::uint8_t* block, std::int64_t count, float* out)
{
    for (; count > 0; --count, block += 110, out += 256) {
        const std::uint8_t* codes = block + 32;
        const std::uint8_t* scales = block + 96;
        const float d = halfAt(block + 108);
        for (int j = 0; j < 16; ++j) {
            const int low = j < 8 ? scales[j] & 15 : scales[j - 8] >> 4;
            const int high = scales[8 + j % 4] >> (2 * (j / 4)) & 3;
            const float scale = d * static_cast<float>((low | high << 4) - 32);
            const std::uint8_t* source = codes + j / 8 * 32 + j % 2 * 16;
            const std::uint8_t* mask = block + j % 2 * 16;
            const int shift = j % 8 / 2 * 2;
            const int bit = j / 2;
            for (int i = 0; i < 16; ++i) {
                // A clear mask bit means "four less".
                const int code = (source[i] >> shift & 3) - 4 + (mask[i] >> bit & 1) * 4;
                out[j * 16 + i] = scale * static_cast<float>(code);
            }
        }
    }
}

HALFTONE_CLONES void decodeQ4K(const std::uint8_t* block, std::int64_t count, float* out)
{
    for (; count > 0; --count, block += 144, out += 256) {
        const float d = halfAt(block);
        const float dMinimum = halfAt(block + 2);
        for (int j = 0; j < 8; ++j) {
            int scale, minimum;
            scaleAndMinimum(block + 4, j, scale, minimum);
            const float step = d * static_cast<float>(scale);
            const float least = dMinimum * static_cast<float>(minimum);
            const std::uint8_t* source = block + 16 + j / 2 * 32;
            const int shift = j % 2 * 4;
            for (int i = 0; i < 32; ++i)
                out[j * 32 + i] = step * static_cast<float>(source[i] >> shift & 15) - least;
        }
    }
}

HALFTONE_CLONES void decodeQ5K(const std::uint8_t* block, std::int64_t count, float* out)
{
    for (; count > 0; --count, block += 176, out += 256) {
        const std::uint8_t* high = block + 16;
        const float d = halfAt(block);
        const float dMinimum = halfAt(block + 2);
        for (int j = 0; j < 8; ++j) {
            int scale, minimum;
            scaleAndMinimum(block + 4, j, scale, minimum);
            const float step = d * static_cast<float>(scale);
            const float least = dMinimum * static_cast<float>(minimum);
            const std::uint8_t* source = block + 48 + j / 2 * 32;
            const int shift = j % 2 * 4;
            for (int i = 0; i < 32; ++i) {
                const int code = (source[i] >> shift & 15) | (high[i] >> j & 1) << 4;
                out[j * 32 + i] = step * static_cast<float>(code) - least;
            }
        }
    }
}

HALFTONE_CLONES void decodeQ6K(const std::uint8_t* block, std::int64_t count, float* out)
{
    for (; count > 0; --count, block += 210, out += 256) {
        const float d = halfAt(block + 208);
        for (int j = 0; j < 16; ++j) {
            const int half = j / 8;
            const int group = j % 8 / 2;
            const float scale = d * static_cast<float>(static_cast<std::int8_t>(block[192 + j]));
            const std::uint8_t* low = block + half * 64 + group % 2 * 32 + j % 2 * 16;
            const std::uint8_t* high = block + 128 + half * 32 + j % 2 * 16;
            const int lowShift = group / 2 * 4;
            const int highShift = group * 2;
            for (int i = 0; i < 16; ++i) {
                const int code = (low[i] >> lowShift & 15) | (high[i] >> highShift & 3) << 4;
                out[j * 16 + i] = scale * static_cast<float>(code - 32);
            }
        }
    }
}

} // namespace halftone
