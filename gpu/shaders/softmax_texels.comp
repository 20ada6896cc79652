// SPDX-License-Identifier: GPL-3.0-or-later
// Causal softmax of rows of scores in place, one row an invocation, for processors that pose as a GPU
// (texels.glsl): what a query does not see becomes zero.
#version 450
#extension GL_GOOGLE_include_directive : require
#include "types.glsl"
#include "texels.glsl"
#include "exponential.glsl"

layout(local_size_x = 8) in;
layout(set = 0, binding = 0) uniform usamplerBuffer before;
layout(set = 0, binding = 3, rgba32ui) uniform writeonly uimageBuffer after;
layout(push_constant) uniform Push
{
    uint begin;             // elements from where the texels begin
    uint heads, queries;    // scores: heads x queries x stride
    uint stride;            // whole texels
    uint position;          // of the first query among the keys
    uint window;
};

void main()
{
    const uint row = gl_GlobalInvocationID.x;
    if (row >= heads * queries)
        return;
    const uint end = position + row % queries + 1;
    const uint first = window > 0 && end > window ? end - window : 0;
    const uint at = begin + row * stride;
    float most = -3.0e38;
    for (uint i = first / 4 * 4; i < end; i += 4) {
        const vec4 some = four(before, at + i, 4);
        [[unroll]] for (uint j = 0; j < 4; ++j)
            most = i + j >= first && i + j < end ? max(most, some[j]) : most;
    }
    vec4 sums = vec4(0.0);
    for (uint i = first / 4 * 4; i < end; i += 4) {
        const vec4 some = four(before, at + i, 4);
        [[unroll]] for (uint j = 0; j < 4; ++j)
            sums[j] += i + j >= first && i + j < end ? exponential(some[j] - most) : 0.0;
    }
    const float factor = 1.0 / ((sums.x + sums.y) + (sums.z + sums.w));
    for (uint i = 0; i < stride; i += 4) {
        vec4 some = four(before, at + i, 4);
        [[unroll]] for (uint j = 0; j < 4; ++j)
            some[j] = i + j >= first && i + j < end ? exponential(some[j] - most) * factor : 0.0;
        imageStore(after, int((at + i) / 4), floatBitsToUint(some));
    }
}
