// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/half_f16c.h"

#if defined(__F16C__)
#include <cpuid.h>
#include <immintrin.h>
#endif

namespace halftone {

#if defined(__F16C__)

namespace {

// AVX says that the system keeps wide registers, too.
bool hasF16c()
{
    unsigned a = 0, b = 0, c = 0, d = 0;
    return __builtin_cpu_supports("avx") && __get_cpuid(1, &a, &b, &c, &d) != 0 && (c & bit_F16C) != 0;
}

} // namespace

std::size_t halvesByProcessor(const std::byte* bits, std::size_t count, float* out)
{
    static const bool able = hasF16c();
    if (!able)
        return 0;
    std::size_t i = 0;
    for (; i + 8 <= count; i += 8)
        _mm256_storeu_ps(out + i, _mm256_cvtph_ps(_mm_loadu_si128(reinterpret_cast<const __m128i*>(bits + 2 * i))));
    return i;
}

#else

std::size_t halvesByProcessor(const std::byte*, std::size_t, float*)
{
    return 0;
}

#endif

} // namespace halftone
