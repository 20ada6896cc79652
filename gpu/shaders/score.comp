// SPDX-License-Identifier: GPL-3.0-or-later
// One token a workgroup: what the logarithms of likelihood and divergence are made of. Five numbers a
// token: logit of the target below the largest, sum e^(x - max x), sum e^(r - max r), sum of
// e^(r - max r) ((r - max r) - (x - max x)), and 1 if both have the same most likely token.
#version 450
#define REAL double
#define REAL_BYTES 8
#extension GL_GOOGLE_include_directive : require
#include "types.glsl"

const uint THREADS = 256;
layout(local_size_x = THREADS) in;
layout(constant_id = 0) const bool COMPARE = false;
layout(push_constant) uniform Push
{
    Reals to;
    Floats logits;
    Floats reference;
    Words targets;
    uint vocabulary;
    uint tokenBegin;
};

shared float mosts[THREADS];
shared uint places[THREADS];
shared double sums[THREADS];

double exponential(double x) // vector_math.h; x <= 0
{
    if (x < -708.0LF)
        return 0.0LF;
    precise double shifted = x * 1.4426950408889634LF + 6755399441055744.0LF;
    precise double k = shifted - 6755399441055744.0LF;
    precise double r = (x - k * 6.93147180369123816490e-01LF) - k * 1.90821492927058770002e-10LF;
    double p = 1.0LF / 6227020800.0LF;
    p = p * r + 1.0LF / 479001600.0LF;
    p = p * r + 1.0LF / 39916800.0LF;
    p = p * r + 1.0LF / 3628800.0LF;
    p = p * r + 1.0LF / 362880.0LF;
    p = p * r + 1.0LF / 40320.0LF;
    p = p * r + 1.0LF / 5040.0LF;
    p = p * r + 1.0LF / 720.0LF;
    p = p * r + 1.0LF / 120.0LF;
    p = p * r + 1.0LF / 24.0LF;
    p = p * r + 1.0LF / 6.0LF;
    p = p * r + 0.5LF;
    p = p * r * r + r + 1.0LF;
    return p * packDouble2x32(uvec2(0u, uint(int(k) + 1023) << 20));
}

double total(double mine)
{
    const uint id = gl_LocalInvocationIndex;
    barrier();
    sums[id] = mine;
    barrier();
    for (uint part = THREADS / 2; part > 0; part >>= 1) {
        if (id < part)
            sums[id] += sums[id + part];
        barrier();
    }
    return sums[0];
}

// Largest value and the first place where it stands.
void largest(Floats x, uint row, out float most, out uint place)
{
    const uint id = gl_LocalInvocationIndex;
    float mine = -3.4e38;
    uint where = 0xffffffffu;
    for (uint i = id; i < vocabulary; i += THREADS) {
        const float value = x.at[row + i];
        if (value > mine || where == 0xffffffffu) {
            mine = value;
            where = i;
        }
    }
    barrier();
    mosts[id] = mine;
    places[id] = where;
    barrier();
    for (uint part = THREADS / 2; part > 0; part >>= 1) {
        if (id < part) {
            const uint other = places[id + part];
            const bool theirs = other != 0xffffffffu &&
                (places[id] == 0xffffffffu || mosts[id + part] > mosts[id] ||
                 (mosts[id + part] == mosts[id] && other < places[id]));
            if (theirs) {
                mosts[id] = mosts[id + part];
                places[id] = other;
            }
        }
        barrier();
    }
    most = mosts[0];
    place = places[0];
}

void main()
{
    const uint id = gl_LocalInvocationIndex;
    const uint token = tokenBegin + gl_WorkGroupID.x;
    const uint row = token * vocabulary;
    float most, referenceMost;
    uint top, referenceTop;
    largest(logits, row, most, top);
    double sum = 0.0LF;
    for (uint i = id; i < vocabulary; i += THREADS)
        sum += exponential(double(logits.at[row + i]) - double(most));
    const double whole = total(sum);
    double referenceWhole = 1.0LF, weighted = 0.0LF;
    bool same = false;
    if (COMPARE) {
        largest(reference, row, referenceMost, referenceTop);
        same = top == referenceTop;
        double mine = 0.0LF, share = 0.0LF;
        for (uint i = id; i < vocabulary; i += THREADS) {
            const double r = double(reference.at[row + i]) - double(referenceMost);
            const double e = exponential(r);
            mine += e;
            share += e * (r - (double(logits.at[row + i]) - double(most)));
        }
        referenceWhole = total(mine);
        weighted = total(share);
    }
    if (id == 0) {
        const uint target = targets.at[token];
        to.at[token * 5] = target < vocabulary ? double(logits.at[row + target]) - double(most) : 0.0LF;
        to.at[token * 5 + 1] = whole;
        to.at[token * 5 + 2] = referenceWhole;
        to.at[token * 5 + 3] = weighted;
        to.at[token * 5 + 4] = same ? 1.0LF : 0.0LF;
    }
}
