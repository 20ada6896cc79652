// SPDX-License-Identifier: GPL-3.0-or-later
// What lies above the diagonal of a[size x size] becomes zero, or what lies below it.
#version 450
#extension GL_GOOGLE_include_directive : require
#include "types.glsl"

layout(local_size_x = 16, local_size_y = 16) in;
layout(constant_id = 0) const bool ZERO = false;
layout(push_constant) uniform Push
{
    Reals a;
    uint size;
};

shared REAL tile[16 * 17];

void main()
{
    const uint x = gl_LocalInvocationID.x;
    const uint y = gl_LocalInvocationID.y;
    const uint row0 = gl_WorkGroupID.y * 16;
    const uint column0 = gl_WorkGroupID.x * 16;
    if (column0 + 15 < row0)
        return;
    REAL below = REAL(0);
    if (!ZERO && column0 + y < size && row0 + x < size)
        below = a.at[(column0 + y) * size + row0 + x];
    tile[y * 17 + x] = below;
    barrier();
    const uint row = row0 + y;
    const uint column = column0 + x;
    if (row < size && column < size && column > row)
        a.at[row * size + column] = tile[x * 17 + y];
}
