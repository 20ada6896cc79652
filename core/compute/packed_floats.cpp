// SPDX-License-Identifier: GPL-3.0-or-later
#include "compute/packed_floats.h"

#include "compute/vector_math.h"

#include <array>

namespace halftone::cpu {

namespace {

using BlockLevels = std::array<float, kBlockColumns>;

void blockLevels(const PackedLevels& levels, Index cell, const std::uint8_t* codes, int bits, BlockLevels& out)
{
    std::array<std::uint8_t, kBlockColumns> slotCodes;
    blockCodes(codes, bits, slotCodes.data());
    const float* values = levels.values.data() + cell * levels.tableStride;
    for (std::size_t i = 0; i < slotCodes.size(); ++i)
        out[i] = levels.kind == CodeLevels::Codes   ? static_cast<float>(slotCodes[i])
                 : levels.kind == CodeLevels::Bytes ? static_cast<float>(slotCodes[i]) - 128.0f
                 : levels.kind == CodeLevels::Signed ? static_cast<float>(static_cast<std::int8_t>(slotCodes[i]))
                                                    : values[slotCodes[i]];
}

HALFTONE_VECTORIZE
float dotProduct(const float* a, const float* b)
{
    float sum = 0;
#pragma omp simd reduction(+ : sum)
    for (int i = 0; i < static_cast<int>(kBlockColumns); ++i)
        sum += a[i] * b[i];
    return sum;
}

} // namespace

void packedRowsFloat(const ResidentPart& part, Index rowBegin, Index rows, const PackedLevels& levels,
                     const PackedInputs& inputs, Index tokens, float* out, Index outStride)
{
    const auto segments = static_cast<Index>(part.segments.size());
    BlockLevels block;
    for (Index r = 0; r < rows; ++r)
        for (Index s = 0; s < segments; ++s) {
            const ResidentSegment& segment = part.segments[static_cast<std::size_t>(s)];
            const Index cell = r * segments + s;
            const float scale = levels.scale[static_cast<std::size_t>(cell)];
            const float offset = levels.offset[static_cast<std::size_t>(cell)];
            for (Index t = 0; t < tokens; ++t)
                out[t * outStride + r] += offset * inputs.sum[static_cast<std::size_t>(t * segments + s)];
            for (Index b = segment.block; part.bits > 0 && b < segment.block + segment.blocks; ++b) {
                blockLevels(levels, cell, part.codesOfRow(rowBegin + r) + b * part.blockBytes(), part.bits, block);
                for (Index t = 0; t < tokens; ++t)
                    out[t * outStride + r] +=
                        scale * dotProduct(block.data(),
                                           inputs.x.data() + (t * part.blocks + b) * kBlockColumns);
            }
        }
}

} // namespace halftone::cpu
