// SPDX-License-Identifier: GPL-3.0-or-later
// matrix_product.comp for processors that pose as a GPU (texels.glsl): nothing is shared, an invocation
// keeps ROWS x COLUMNS sums and reads both factors four numbers at a time.
#version 450
#extension GL_GOOGLE_include_directive : require
#include "types.glsl"
#include "texels.glsl"

#if REAL_BYTES == 8
#define FOUR dvec4
#else
#define FOUR vec4
#endif

const uint LANES = 8;
layout(local_size_x = LANES) in;
layout(constant_id = 1) const uint ROWS = 8; // of one invocation: multiples of four
layout(constant_id = 2) const uint COLUMNS = 8;
layout(constant_id = 3) const bool TURNED_A = false;
layout(constant_id = 4) const bool TURNED_B = false;
layout(constant_id = 5) const bool STORE_FOURS = true; // rows of c begin at whole texels

layout(set = 0, binding = 0) uniform usamplerBuffer a;
layout(set = 0, binding = 1) uniform usamplerBuffer b;
layout(set = 0, binding = 2) uniform usamplerBuffer before;
layout(set = 0, binding = 3, rgba32ui) uniform writeonly uimageBuffer after;
layout(push_constant) uniform Push
{
    Reals c;
    uint beginA, beginB, beginC;     // elements from where the texels begin
    uint rows, columns, depth;
    uint strideA, strideB, strideC;
    uint tileBegin;
    float factor;
    uint batchA, batchB, batchC;
    uint sharing;
    uint add, lower;
};

void store(uint row, uint column, FOUR value)
{
    const uint at = gl_WorkGroupID.z * batchC + row * strideC + column;
    if (!STORE_FOURS) {
        [[unroll]] for (uint j = 0; j < 4; ++j)
            if (column + j < columns)
                c.at[at + j] = add != 0 ? c.at[at + j] + value[j] : value[j];
        return;
    }
#if REAL_BYTES == 8
    [[unroll]] for (uint j = 0; j < 4; j += 2) {
        const int texel = int((beginC + at + j) / 2);
        if (add != 0) {
            const uvec4 old = texelFetch(before, texel);
            value[j] += packDouble2x32(old.xy);
            value[j + 1] += packDouble2x32(old.zw);
        }
        imageStore(after, texel, uvec4(unpackDouble2x32(value[j]), unpackDouble2x32(value[j + 1])));
    }
#else
    const int texel = int((beginC + at) / 4);
    if (add != 0)
        value += uintBitsToFloat(texelFetch(before, texel));
    imageStore(after, texel, floatBitsToUint(value));
#endif
}

void main()
{
    const uint row0 = (gl_WorkGroupID.y + tileBegin) * ROWS;
    if (lower != 0 && gl_WorkGroupID.x * (LANES * COLUMNS) >= row0 + ROWS)
        return;
    const uint column0 = gl_WorkGroupID.x * (LANES * COLUMNS) + gl_LocalInvocationIndex * COLUMNS;
    const uint wholeA = beginA + gl_WorkGroupID.z * batchA;
    const uint wholeB = beginB + gl_WorkGroupID.z / sharing * batchB;
    FOUR sum[ROWS * COLUMNS / 4];
    [[unroll]] for (uint i = 0; i < ROWS * COLUMNS / 4; ++i)
        sum[i] = FOUR(0);

    for (uint k = 0; k < depth; k += 4) {
        FOUR right[COLUMNS]; // four depths of a column; turned: four columns of a depth
        [[unroll]] for (uint j = 0; j < COLUMNS; ++j) {
            if (TURNED_B) {
                const uint depthOf = k + j % 4;
                const uint column = min(column0 + j / 4 * 4, (columns - 1) / 4 * 4);
                right[j] = FOUR(four(b, wholeB + min(depthOf, depth - 1) * strideB + column,
                                     depthOf < depth ? columns - column : 0));
            } else {
                right[j] = FOUR(four(b, wholeB + min(column0 + j, columns - 1) * strideB + k, depth - k));
            }
        }
        [[unroll]] for (uint i = 0; i < ROWS; ++i) {
            FOUR left; // the same of a
            if (TURNED_A) {
                const uint depthOf = k + i % 4;
                const uint row = min(row0 + i / 4 * 4, (rows - 1) / 4 * 4);
                left = FOUR(four(a, wholeA + min(depthOf, depth - 1) * strideA + row, depthOf < depth ? rows - row : 0));
            } else {
                left = FOUR(four(a, wholeA + min(row0 + i, rows - 1) * strideA + k, depth - k));
            }
            [[unroll]] for (uint s = 0; s < 4; ++s) {
                const uint r = TURNED_A ? i / 4 * 4 + s : i;
                const uint q = TURNED_A ? i % 4 : s; // depth
                [[unroll]] for (uint j = 0; j < COLUMNS / 4; ++j) {
                    FOUR other;
                    if (TURNED_B)
                        other = right[j * 4 + q];
                    else
                        other = FOUR(right[j * 4][q], right[j * 4 + 1][q], right[j * 4 + 2][q], right[j * 4 + 3][q]);
                    sum[r * COLUMNS / 4 + j] = fma(FOUR(left[s]), other, sum[r * COLUMNS / 4 + j]);
                }
            }
        }
    }
    [[unroll]] for (uint i = 0; i < ROWS; ++i)
        [[unroll]] for (uint j = 0; j < COLUMNS / 4; ++j)
            if (row0 + i < rows && column0 + j * 4 < columns)
                store(row0 + i, column0 + j * 4, REAL(factor) * sum[i * COLUMNS / 4 + j]);
}
