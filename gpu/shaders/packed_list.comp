// SPDX-License-Identifier: GPL-3.0-or-later
// Adds the members of a rarer class, with inputs that are not rounded: to[r] += the sum over cells of
//   origin[r, c] sum(x) + scale[r, c] sum(level x). 32 threads a row.
#version 450
#extension GL_GOOGLE_include_directive : require
#include "types.glsl"

layout(local_size_x = 128) in;
layout(constant_id = 0) const uint kind = 0; // 0: levels are codes, 1: of a table, 2: one for all (table[0])
layout(push_constant) uniform Push
{
    Floats to;         // tokens x rows
    Floats x;          // tokens x columns
    Bytes members;     // columns within their cell
    Bytes codes;
    Words begins;      // rows x cells + 1: first member
    Words cellBegins;  // first column of each cell
    Floats parameters; // rows x groups x 2: origin, scale
    Floats table;
    uint rows;
    uint columns;
    uint cells;
    uint groups;       // cells, or 1: the same in all cells
};

shared float sums[4][33];

void main()
{
    const uint id = gl_LocalInvocationIndex, lane = id % 32, team = id / 32;
    const uint row = gl_WorkGroupID.x * 4 + team, token = gl_WorkGroupID.y;
    float sum = 0.0;
    if (row < rows)
        for (uint c = 0; c < cells; ++c) {
            const uint at = (row * groups + (groups == 1 ? 0 : c)) * 2;
            const float origin = parameters.at[at], scale = parameters.at[at + 1];
            const uint from = token * columns + cellBegins.at[c], end = begins.at[row * cells + c + 1];
            for (uint i = begins.at[row * cells + c] + lane; i < end; i += 32) {
                const uint code = kind == 2 ? 0 : uint(codes.at[i]);
                const float level = kind == 0 ? float(code) : table.at[code];
                sum += (origin + scale * level) * x.at[from + uint(members.at[i])];
            }
        }
    sums[team][lane] = sum;
    barrier();
    for (uint half_ = 16; half_ > 0; half_ >>= 1) {
        if (lane < half_)
            sums[team][lane] += sums[team][lane + half_];
        barrier();
    }
    if (lane == 0 && row < rows)
        to.at[token * rows + row] += sums[team][0];
}
