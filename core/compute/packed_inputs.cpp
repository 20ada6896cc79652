// SPDX-License-Identifier: GPL-3.0-or-later
#include "compute/packed_inputs.h"

#include "base/parallel.h"
#include "compute/vector_math.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>

namespace halftone::cpu {

namespace {

// Rounds x / scale of one block to the nearest integer (ties to even) by adding 1.5 * 2^23.
template <int field>
HALFTONE_INLINE void roundBlock(const float* x, float inverse, std::int8_t* q)
{
    constexpr float shift = 12582912.0f;
    for (int k = 0; k < 8 / field; ++k)
        for (int j = 0; j < 4 * field; ++j) {
            const float shifted = x[j * (8 / field) + k] * inverse + shift;
            q[k * 4 * field + j] =
                static_cast<std::int8_t>(std::bit_cast<std::int32_t>(shifted) - std::bit_cast<std::int32_t>(shift));
        }
}

HALFTONE_VECTORIZE
float largest(const float* x, std::int64_t count)
{
    float most = 0;
#pragma omp simd reduction(max : most)
    for (std::int64_t i = 0; i < count; ++i)
        most = std::max(most, std::abs(x[i]));
    return most;
}

// `shared`: by the largest magnitude of all blocks.
HALFTONE_VECTORIZE
void roundBlocks(const float* x, std::int64_t blocks, int field, bool shared, std::int8_t* q, float* scale)
{
    const float whole = shared ? largest(x, 32 * blocks) : 0;
    for (std::int64_t b = 0; b < blocks; ++b, x += 32, q += 32) {
        const float most = shared ? whole : largest(x, 32);
        scale[b] = most / 127.0f;
        const float inverse = most > 0 ? 127.0f / most : 0.0f;
        switch (field) {
        case 1: roundBlock<1>(x, inverse, q); break;
        case 2: roundBlock<2>(x, inverse, q); break;
        case 4: roundBlock<4>(x, inverse, q); break;
        default: roundBlock<8>(x, inverse, q); break;
        }
    }
}

void bySlot(const float* x, Index blocks, int field, float* out)
{
    for (Index b = 0; b < blocks; ++b)
        for (int s = 0; s < kBlockColumns; ++s)
            out[b * kBlockColumns + s] = x[b * kBlockColumns + columnOfSlot(field, s)];
}

HALFTONE_VECTORIZE
float sumOf(const float* x, std::int64_t count)
{
    float sum = 0;
#pragma omp simd reduction(+ : sum)
    for (std::int64_t i = 0; i < count; ++i)
        sum += x[i];
    return sum;
}

HALFTONE_VECTORIZE
int sumOf(const std::int8_t* q, std::int64_t count)
{
    int sum = 0;
#pragma omp simd reduction(+ : sum)
    for (std::int64_t i = 0; i < count; ++i)
        sum += q[i];
    return sum;
}

// Lays the inputs of whole runs out part by part (packed_rows.h).
template <int bits>
void layRuns(const ResidentPart& part, std::int8_t* q, const float* blockScale, float* runScale)
{
    constexpr int blocks = runBlocks(bits), stride = 4 * bits;
    std::array<std::int8_t, blocks * kBlockColumns> run;
    for (const ResidentSegment& segment : part.segments)
        for (Index b = segment.block; b + blocks <= segment.block + segment.blocks; b += blocks) {
            std::int8_t* at = q + b * kBlockColumns;
            for (int k = 0; k < blocks; ++k)
                for (int i = 0; i < blocks; ++i)
                    std::memcpy(run.data() + k * kBlockColumns + i * stride, at + i * kBlockColumns + k * stride, stride);
            std::memcpy(at, run.data(), run.size());
            for (int lane = 0; lane < 8; ++lane)
                runScale[b * bits + lane] = blockScale[b + lane / bits];
        }
}

// Offsets multiply the sums of what the codes multiply: with sums of the unrounded inputs the rounding
// would count for the codes alone, which are farther from 0 than the weights.
void addSums(const ResidentPart& part, Index token, PackedInputs& out)
{
    const Index places = part.blocks * kBlockColumns;
    float* sum = out.sum.data() + token * static_cast<Index>(part.segments.size());
    for (const ResidentSegment& segment : part.segments) {
        *sum = 0;
        for (Index b = segment.block; b < segment.block + segment.blocks; ++b) {
            const Index at = token * places + b * kBlockColumns;
            *sum += out.q.empty() ? sumOf(out.x.data() + at, kBlockColumns)
                                  : out.blockScale[static_cast<std::size_t>(token * part.blocks + b)] *
                                        static_cast<float>(sumOf(out.q.data() + at, kBlockColumns));
        }
        ++sum;
    }
}

} // namespace

bool sameInputs(const ResidentPart& a, const ResidentPart& b)
{
    return a.blocks == b.blocks && widestField(a.bits) == widestField(b.bits) &&
           runBlocks(a.bits) == runBlocks(b.bits) && a.gather == b.gather && a.columnScale == b.columnScale &&
           a.segments.size() == b.segments.size() &&
           std::equal(a.segments.begin(), a.segments.end(), b.segments.begin(),
                      [](const ResidentSegment& s, const ResidentSegment& t) {
                          return s.block == t.block && s.blocks == t.blocks;
                      });
}

PackedInputs packedInputs(const ResidentPart& part, const float* x, Index tokens, Index columns,
                          Activations activations, bool runs)
{
    const bool rounded = activations != Activations::Float32;
    runs = runs && runBlocks(part.bits) > 1 && rounded;
    const Index places = part.blocks * kBlockColumns;
    const auto segments = static_cast<Index>(part.segments.size());
    PackedInputs out;
    out.sum.resize(static_cast<std::size_t>(tokens * segments));
    if (rounded) {
        out.q.resize(static_cast<std::size_t>(tokens * places));
        out.blockScale.resize(static_cast<std::size_t>(tokens * part.blocks));
    } else {
        out.x.resize(static_cast<std::size_t>(tokens * places));
    }
    if (runs)
        out.runScale.resize(static_cast<std::size_t>(tokens * part.blocks * part.bits));
    const int field = widestField(part.bits);
    constexpr Index kTaskTokens = 16;
    parallelFor((tokens + kTaskTokens - 1) / kTaskTokens, [&](std::int64_t task) {
        thread_local std::vector<float> ordered;
        for (Index t = task * kTaskTokens; t < std::min(tokens, (task + 1) * kTaskTokens); ++t) {
            const float* from = x + t * columns;
            const float* placed = from;
            if (!part.columnScale.empty()) {
                thread_local std::vector<float> scaled;
                scaled.resize(static_cast<std::size_t>(columns));
                for (std::size_t j = 0; j < scaled.size(); ++j)
                    scaled[j] = from[j] * part.columnScale[j];
                placed = from = scaled.data();
            }
            if (!part.gather.empty() || places != columns) {
                ordered.assign(static_cast<std::size_t>(places), 0.0f);
                if (part.gather.empty())
                    std::copy_n(from, columns, ordered.begin());
                for (std::size_t i = 0; i < part.gather.size(); ++i)
                    if (part.gather[i] >= 0)
                        ordered[i] = from[part.gather[i]];
                placed = ordered.data();
            }
            if (rounded)
                roundBlocks(placed, part.blocks, field, activations == Activations::Int8Token, out.q.data() + t * places,
                            out.blockScale.data() + t * part.blocks);
            else
                bySlot(placed, part.blocks, field, out.x.data() + t * places);
            addSums(part, t, out);
            if (!runs)
                continue;
            std::int8_t* q = out.q.data() + t * places;
            const float* scale = out.blockScale.data() + t * part.blocks;
            float* runScale = out.runScale.data() + t * part.blocks * part.bits;
            switch (part.bits) {
            case 1: layRuns<1>(part, q, scale, runScale); break;
            case 2: layRuns<2>(part, q, scale, runScale); break;
            default: layRuns<4>(part, q, scale, runScale); break;
            }
        }
    });
    return out;
}

} // namespace halftone::cpu
