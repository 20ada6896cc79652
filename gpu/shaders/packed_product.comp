// SPDX-License-Identifier: GPL-3.0-or-later
// Rows of one part of a packed matrix times one rounded token: to[r] (+)= the sum over blocks of
//   blockScale (scale[r, s] levels . q + offset[r, s] sum(q)).
// 32 threads take `kRows` rows together, a block of 32 columns at a time each, so that inputs are read once for all rows.
#version 450
#extension GL_GOOGLE_include_directive : require
#include "types.glsl"
#include "packed_dot.glsl"

layout(local_size_x = 128) in;
layout(constant_id = 0) const uint bits = 2;
layout(constant_id = 1) const uint kind = 0;      // 0: levels are codes, 1: codes - 128, 2: of a table
layout(constant_id = 2) const uint cellKind = 0;  // scale and offset: 0 floats, 1 halves, 2 a half; offset = ratio scale
layout(constant_id = 3) const uint addTo = 0;
layout(buffer_reference, std430, buffer_reference_align = 8) buffer Pairs { uvec2 at[]; };
layout(buffer_reference, std430, buffer_reference_align = 16) buffer Fours { uvec4 at[]; };
layout(push_constant) uniform Push
{
    Floats to;      // tokens x rows
    Fours codes;    // rows x blocks x bits words
    Words cells;    // rows x segments
    Words segment;  // of each block
    Fours q;        // tokens x blocks x 8 words
    Pairs scales;   // tokens x blocks
    Words table;    // of levels in bytes, tableWords words for each row and segment, or one for all (0)
    uint rows;
    uint blocks;
    uint segments;
    uint tableWords;
    float ratio;
};

const uint kRows = 4;
const uint kTeams = 4;
shared float sums[kTeams * kRows][33];

uint lookUp(uint codes, uint first)
{
    uint levels = 0;
    [[unroll]] for (uint i = 0; i < 32; i += 8) {
        const uint code = codes >> i & 255;
        levels |= (table.at[first + code / 4] >> (code % 4 * 8) & 255) << i;
    }
    return levels;
}

vec2 cellOf(uint cell)
{
    if (cellKind == 0)
        return vec2(uintBitsToFloat(cells.at[2 * cell]), uintBitsToFloat(cells.at[2 * cell + 1]));
    if (cellKind == 1)
        return unpackHalf2x16(cells.at[cell]);
    const vec2 both = unpackHalf2x16(cells.at[cell / 2]);
    const float scale = cell % 2 == 0 ? both.x : both.y;
    return vec2(scale, ratio * scale);
}

// Levels of the block's codes times inputs; uniform levels field by field, as the sum is linear in them.
int dotBlock(uint words[8], uint inputs[8], uint first)
{
    int dot = 0;
    if (bits == 8) {
        [[unroll]] for (uint w = 0; w < 8; ++w)
            dot += kind == 1 ? dot4(words[w] ^ 0x80808080u, inputs[w])
                             : dot4(kind == 2 ? lookUp(words[w], first) : words[w], inputs[w]);
        return dot;
    }
    uint codes[8] = uint[8](0, 0, 0, 0, 0, 0, 0, 0);
    uint at = 0, shift = 0;
    [[unroll]] for (uint field = 4; field > 0; field >>= 1) {
        if ((bits & field) == 0)
            continue;
        const uint mask = 0x01010101u * ((1u << field) - 1);
        [[unroll]] for (uint k = 0; k < 8 / field; ++k)
            [[unroll]] for (uint w = 0; w < field; ++w) {
                const uint part = words[at + w] >> (field * k) & mask;
                if (kind == 2)
                    codes[k * field + w] |= part << shift;
                else
                    dot += dot4(part, inputs[k * field + w]) << shift;
            }
        at += field;
        shift += field;
    }
    if (kind == 2)
        [[unroll]] for (uint w = 0; w < 8; ++w)
            dot += dot4(lookUp(codes[w], first), inputs[w]);
    return dot;
}

void main()
{
    const uint id = gl_LocalInvocationIndex, lane = id % 32, team = id / 32;
    const uint token = gl_WorkGroupID.y;
    const uint row = (gl_WorkGroupID.x * kTeams + team) * kRows;
    float sum[kRows] = float[kRows](0.0, 0.0, 0.0, 0.0);
    Words words = Words(codes);
    Pairs pairs = Pairs(codes);
    for (uint block = lane; block < blocks; block += 32) {
        const uvec4 low = q.at[(token * blocks + block) * 2], high = q.at[(token * blocks + block) * 2 + 1];
        uint inputs[8] = uint[8](low.x, low.y, low.z, low.w, high.x, high.y, high.z, high.w);
        const vec2 scale = uintBitsToFloat(scales.at[token * blocks + block]);
        const uint s = segment.at[block];
        [[unroll]] for (uint i = 0; i < kRows; ++i) {
            const uint r = min(row + i, rows - 1);
            const uint at = r * blocks + block;
            uint own[8] = uint[8](0, 0, 0, 0, 0, 0, 0, 0);
            if (bits == 2) {
                const uvec2 pair = pairs.at[at];
                own[0] = pair.x;
                own[1] = pair.y;
            } else if (bits == 4 || bits == 8) {
                [[unroll]] for (uint w = 0; w < bits / 4; ++w) {
                    const uvec4 four = codes.at[at * (bits / 4) + w];
                    own[w * 4] = four.x;
                    own[w * 4 + 1] = four.y;
                    own[w * 4 + 2] = four.z;
                    own[w * 4 + 3] = four.w;
                }
            } else {
                [[unroll]] for (uint w = 0; w < bits; ++w)
                    own[w] = words.at[at * bits + w];
            }
            const uint cell = r * segments + s;
            const vec2 both = cellOf(cell);
            sum[i] += scale.x * both.x * float(dotBlock(own, inputs, cell * tableWords)) + both.y * scale.y;
        }
    }
    [[unroll]] for (uint i = 0; i < kRows; ++i)
        sums[team * kRows + i][lane] = sum[i];
    barrier();
    for (uint half_ = 16; half_ > 0; half_ >>= 1) {
        for (uint at = id; at < kTeams * kRows * half_; at += 128)
            sums[at / half_][at % half_] += sums[at / half_][at % half_ + half_];
        barrier();
    }
    const uint out_ = gl_WorkGroupID.x * kTeams * kRows + id;
    if (id < kTeams * kRows && out_ < rows)
        to.at[token * rows + out_] = sums[id][0] + (addTo != 0 ? to.at[token * rows + out_] : 0.0);
}
