// SPDX-License-Identifier: GPL-3.0-or-later
// Adds the members of a rarer class, with inputs that are not rounded: to[r] += the sum over cells of
//   origin[r, c] sum(x) + scale[r, c] sum(level x).
// 32 invocations a row, `split` a cell; each reads four members at once and keeps to its cell, so that nothing it asks
// for waits for another cell.
#version 450
#extension GL_GOOGLE_include_directive : require
#include "types.glsl"
#ifdef SUBGROUPS
#extension GL_KHR_shader_subgroup_arithmetic : require
#endif

layout(local_size_x = 128) in;
layout(constant_id = 0) const uint kind = 0;  // 0: levels are codes, 1: of a table, 2: one for all (table[0])
layout(constant_id = 1) const uint split = 2;
layout(push_constant) uniform Push
{
    Floats to;         // tokens x rows
    Floats x;          // tokens x columns
    Words members;     // columns within their cell, four to a word
    Words codes;
    Words begins;      // rows x cells + 1: first member
    Words cellBegins;  // first column of each cell
    Floats parameters; // rows x groups x 2: origin, scale
    Floats table;
    uint rows;
    uint columns;
    uint cells;
    uint groups;       // cells, or 1: the same in all cells
};

#ifndef SUBGROUPS
shared float sums[4][33];
#endif

float ofCell(uint row, uint token, uint cell, uint part)
{
    const uint at = (row * groups + (groups == 1 ? 0 : cell)) * 2;
    const float origin = parameters.at[at], scale = parameters.at[at + 1];
    const uint from = token * columns + cellBegins.at[cell];
    const uint begin = begins.at[row * cells + cell], end = begins.at[row * cells + cell + 1];
    float sum = 0.0;
    for (uint word = begin / 4 + part; word * 4 < end; word += split) {
        const uint places = members.at[word], levels = kind == 2 ? 0 : codes.at[word];
        [[unroll]] for (uint i = 0; i < 4; ++i) {
            if (word * 4 + i < begin || word * 4 + i >= end)
                continue;
            const uint code = levels >> 8 * i & 255;
            const float level = kind == 0 ? float(code) : table.at[code];
            sum += (origin + scale * level) * x.at[from + (places >> 8 * i & 255)];
        }
    }
    return sum;
}

void main()
{
#ifdef SUBGROUPS
    const uint lane = gl_SubgroupInvocationID, team = gl_SubgroupID;
#else
    const uint lane = gl_LocalInvocationIndex % 32, team = gl_LocalInvocationIndex / 32;
#endif
    const uint row = gl_WorkGroupID.x * 4 + team, token = gl_WorkGroupID.y;
    float sum = 0.0;
    if (row < rows)
        for (uint item = lane; item < cells * split; item += 32)
            sum += ofCell(row, token, item / split, item % split);
#ifdef SUBGROUPS
    sum = subgroupAdd(sum);
#else
    sums[team][lane] = sum;
    barrier();
    for (uint half_ = 16; half_ > 0; half_ >>= 1) {
        if (lane < half_)
            sums[team][lane] += sums[team][lane + half_];
        barrier();
    }
    sum = sums[team][0];
#endif
    if (lane == 0 && row < rows)
        to.at[token * rows + row] += sum;
}
