// SPDX-License-Identifier: GPL-3.0-or-later
// The scalar product of row i of a and row i of b, both fp32, summed in fp64: a row a workgroup.
#version 450
#define REAL double
#define REAL_BYTES 8
#extension GL_GOOGLE_include_directive : require
#include "types.glsl"

const uint THREADS = 256;
layout(local_size_x = THREADS) in;
layout(push_constant) uniform Push
{
    Reals to;
    Floats a;
    Floats b;
    uint columns, rowBegin;
};

shared double sums[THREADS];

void main()
{
    const uint id = gl_LocalInvocationIndex;
    const uint row = rowBegin + gl_WorkGroupID.x;
    double sum = 0.0LF;
    for (uint j = id; j < columns; j += THREADS)
        sum += double(a.at[row * columns + j]) * double(b.at[row * columns + j]);
    sums[id] = sum;
    barrier();
    for (uint part = THREADS / 2; part > 0; part >>= 1) {
        if (id < part)
            sums[id] += sums[id + part];
        barrier();
    }
    if (id == 0)
        to.at[row] = sums[0];
}
