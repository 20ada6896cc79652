// SPDX-License-Identifier: GPL-3.0-or-later
// Compiled with AVX-512 F, BW, VL and VNNI; run only where the processor has them.
#include "compute/packed_rows.h"

#if defined(__AVX512F__) && defined(__AVX512BW__) && defined(__AVX512VL__) && defined(__AVX512VNNI__)
#include "compute/packed_row_loop.h"

namespace halftone::cpu {

namespace {

struct FoursOfBytes
{
    template <CodeLevels levels, int count>
    static __m256i sum(const __m256i* codes, const std::int8_t* q)
    {
        __m256i total = _mm256_setzero_si256();
        for (int k = 0; k < count; ++k) {
            const __m256i x = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(q + 32 * k));
            // One factor has to be unsigned.
            const __m256i code = levels == CodeLevels::Signed ? _mm256_xor_si256(codes[k], _mm256_set1_epi8(-128)) : codes[k];
            total = _mm256_dpbusd_epi32(total, code, x);
            if constexpr (levels == CodeLevels::Bytes || levels == CodeLevels::Signed)
                total = _mm256_sub_epi32(total, _mm256_dpbusd_epi32(_mm256_setzero_si256(), _mm256_set1_epi8(-128), x));
        }
        return total;
    }
};

} // namespace

void packedRowsAvx512(const PackedRows& p)
{
    RowLoop<FoursOfBytes>::run(p);
}

} // namespace halftone::cpu

#else

namespace halftone::cpu {

void packedRowsAvx512(const PackedRows& rows)
{
    packedRowsPlain(rows);
}

} // namespace halftone::cpu

#endif
