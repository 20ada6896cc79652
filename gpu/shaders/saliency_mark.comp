// SPDX-License-Identifier: GPL-3.0-or-later
// Marks the weights whose saliency is above the threshold of their group of columns.
#version 450
#extension GL_GOOGLE_include_directive : require
#include "types.glsl"
#include "saliency.glsl"

layout(local_size_x = 256) in;
layout(push_constant) uniform Push
{
    Bytes marks;
    Floats weights;
    Doubles share;
    Words state;
    uint columns, groupColumns, size;
};

void main()
{
    const uint step = gl_NumWorkGroups.x * 256;
    for (uint i = gl_GlobalInvocationID.x; i < size; i += step) {
        const uint column = i % columns;
        const uint group = column / groupColumns;
        const uint place = state.at[group * STATE + 1];
        const bool above = saliencyBits(weights.at[i], share, column) > state.at[group * STATE];
        marks.at[i] = uint8_t(place == ALL || (place != NONE && above) ? 1 : 0);
    }
}
