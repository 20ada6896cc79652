// SPDX-License-Identifier: GPL-3.0-or-later
// Compiled with AVX-512 F, BW, VL and VNNI; run only where the processor has them. Two blocks at a time,
// the second in the upper half of the registers.
#include "compute/packed_rows.h"

#if defined(__AVX512F__) && defined(__AVX512BW__) && defined(__AVX512VL__) && defined(__AVX512VNNI__)
#include <immintrin.h>

namespace halftone::cpu {

namespace {

inline __m512i pairOf(__m256i low, __m256i high)
{
    return _mm512_inserti64x4(_mm512_castsi256_si512(low), high, 1);
}

// Codes of the blocks at p and at r by slot: part k of byte j of a field is slot k * 4 field + j.
template <int field>
inline __m512i fieldCodes(const std::uint8_t* p, const std::uint8_t* r)
{
    if constexpr (field == 1) {
        std::int32_t low, high;
        __builtin_memcpy(&low, p, 4);
        __builtin_memcpy(&high, r, 4);
        const __m512i both = pairOf(_mm256_set1_epi32(low), _mm256_set1_epi32(high));
        const __m512i shift = _mm512_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7, 0, 1, 2, 3, 4, 5, 6, 7);
        return _mm512_and_si512(_mm512_srlv_epi32(both, shift), _mm512_set1_epi8(1));
    } else if constexpr (field == 2) {
        long long low, high;
        __builtin_memcpy(&low, p, 8);
        __builtin_memcpy(&high, r, 8);
        const __m512i both = pairOf(_mm256_set1_epi64x(low), _mm256_set1_epi64x(high));
        const __m512i shift = _mm512_setr_epi64(0, 2, 4, 6, 0, 2, 4, 6);
        return _mm512_and_si512(_mm512_srlv_epi64(both, shift), _mm512_set1_epi8(3));
    } else if constexpr (field == 4) {
        const __m512i both = pairOf(
            _mm256_broadcastsi128_si256(_mm_loadu_si128(reinterpret_cast<const __m128i*>(p))),
            _mm256_broadcastsi128_si256(_mm_loadu_si128(reinterpret_cast<const __m128i*>(r))));
        const __m512i shift = _mm512_setr_epi64(0, 0, 4, 4, 0, 0, 4, 4);
        return _mm512_and_si512(_mm512_srlv_epi64(both, shift), _mm512_set1_epi8(15));
    } else {
        return pairOf(_mm256_loadu_si256(reinterpret_cast<const __m256i*>(p)),
                      _mm256_loadu_si256(reinterpret_cast<const __m256i*>(r)));
    }
}

template <int bits>
inline __m512i codesOf(const std::uint8_t* p, const std::uint8_t* r)
{
    if constexpr (bits == 3)
        return _mm512_or_si512(fieldCodes<2>(p, r), _mm512_slli_epi16(fieldCodes<1>(p + 8, r + 8), 2));
    else if constexpr (bits == 5)
        return _mm512_or_si512(fieldCodes<4>(p, r), _mm512_slli_epi16(fieldCodes<1>(p + 16, r + 16), 4));
    else if constexpr (bits == 6)
        return _mm512_or_si512(fieldCodes<4>(p, r), _mm512_slli_epi16(fieldCodes<2>(p + 16, r + 16), 4));
    else if constexpr (bits == 7)
        return _mm512_or_si512(
            fieldCodes<4>(p, r),
            _mm512_or_si512(_mm512_slli_epi16(fieldCodes<2>(p + 16, r + 16), 4),
                            _mm512_slli_epi16(fieldCodes<1>(p + 24, r + 24), 6)));
    else
        return fieldCodes<bits>(p, r);
}

template <CodeLevels levels>
inline __m512i dotProduct(__m512i codes, __m512i x, __m512i table)
{
    const __m512i zero = _mm512_setzero_si512();
    if constexpr (levels == CodeLevels::Bytes)
        return _mm512_sub_epi32(_mm512_dpbusd_epi32(zero, codes, x),
                                _mm512_dpbusd_epi32(zero, _mm512_set1_epi8(-128), x));
    else if constexpr (levels == CodeLevels::Table)
        return _mm512_dpbusd_epi32(zero, _mm512_shuffle_epi8(table, codes), x);
    else
        return _mm512_dpbusd_epi32(zero, codes, x);
}

// One row and `tokens` tokens from token `first`.
template <int bits, CodeLevels levels, int tokens>
void rowTimes(const PackedRows& p, std::int64_t r, std::int64_t first)
{
    __m512 total[tokens];
    float offsets[tokens];
    for (int t = 0; t < tokens; ++t) {
        total[t] = _mm512_setzero_ps();
        offsets[t] = 0;
    }
    const std::uint8_t* codes = p.codes + r * p.rowBytes;
    const std::int8_t* q = p.q + first * p.blocks * 32;
    const float* blockScale = p.blockScale + first * p.blocks;
    __m512i table = _mm512_setzero_si512();
    for (std::int64_t s = 0; s < p.segmentCount; ++s) {
        const RowSegment segment = p.segments[s];
        const std::int64_t cell = r * p.segmentCount + s;
        if constexpr (levels == CodeLevels::Table)
            table = _mm512_broadcast_i32x4(_mm_loadu_si128(
                reinterpret_cast<const __m128i*>(p.table + cell * p.tableStride)));
        __m512 sum[tokens];
        for (int t = 0; t < tokens; ++t)
            sum[t] = _mm512_setzero_ps();
        const std::int64_t end = segment.block + segment.blocks;
        for (std::int64_t b = segment.block; b < end; b += 2) {
            // An odd last block is its own partner, with a scale of 0.
            const std::int64_t partner = b + 1 < end ? b + 1 : b;
            const __m512i block = codesOf<bits>(codes + b * 4 * bits, codes + partner * 4 * bits);
            for (int t = 0; t < tokens; ++t) {
                const std::int8_t* x = q + t * p.blocks * 32;
                const __m512i both =
                    pairOf(_mm256_loadu_si256(reinterpret_cast<const __m256i*>(x + b * 32)),
                           _mm256_loadu_si256(reinterpret_cast<const __m256i*>(x + partner * 32)));
                const float* scales = blockScale + t * p.blocks;
                const __m512 scale = _mm512_mask_blend_ps(
                    static_cast<__mmask16>(0xff00), _mm512_set1_ps(scales[b]),
                    _mm512_set1_ps(b + 1 < end ? scales[partner] : 0.0f));
                sum[t] = _mm512_fmadd_ps(_mm512_cvtepi32_ps(dotProduct<levels>(block, both, table)), scale,
                                         sum[t]);
            }
        }
        const __m512 scale = _mm512_set1_ps(p.scale[cell]);
        for (int t = 0; t < tokens; ++t) {
            total[t] = _mm512_fmadd_ps(sum[t], scale, total[t]);
            offsets[t] += p.offset[cell] * p.sum[(first + t) * p.segmentCount + s];
        }
    }
    for (int t = 0; t < tokens; ++t)
        p.out[(first + t) * p.outStride + r] += _mm512_reduce_add_ps(total[t]) + offsets[t];
}

template <int bits, CodeLevels levels>
void allRows(const PackedRows& p)
{
    for (std::int64_t r = 0; r < p.rows; ++r) {
        std::int64_t t = 0;
        for (; t + 4 <= p.tokens; t += 4)
            rowTimes<bits, levels, 4>(p, r, t);
        for (; t < p.tokens; ++t)
            rowTimes<bits, levels, 1>(p, r, t);
    }
}

template <CodeLevels levels>
void anyWidth(const PackedRows& p)
{
    switch (p.bits) {
    case 1: return allRows<1, levels>(p);
    case 2: return allRows<2, levels>(p);
    case 3: return allRows<3, levels>(p);
    case 4: return allRows<4, levels>(p);
    case 5: return allRows<5, levels>(p);
    case 6: return allRows<6, levels>(p);
    case 7: return allRows<7, levels>(p);
    default: return allRows<8, levels>(p);
    }
}

} // namespace

void packedRowsAvx512(const PackedRows& p)
{
    switch (p.levels) {
    case CodeLevels::Codes: return anyWidth<CodeLevels::Codes>(p);
    case CodeLevels::Bytes: return anyWidth<CodeLevels::Bytes>(p);
    case CodeLevels::Table: return anyWidth<CodeLevels::Table>(p);
    case CodeLevels::Wide: return packedRowsPlain(p);
    }
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
