// SPDX-License-Identifier: GPL-3.0-or-later
// Compiled with AVX2 and FMA; run only where the processor has both.
#include "compute/packed_rows.h"

#if defined(__AVX2__) && defined(__FMA__)
#include "compute/packed_row_loop.h"

namespace halftone::cpu {

namespace {

struct PairsOfBytes
{
    static __m256i wider(__m256i pairs) { return _mm256_madd_epi16(pairs, _mm256_set1_epi16(1)); }

    // Eight sums of levels times inputs, `count` registers of both. Pairs cannot exceed 16 bits, as 2 * 127 * 127 <
    // 2^15; those of whole runs are codes of up to 4 bits, whose sums do not either: 2 * 15 * 2 * 127.
    template <CodeLevels levels, int count>
    static __m256i sum(const __m256i* codes, const std::int8_t* q)
    {
        const auto input = [q](int k) { return _mm256_loadu_si256(reinterpret_cast<const __m256i*>(q + 32 * k)); };
        if constexpr (levels == CodeLevels::Bytes || levels == CodeLevels::Signed) {
            const __m256i value = levels == CodeLevels::Signed ? codes[0]
                                                               : _mm256_xor_si256(codes[0], _mm256_set1_epi8(-128));
            return wider(_mm256_maddubs_epi16(_mm256_sign_epi8(value, value), _mm256_sign_epi8(input(0), value)));
        } else if constexpr (levels == CodeLevels::Table) {
            __m256i total = wider(_mm256_maddubs_epi16(codes[0], input(0)));
            for (int k = 1; k < count; ++k)
                total = _mm256_add_epi32(total, wider(_mm256_maddubs_epi16(codes[k], input(k))));
            return total;
        } else {
            __m256i pairs = _mm256_maddubs_epi16(codes[0], input(0));
            for (int k = 1; k < count; ++k)
                pairs = _mm256_add_epi16(pairs, _mm256_maddubs_epi16(codes[k], input(k)));
            return wider(pairs);
        }
    }
};

using Loop = RowLoop<PairsOfBytes>;

} // namespace

void listSumsAvx2(const ListCells& list, const float* x, float* sum)
{
    const auto eight = [](const std::uint8_t* p) {
        return _mm256_cvtepu8_epi32(_mm_loadl_epi64(reinterpret_cast<const __m128i*>(p)));
    };
    const __m256i places = _mm256_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7);
    __m256 members = _mm256_setzero_ps(), coded = members;
    const std::uint8_t* columns = list.columns;
    const std::uint8_t* codes = list.codes;
    for (std::int64_t c = 0; c < list.cells; ++c) {
        const float* cell = x + list.begins[c];
        for (std::int32_t left = list.counts[c]; left > 0;) {
            // The lanes beyond the last member are not loaded: they count as 0.
            const __m256 wanted = _mm256_castsi256_ps(_mm256_cmpgt_epi32(_mm256_set1_epi32(left), places));
            const __m256 value =
                _mm256_mask_i32gather_ps(_mm256_setzero_ps(), cell, eight(columns), wanted, 4);
            members = _mm256_add_ps(members, value);
            coded = _mm256_fmadd_ps(value, _mm256_cvtepi32_ps(eight(codes)), coded);
            const std::int32_t taken = left < 8 ? left : 8;
            columns += taken;
            codes += taken;
            left -= taken;
        }
    }
    sum[0] += Loop::sumOf(members);
    sum[1] += Loop::sumOf(coded);
}

void packedRowsAvx2(const PackedRows& p)
{
    Loop::run(p);
}

} // namespace halftone::cpu

#else

namespace halftone::cpu {

void packedRowsAvx2(const PackedRows& rows)
{
    packedRowsPlain(rows);
}

void listSumsAvx2(const ListCells& list, const float* x, float* sum)
{
    listSumsPlain(list, x, sum);
}

} // namespace halftone::cpu

#endif
