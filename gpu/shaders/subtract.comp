// SPDX-License-Identifier: GPL-3.0-or-later
// a -= b
#version 450
#extension GL_GOOGLE_include_directive : require
#include "types.glsl"

layout(local_size_x = 256) in;
layout(push_constant) uniform Push
{
    Floats a;
    Floats b;
    uint size;    // elements of this dispatch
    uint columns;
    uint begin;   // of this dispatch in a
};

void main()
{
    const uint step = gl_NumWorkGroups.x * 256;
    for (uint i = gl_GlobalInvocationID.x; i < size; i += step)
        a.at[i] -= b.at[i];
}
