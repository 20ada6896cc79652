// SPDX-License-Identifier: GPL-3.0-or-later
// Rows of one panel of b: x L^T = b, or x L = b, with L one block on a factor's diagonal; in place.
// One row an invocation.
#version 450
#extension GL_GOOGLE_include_directive : require
#include "types.glsl"

const uint BLOCK = 32;
const uint ROWS = 64;
layout(local_size_x = ROWS) in;
layout(constant_id = 0) const bool BACKWARD = false;
layout(push_constant) uniform Push
{
    Reals b;        // first element of the panel
    Reals lower;    // first element of the block
    uint rows, count;
    uint strideB, strideL;
};

const uint PITCH = BLOCK + 1;
shared REAL factor[BLOCK * PITCH];
shared REAL values[ROWS * PITCH];

void main()
{
    const uint id = gl_LocalInvocationIndex;
    const uint row0 = gl_WorkGroupID.x * ROWS;
    for (uint i = id; i < count * BLOCK; i += ROWS)
        if (i % BLOCK < count)
            factor[i / BLOCK * PITCH + i % BLOCK] = lower.at[i / BLOCK * strideL + i % BLOCK];
    for (uint i = id; i < ROWS * BLOCK; i += ROWS)
        if (i % BLOCK < count && row0 + i / BLOCK < rows)
            values[i / BLOCK * PITCH + i % BLOCK] = b.at[(row0 + i / BLOCK) * strideB + i % BLOCK];
    barrier();
    const uint mine = id * PITCH;
    if (row0 + id < rows)
        for (uint step = 0; step < count; ++step) {
            const uint j = BACKWARD ? count - 1 - step : step;
            REAL sum = values[mine + j];
            if (BACKWARD)
                for (uint k = j + 1; k < count; ++k)
                    sum -= values[mine + k] * factor[k * PITCH + j];
            else
                for (uint k = 0; k < j; ++k)
                    sum -= values[mine + k] * factor[j * PITCH + k];
            values[mine + j] = sum / factor[j * PITCH + j];
        }
    barrier();
    for (uint i = id; i < ROWS * BLOCK; i += ROWS)
        if (i % BLOCK < count && row0 + i / BLOCK < rows)
            b.at[(row0 + i / BLOCK) * strideB + i % BLOCK] = values[i / BLOCK * PITCH + i % BLOCK];
}
