// SPDX-License-Identifier: GPL-3.0-or-later
// Lower Cholesky factor of one block on the diagonal, in place; or the inverses of all of them.
#version 450
#extension GL_GOOGLE_include_directive : require
#include "types.glsl"

const uint BLOCK = 32;
layout(local_size_x = BLOCK) in;
layout(constant_id = 0) const bool INVERT = false;
layout(push_constant) uniform Push
{
    Reals a;
    Words failed;  // becomes 1 when the block is not positive definite
    uint size;
    uint begin;    // of the first block
};

const uint PITCH = BLOCK + 1;
shared REAL tile[BLOCK * PITCH];

void factor(uint count)
{
    const uint i = gl_LocalInvocationIndex;
    for (uint j = 0; j < count; ++j) {
        const REAL square = tile[j * PITCH + j];
        barrier();
        if (!(square > REAL(0)) || square - square != REAL(0))
            failed.at[0] = 1;
        const REAL diagonal = sqrt(square);
        if (i == j)
            tile[j * PITCH + j] = diagonal;
        else if (i > j && i < count)
            tile[i * PITCH + j] /= diagonal;
        barrier();
        if (i > j && i < count)
            for (uint k = j + 1; k <= i; ++k)
                tile[i * PITCH + k] -= tile[i * PITCH + j] * tile[k * PITCH + j];
        barrier();
    }
}

// Column i of the inverse of a lower triangle.
void invert(uint count, uint corner)
{
    const uint i = gl_LocalInvocationIndex;
    if (i >= count)
        return;
    REAL column[BLOCK];
    for (uint row = 0; row < count; ++row) {
        REAL sum = row == i ? REAL(1) : REAL(0);
        for (uint k = i; k < row; ++k)
            sum -= tile[row * PITCH + k] * column[k];
        column[row] = row < i ? REAL(0) : sum / tile[row * PITCH + row];
        if (row >= i)
            a.at[corner + row * size + i] = column[row];
    }
}

void main()
{
    const uint i = gl_LocalInvocationIndex;
    const uint first = begin + gl_WorkGroupID.x * BLOCK;
    const uint count = min(BLOCK, size - first);
    const uint corner = first * size + first;
    for (uint row = 0; row < count; ++row)
        if (i < count)
            tile[row * PITCH + i] = a.at[corner + row * size + i];
    barrier();
    if (INVERT) {
        invert(count, corner);
        return;
    }
    factor(count);
    for (uint row = 0; row < count; ++row)
        if (i <= row && i < count)
            a.at[corner + row * size + i] = tile[row * PITCH + i];
}
