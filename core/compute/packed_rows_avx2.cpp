// SPDX-License-Identifier: GPL-3.0-or-later
// Compiled with AVX2 and FMA; run only where the processor has both.
#include "compute/packed_rows.h"

#if defined(__AVX2__) && defined(__FMA__)
#include <immintrin.h>

namespace halftone::cpu {

namespace {

// 32 codes by slot: part k of byte j of a field is slot k * 4 field + j.
template <int field>
inline __m256i fieldCodes(const std::uint8_t* p)
{
    if constexpr (field == 1) {
        std::int32_t word;
        __builtin_memcpy(&word, p, 4);
        const __m256i shifted =
            _mm256_srlv_epi32(_mm256_set1_epi32(word), _mm256_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7));
        return _mm256_and_si256(shifted, _mm256_set1_epi8(1));
    } else if constexpr (field == 2) {
        long long word;
        __builtin_memcpy(&word, p, 8);
        const __m256i shifted =
            _mm256_srlv_epi64(_mm256_set1_epi64x(word), _mm256_setr_epi64x(0, 2, 4, 6));
        return _mm256_and_si256(shifted, _mm256_set1_epi8(3));
    } else if constexpr (field == 4) {
        const __m256i both =
            _mm256_broadcastsi128_si256(_mm_loadu_si128(reinterpret_cast<const __m128i*>(p)));
        const __m256i shifted = _mm256_srlv_epi64(both, _mm256_setr_epi64x(0, 0, 4, 4));
        return _mm256_and_si256(shifted, _mm256_set1_epi8(15));
    } else {
        return _mm256_loadu_si256(reinterpret_cast<const __m256i*>(p));
    }
}

// Narrower fields are shifted up within 16-bit lanes: the codes are too small to reach a neighbour.
template <int bits>
inline __m256i codesOf(const std::uint8_t* p)
{
    if constexpr (bits == 3)
        return _mm256_or_si256(fieldCodes<2>(p), _mm256_slli_epi16(fieldCodes<1>(p + 8), 2));
    else if constexpr (bits == 5)
        return _mm256_or_si256(fieldCodes<4>(p), _mm256_slli_epi16(fieldCodes<1>(p + 16), 4));
    else if constexpr (bits == 6)
        return _mm256_or_si256(fieldCodes<4>(p), _mm256_slli_epi16(fieldCodes<2>(p + 16), 4));
    else if constexpr (bits == 7)
        return _mm256_or_si256(
            fieldCodes<4>(p),
            _mm256_or_si256(_mm256_slli_epi16(fieldCodes<2>(p + 16), 4),
                            _mm256_slli_epi16(fieldCodes<1>(p + 24), 6)));
    else
        return fieldCodes<bits>(p);
}

// Eight partial sums of levels times activations. Pairs cannot exceed 16 bits: 2 * 127 * 127 < 2^15.
template <CodeLevels levels>
inline __m256i dotProduct(__m256i codes, const std::int8_t* q, __m256i table)
{
    const __m256i x = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(q));
    __m256i pairs;
    if constexpr (levels == CodeLevels::Bytes) {
        const __m256i value = _mm256_xor_si256(codes, _mm256_set1_epi8(-128));
        pairs = _mm256_maddubs_epi16(_mm256_sign_epi8(value, value), _mm256_sign_epi8(x, value));
    } else if constexpr (levels == CodeLevels::Table) {
        pairs = _mm256_maddubs_epi16(_mm256_shuffle_epi8(table, codes), x);
    } else {
        pairs = _mm256_maddubs_epi16(codes, x);
    }
    return _mm256_madd_epi16(pairs, _mm256_set1_epi16(1));
}

inline float sumOf(__m256 v)
{
    const __m128 four = _mm_add_ps(_mm256_castps256_ps128(v), _mm256_extractf128_ps(v, 1));
    const __m128 two = _mm_add_ps(four, _mm_movehl_ps(four, four));
    return _mm_cvtss_f32(_mm_add_ss(two, _mm_shuffle_ps(two, two, 1)));
}

// One row and `tokens` tokens from token `first`.
template <int bits, CodeLevels levels, int tokens>
void rowTimes(const PackedRows& p, std::int64_t r, std::int64_t first)
{
    __m256 total[tokens];
    float offsets[tokens];
    for (int t = 0; t < tokens; ++t) {
        total[t] = _mm256_setzero_ps();
        offsets[t] = 0;
    }
    const std::uint8_t* codes = p.codes + r * p.rowBytes;
    const std::int8_t* q = p.q + first * p.blocks * 32;
    const float* blockScale = p.blockScale + first * p.blocks;
    __m256i table = _mm256_setzero_si256();
    for (std::int64_t s = 0; s < p.segmentCount; ++s) {
        const RowSegment segment = p.segments[s];
        const std::int64_t cell = r * p.segmentCount + s;
        if constexpr (levels == CodeLevels::Table)
            table = _mm256_broadcastsi128_si256(_mm_loadu_si128(
                reinterpret_cast<const __m128i*>(p.table + cell * p.tableStride)));
        __m256 sum[tokens];
        for (int t = 0; t < tokens; ++t)
            sum[t] = _mm256_setzero_ps();
        for (std::int64_t b = segment.block; b < segment.block + segment.blocks; ++b) {
            const __m256i block = codesOf<bits>(codes + b * 4 * bits);
            for (int t = 0; t < tokens; ++t) {
                const __m256i dot = dotProduct<levels>(block, q + (t * p.blocks + b) * 32, table);
                sum[t] = _mm256_fmadd_ps(_mm256_cvtepi32_ps(dot),
                                         _mm256_set1_ps(blockScale[t * p.blocks + b]), sum[t]);
            }
        }
        const __m256 scale = _mm256_set1_ps(p.scale[cell]);
        for (int t = 0; t < tokens; ++t) {
            total[t] = _mm256_fmadd_ps(sum[t], scale, total[t]);
            offsets[t] += p.offset[cell] * p.sum[(first + t) * p.segmentCount + s];
        }
    }
    for (int t = 0; t < tokens; ++t)
        p.out[(first + t) * p.outStride + r] += sumOf(total[t]) + offsets[t];
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
    sum[0] += sumOf(members);
    sum[1] += sumOf(coded);
}

void packedRowsAvx2(const PackedRows& p)
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
