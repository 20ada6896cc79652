// SPDX-License-Identifier: GPL-3.0-or-later
// c[rows x columns] (+)= factor a b^T for any shape: multiplyTransposed, addGram, addCrossGram, the
// updates of the factorizations and of the column walk. Tiles of both factors go through shared memory.
#version 450
#extension GL_GOOGLE_include_directive : require
#include "types.glsl"

layout(local_size_x_id = 0) in;
layout(constant_id = 1) const uint TILE_ROWS = 64;
layout(constant_id = 2) const uint TILE_COLUMNS = 64;
layout(constant_id = 3) const uint TILE_DEPTH = 16;
layout(constant_id = 4) const uint ROWS = 4;         // of one invocation
layout(constant_id = 5) const uint COLUMNS = 4;
layout(constant_id = 6) const bool TURNED_A = false; // a lies as depth x rows instead of rows x depth
layout(constant_id = 7) const bool TURNED_B = false; // b lies as depth x columns
layout(constant_id = 8) const bool ADD = false;
layout(constant_id = 9) const bool LOWER = false;    // tiles above the diagonal are left alone

layout(push_constant) uniform Push
{
    Inputs a;
    Inputs b;
    Reals c;
    uint rows, columns, depth;
    uint strideA, strideB, strideC;
    uint tileBegin;              // first row of tiles of this dispatch
    float factor;
    uint batchA, batchB, batchC; // elements between the matrices of a batch
    uint sharing;                // matrices of a that share one of b
};

const uint PITCH_A = TILE_ROWS + 1;
const uint PITCH_B = TILE_COLUMNS + 1;
shared REAL tileA[TILE_DEPTH * PITCH_A];
shared REAL tileB[TILE_DEPTH * PITCH_B];

void main()
{
    const uint threads = gl_WorkGroupSize.x;
    const uint id = gl_LocalInvocationIndex;
    const uint row0 = (gl_WorkGroupID.y + tileBegin) * TILE_ROWS;
    const uint column0 = gl_WorkGroupID.x * TILE_COLUMNS;
    if (LOWER && column0 >= row0 + TILE_ROWS)
        return;
    const uint beginA = gl_WorkGroupID.z * batchA;
    const uint beginB = gl_WorkGroupID.z / sharing * batchB;
    const uint acrossStep = TILE_COLUMNS / COLUMNS;
    const uint downStep = TILE_ROWS / ROWS;
    const uint across = id % acrossStep;
    const uint down = id / acrossStep;

    REAL sum[ROWS * COLUMNS];
    [[unroll]] for (uint i = 0; i < ROWS * COLUMNS; ++i)
        sum[i] = REAL(0);

    for (uint k0 = 0; k0 < depth; k0 += TILE_DEPTH) {
        for (uint i = id; i < TILE_ROWS * TILE_DEPTH; i += threads) {
            const uint r = TURNED_A ? i % TILE_ROWS : i / TILE_DEPTH;
            const uint k = TURNED_A ? i / TILE_ROWS : i % TILE_DEPTH;
            const bool there = row0 + r < rows && k0 + k < depth;
            const uint at = TURNED_A ? (k0 + k) * strideA + row0 + r : (row0 + r) * strideA + k0 + k;
            REAL value = REAL(0);
            if (there)
                value = REAL(a.at[beginA + at]);
            tileA[k * PITCH_A + r] = value;
        }
        for (uint i = id; i < TILE_COLUMNS * TILE_DEPTH; i += threads) {
            const uint c = TURNED_B ? i % TILE_COLUMNS : i / TILE_DEPTH;
            const uint k = TURNED_B ? i / TILE_COLUMNS : i % TILE_DEPTH;
            const bool there = column0 + c < columns && k0 + k < depth;
            const uint at = TURNED_B ? (k0 + k) * strideB + column0 + c : (column0 + c) * strideB + k0 + k;
            REAL value = REAL(0);
            if (there)
                value = REAL(b.at[beginB + at]);
            tileB[k * PITCH_B + c] = value;
        }
        barrier();
        [[unroll]] for (uint k = 0; k < TILE_DEPTH; ++k) {
            REAL left[ROWS];
            REAL right[COLUMNS];
            [[unroll]] for (uint i = 0; i < ROWS; ++i)
                left[i] = tileA[k * PITCH_A + down + i * downStep];
            [[unroll]] for (uint j = 0; j < COLUMNS; ++j)
                right[j] = tileB[k * PITCH_B + across + j * acrossStep];
            [[unroll]] for (uint i = 0; i < ROWS; ++i)
                [[unroll]] for (uint j = 0; j < COLUMNS; ++j)
                    sum[i * COLUMNS + j] = fma(left[i], right[j], sum[i * COLUMNS + j]);
        }
        barrier();
    }

    [[unroll]] for (uint i = 0; i < ROWS; ++i)
        [[unroll]] for (uint j = 0; j < COLUMNS; ++j) {
            const uint row = row0 + down + i * downStep;
            const uint column = column0 + across + j * acrossStep;
            if (row < rows && column < columns) {
                const uint at = gl_WorkGroupID.z * batchC + row * strideC + column;
                const REAL value = REAL(factor) * sum[i * COLUMNS + j];
                c.at[at] = ADD ? c.at[at] + value : value;
            }
        }
}
