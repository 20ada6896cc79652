// SPDX-License-Identifier: GPL-3.0-or-later
// Counts the weights of each group of columns by eight bits of their saliency, among those that agree
// with the threshold in all higher bits.
#version 450
#extension GL_GOOGLE_include_directive : require
#include "types.glsl"
#include "saliency.glsl"

const uint THREADS = 256;
const uint COPIES = 8; // against invocations that meet in one bin
layout(local_size_x = THREADS) in;
layout(push_constant) uniform Push
{
    Floats weights;
    Doubles share;
    Words state;
    uint rows, columns, groupColumns, groupRows; // rows of a workgroup
    uint shift;
};

shared uint bins[256 * COPIES];

void main()
{
    const uint id = gl_LocalInvocationIndex;
    for (uint i = id; i < 256 * COPIES; i += THREADS)
        bins[i] = 0;
    barrier();
    const uint group = gl_WorkGroupID.x;
    const uint begin = group * groupColumns;
    const uint width = min(groupColumns, columns - begin);
    const uint row0 = gl_WorkGroupID.y * groupRows;
    const uint size = min(groupRows, rows - row0) * width;
    const uint prefix = state.at[group * STATE];
    for (uint i = id; i < size; i += THREADS) {
        const uint column = begin + i % width;
        const uint bits = saliencyBits(weights.at[(row0 + i / width) * columns + column], share, column);
        if (shift == 24 || bits >> (shift + 8) == prefix >> (shift + 8))
            atomicAdd(bins[(bits >> shift & 255) * COPIES + id % COPIES], 1);
    }
    barrier();
    uint count = 0;
    for (uint i = 0; i < COPIES; ++i)
        count += bins[id * COPIES + i];
    if (count > 0)
        atomicAdd(state.at[group * STATE + 2 + id], count);
}
