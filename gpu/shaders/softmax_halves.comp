// SPDX-License-Identifier: GPL-3.0-or-later
// Causal softmax of one row of scores a workgroup, as fp16 in whole tiles for the product with the
// values: what a query does not see, and what fills a tile up, is zero.
#version 450
#extension GL_GOOGLE_include_directive : require
#include "types.glsl"
#include "exponential.glsl"

const uint THREADS = 128;
layout(local_size_x = THREADS) in;
layout(push_constant) uniform Push
{
    Floats scores;     // heads x queries x keys
    Words to;          // heads x paddedQueries x paddedKeys halves
    uint keys;
    uint paddedQueries, paddedKeys;
    uint position;     // of the first query among the keys
    uint window;
};

shared float reduced[THREADS];

void main()
{
    const uint id = gl_LocalInvocationIndex;
    const uint query = gl_WorkGroupID.x;
    const uint row = (gl_WorkGroupID.y * gl_NumWorkGroups.x + query) * keys;
    const uint end = position + query + 1;
    const uint first = window > 0 && end > window ? end - window : 0;
    float most = -3.0e38;
    for (uint i = first + id; i < end; i += THREADS)
        most = max(most, scores.at[row + i]);
    reduced[id] = most;
    barrier();
    for (uint part = THREADS / 2; part > 0; part >>= 1) {
        if (id < part)
            reduced[id] = max(reduced[id], reduced[id + part]);
        barrier();
    }
    most = reduced[0];
    barrier();
    float sum = 0.0;
    for (uint i = first + id; i < end; i += THREADS)
        sum += exponential(scores.at[row + i] - most);
    reduced[id] = sum;
    barrier();
    for (uint part = THREADS / 2; part > 0; part >>= 1) {
        if (id < part)
            reduced[id] += reduced[id + part];
        barrier();
    }
    const float factor = 1.0 / reduced[0];
    const uint target = (gl_WorkGroupID.y * paddedQueries + query) * paddedKeys / 2;
    for (uint i = id; i < paddedKeys / 2; i += THREADS) {
        vec2 pair = vec2(0.0);
        for (uint j = 0; j < 2; ++j)
            if (2 * i + j >= first && 2 * i + j < end)
                pair[j] = exponential(scores.at[row + 2 * i + j] - most) * factor;
        to.at[target + i] = packHalf2x16(pair);
    }
}
