// SPDX-License-Identifier: GPL-3.0-or-later
// c[rows x columns] (+)= factor a b on cooperative matrices of 16 x 16 x 16: fp16 factors that halves.comp made (whole
// tiles; a: rows x depth, b: depth x columns), fp32 sums. rows and columns are multiples of 16.
// Written for the NV extension; embed_shaders makes the KHR variant of it.
#version 450
#pragma use_vulkan_memory_model
#extension GL_KHR_memory_scope_semantics : require
#extension GL_NV_cooperative_matrix : require
#extension GL_EXT_shader_explicit_arithmetic_types_float16 : require
#extension GL_EXT_buffer_reference : require
#extension GL_EXT_control_flow_attributes : require

layout(local_size_x_id = 0) in;
layout(constant_id = 1) const uint TILE_ROWS = 128;
layout(constant_id = 2) const uint TILE_COLUMNS = 128;
layout(constant_id = 3) const uint TILE_DEPTH = 32;
layout(constant_id = 4) const uint PART_ROWS = 64; // of one subgroup
layout(constant_id = 5) const uint PART_COLUMNS = 64;
layout(constant_id = 6) const bool ADD = false;
layout(constant_id = 7) const bool LOWER = false;
layout(constant_id = 8) const uint SUBGROUP = 32;
// Three names for 16, so that the types of both factors and of the sum differ.
layout(constant_id = 9) const uint M = 16;
layout(constant_id = 10) const uint N = 16;
layout(constant_id = 11) const uint K = 16;
layout(constant_id = 12) const uint UNROLL = 1; // tiles of a round: the depth is whole rounds

layout(buffer_reference, std430, buffer_reference_align = 16) buffer Fours { uvec4 at[]; }; // eight halves
layout(buffer_reference, std430, buffer_reference_align = 4) buffer Floats { float at[]; };
layout(push_constant) uniform Push
{
    Fours a, b;
    Floats c;
    uint rows, columns, depth;  // depth: whole tiles
    uint strideA, strideB, strideC;
    uint tileBegin;
    float factor;
    uint batchA, batchB, batchC;
    uint sharing;
};

const uint THREADS = TILE_ROWS / PART_ROWS * (TILE_COLUMNS / PART_COLUMNS) * SUBGROUP;
const uint LINE_A = TILE_DEPTH / 8; // groups of eight halves in a line of a tile
const uint LINE_B = TILE_COLUMNS / 8;
const uint PITCH_A = LINE_A + 1;
const uint PITCH_B = LINE_B + 1;
const uint LOADS_A = TILE_ROWS * LINE_A / THREADS;
const uint LOADS_B = TILE_DEPTH * LINE_B / THREADS;
const uint DOWN = PART_ROWS / 16;
const uint ACROSS = PART_COLUMNS / 16;
shared uvec4 tileA[TILE_ROWS * PITCH_A];
shared uvec4 tileB[TILE_DEPTH * PITCH_B];

