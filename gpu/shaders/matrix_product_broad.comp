// SPDX-License-Identifier: GPL-3.0-or-later
// matrix_product_wide.comp for large products in fp32: 16 x 8 sums an invocation, which asks the least of shared memory for
// each addition. The numbers of the next column are on their way from shared memory while those of this one are used,
// also over the barrier.
#version 450
#extension GL_EXT_buffer_reference : require
#extension GL_EXT_control_flow_attributes : require

const uint TILE = 128; // rows and columns of a workgroup
const uint DEPTH = 8;  // of a tile
const uint GROUPS = TILE / 4;
const uint PITCH = GROUPS + 1; // of a tile's line in groups of four
const uint THREADS = 128;
layout(local_size_x = THREADS) in;
layout(constant_id = 0) const bool TURNED_A = false;
layout(constant_id = 1) const bool TURNED_B = false;
layout(constant_id = 2) const bool ADD = false;
layout(constant_id = 3) const bool LOWER = false;

layout(buffer_reference, std430, buffer_reference_align = 16) buffer Fours { vec4 at[]; };
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

const uint LINE = DEPTH / 4;
const uint LOADS = DEPTH * TILE / 4 / THREADS;
shared vec4 tileA[2 * DEPTH * PITCH];
shared vec4 tileB[2 * DEPTH * PITCH];

// Where group i of a factor's first tile lies; lines beyond the last are the last once more, and end in no sum that is
// written.
uint placeOf(uint begin, bool turned, uint line0, uint i, uint lines, uint stride)
{
    if (turned)
        return (begin + i / GROUPS * stride) / 4 + min(line0 / 4 + i % GROUPS, lines / 4 - 1);
    return (begin + min(line0 + i / LINE, lines - 1) * stride) / 4 + i % LINE;
}

// Whether group i of the tile at k0 lies before the end.
bool isThere(bool turned, uint k0, uint i)
{
    return k0 + (turned ? i / GROUPS : i % LINE * 4) < depth;
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
    const uint across = id / 32 % 2 * 8 + id % 8;
    const uint down = id / 64 * 4 + id % 32 / 8;
    const uint stepA = TURNED_A ? DEPTH * strideA / 4 : LINE;
    const uint stepB = TURNED_B ? DEPTH * strideB / 4 : LINE;
    uint placeA[LOADS];
    uint placeB[LOADS];
    [[unroll]] for (uint i = 0; i < LOADS; ++i) {
        placeA[i] = placeOf(beginA, TURNED_A, row0, id + i * THREADS, rows, strideA);
        placeB[i] = placeOf(beginB, TURNED_B, column0, id + i * THREADS, columns, strideB);
    }
    vec4 sum[32]; // row i of four bands: columns 0..3 at 2 i, 64..67 at 2 i + 1
    [[unroll]] for (uint i = 0; i < 32; ++i)
        sum[i] = vec4(0.0);
    vec4 nextA[LOADS];
    vec4 nextB[LOADS];
    vec4 left[8]; // of two columns: the one in use and the next
    vec4 right[4];

#define FETCH(tile) \
    if ((tile + 1) * DEPTH <= depth) { \
        [[unroll]] for (uint i = 0; i < LOADS; ++i) { \
            nextA[i] = a.at[placeA[i] + (tile) * stepA]; \
            nextB[i] = b.at[placeB[i] + (tile) * stepB]; \
        } \
    } else { \
        [[unroll]] for (uint i = 0; i < LOADS; ++i) { \
            nextA[i] = nextB[i] = vec4(0.0); \
            if (isThere(TURNED_A, (tile) * DEPTH, id + i * THREADS)) \
                nextA[i] = a.at[placeA[i] + (tile) * stepA]; \
            if (isThere(TURNED_B, (tile) * DEPTH, id + i * THREADS)) \
                nextB[i] = b.at[placeB[i] + (tile) * stepB]; \
        } \
    }
#define STORE_FACTOR(tiles, next, turned, part) \
    [[unroll]] for (uint i = 0; i < LOADS; ++i) { \
        const uint at = id + i * THREADS; \
        if (turned) \
            tiles[(part) * DEPTH * PITCH + at / GROUPS * PITCH + at % GROUPS] = next[i]; \
        else \
            [[unroll]] for (uint j = 0; j < 4; ++j) \
                tiles[(part) * DEPTH * PITCH + (at % LINE * 4 + j) * PITCH + at / LINE / 4][at / LINE % 4] = next[i][j]; \
    }
#define STORE(part) \
    STORE_FACTOR(tileA, nextA, TURNED_A, part) \
    STORE_FACTOR(tileB, nextB, TURNED_B, part)
#define TAKE(part, k, to) \
    [[unroll]] for (uint band = 0; band < 4; ++band) \
        left[(to) * 4 + band] = tileA[((part) * DEPTH + (k)) * PITCH + band * 8 + down]; \
    [[unroll]] for (uint band = 0; band < 2; ++band) \
        right[(to) * 2 + band] = tileB[((part) * DEPTH + (k)) * PITCH + band * 16 + across];

    const uint tiles = (depth + DEPTH - 1) / DEPTH;
    uint part = 0;
    FETCH(0)
    STORE(0)
    barrier();
    TAKE(0, 0, 0)
    for (uint tile = 0; tile < tiles; ++tile) {
        const bool more = tile + 1 < tiles;
        if (more) {
            FETCH(tile + 1)
        }
        [[unroll]] for (uint k = 0; k < DEPTH; ++k) {
            if (k == DEPTH - 1) {
                part ^= 1u;
                if (more) {
                    STORE(part)
                }
                barrier();
            }
            TAKE(part, (k + 1) % DEPTH, (k + 1) % 2)
            [[unroll]] for (uint i = 0; i < 16; ++i)
                [[unroll]] for (uint j = 0; j < 2; ++j)
                    sum[2 * i + j] = fma(vec4(left[k % 2 * 4 + i / 4][i % 4]), right[k % 2 * 2 + j], sum[2 * i + j]);
        }
    }

    [[unroll]] for (uint i = 0; i < 16; ++i)
        [[unroll]] for (uint j = 0; j < 2; ++j) {
            const uint row = row0 + (i / 4 * 8 + down) * 4 + i % 4;
            const uint column = column0 + (j * 16 + across) * 4;
            if (row < rows && column < columns) {
                const uint at = (gl_WorkGroupID.z * batchC + row * strideC + column) / 4;
                const vec4 value = factor * sum[2 * i + j];
                c.at[at] = ADD ? c.at[at] + value : value;
            }
        }
}
