// SPDX-License-Identifier: GPL-3.0-or-later
// Causal softmax attention for a tile of queries of one head, over tiles of keys with a running maximum
// and sum (Milakov and Gimelshein 2018; Dao et al. 2022): no row of scores is ever whole.
#version 450
#extension GL_GOOGLE_include_directive : require
#include "types.glsl"
#include "exponential.glsl"

const uint QUERIES = 16;
const uint SLICES = 8; // invocations that share a query
layout(local_size_x = 128) in;
layout(constant_id = 0) const uint WIDTH = 64; // of a head
layout(constant_id = 1) const uint KEYS = 32;  // of a tile
layout(push_constant) uniform Push
{
    Floats to;
    Floats q;
    Floats k;
    Floats v;
    uint queries, heads, keyHeads, queryBegin, window, tileBegin;
    float scale;
};

const uint PITCH = WIDTH + 1;
const uint COLUMNS = (WIDTH + SLICES - 1) / SLICES;
const float NONE = -3.0e38;
shared float tileQ[QUERIES * PITCH];
shared float tile[KEYS * PITCH];
shared float weights[QUERIES * (KEYS + 1)];

void main()
{
    const uint id = gl_LocalInvocationIndex;
    const uint head = gl_WorkGroupID.y;
    const uint keyHead = head / (heads / keyHeads);
    const uint query0 = (tileBegin + gl_WorkGroupID.x) * QUERIES;
    const uint slot = id / SLICES;
    const uint slice = id % SLICES;
    const uint query = query0 + slot;
    for (uint i = id; i < QUERIES * WIDTH; i += 128) {
        const uint row = query0 + i / WIDTH;
        float value = 0.0;
        if (row < queries)
            value = q.at[(row * heads + head) * WIDTH + i % WIDTH] * scale;
        tileQ[i / WIDTH * PITCH + i % WIDTH] = value;
    }
    float sums[COLUMNS];
    for (uint j = 0; j < COLUMNS; ++j)
        sums[j] = 0.0;
    float most = NONE;
    float total = 0.0;

    const uint last = queryBegin + query;          // key that this query sees last
    const uint first = window > 0 && last + 1 > window ? last + 1 - window : 0;
    const uint lowest = queryBegin + query0;
    const uint keyBegin = window > 0 && lowest + 1 > window ? (lowest + 1 - window) / KEYS * KEYS : 0;
    const uint keyEnd = min(queryBegin + queries, queryBegin + query0 + QUERIES);
    for (uint key0 = keyBegin; key0 < keyEnd; key0 += KEYS) {
        barrier();
        for (uint i = id; i < KEYS * WIDTH; i += 128) {
            const uint key = key0 + i / WIDTH;
            float value = 0.0;
            if (key < keyEnd)
                value = k.at[(key * keyHeads + keyHead) * WIDTH + i % WIDTH];
            tile[i / WIDTH * PITCH + i % WIDTH] = value;
        }
        barrier();
        for (uint key = slice; key < KEYS; key += SLICES) {
            float score = NONE;
            if (query < queries && key0 + key <= last && key0 + key >= first) {
                vec4 part = vec4(0.0); // four short sums round less than a long one
                const uint a = slot * PITCH;
                const uint b = key * PITCH;
                for (uint j = 0; j + 3 < WIDTH; j += 4)
                    part = fma(vec4(tileQ[a + j], tileQ[a + j + 1], tileQ[a + j + 2], tileQ[a + j + 3]),
                               vec4(tile[b + j], tile[b + j + 1], tile[b + j + 2], tile[b + j + 3]), part);
                for (uint j = WIDTH / 4 * 4; j < WIDTH; ++j)
                    part.x = fma(tileQ[a + j], tile[b + j], part.x);
                score = (part.x + part.y) + (part.z + part.w);
            }
            weights[slot * (KEYS + 1) + key] = score;
        }
        barrier();
        float tileMost = most;
        for (uint key = 0; key < KEYS; ++key)
            tileMost = max(tileMost, weights[slot * (KEYS + 1) + key]);
        const float factor = exponential(most - tileMost);
        most = tileMost;
        barrier(); // all have read the scores
        for (uint key = slice; key < KEYS; key += SLICES) {
            const float score = weights[slot * (KEYS + 1) + key];
            weights[slot * (KEYS + 1) + key] = score > NONE ? exponential(score - most) : 0.0;
        }
        for (uint i = id; i < KEYS * WIDTH; i += 128) {
            const uint key = key0 + i / WIDTH;
            float value = 0.0;
            if (key < keyEnd)
                value = v.at[(key * keyHeads + keyHead) * WIDTH + i % WIDTH];
            tile[i / WIDTH * PITCH + i % WIDTH] = value;
        }
        barrier();
        total *= factor;
        for (uint j = 0; j < COLUMNS; ++j)
            sums[j] *= factor;
        for (uint key = 0; key < KEYS; ++key) {
            const float weight = weights[slot * (KEYS + 1) + key];
            total += weight;
            for (uint j = 0; j < COLUMNS; ++j) // columns behind WIDTH read on and are dropped
                sums[j] = fma(weight, tile[key * PITCH + min(slice + j * SLICES, WIDTH)], sums[j]);
        }
    }
    if (query < queries)
        for (uint j = 0; j < COLUMNS; ++j)
            if (slice + j * SLICES < WIDTH)
                to.at[(query * heads + head) * WIDTH + slice + j * SLICES] = sums[j] / total;
}
