// SPDX-License-Identifier: GPL-3.0-or-later
// Turns the pairs of each head by their angles (backend.h).
#version 450
#extension GL_GOOGLE_include_directive : require
#include "types.glsl"

layout(local_size_x = 128) in;
layout(push_constant) uniform Push
{
    Floats x;
    Floats cosine;
    Floats sine;
    uint columns, headWidth, pairs;
    uint step;     // between the pairs of a head: 2 for neighbours, 1 for halves
    uint partner;  // from the first of a pair to the second
    uint rowBegin;
};

void main()
{
    const uint row = rowBegin + gl_WorkGroupID.y;
    const uint heads = columns / headWidth;
    const uint i = gl_GlobalInvocationID.x;
    if (i >= heads * pairs)
        return;
    const uint pair = i % pairs;
    const uint first = row * columns + i / pairs * headWidth + pair * step;
    const uint second = first + partner;
    const float c = cosine.at[row * pairs + pair];
    const float s = sine.at[row * pairs + pair];
    const float a = x.at[first];
    const float b = x.at[second];
    x.at[first] = a * c - b * s;
    x.at[second] = b * c + a * s;
}
