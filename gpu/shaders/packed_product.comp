// SPDX-License-Identifier: GPL-3.0-or-later
// Rows of one part of a packed matrix times one rounded token: to[r] (+)= the sum over blocks of
//   blockScale (scale[r, s] levels . q + offset[r, s] sum(q)).
// 32 invocations take `rowsOfTeam` rows together, `run` blocks of 32 columns each at a time. What a product takes is the
// way of its codes from memory: they are asked for in 16 bytes where they can be, and before the ones before are used.
#version 450
#extension GL_GOOGLE_include_directive : require
#include "types.glsl"
#include "packed_dot.glsl"
#ifdef SUBGROUPS
#extension GL_KHR_shader_subgroup_arithmetic : require
#endif

layout(local_size_x_id = 9) in;                   // 32 teams
layout(constant_id = 0) const uint bits = 2;
layout(constant_id = 1) const uint kind = 0;      // 0: levels are codes, 1: codes - 128, 2: of a table
layout(constant_id = 2) const uint cellKind = 0;  // scale and offset: 0 floats, 1 halves, 2 a half; offset = ratio scale
layout(constant_id = 3) const uint addTo = 0;
layout(constant_id = 4) const uint rowsOfTeam = 2;
layout(constant_id = 5) const uint run = 1;       // blocks of an invocation that lie together: blocks % run == 0
layout(constant_id = 6) const uint shift = 32;    // a block's segment is block >> shift; 32: that of a list
layout(constant_id = 7) const bool ahead = true;  // codes are loaded while those before them are used
layout(constant_id = 8) const uint levels = 256;  // in a table
layout(constant_id = 9) const uint threads = 128;
layout(buffer_reference, std430, buffer_reference_align = 8) buffer Pairs { uvec2 at[]; };
layout(buffer_reference, std430, buffer_reference_align = 16) buffer Fours { uvec4 at[]; };
layout(push_constant) uniform Push
{
    Floats to;      // tokens x rows
    Fours codes;    // rows x blocks x bits words
    Words cells;    // rows x segments
    Words segment;  // of each block
    Fours q;        // tokens x rounds x 2 run x 32: a block's two halves 32 invocations apart (round_inputs.comp)
    Pairs scales;   // tokens x rounds x run x 32
    Words table;    // of levels in bytes, tableWords words for each row and segment, or one for all (0)
    uint rows;
    uint blocks;
    uint segments;
    uint tableWords;
    float ratio;
};

const uint words = bits * run; // of codes at a time
#ifndef SUBGROUPS
shared float sums[threads / 32 * rowsOfTeam][33];
#endif

// What a row has for the blocks from `block` on.
struct Taken
{
    uvec4 low, high; // codes
    vec2 cell;
    uint table; // where its levels begin
};

