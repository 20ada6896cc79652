// SPDX-License-Identifier: GPL-3.0-or-later
// The loop over rows that the vector kernels share, in 256-bit registers; Dot, a type of the including file, says how
// bytes are multiplied. All is inside a template over it, so that code for one processor is never taken for another's.
#pragma once

#include "compute/packed_rows.h"

#include <immintrin.h>

namespace halftone::cpu {

inline constexpr int kRunBytes = 32; ///< of codes

template <class Dot>
struct RowLoop
{
    // 32 codes by slot: part k of byte j of a field is slot k * 4 field + j.
    template <int field>
    static __m256i fieldCodes(const std::uint8_t* p)
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
    static __m256i codesOf(const std::uint8_t* p)
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

    template <CodeLevels levels>
    static __m256i levelsOf(__m256i codes, __m256i table)
    {
        if constexpr (levels == CodeLevels::Table)
            return _mm256_shuffle_epi8(table, codes);
        else
            return codes;
    }

    static float sumOf(__m256 v)
    {
        const __m128 four = halvesOf(v);
        const __m128 two = _mm_add_ps(four, _mm_movehl_ps(four, four));
        return _mm_cvtss_f32(_mm_add_ss(two, _mm_shuffle_ps(two, two, 1)));
    }
    static __m128 halvesOf(__m256 v) { return _mm_add_ps(_mm256_castps256_ps128(v), _mm256_extractf128_ps(v, 1)); }

    // A run of blocks of one row: part k of all bytes at once.
    template <int bits, CodeLevels levels, int tokens>
    static void addRun(const PackedRows& p, const std::uint8_t* codes, std::int64_t first, std::int64_t block,
                       __m256i table, __m256* sum)
    {
        constexpr int parts = 8 / bits;
        const __m256i bytes = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(codes));
        const __m256i mask = _mm256_set1_epi8((1 << bits) - 1);
        __m256i part[parts];
        for (int k = 0; k < parts; ++k)
            part[k] = levelsOf<levels>(_mm256_and_si256(_mm256_srli_epi16(bytes, k * bits), mask), table);
        for (int t = 0; t < tokens; ++t) {
            const std::int64_t at = (first + t) * p.blocks + block;
            const __m256i dot = Dot::template sum<levels, parts>(part, p.q + at * kRunBytes);
            sum[t] = _mm256_fmadd_ps(_mm256_cvtepi32_ps(dot), _mm256_loadu_ps(p.runScale + at * bits), sum[t]);
        }
    }

    template <int bits, CodeLevels levels, int tokens>
    static void addBlock(const PackedRows& p, const std::uint8_t* codes, std::int64_t first, std::int64_t block,
                         __m256i table, __m256* sum)
    {
        const __m256i level = levelsOf<levels>(codesOf<bits>(codes), table);
        for (int t = 0; t < tokens; ++t) {
            const std::int64_t at = (first + t) * p.blocks + block;
            const __m256i dot = Dot::template sum<levels, 1>(&level, p.q + at * kRunBytes);
            sum[t] = _mm256_fmadd_ps(_mm256_cvtepi32_ps(dot), _mm256_set1_ps(p.blockScale[at]), sum[t]);
        }
    }

    template <int tokens>
    static void addScaledBlock(const PackedRows& p, const std::uint8_t* codes, std::int64_t first, std::int64_t block,
                               float scale, __m256* total)
    {
        const __m256i level = fieldCodes<8>(codes);
        for (int t = 0; t < tokens; ++t) {
            const std::int64_t at = (first + t) * p.blocks + block;
            const __m256i dot = Dot::template sum<CodeLevels::Signed, 1>(&level, p.q + at * kRunBytes);
            total[t] = _mm256_fmadd_ps(_mm256_cvtepi32_ps(dot), _mm256_set1_ps(scale * p.blockScale[at]), total[t]);
        }
    }

