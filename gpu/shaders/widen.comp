// SPDX-License-Identifier: GPL-3.0-or-later
// Numbers of 16 bits (fp16 or bf16) as fp32, two a word.
#version 450
#extension GL_GOOGLE_include_directive : require
#include "types.glsl"

layout(local_size_x = 256) in;
layout(constant_id = 0) const bool BRAIN = false; // bf16
layout(push_constant) uniform Push
{
    Floats to;
    Words from;
    uint size;
};

void main()
{
    const uint step = gl_NumWorkGroups.x * 256;
    for (uint i = gl_GlobalInvocationID.x; 2 * i < size; i += step) {
        const uint word = from.at[i];
        vec2 pair = unpackHalf2x16(word);
        if (BRAIN)
            pair = vec2(uintBitsToFloat(word << 16), uintBitsToFloat(word & 0xffff0000u));
        to.at[2 * i] = pair.x;
        if (2 * i + 1 < size)
            to.at[2 * i + 1] = pair.y;
    }
}
