// SPDX-License-Identifier: GPL-3.0-or-later
// One row a workgroup: to = from gain / sqrt(mean(from^2) + epsilon)
#version 450
#extension GL_GOOGLE_include_directive : require
#include "types.glsl"

layout(local_size_x = 128) in;
layout(push_constant) uniform Push
{
    Floats to;
    Floats from;
    Floats gain;
    uint columns;
    uint rowBegin;
    float epsilon;
};

shared float sums[128];

void main()
{
    const uint id = gl_LocalInvocationIndex;
    const uint row = (rowBegin + gl_WorkGroupID.x) * columns;
    float sum = 0.0;
    for (uint i = id; i < columns; i += 128)
        sum += from.at[row + i] * from.at[row + i];
    sums[id] = sum;
    barrier();
    for (uint half_ = 64; half_ > 0; half_ >>= 1) {
        if (id < half_)
            sums[id] += sums[id + half_];
        barrier();
    }
    const float square = sums[0] / float(columns) + epsilon;
    float scale = inversesqrt(square);
    scale *= 1.5 - 0.5 * square * scale * scale; // devices promise two units in the last place only
    for (uint i = id; i < columns; i += 128)
        to.at[row + i] = from.at[row + i] * scale * gain.at[i];
}