uint segmentOf(uint block)
{
    return shift < 32 ? block >> shift : segment.at[block];
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

Taken take(uint row, uint block)
{
    Taken taken;
    const uint at = (row * blocks + block) * bits;
    taken.low = taken.high = uvec4(0);
    if (words % 4 == 0) {
        taken.low = codes.at[at / 4];
        if (words > 4)
            taken.high = codes.at[at / 4 + 1];
    } else if (words == 2) {
        taken.low.xy = Pairs(codes).at[at / 2];
    } else {
        Words single = Words(codes);
        [[unroll]] for (uint w = 0; w < words; ++w)
            if (w < 4)
                taken.low[w] = single.at[at + w];
            else
                taken.high[w - 4] = single.at[at + w];
    }
    const uint cell = row * segments + segmentOf(block);
    taken.cell = cellOf(cell);
    taken.table = cell * tableWords;
    return taken;
}

// Levels of four codes, a byte each.
uint lookUp(uint four, uint first)
{
    uint found = 0;
    if (levels <= 16) {
        const uvec4 all = uvec4(table.at[first], table.at[first + 1], table.at[first + 2], table.at[first + 3]);
        [[unroll]] for (uint i = 0; i < 32; i += 8) {
            const uint code = four >> i & 15;
            const uint word = levels <= 4 ? all.x
                                          : (code & 8) == 0 ? ((code & 4) == 0 ? all.x : all.y)
                                                            : ((code & 4) == 0 ? all.z : all.w);
            found |= (word >> (code % 4 * 8) & 255) << i;
        }
        return found;
    }
    [[unroll]] for (uint i = 0; i < 32; i += 8) {
        const uint code = four >> i & 255;
        found |= (table.at[first + code / 4] >> (code % 4 * 8) & 255) << i;
    }
    return found;
}

// Levels of a block's codes times inputs; uniform levels field by field, as the sum is linear in them.
int dotBlock(uint own[8], uint inputs[8], uint first)
{
    int dot = 0;
    if (bits == 8) {
        [[unroll]] for (uint w = 0; w < 8; ++w)
            dot += kind == 1 ? dot4(own[w] ^ 0x80808080u, inputs[w])
                             : dot4(kind == 2 ? lookUp(own[w], first) : own[w], inputs[w]);
        return dot;
    }
    if (kind != 2 && (bits == 1 || bits == 2 || bits == 4)) {
        [[unroll]] for (uint i = 0; i < 8; ++i) {
            if (bits == 1)
                dot += dot4(own[0] >> i & 0x01010101u, inputs[i]);
            if (bits == 2)
                dot += dot4(own[i % 2] >> i / 2 * 2 & 0x03030303u, inputs[i]);
            if (bits == 4)
                dot += dot4(own[i % 4] >> i / 4 * 4 & 0x0f0f0f0fu, inputs[i]);
        }
        return dot;
    }
    uint codes[8] = uint[8](0, 0, 0, 0, 0, 0, 0, 0);
    uint at = 0, shifted = 0;
    [[unroll]] for (uint field = 4; field > 0; field >>= 1) {
        if ((bits & field) == 0)
            continue;
        const uint mask = 0x01010101u * ((1u << field) - 1);
        [[unroll]] for (uint k = 0; k < 8 / field; ++k)
            [[unroll]] for (uint w = 0; w < field; ++w) {
                const uint part = own[at + w] >> (field * k) & mask;
                if (kind == 2)
                    codes[k * field + w] |= part << shifted;
                else
                    dot += dot4(part, inputs[k * field + w]) << shifted;
            }
        at += field;
        shifted += field;
    }
    if (kind == 2)
        [[unroll]] for (uint w = 0; w < 8; ++w)
            dot += dot4(lookUp(codes[w], first), inputs[w]);
    return dot;
}

void main()
{
#ifdef SUBGROUPS
    const uint lane = gl_SubgroupInvocationID, team = gl_SubgroupID;
#else
    const uint lane = gl_LocalInvocationIndex % 32, team = gl_LocalInvocationIndex / 32;
#endif
    const uint token = gl_WorkGroupID.y;
    const uint row = (gl_WorkGroupID.x * (threads / 32) + team) * rowsOfTeam;
    const uint rounds = (blocks + 32 * run - 1) / (32 * run);
    float sum[rowsOfTeam];
    Taken now[rowsOfTeam];
    const uint begin = min(lane * run, blocks - run);
    [[unroll]] for (uint i = 0; i < rowsOfTeam; ++i) {
        sum[i] = 0.0;
        if (blocks > 0)
            now[i] = take(min(row + i, rows - 1), begin);
    }
    for (uint round_ = 0; round_ < rounds; ++round_) {
        const uint block = (round_ * 32 + lane) * run;
        Taken next[rowsOfTeam];
        if (ahead) {
            const uint following = min(block + 32 * run, blocks - run); // the last again, for nothing
            [[unroll]] for (uint i = 0; i < rowsOfTeam; ++i)
                next[i] = take(min(row + i, rows - 1), following);
        }
        if (block < blocks)
            [[unroll]] for (uint b = 0; b < run; ++b) {
                const uint place = (token * rounds + round_) * run + b;
                const uvec4 low = q.at[place * 64 + lane], high = q.at[place * 64 + 32 + lane];
                uint inputs[8] = uint[8](low.x, low.y, low.z, low.w, high.x, high.y, high.z, high.w);
                const vec2 scale = uintBitsToFloat(scales.at[place * 32 + lane]);
                [[unroll]] for (uint i = 0; i < rowsOfTeam; ++i) {
                    uint own[8] = uint[8](0, 0, 0, 0, 0, 0, 0, 0);
                    [[unroll]] for (uint w = 0; w < bits; ++w) {
                        const uint n = b * bits + w;
                        own[w] = n < 4 ? now[i].low[n % 4] : now[i].high[n % 4];
                    }
                    sum[i] += scale.x * now[i].cell.x * float(dotBlock(own, inputs, now[i].table)) + now[i].cell.y * scale.y;
                }
            }
        if (!ahead && round_ + 1 < rounds)
            [[unroll]] for (uint i = 0; i < rowsOfTeam; ++i)
                next[i] = take(min(row + i, rows - 1), min(block + 32 * run, blocks - run));
        [[unroll]] for (uint i = 0; i < rowsOfTeam; ++i)
            now[i] = next[i];
    }
#ifdef SUBGROUPS
    [[unroll]] for (uint i = 0; i < rowsOfTeam; ++i) {
        const float whole = subgroupAdd(sum[i]);
        if (lane == 0 && row + i < rows) {
            const uint out_ = token * rows + row + i;
            to.at[out_] = whole + (addTo != 0 ? to.at[out_] : 0.0);
        }
    }
#else
    const uint id = gl_LocalInvocationIndex;
    [[unroll]] for (uint i = 0; i < rowsOfTeam; ++i)
        sums[team * rowsOfTeam + i][lane] = sum[i];
    barrier();
    for (uint half_ = 16; half_ > 0; half_ >>= 1) {
        for (uint at = id; at < threads / 32 * rowsOfTeam * half_; at += threads)
            sums[at / half_][at % half_] += sums[at / half_][at % half_ + half_];
        barrier();
    }
    const uint out_ = gl_WorkGroupID.x * (threads / 32) * rowsOfTeam + id;
    if (id < threads / 32 * rowsOfTeam && out_ < rows)
        to.at[token * rows + out_] = sums[id][0] + (addTo != 0 ? to.at[token * rows + out_] : 0.0);
#endif
}
