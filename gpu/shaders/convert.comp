// SPDX-License-Identifier: GPL-3.0-or-later
// Numbers of one kind as the other: fp32 to fp64 and back.
#version 450
#extension GL_GOOGLE_include_directive : require
#include "types.glsl"

layout(local_size_x = 256) in;
layout(push_constant) uniform Push
{
    Reals to;
    Inputs from;
    uint size;
};

void main()
{
    const uint step = gl_NumWorkGroups.x * 256;
    for (uint i = gl_GlobalInvocationID.x; i < size; i += step)
        to.at[i] = REAL(from.at[i]);
}
