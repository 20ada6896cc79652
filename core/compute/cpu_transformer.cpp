// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/parallel.h"
#include "compute/cpu_blas.h"
#include "compute/cpu_kernels.h"
#include "compute/vector_math.h"

#include <algorithm>
#include <cmath>

namespace halftone::cpu {

namespace {

constexpr Index kSlice = 16384; // elements of an element-wise task

template <class Body>
void parallelSlices(Index size, const Body& body)
{
    parallelFor((size + kSlice - 1) / kSlice, [&](std::int64_t slice) {
        const Index begin = slice * kSlice;
        body(begin, std::min(kSlice, size - begin));
    });
}

template <class Body>
void parallelRows(Index rows, Index columns, const Body& body)
{
    const Index perTask = std::max<Index>(1, kSlice / std::max<Index>(1, columns));
    parallelFor((rows + perTask - 1) / perTask, [&](std::int64_t task) {
        for (Index row = task * perTask; row < std::min(rows, (task + 1) * perTask); ++row)
            body(row);
    });
}

HALFTONE_VECTORIZE
void addTo(float* a, const float* b, Index size)
{
    for (Index i = 0; i < size; ++i)
        a[i] += b[i];
}

HALFTONE_VECTORIZE
void subtractFrom(float* a, const float* b, Index size)
{
    for (Index i = 0; i < size; ++i)
        a[i] -= b[i];
}

HALFTONE_VECTORIZE
void swiGluSlice(float* gate, const float* up, Index size)
{
#pragma omp simd
    for (Index i = 0; i < size; ++i)
        gate[i] = gate[i] / (1.0f + fastExp(-gate[i])) * up[i];
}

HALFTONE_VECTORIZE
double sumOfSquares(const float* x, Index size)
{
    double sum = 0;
#pragma omp simd reduction(+ : sum)
    for (Index i = 0; i < size; ++i)
        sum += static_cast<double>(x[i]) * x[i];
    return sum;
}

HALFTONE_VECTORIZE
void scaleRow(float* out, const float* x, const float* gain, float factor, Index size)
{
    for (Index i = 0; i < size; ++i)
        out[i] = x[i] * factor * gain[i];
}

// One token against the weights: each task streams its own rows of the weight.
void multiplyFewTokens(float* out, const float* x, const float* weight, Index tokens, Index outputs,
                       Index inputs)
{
    const Index tile = std::max<Index>(8, 65536 / std::max<Index>(1, inputs));
    parallelFor((outputs + tile - 1) / tile, [&](std::int64_t i) {
        const Index begin = i * tile;
        const Index count = std::min(tile, outputs - begin);
        for (Index t = 0; t < tokens; ++t)
            cblas_sgemv(CblasRowMajor, CblasNoTrans, narrow(count), narrow(inputs), 1.0f,
                        weight + begin * inputs, narrow(inputs), x + t * inputs, 1, 0.0f,
                        out + t * outputs + begin, 1);
    });
}

} // namespace

void multiplyTransposed(float* out, const float* x, const float* weight, Index tokens, Index outputs,
                        Index inputs, const Progress* watched)
{
    constexpr Index few = 4;
    if (inputs == 0) {
        std::fill_n(out, tokens * outputs, 0.0f);
        return;
    }
    if (tokens <= few) {
        multiplyFewTokens(out, x, weight, tokens, outputs, inputs);
        return;
    }
    constexpr Index rowTile = 512;
    constexpr Index columnTile = 512;
    const Index rowTiles = (tokens + rowTile - 1) / rowTile;
    const Index columnTiles = (outputs + columnTile - 1) / columnTile;
    parallelFor(rowTiles * columnTiles, [&](std::int64_t i) {
        stopWhenCancelled(watched);
        const Index row = i % rowTiles * rowTile;
        const Index column = i / rowTiles * columnTile;
        gemm(CblasNoTrans, CblasTrans, std::min(rowTile, tokens - row),
             std::min(columnTile, outputs - column), inputs, 1.0f,
             Block<const float>{x + row * inputs, inputs},
             Block<const float>{weight + column * inputs, inputs}, 0.0f,
             Block<float>{out + row * outputs + column, outputs});
    });
}

void addBias(float* a, const float* bias, Index rows, Index columns)
{
    parallelRows(rows, columns, [&](Index row) { addTo(a + row * columns, bias, columns); });
}

void add(float* a, const float* b, Index size)
{
    parallelSlices(size, [&](Index begin, Index count) { addTo(a + begin, b + begin, count); });
}

void subtract(float* a, const float* b, Index size)
{
    parallelSlices(size, [&](Index begin, Index count) { subtractFrom(a + begin, b + begin, count); });
}

void swiGlu(float* gate, const float* up, Index size)
{
    parallelSlices(size, [&](Index begin, Index count) { swiGluSlice(gate + begin, up + begin, count); });
}

void rmsNorm(float* out, const float* x, const float* gain, float epsilon, Index rows, Index columns)
{
    parallelRows(rows, columns, [&](Index row) {
        const float* from = x + row * columns;
        const double mean = sumOfSquares(from, columns) / static_cast<double>(columns);
        scaleRow(out + row * columns, from, gain, static_cast<float>(1.0 / std::sqrt(mean + epsilon)),
                 columns);
    });
}

void rotary(float* x, const float* cosine, const float* sine, Index rows, Index columns,
            Index headWidth, Index pairs, RotaryStyle style)
{
    const Index step = style == RotaryStyle::Neighbours ? 2 : 1;
    const Index partner = style == RotaryStyle::Neighbours ? 1 : pairs;
    parallelRows(rows, columns, [&](Index row) {
        const float* c = cosine + row * pairs;
        const float* s = sine + row * pairs;
        for (Index head = 0; head < columns; head += headWidth) {
            float* first = x + row * columns + head;
            float* second = first + partner;
            for (Index i = 0; i < pairs; ++i) {
                const float a = first[i * step];
                const float b = second[i * step];
                first[i * step] = a * c[i] - b * s[i];
                second[i * step] = b * c[i] + a * s[i];
            }
        }
    });
}

} // namespace halftone::cpu
