// SPDX-License-Identifier: GPL-3.0-or-later
// The next eight bits of each group's threshold: those of the weight at its place.
#version 450
#extension GL_GOOGLE_include_directive : require
#include "types.glsl"
#include "saliency.glsl"

layout(local_size_x = 64) in;
layout(push_constant) uniform Push
{
    Words state;
    uint groups, shift;
};

void main()
{
    const uint group = gl_GlobalInvocationID.x;
    if (group >= groups)
        return;
    const uint mine = group * STATE;
    uint place = state.at[mine + 1];
    bool found = place >= ALL;
    for (uint bin = 0; bin < 256; ++bin) {
        const uint count = state.at[mine + 2 + bin];
        state.at[mine + 2 + bin] = 0;
        if (!found && place < count) {
            state.at[mine] |= bin << shift;
            state.at[mine + 1] = place;
            found = true;
        }
        if (!found)
            place -= count;
    }
}
