// SPDX-License-Identifier: GPL-3.0-or-later
// Up to 32 columns of the walk (backend.h) for 32 rows a workgroup, one row an invocation. Columns
// behind the block are updated by a matrix product with the errors left here.
#version 450
#extension GL_GOOGLE_include_directive : require
#include "types.glsl"

const uint BLOCK = 32;
const uint ROWS = 32;
layout(local_size_x = ROWS) in;
layout(constant_id = 0) const bool COMPENSATE = true;
layout(push_constant) uniform Push
{
    Reals weights;
    Reals upper;
    Reals coded;
    Reals errors;
    Bytes codes;
    Words loss;      // fp64, two words a row
    Words coding;    // vulkan_coding.h
    Bytes classes;
    uint rows, columns;
    uint begin, count;
    uint errorBegin; // column of errors where this block's begin
    uint errorStride;
    uint codingBegin; // first column that the coding describes
    uint classStride;
};

const uint PITCH = BLOCK + 1;
shared REAL values[ROWS * PITCH];
shared REAL triangle[BLOCK * PITCH];

// What one grid makes of a value; the code is returned (coding.h: nearestCode, codeValue).
uint roundTo(uint grid, uint row, uint column, REAL value, out REAL rounded)
{
    const uint head = 4 + grid * 8;
    const uint levels = coding.at[head];
    const uint groupColumns = coding.at[head + 1];
    const uint groups = coding.at[head + 2];
    const uint group = groupColumns > 0 ? column / groupColumns - codingBegin / groupColumns : 0;
    const uint place = row * groups + group;
    const uint offsets = coding.at[head + 4];
    const uint table = coding.at[head + 5];
    const REAL scale = REAL(uintBitsToFloat(coding.at[coding.at[head + 3] + place]));
    const REAL offset = offsets > 0 ? REAL(uintBitsToFloat(coding.at[offsets + place])) : REAL(0);
    const bool usable = scale != REAL(0) && value - value == REAL(0);
    REAL level = REAL(0);
    if (usable)
        level = (value - offset) / scale;
    uint code = 0;
    REAL nearest = REAL(0);
    if (table == 0) {
        if (usable)
            code = uint(clamp(floor(level + REAL(0.5)), REAL(0), REAL(levels - 1)));
        nearest = REAL(code);
    } else {
        nearest = REAL(uintBitsToFloat(coding.at[table]));
        for (uint c = 1; usable && c < levels; ++c) {
            const REAL candidate = REAL(uintBitsToFloat(coding.at[table + c]));
            if (abs(level - candidate) <= abs(level - nearest)) {
                nearest = candidate;
                code = c;
            }
        }
    }
    rounded = offset + scale * nearest;
    return code;
}

void main()
{
    const uint id = gl_LocalInvocationIndex;
    const uint row0 = gl_WorkGroupID.x * ROWS;
    const uint row = row0 + id;
    for (uint r = 0; r < ROWS; ++r)
        if (row0 + r < rows && id < count)
            values[r * PITCH + id] = weights.at[(row0 + r) * columns + begin + id];
    if (COMPENSATE)
        for (uint r = 0; r < count; ++r)
            if (id < count)
                triangle[r * PITCH + id] = upper.at[(begin + r) * columns + begin + id];
    barrier();
    double square = 0.0LF;
    if (row < rows) {
        const uint mine = id * PITCH;
        for (uint j = 0; j < count; ++j) {
            const uint column = begin + j;
            uint grid = 0;
            if (coding.at[1] == 1)
                grid = uint(classes.at[column - codingBegin]);
            else if (coding.at[1] == 2)
                grid = uint(classes.at[row * classStride + column - codingBegin]);
            const REAL value = values[mine + j];
            REAL rounded;
            const uint code = roundTo(grid, row, column, value, rounded);
            coded.at[row * columns + column] = rounded;
            codes.at[row * columns + column] = uint8_t(code);
            REAL error = value - rounded;
            if (COMPENSATE) {
                error /= triangle[j * PITCH + j];
                for (uint k = j + 1; k < count; ++k)
                    values[mine + k] -= error * triangle[j * PITCH + k];
                errors.at[row * errorStride + errorBegin + j] = error;
            }
            square += double(error) * double(error);
        }
        const double before = packDouble2x32(uvec2(loss.at[2 * row], loss.at[2 * row + 1]));
        const uvec2 after = unpackDouble2x32(before + square);
        loss.at[2 * row] = after.x;
        loss.at[2 * row + 1] = after.y;
    }
    barrier();
    for (uint r = 0; r < ROWS; ++r)
        if (row0 + r < rows && id < count)
            weights.at[(row0 + r) * columns + begin + id] = values[r * PITCH + id];
}