    // `rows` rows from r and `tokens` tokens from `first`, one of both being 1: what is alone is read once for all
    // of the other, and their sums do not wait for each other.
    template <int bits, CodeLevels levels, int rows, int tokens>
    static void tileTimes(const PackedRows& p, std::int64_t r, std::int64_t first)
    {
        __m256 total[rows * tokens];
        float offsets[rows * tokens];
        for (int i = 0; i < rows * tokens; ++i) {
            total[i] = _mm256_setzero_ps();
            offsets[i] = 0;
        }
        const std::uint8_t* codes = p.codes + r * p.rowBytes;
        if constexpr (rows > 1) // the rows after the next ones
            for (std::int64_t at = 0; at < rows * p.rowBytes; at += 64)
                _mm_prefetch(reinterpret_cast<const char*>(codes + 2 * rows * p.rowBytes + at), _MM_HINT_T0);
        __m256i table[rows] = {};
        for (std::int64_t s = 0; s < p.segmentCount; ++s) {
            const RowSegment segment = p.segments[s];
            const std::int64_t cell = r * p.segmentCount + s;
            if constexpr (levels == CodeLevels::Table)
                for (int i = 0; i < rows; ++i)
                    table[i] = _mm256_broadcastsi128_si256(_mm_loadu_si128(reinterpret_cast<const __m128i*>(
                        p.table + (cell + i * p.segmentCount) * p.tableStride)));
            __m256 sum[rows * tokens];
            for (int i = 0; i < rows * tokens; ++i)
                sum[i] = _mm256_setzero_ps();
            std::int64_t b = segment.block;
            const std::int64_t end = b + segment.blocks;
            if constexpr (levels == CodeLevels::Signed) { // a scale a block, and no offsets
                for (; b < end; ++b)
                    for (int i = 0; i < rows; ++i)
                        addScaledBlock<tokens>(p, codes + i * p.rowBytes + b * kSignedBlockBytes, first, b,
                                               p.scale[cell + i * p.segmentCount], total + i * tokens);
                continue;
            }
            if constexpr (runBlocks(bits) > 1)
                for (; b + runBlocks(bits) <= end; b += runBlocks(bits))
                    for (int i = 0; i < rows; ++i)
                        addRun<bits, levels, tokens>(p, codes + i * p.rowBytes + b * 4 * bits, first, b, table[i],
                                                     sum + i * tokens);
            for (; b < end; ++b)
                for (int i = 0; i < rows; ++i)
                    addBlock<bits, levels, tokens>(p, codes + i * p.rowBytes + b * 4 * bits, first, b, table[i],
                                                   sum + i * tokens);
            for (int i = 0; i < rows; ++i) {
                const __m256 scale = _mm256_set1_ps(p.scale[cell + i * p.segmentCount]);
                const float offset = p.offset[cell + i * p.segmentCount];
                for (int t = 0; t < tokens; ++t) {
                    total[i * tokens + t] = _mm256_fmadd_ps(sum[i * tokens + t], scale, total[i * tokens + t]);
                    offsets[i * tokens + t] += offset * p.sum[(first + t) * p.segmentCount + s];
                }
            }
        }
        if constexpr (rows == 4) {
            float* out = p.out + first * p.outStride + r;
            const __m128 sums = _mm_hadd_ps(_mm_hadd_ps(halvesOf(total[0]), halvesOf(total[1])),
                                            _mm_hadd_ps(halvesOf(total[2]), halvesOf(total[3])));
            _mm_storeu_ps(out, _mm_add_ps(_mm_loadu_ps(out), _mm_add_ps(sums, _mm_loadu_ps(offsets))));
        } else {
            for (int t = 0; t < tokens; ++t)
                p.out[(first + t) * p.outStride + r] += sumOf(total[t]) + offsets[t];
        }
    }

    template <int bits, CodeLevels levels>
    static void allRows(const PackedRows& p)
    {
        std::int64_t t = 0;
        for (; t + 4 <= p.tokens; t += 4)
            for (std::int64_t r = 0; r < p.rows; ++r)
                tileTimes<bits, levels, 1, 4>(p, r, t);
        for (; t < p.tokens; ++t) {
            std::int64_t r = 0;
            for (; r + 4 <= p.rows; r += 4)
                tileTimes<bits, levels, 4, 1>(p, r, t);
            for (; r < p.rows; ++r)
                tileTimes<bits, levels, 1, 1>(p, r, t);
        }
    }

    template <CodeLevels levels>
    static void anyWidth(const PackedRows& p)
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

    static void run(const PackedRows& p)
    {
        switch (p.levels) {
        case CodeLevels::Codes: return anyWidth<CodeLevels::Codes>(p);
        case CodeLevels::Bytes: return allRows<8, CodeLevels::Bytes>(p);
        case CodeLevels::Signed: return allRows<8, CodeLevels::Signed>(p);
        case CodeLevels::Table: return anyWidth<CodeLevels::Table>(p);
        case CodeLevels::Wide: return packedRowsPlain(p);
        }
    }
};

} // namespace halftone::cpu
