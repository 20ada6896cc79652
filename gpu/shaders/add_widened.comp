// SPDX-License-Identifier: GPL-3.0-or-later
// Sums in fp64 += numbers in fp32. Tiles above the diagonal of a Gram matrix hold anything; the mirror
// that follows overwrites them.
#version 450
#define REAL double
#define REAL_BYTES 8
#extension GL_GOOGLE_include_directive : require
#include "types.glsl"

layout(local_size_x = 256) in;
layout(push_constant) uniform Push
{
    Reals to;
    Floats from;
    uint size;
};

void main()
{
    const uint step = gl_NumWorkGroups.x * 256;
    for (uint i = gl_GlobalInvocationID.x; i < size; i += step)
        to.at[i] += double(from.at[i]);
}
