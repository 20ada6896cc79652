// SPDX-License-Identifier: GPL-3.0-or-later
// The inner loop of a product with packed codes and 8-bit activations, in one version for each
// instruction set. packed_rows_plain.cpp is the definition; the others give the same up to the order of
// float sums. Plain types only: the files behind it are compiled for other processors than the rest.
#pragma once

#include <cstdint>

namespace halftone::cpu {

enum class CodeLevels {
    Codes,  ///< the code itself, below 128
    Bytes,  ///< code - 128
    Signed, ///< the byte as a signed number, in blocks of Q8_0
    Table,  ///< table[code], 16 entries below 128
    Wide,   ///< table[code], 256 entries below 128; plain version only
};

/// A run of blocks of 32 columns with one scale and offset.
struct RowSegment
{
    std::int32_t block, blocks, column;
};

constexpr int kSignedBlockBytes = 34; ///< the codes of the next block lie behind its scale

/// out[t * outStride + r] += sum over segments s of
///   scale[r, s] * sum over blocks b of blockScale[t, b] * (levels . q[t, b]) + offset[r, s] * sum[t, s].
struct PackedRows
{
    std::int64_t rows = 0, tokens = 0;
    const std::uint8_t* codes = nullptr;     ///< of the first row
    std::int64_t rowBytes = 0;               ///< blocks are 4 * bits bytes apart; of Signed ones kSignedBlockBytes
    int bits = 0;                            ///< 1 to 8
    CodeLevels levels = CodeLevels::Codes;
    const std::uint8_t* table = nullptr;     ///< Table, Wide: for [r, s] at (r * segments + s) * tableStride
    std::int64_t tableStride = 0;            ///< 0: one table for all
    const RowSegment* segments = nullptr;
    std::int64_t segmentCount = 0;
    const float* scale = nullptr;            ///< rows x segments
    const float* offset = nullptr;           ///< rows x segments
    std::int64_t blocks = 0;
    const std::int8_t* q = nullptr;          ///< tokens x blocks x 32, by slot; in vector kernels runs by part
    const float* blockScale = nullptr;       ///< tokens x blocks
    const float* runScale = nullptr;         ///< vector kernels with runs: tokens x blocks x bits
    const float* sum = nullptr;              ///< tokens x segments: sums of the activations
    float* out = nullptr;
    std::int64_t outStride = 0;
};

/// Vector kernels take 32 bytes of codes at once where the width divides 8: a run of so many blocks (1: no runs).
/// As many whole runs as there are stand at the beginning of each segment. Their inputs lie part by part: part k of
/// all bytes, which is slot k * 4 bits + j of block i at byte 4 bits i + j; and runScale has the scale of the block
/// that each four bytes belong to.
constexpr int runBlocks(int bits)
{
    return bits == 1 || bits == 2 || bits == 4 ? 8 / bits : 1;
}

using PackedRowsKernel = void (*)(const PackedRows&);

void packedRowsPlain(const PackedRows& rows);
void packedRowsAvx2(const PackedRows& rows);   ///< needs AVX2 and FMA
void packedRowsAvx512(const PackedRows& rows); ///< needs AVX-512 F, BW, VL and VNNI

/// Members of a list in cells one after another; both arrays may be read for 8 bytes beyond the last.
struct ListCells
{
    const std::uint8_t* columns = nullptr;  ///< within their cell
    const std::uint8_t* codes = nullptr;
    const std::uint16_t* counts = nullptr;  ///< of each cell
    const std::int32_t* begins = nullptr;   ///< first column of each cell
    std::int64_t cells = 0;
};

/// sum[0] += x[column], sum[1] += code x[column] over all members.
using ListKernel = void (*)(const ListCells& list, const float* x, float* sum);
void listSumsPlain(const ListCells& list, const float* x, float* sum);
void listSumsAvx2(const ListCells& list, const float* x, float* sum);

/// The codes of one block by slot (packed/resident_matrix.h tells the layout).
void blockCodes(const std::uint8_t* codes, int bits, std::uint8_t* slotCodes);

} // namespace halftone::cpu
