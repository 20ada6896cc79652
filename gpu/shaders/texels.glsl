// SPDX-License-Identifier: GPL-3.0-or-later
// Four numbers at once through a texel buffer. A processor that poses as a GPU (lavapipe) reads memory by
// address, and memory that a workgroup shares, one invocation after the other through its stack; texels it
// gathers and transposes in registers, some thirty times as fast.
#ifdef INPUT_DOUBLE
#define INPUT_FOUR dvec4
#else
#define INPUT_FOUR vec4
#endif

layout(constant_id = 0) const bool SINGLE = false; // texels of one word: for arrays whose rows begin anywhere

// Elements `at` to `at + 3`; those from `count` on are zero.
INPUT_FOUR four(usamplerBuffer from, uint at, uint count)
{
    INPUT_FOUR value;
#ifdef INPUT_DOUBLE
    [[unroll]] for (uint q = 0; q < 4; q += SINGLE ? 1 : 2) {
        if (SINGLE) {
            const uint word = 2 * (q < count ? at + q : at);
            value[q] = packDouble2x32(uvec2(texelFetch(from, int(word)).x, texelFetch(from, int(word + 1)).x));
        } else {
            const uvec4 pair = texelFetch(from, int((at + q) / 2));
            value[q] = packDouble2x32(pair.xy);
            value[q + 1] = packDouble2x32(pair.zw);
        }
    }
#else
    if (SINGLE)
        [[unroll]] for (uint q = 0; q < 4; ++q)
            value[q] = uintBitsToFloat(texelFetch(from, int(q < count ? at + q : at)).x);
    else
        value = uintBitsToFloat(texelFetch(from, int(at / 4)));
#endif
    [[unroll]] for (uint q = 0; q < 4; ++q)
        value[q] = q < count ? value[q] : 0;
    return value;
}
