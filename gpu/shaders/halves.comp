// SPDX-License-Identifier: GPL-3.0-or-later
// The factor of a product as fp16, rows x depth or (ACROSS) depth x rows, filled up with zeros to whole tiles; turned if
// it lies as depth x rows. Numbers beyond fp16 become its largest.
#version 450
#extension GL_GOOGLE_include_directive : require
#include "types.glsl"

layout(local_size_x = 256) in;
layout(constant_id = 0) const bool TURNED = false;
layout(constant_id = 1) const bool ACROSS = false;
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
        const uint line = i / 16;
        const uint at = i % 16 * 2;
        const uint r = row0 + (ACROSS ? at : line);
        const uint k = k0 + (ACROSS ? line : at);
        if (r >= paddedRows || k >= paddedDepth)
            continue;
        const vec2 pair = ACROSS ? vec2(tile[at * 33 + line], tile[(at + 1) * 33 + line])
                                 : vec2(tile[line * 33 + at], tile[line * 33 + at + 1]);
        const uint place = ACROSS ? k * paddedRows + r : r * paddedDepth + k;
        to.at[(gl_WorkGroupID.z * batchTo + place) / 2] = packHalf2x16(pair);
    }
}
