// SPDX-License-Identifier: GPL-3.0-or-later
// The factor of a product as fp16, rows x depth, filled up with zeros to whole tiles; turned if it lies
// as depth x rows. Numbers beyond fp16 become its largest.
#version 450
#extension GL_GOOGLE_include_directive : require
#include "types.glsl"

layout(local_size_x = 256) in;
layout(constant_id = 0) const bool TURNED = false;
layout(push_constant) uniform Push
{
    Words to;
    Floats from;
    uint rows, depth, stride;
    uint paddedRows, paddedDepth;
    uint batchFrom, batchTo; // elements
};

shared float tile[32 * 33];

float kept(float x) { return clamp(x, -65504.0, 65504.0); }

float read(uint row, uint k)
{
    float value = 0.0;
    if (row < rows && k < depth)
        value = kept(from.at[gl_WorkGroupID.z * batchFrom + (TURNED ? k * stride + row : row * stride + k)]);
    return value;
}

void main()
{
    const uint id = gl_LocalInvocationIndex;
    const uint row0 = gl_WorkGroupID.y * 32;
    const uint k0 = gl_WorkGroupID.x * 32;
    for (uint i = id; i < 1024; i += 256) {
        const uint r = TURNED ? i % 32 : i / 32;
        const uint k = TURNED ? i / 32 : i % 32;
        tile[r * 33 + k] = read(row0 + r, k0 + k);
    }
    barrier();
    for (uint i = id; i < 512; i += 256) {
        const uint r = i / 16;
        const uint k = i % 16 * 2;
        if (row0 + r < paddedRows && k0 + k < paddedDepth)
            to.at[(gl_WorkGroupID.z * batchTo + (row0 + r) * paddedDepth + k0 + k) / 2] =
                packHalf2x16(vec2(tile[r * 33 + k], tile[r * 33 + k + 1]));
    }
}
