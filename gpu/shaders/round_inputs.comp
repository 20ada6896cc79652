// SPDX-License-Identifier: GPL-3.0-or-later
// Inputs of packed products: each block of 32 places of a token rounded to -127 .. 127 times its largest magnitude / 127,
// four to a word in the order of the slots (core/packed/resident_matrix.h); beside it the scale, and the scale times the
// sum of the rounded. One block a thread.
#version 450
#extension GL_GOOGLE_include_directive : require
#include "types.glsl"

layout(local_size_x = 64) in;
layout(constant_id = 0) const uint field = 2; // widest field of the codes
layout(constant_id = 1) const uint run = 1;   // blocks that an invocation of the product takes together
layout(push_constant) uniform Push
{
    Floats x;      // tokens x columns
    Words gather;  // column of each place, or none; unused when gathered is 0
    Words q;       // tokens x rounds x 2 run x 32 x 4: halves of blocks, those of 32 invocations side by side
    Floats scales; // tokens x rounds x run x 32 x 2
    Floats columnScale; // of each column; unused when scaled is 0
    uint columns;
    uint blocks;
    uint tokens;
    uint gathered;
    uint scaled;
};

void main()
{
    const uint at = gl_GlobalInvocationID.x;
    if (at >= blocks * tokens)
        return;
    const uint block = at % blocks, token = at / blocks;
    float values[32];
    float most = 0.0;
    [[unroll]] for (uint s = 0; s < 32; ++s) {
        const uint place = block * 32 + s % (4 * field) * (8 / field) + s / (4 * field);
        const uint column = gathered != 0 ? gather.at[place] : place;
        values[s] = column < columns ? x.at[token * columns + column] : 0.0;
        if (scaled != 0 && column < columns)
            values[s] *= columnScale.at[column];
        most = max(most, abs(values[s]));
    }
    const uint rounds = (blocks + 32 * run - 1) / (32 * run);
    const uint lane = block / run % 32;
    const uint place = (token * rounds + block / (32 * run)) * run + block % run;
    // A device may divide less exactly than the processor: what is left over is divided again.
    float inverse = most > 0.0 ? 127.0 / most : 0.0;
    inverse += most > 1.0e-30 ? fma(-inverse, most, 127.0) / most : 0.0;
    int sum = 0;
    [[unroll]] for (uint w = 0; w < 8; ++w) {
        uint word = 0;
        [[unroll]] for (uint i = 0; i < 4; ++i) {
            const int rounded = int(roundEven(values[w * 4 + i] * inverse));
            sum += rounded;
            word |= uint(rounded & 255) << (8 * i);
        }
        q.at[((place * 2 + w / 4) * 32 + lane) * 4 + w % 4] = word;
    }
    const float scale = most / 127.0;
    scales.at[(place * 32 + lane) * 2] = scale;
    scales.at[(place * 32 + lane) * 2 + 1] = scale * float(sum);
}
