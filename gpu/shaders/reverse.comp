// SPDX-License-Identifier: GPL-3.0-or-later
// Reverses the order of all elements: both the rows and the columns of a square matrix.
#version 450
#extension GL_GOOGLE_include_directive : require
#include "types.glsl"

layout(local_size_x = 256) in;
layout(push_constant) uniform Push
{
    Reals a;
    uint size;
};

void main()
{
    const uint step = gl_NumWorkGroups.x * 256;
    for (uint i = gl_GlobalInvocationID.x; i < size / 2; i += step) {
        const REAL first = a.at[i];
        a.at[i] = a.at[size - 1 - i];
        a.at[size - 1 - i] = first;
    }
}
