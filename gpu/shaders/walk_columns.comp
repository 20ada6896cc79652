// SPDX-License-Identifier: GPL-3.0-or-later
// Up to 32 columns of the walk (backend.h) for 16 rows a workgroup, eight invocations a row: all of them
// round the row's next value, each moves the error to its share of the columns left. Columns behind the
// block are updated by a matrix product with the errors left here.
#version 450
#extension GL_GOOGLE_include_directive : require
#include "types.glsl"

const uint BLOCK = 32;
const uint ROWS = 16;
const uint LANES = 8;
const uint THREADS = ROWS * LANES;
layout(local_size_x = THREADS) in;
layout(constant_id = 0) const bool COMPENSATE = true;
layout(push_constant) uniform Push
{
    Reals weights;
    Reals upper;
    Reals coded;
    Reals errors;
    Bytes codes;
    Words loss;      // fp64, two words a row
    Words coding;    // vulkan_walk.cpp
    Bytes classes;
    uint rows, columns;
    uint begin, count;
    uint errorBegin; // column of errors where this block's begin
    uint errorStride;
    uint codingBegin; // first column that the coding describes
    uint classStride;
    uint rowBegin;
};
#include "coding.glsl"

const uint PITCH = BLOCK + 1;
shared REAL values[ROWS * PITCH];
shared REAL roundeds[ROWS * PITCH];
shared REAL mistakes[ROWS * PITCH];
shared REAL triangle[BLOCK * PITCH];
shared uint marks[ROWS * PITCH]; // the class of a weight, then its code

void main()
{
    const uint id = gl_LocalInvocationIndex;
    const uint row0 = rowBegin + gl_WorkGroupID.x * ROWS;
    const uint kind = coding.at[1];
    for (uint i = id; i < ROWS * BLOCK; i += THREADS) {
        const uint r = row0 + i / BLOCK;
        const uint j = i % BLOCK;
        if (r < rows && j < count) {
            values[i / BLOCK * PITCH + j] = weights.at[r * columns + begin + j];
            uint grid = 0;
            if (kind != 0)
                grid = uint(classes.at[(kind == 2 ? r * classStride : 0) + begin + j - codingBegin]);
            marks[i / BLOCK * PITCH + j] = min(grid, coding.at[0] - 1);
        }
    }
    if (COMPENSATE)
        for (uint i = id; i < count * BLOCK; i += THREADS)
            if (i % BLOCK < count)
                triangle[i / BLOCK * PITCH + i % BLOCK] = upper.at[(begin + i / BLOCK) * columns + begin + i % BLOCK];
    barrier();
    const uint row = row0 + id / LANES;
    const uint lane = id % LANES;
    const uint mine = id / LANES * PITCH;
    double square = 0.0LF;
    for (uint j = 0; j < count; ++j) {
        REAL rounded = REAL(0);
        REAL error = REAL(0);
        uint code = 0;
        if (row < rows) {
            const REAL value = values[mine + j];
            code = roundTo(marks[mine + j], row, begin + j, value, rounded);
            error = value - rounded;
            if (COMPENSATE) {
                error /= triangle[j * PITCH + j];
                for (uint k = j + 1 + lane; k < count; k += LANES)
                    values[mine + k] -= error * triangle[j * PITCH + k];
            }
            square += double(error) * double(error);
        }
        barrier();
        if (lane == 0) {
            roundeds[mine + j] = rounded;
            mistakes[mine + j] = error;
            marks[mine + j] = code;
        }
    }
    if (row < rows && lane == 0) {
        const double before = packDouble2x32(uvec2(loss.at[2 * row], loss.at[2 * row + 1]));
        const uvec2 after = unpackDouble2x32(before + square);
        loss.at[2 * row] = after.x;
        loss.at[2 * row + 1] = after.y;
    }
    barrier();
    for (uint i = id; i < ROWS * BLOCK; i += THREADS) {
        const uint r = row0 + i / BLOCK;
        const uint j = i % BLOCK;
        if (r < rows && j < count) {
            const uint from = i / BLOCK * PITCH + j;
            const uint to = r * columns + begin + j;
            weights.at[to] = values[from];
            coded.at[to] = roundeds[from];
            codes.at[to] = uint8_t(marks[from]);
            if (COMPENSATE)
                errors.at[r * errorStride + errorBegin + j] = mistakes[from];
        }
    }
}