void main()
{
    const uint id = gl_LocalInvocationIndex;
    const uint row0 = (gl_WorkGroupID.y + tileBegin) * TILE_ROWS;
    const uint column0 = gl_WorkGroupID.x * TILE_COLUMNS;
    if (LOWER && column0 >= row0 + TILE_ROWS)
        return;
    const uint subgroup = id / SUBGROUP;
    const uint partRow = subgroup / (TILE_COLUMNS / PART_COLUMNS) * PART_ROWS;
    const uint partColumn = subgroup % (TILE_COLUMNS / PART_COLUMNS) * PART_COLUMNS;
    const uint beginA = gl_WorkGroupID.z * (batchA / 8) + row0 * (strideA / 8);
    const uint beginB = gl_WorkGroupID.z / sharing * (batchB / 8) + column0 / 8;
    const uint stepB = TILE_DEPTH * (strideB / 8);
    // Where what this invocation brings lies in the first tile.
    uint placeA[LOADS_A];
    uint placeB[LOADS_B];
    [[unroll]] for (uint i = 0; i < LOADS_A; ++i)
        placeA[i] = beginA + (id + i * THREADS) / LINE_A * (strideA / 8) + (id + i * THREADS) % LINE_A;
    [[unroll]] for (uint i = 0; i < LOADS_B; ++i)
        placeB[i] = beginB + (id + i * THREADS) / LINE_B * (strideB / 8) + (id + i * THREADS) % LINE_B;

    fcoopmatNV<32, gl_ScopeSubgroup, M, N> sum[DOWN * ACROSS];
    [[unroll]] for (uint i = 0; i < DOWN * ACROSS; ++i)
        sum[i] = fcoopmatNV<32, gl_ScopeSubgroup, M, N>(0.0);
    uvec4 nextA[LOADS_A];
    uvec4 nextB[LOADS_B];
    [[unroll]] for (uint i = 0; i < LOADS_A; ++i)
        nextA[i] = a.at[placeA[i]];
    [[unroll]] for (uint i = 0; i < LOADS_B; ++i)
        nextB[i] = b.at[placeB[i]];

    const uint tiles = depth / TILE_DEPTH;
    for (uint round_ = 0; round_ < tiles; round_ += UNROLL)
        [[unroll]] for (uint u = 0; u < UNROLL; ++u) {
            barrier();
            [[unroll]] for (uint i = 0; i < LOADS_A; ++i)
                tileA[(id + i * THREADS) / LINE_A * PITCH_A + (id + i * THREADS) % LINE_A] = nextA[i];
            [[unroll]] for (uint i = 0; i < LOADS_B; ++i)
                tileB[(id + i * THREADS) / LINE_B * PITCH_B + (id + i * THREADS) % LINE_B] = nextB[i];
            barrier();
            const uint next = round_ + u + 1;
            if (next < tiles) {
                [[unroll]] for (uint i = 0; i < LOADS_A; ++i)
                    nextA[i] = a.at[placeA[i] + next * LINE_A];
                [[unroll]] for (uint i = 0; i < LOADS_B; ++i)
                    nextB[i] = b.at[placeB[i] + next * stepB];
            }
            [[unroll]] for (uint k = 0; k < TILE_DEPTH / 16; ++k) {
                fcoopmatNV<16, gl_ScopeSubgroup, M, K> left[DOWN];
                [[unroll]] for (uint i = 0; i < DOWN; ++i)
                    coopMatLoadNV(left[i], tileA, (partRow + i * 16) * PITCH_A + k * 2, PITCH_A, false);
                [[unroll]] for (uint j = 0; j < ACROSS; ++j) {
                    fcoopmatNV<16, gl_ScopeSubgroup, K, N> right;
                    coopMatLoadNV(right, tileB, k * 16 * PITCH_B + (partColumn + j * 16) / 8, PITCH_B, false);
                    [[unroll]] for (uint i = 0; i < DOWN; ++i)
                        sum[i * ACROSS + j] = coopMatMulAddNV(left[i], right, sum[i * ACROSS + j]);
                }
            }
        }

    [[unroll]] for (uint i = 0; i < DOWN; ++i)
        [[unroll]] for (uint j = 0; j < ACROSS; ++j) {
            const uint row = row0 + partRow + i * 16;
            const uint column = column0 + partColumn + j * 16;
            if (row < rows && column < columns) {
                const uint at = gl_WorkGroupID.z * batchC + row * strideC + column;
                fcoopmatNV<32, gl_ScopeSubgroup, M, N> value = sum[i * ACROSS + j] * factor;
                if (ADD) {
                    fcoopmatNV<32, gl_ScopeSubgroup, M, N> before;
                    coopMatLoadNV(before, c.at, at, strideC, false);
                    value = value + before;
                }
                coopMatStoreNV(value, c.at, at, strideC, false);
            }
        }
}
