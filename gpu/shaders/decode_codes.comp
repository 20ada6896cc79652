// SPDX-License-Identifier: GPL-3.0-or-later
// What codes mean, formed in fp64 and rounded once to fp32, as packed matrices are read.
#version 450
#define REAL double
#define REAL_BYTES 8
#extension GL_GOOGLE_include_directive : require
#include "types.glsl"

layout(local_size_x = 256) in;
layout(push_constant) uniform Push
{
    Floats values;
    Bytes codes;
    Words coding;   // vulkan_walk.cpp
    Bytes classes;
    uint columns, begin, size; // elements
    uint codingBegin;
};
#include "coding.glsl"

void main()
{
    const uint step = gl_NumWorkGroups.x * 256;
    for (uint i = begin + gl_GlobalInvocationID.x; i < begin + size; i += step) {
        uint grid = 0;
        if (coding.at[1] == 1)
            grid = uint(classes.at[i % columns]);
        else if (coding.at[1] == 2)
            grid = uint(classes.at[i]);
        grid = min(grid, coding.at[0] - 1);
        double scale, offset;
        gridAt(grid, i / columns, i % columns, scale, offset);
        values.at[i] = float(offset + scale * levelOf(grid, uint(codes.at[i])));
    }
}
