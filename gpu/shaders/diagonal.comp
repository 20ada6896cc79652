// SPDX-License-Identifier: GPL-3.0-or-later
// The diagonal of a square matrix, read into a list of fp64 or set from one.
#version 450
#extension GL_GOOGLE_include_directive : require
#include "types.glsl"

layout(buffer_reference, std430, buffer_reference_align = 8) buffer Doubles { double at[]; };
layout(local_size_x = 256) in;
layout(constant_id = 0) const bool SET = false;
layout(push_constant) uniform Push
{
    Reals a;
    Doubles list;
    uint size;
};

void main()
{
    const uint i = gl_GlobalInvocationID.x;
    if (i >= size)
        return;
    if (SET)
        a.at[i * size + i] = REAL(list.at[i]);
    else
        list.at[i] = double(a.at[i * size + i]);
}
