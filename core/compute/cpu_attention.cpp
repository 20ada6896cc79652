// SPDX-License-Identifier: GPL-3.0-or-later
// Softmax over tiles of keys with a running maximum and sum (Milakov and Gimelshein 2018; Dao et al.
// 2022), so that no row of scores is ever whole.
#include "base/parallel.h"
#include "compute/cpu_blas.h"
#include "compute/cpu_kernels.h"
#include "compute/vector_math.h"

#include <algorithm>
#include <limits>
#include <vector>

namespace halftone::cpu {

namespace {

constexpr Index kKeyTile = 512;

// Rows of a tile of scores are the queries of all heads that share a key head: many enough for fast
// products, few enough for the tile to stay in the cache.
Index queryTileFor(Index sharing) { return std::clamp<Index>(192 / sharing, 16, 128); }

// x becomes e^(scale x - shift); the sum of it all is returned.
HALFTONE_VECTORIZE
float exponentials(float* x, float scale, float shift, Index size)
{
    float sum = 0;
#pragma omp simd reduction(+ : sum)
    for (Index i = 0; i < size; ++i) {
        const float e = fastExp(x[i] * scale - shift);
        x[i] = e;
        sum += e;
    }
    return sum;
}

HALFTONE_VECTORIZE
void scaleBy(float* x, float factor, Index size)
{
    for (Index i = 0; i < size; ++i)
        x[i] *= factor;
}

// scores[i] = query . key i, for a single token: the packing of a large product would cost more than it. Four keys
// at once do not wait for each other's sums.
HALFTONE_VECTORIZE
void scoreKeys(float* scores, const float* query, const float* keys, Index count, Index stride, Index width)
{
    Index i = 0;
    for (; i + 4 <= count; i += 4) {
        const float *a = keys + i * stride, *b = a + stride, *c = b + stride, *d = c + stride;
        float sumA = 0, sumB = 0, sumC = 0, sumD = 0;
#pragma omp simd reduction(+ : sumA, sumB, sumC, sumD)
        for (Index j = 0; j < width; ++j) {
            sumA += query[j] * a[j];
            sumB += query[j] * b[j];
            sumC += query[j] * c[j];
            sumD += query[j] * d[j];
        }
        scores[i] = sumA;
        scores[i + 1] = sumB;
        scores[i + 2] = sumC;
        scores[i + 3] = sumD;
    }
    for (; i < count; ++i) {
        const float* key = keys + i * stride;
        float sum = 0;
#pragma omp simd reduction(+ : sum)
        for (Index j = 0; j < width; ++j)
            sum += query[j] * key[j];
        scores[i] = sum;
    }
}

// out += sum over i of weights[i] value i
HALFTONE_VECTORIZE
void addValues(float* out, const float* weights, const float* values, Index count, Index stride, Index width)
{
    Index i = 0;
    for (; i + 4 <= count; i += 4) {
        const float *a = values + i * stride, *b = a + stride, *c = b + stride, *d = c + stride;
        const float wa = weights[i], wb = weights[i + 1], wc = weights[i + 2], wd = weights[i + 3];
#pragma omp simd
        for (Index j = 0; j < width; ++j)
            out[j] += (wa * a[j] + wb * b[j]) + (wc * c[j] + wd * d[j]);
    }
    for (; i < count; ++i) {
        const float* value = values + i * stride;
        const float weight = weights[i];
#pragma omp simd
        for (Index j = 0; j < width; ++j)
            out[j] += weight * value[j];
    }
}

// The queries of one tile, of all heads that share a key head: row = head * tile rows + query.
struct QueryTile
{
    QueryTile(Index rows, Index width)
        : queries(static_cast<std::size_t>(rows * width)), output(queries.size(), 0.0f),
          scores(static_cast<std::size_t>(rows * kKeyTile)),
          most(static_cast<std::size_t>(rows), -std::numeric_limits<float>::infinity()),
          sum(static_cast<std::size_t>(rows), 0.0f)
    {
    }
    std::vector<float> queries;
    std::vector<float> output;
    std::vector<float> scores;
    std::vector<float> most; // largest scaled score so far
    std::vector<float> sum;  // of the exponentials so far
};

// Turns scores of keys [begin, begin + count), of which [first, last) are seen, into weights.
void weighRow(QueryTile& tile, Index row, Index begin, Index count, Index first, Index last,
              float scale, Index width)
{
    float* scores = tile.scores.data() + row * kKeyTile;
    const Index from = std::clamp<Index>(first - begin, 0, count);
    const Index to = std::clamp<Index>(last - begin, from, count);
    std::fill(scores, scores + from, 0.0f);
    std::fill(scores + to, scores + count, 0.0f);
    if (from == to)
        return;
    const auto r = static_cast<std::size_t>(row);
    // A negative scale turns the order round.
    const float extreme = scale >= 0 ? largest(scores + from, to - from) * scale
                                     : std::numeric_limits<float>::infinity();
    float most = extreme;
    if (scale < 0) {
        most = scores[from] * scale;
        for (Index i = from; i < to; ++i)
            most = std::max(most, scores[i] * scale);
    }
    if (most > tile.most[r]) {
        const float factor = fastExp(tile.most[r] - most);
        tile.sum[r] *= factor;
        scaleBy(tile.output.data() + row * width, factor, width);
        tile.most[r] = most;
    }
    tile.sum[r] += exponentials(scores + from, scale, tile.most[r], to - from);
}

} // namespace

void attention(float* out, const float* q, const float* k, const float* v, Index queries,
               const AttentionShape& shape, const Progress* watched)
{
    const Index width = shape.headWidth;
    const Index sharing = shape.heads / shape.keyHeads;
    const Index stride = shape.heads * width;
    const Index keyStride = shape.keyHeads * width;
    const Index queryTile = queryTileFor(sharing);
    const Index tiles = (queries + queryTile - 1) / queryTile;
    const auto work = [&](std::int64_t task) {
        stopWhenCancelled(watched);
        // The last tiles see most keys: they go first.
        const Index query = (tiles - 1 - task / shape.keyHeads) * queryTile;
        const Index keyHead = task % shape.keyHeads;
        const Index count = std::min(queryTile, queries - query);
        const Index rows = sharing * count;
        QueryTile tile(rows, width);
        const auto outside = [&](Index row) {
            return (query + row % count) * stride + (keyHead * sharing + row / count) * width;
        };
        for (Index row = 0; row < rows; ++row)
            std::copy_n(q + outside(row), width, tile.queries.data() + row * width);

        const Index lastKey = shape.queryBegin + query + count;
        const Index firstKey =
            shape.window > 0 ? std::max<Index>(0, shape.queryBegin + query + 1 - shape.window) : 0;
        for (Index begin = firstKey / kKeyTile * kKeyTile; begin < lastKey; begin += kKeyTile) {
            const Index keys = std::min(kKeyTile, lastKey - begin);
            const Index at = begin * keyStride + keyHead * width;
            const Block<float> scores{tile.scores.data(), kKeyTile};
            if (count == 1)
                for (Index row = 0; row < rows; ++row)
                    scoreKeys(tile.scores.data() + row * kKeyTile, tile.queries.data() + row * width, k + at, keys,
                              keyStride, width);
            else
                gemm(CblasNoTrans, CblasTrans, rows, keys, width, 1.0f,
                     Block<const float>{tile.queries.data(), width}, Block<const float>{k + at, keyStride},
                     0.0f, scores);
            for (Index row = 0; row < rows; ++row) {
                const Index last = shape.queryBegin + query + row % count + 1;
                const Index first = shape.window > 0 ? std::max<Index>(0, last - shape.window) : 0;
                weighRow(tile, row, begin, keys, first, last, shape.scale, width);
            }
            if (count == 1)
                for (Index row = 0; row < rows; ++row)
                    addValues(tile.output.data() + row * width, tile.scores.data() + row * kKeyTile, v + at, keys,
                              keyStride, width);
            else
                gemm(CblasNoTrans, CblasNoTrans, rows, width, keys, 1.0f, scores,
                     Block<const float>{v + at, keyStride}, 1.0f,
                     Block<float>{tile.output.data(), width});
        }
        for (Index row = 0; row < rows; ++row) {
            const float factor = 1.0f / tile.sum[static_cast<std::size_t>(row)];
            for (Index i = 0; i < width; ++i)
                out[outside(row) + i] = tile.output[static_cast<std::size_t>(row * width + i)] * factor;
        }
    };
    parallelFor(tiles * shape.keyHeads, work);
}

} // namespace halftone::cpu
