// SPDX-License-Identifier: GPL-3.0-or-later
// Internal to dequantize: one function a block type, bytes of whole blocks in, floats out.
#pragma once

#include "base/half.h"

#include <cstddef>
#include <cstdint>
#include <cstring>

// Compiles a loop for several instruction sets and picks one when the program starts. Needs ifunc,
// which neither clang 14 nor the sanitizers' start-up code can live with.
#if defined(__GNUC__) && !defined(__clang__) && defined(__x86_64__) && !defined(__SANITIZE_ADDRESS__) && \
    !defined(__SANITIZE_THREAD__)
#define HALFTONE_CLONES __attribute__((target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")))
#else
#define HALFTONE_CLONES
#endif

namespace halftone {

using BlockDecoder = void (*)(const std::uint8_t* blocks, std::int64_t count, float* out);

inline float halfAt(const std::uint8_t* bytes)
{
    std::uint16_t bits;
    std::memcpy(&bits, bytes, sizeof bits);
    return halfToFloat(bits);
}

void decodeQ2K(const std::uint8_t* blocks, std::int64_t count, float* out);
void decodeQ3K(const std::uint8_t* blocks, std::int64_t count, float* out);
void decodeQ4K(const std::uint8_t* blocks, std::int64_t count, float* out);
void decodeQ5K(const std::uint8_t* blocks, std::int64_t count, float* out);
void decodeQ6K(const std::uint8_t* blocks, std::int64_t count, float* out);

} // namespace halftone
