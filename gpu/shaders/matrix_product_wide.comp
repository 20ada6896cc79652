// SPDX-License-Identifier: GPL-3.0-or-later
// matrix_product.comp where all rows start at multiples of four numbers: four at a time, 8 x 8 sums an
// invocation, the next tile on its way while this one is used.
#version 450
#extension GL_EXT_buffer_reference : require
#extension GL_EXT_control_flow_attributes : require

#ifdef WIDE_DOUBLE
#define REAL double
#define FOUR dvec4
#define FOUR_BYTES 32
#else
#define REAL float
#define FOUR vec4
#define FOUR_BYTES 16
#endif

const uint TILE = 128;   // rows and columns of a workgroup
const uint PITCH = 33;   // of a tile's line in groups of four
const uint THREADS = 256;
layout(local_size_x = THREADS) in;
const uint DEPTH = 8;    // of a tile
layout(constant_id = 0) const bool TURNED_A = false;
layout(constant_id = 1) const bool TURNED_B = false;
layout(constant_id = 2) const bool ADD = false;
layout(constant_id = 3) const bool LOWER = false;

layout(buffer_reference, std430, buffer_reference_align = FOUR_BYTES) buffer Fours { FOUR at[]; };
layout(push_constant) uniform Push
{
    Fours a, b, c;
    uint rows, columns, depth;
    uint strideA, strideB, strideC;
    uint tileBegin;
    float factor;
    uint batchA, batchB, batchC;
    uint sharing;
};

const uint LOADS = DEPTH * TILE / 4 / THREADS;
shared FOUR tileA[2 * DEPTH * PITCH];
shared FOUR tileB[2 * DEPTH * PITCH];

// Group i of a tile of a factor: four of its depth, or four of its lines when it lies turned.
FOUR fetch(Fours from, uint begin, bool turned, uint line0, uint k0, uint i, uint lines, uint stride)
{
    const uint line = line0 + (turned ? i % (TILE / 4) * 4 : i / (DEPTH / 4));
    const uint k = k0 + (turned ? i / (TILE / 4) : i % (DEPTH / 4) * 4);
    FOUR value = FOUR(REAL(0));
    if (line < lines && k < depth)
        value = from.at[(begin + (turned ? k * stride + line : line * stride + k)) / 4];
    return value;
}

void main()
{
    const uint id = gl_LocalInvocationIndex;
    const uint row0 = (gl_WorkGroupID.y + tileBegin) * TILE;
    const uint column0 = gl_WorkGroupID.x * TILE;
    if (LOWER && column0 >= row0 + TILE)
        return;
    const uint beginA = gl_WorkGroupID.z * batchA;
    const uint beginB = gl_WorkGroupID.z / sharing * batchB;
    const uint across = id % 16;
    const uint down = id / 16;
    FOUR sum[16]; // row i: columns 0..3 at 2 i, 64..67 at 2 i + 1
    [[unroll]] for (uint i = 0; i < 16; ++i)
        sum[i] = FOUR(REAL(0));
    FOUR nextA[LOADS];
    FOUR nextB[LOADS];

    uint part = 0;
    for (uint k0 = 0; k0 < depth + DEPTH; k0 += DEPTH) {
        if (k0 < depth)
            [[unroll]] for (uint i = 0; i < LOADS; ++i) {
                nextA[i] = fetch(a, beginA, TURNED_A, row0, k0, id + i * THREADS, rows, strideA);
                nextB[i] = fetch(b, beginB, TURNED_B, column0, k0, id + i * THREADS, columns, strideB);
            }
        if (k0 > 0) {
            const uint from = (part ^ 1u) * DEPTH * PITCH;
            [[unroll]] for (uint k = 0; k < DEPTH; ++k) {
                const FOUR a0 = tileA[from + k * PITCH + down];
                const FOUR a1 = tileA[from + k * PITCH + down + 16];
                const FOUR b0 = tileB[from + k * PITCH + across];
                const FOUR b1 = tileB[from + k * PITCH + across + 16];
                [[unroll]] for (uint i = 0; i < 4; ++i) {
                    sum[2 * i] = fma(FOUR(a0[i]), b0, sum[2 * i]);
                    sum[2 * i + 1] = fma(FOUR(a0[i]), b1, sum[2 * i + 1]);
                    sum[2 * i + 8] = fma(FOUR(a1[i]), b0, sum[2 * i + 8]);
                    sum[2 * i + 9] = fma(FOUR(a1[i]), b1, sum[2 * i + 9]);
                }
            }
        }
        if (k0 < depth) {
            const uint to = part * DEPTH * PITCH;
            [[unroll]] for (uint i = 0; i < LOADS; ++i) {
                const uint at = id + i * THREADS;
                if (TURNED_A) {
                    tileA[to + at / (TILE / 4) * PITCH + at % (TILE / 4)] = nextA[i];
                } else {
                    const uint line = at / (DEPTH / 4);
                    [[unroll]] for (uint j = 0; j < 4; ++j)
                        tileA[to + (at % (DEPTH / 4) * 4 + j) * PITCH + line / 4][line % 4] = nextA[i][j];
                }
                if (TURNED_B) {
                    tileB[to + at / (TILE / 4) * PITCH + at % (TILE / 4)] = nextB[i];
                } else {
                    const uint line = at / (DEPTH / 4);
                    [[unroll]] for (uint j = 0; j < 4; ++j)
                        tileB[to + (at % (DEPTH / 4) * 4 + j) * PITCH + line / 4][line % 4] = nextB[i][j];
                }
            }
            barrier();
        }
        part ^= 1u;
    }

    [[unroll]] for (uint i = 0; i < 8; ++i)
        [[unroll]] for (uint j = 0; j < 2; ++j) {
            const uint row = row0 + i / 4 * 64 + down * 4 + i % 4;
            const uint column = column0 + j * 64 + across * 4;
            if (row < rows && column < columns) {
                const uint at = (gl_WorkGroupID.z * batchC + row * strideC + column) / 4;
                const FOUR value = REAL(factor) * sum[2 * i + j];
                c.at[at] = ADD ? c.at[at] + value : value;
            }
        }
}
