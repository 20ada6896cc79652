// SPDX-License-Identifier: GPL-3.0-or-later
#include "compute/packed_rows.h"

namespace halftone::cpu {

namespace {

template <int field>
void addField(const std::uint8_t* bytes, int shift, std::uint8_t* slotCodes)
{
    constexpr int stride = 4 * field;
    for (int k = 0; k < 8 / field; ++k)
        for (int j = 0; j < stride; ++j)
            slotCodes[k * stride + j] = static_cast<std::uint8_t>(
                slotCodes[k * stride + j] | ((bytes[j] >> (k * field)) & ((1 << field) - 1)) << shift);
}

int level(const PackedRows& p, const std::uint8_t* table, std::uint8_t code)
{
    switch (p.levels) {
    case CodeLevels::Codes: return code;
    case CodeLevels::Bytes: return int{code} - 128;
    case CodeLevels::Signed: return static_cast<std::int8_t>(code);
    case CodeLevels::Table:
    case CodeLevels::Wide: break;
    }
    return table[code];
}

} // namespace

void blockCodes(const std::uint8_t* codes, int bits, std::uint8_t* slotCodes)
{
    for (int s = 0; s < 32; ++s)
        slotCodes[s] = 0;
    int shift = 0;
    if (bits >= 8) {
        for (int s = 0; s < 32; ++s)
            slotCodes[s] = codes[s];
        return;
    }
    if (bits & 4) {
        addField<4>(codes, shift, slotCodes);
        codes += 16;
        shift += 4;
    }
    if (bits & 2) {
        addField<2>(codes, shift, slotCodes);
        codes += 8;
        shift += 2;
    }
    if (bits & 1)
        addField<1>(codes, shift, slotCodes);
}

void listSumsPlain(const ListCells& list, const float* x, float* sum)
{
    float members = 0, coded = 0;
    std::int64_t at = 0;
    for (std::int64_t c = 0; c < list.cells; ++c) {
        const float* cell = x + list.begins[c];
        for (const std::int64_t end = at + list.counts[c]; at < end; ++at) {
            const float value = cell[list.columns[at]];
            members += value;
            coded += value * static_cast<float>(list.codes[at]);
        }
    }
    sum[0] += members;
    sum[1] += coded;
}

void packedRowsPlain(const PackedRows& p)
{
    std::uint8_t slotCodes[32];
    for (std::int64_t r = 0; r < p.rows; ++r)
        for (std::int64_t s = 0; s < p.segmentCount; ++s) {
            const RowSegment& segment = p.segments[s];
            const std::int64_t cell = r * p.segmentCount + s;
            const std::uint8_t* table = p.table + cell * p.tableStride;
            for (std::int64_t t = 0; t < p.tokens; ++t)
                p.out[t * p.outStride + r] += p.offset[cell] * p.sum[t * p.segmentCount + s];
            for (std::int64_t b = segment.block; b < segment.block + segment.blocks; ++b) {
                const int blockBytes = p.levels == CodeLevels::Signed ? kSignedBlockBytes : 4 * p.bits;
                blockCodes(p.codes + r * p.rowBytes + b * blockBytes, p.bits, slotCodes);
                int levels[32];
                for (int i = 0; i < 32; ++i)
                    levels[i] = level(p, table, slotCodes[i]);
                for (std::int64_t t = 0; t < p.tokens; ++t) {
                    const std::int8_t* q = p.q + (t * p.blocks + b) * 32;
                    int dot = 0;
                    for (int i = 0; i < 32; ++i)
                        dot += levels[i] * q[i];
                    p.out[t * p.outStride + r] +=
                        p.scale[cell] * p.blockScale[t * p.blocks + b] * static_cast<float>(dot);
                }
            }
        }
}

} // namespace halftone::cpu
