// SPDX-License-Identifier: GPL-3.0-or-later
// What grids are fitted to (backend.h: GroupStatistics), five fp64 a row and group: count, sum,
// distance, least, greatest. A row's group a workgroup.
#version 450
#define REAL double
#define REAL_BYTES 8
#extension GL_GOOGLE_include_directive : require
#include "types.glsl"

const uint THREADS = 64;
layout(local_size_x = THREADS) in;
layout(constant_id = 0) const bool CLASSES = false;
layout(constant_id = 1) const bool OTHERS = false;
layout(push_constant) uniform Push
{
    Reals to;
    Floats weights;
    Bytes classes;
    uint columns, groupColumns, rowBegin, which;
};

shared double sums[THREADS];
shared uint counts[THREADS];
shared float leasts[THREADS];
shared float greatests[THREADS];

void main()
{
    const uint id = gl_LocalInvocationIndex;
    const uint group = gl_WorkGroupID.x;
    const uint row = rowBegin + gl_WorkGroupID.y;
    const uint begin = group * groupColumns;
    const uint end = min(begin + groupColumns, columns);
    double sum = 0.0LF;
    uint count = 0;
    float least = 0.0;
    float greatest = 0.0;
    for (uint j = begin + id; j < end; j += THREADS) {
        if (CLASSES && uint(classes.at[row * columns + j]) != which)
            continue;
        const float weight = weights.at[row * columns + j];
        sum += double(weight);
        ++count;
        least = min(least, weight);
        greatest = max(greatest, weight);
    }
    sums[id] = sum;
    counts[id] = count;
    leasts[id] = least;
    greatests[id] = greatest;
    barrier();
    for (uint part = THREADS / 2; part > 0; part >>= 1) {
        if (id < part) {
            sums[id] += sums[id + part];
            counts[id] += counts[id + part];
            leasts[id] = min(leasts[id], leasts[id + part]);
            greatests[id] = max(greatests[id], greatests[id + part]);
        }
        barrier();
    }
    const double all = sums[0];
    const double mean = all / double(OTHERS ? end - begin : max(counts[0], 1u));
    barrier();
    double distance = 0.0LF;
    for (uint j = begin + id; j < end; j += THREADS)
        if (!CLASSES || uint(classes.at[row * columns + j]) == which)
            distance += abs(double(weights.at[row * columns + j]) - mean);
    sums[id] = distance;
    barrier();
    for (uint part = THREADS / 2; part > 0; part >>= 1) {
        if (id < part)
            sums[id] += sums[id + part];
        barrier();
    }
    if (id == 0) {
        const uint at = (row * gl_NumWorkGroups.x + group) * 5;
        to.at[at] = double(counts[0]);
        to.at[at + 1] = all;
        to.at[at + 2] = sums[0];
        to.at[at + 3] = double(leasts[0]);
        to.at[at + 4] = double(greatests[0]);
    }
}
