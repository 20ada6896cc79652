// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/parallel.h"
#include "compute/cpu_blas.h"
#include "compute/cpu_kernels.h"

#include <algorithm>
#include <utility>
#include <vector>

namespace halftone::cpu {

namespace {

constexpr Index kTile = 256;    // columns of one tile of the sum
constexpr Index kTokens = 1024; // tokens converted to double at once

Index tilesOf(Index size) { return (size + kTile - 1) / kTile; }

// sum[rows x columns] += a^T b. With `upperOnly` tiles below the diagonal are left alone.
template <class T>
void addProduct(T* sum, const T* a, const T* b, Index tokens, Index rows, Index columns, bool upperOnly)
{
    std::vector<std::pair<Index, Index>> tiles;
    for (Index i = 0; i < tilesOf(rows); ++i)
        for (Index j = upperOnly ? i : 0; j < tilesOf(columns); ++j)
            tiles.emplace_back(i * kTile, j * kTile);
    parallelFor(static_cast<std::int64_t>(tiles.size()), [&](std::int64_t tile) {
        const auto [row, column] = tiles[static_cast<std::size_t>(tile)];
        gemm(CblasTrans, CblasNoTrans, std::min(kTile, rows - row), std::min(kTile, columns - column),
             tokens, T(1), Block<const T>{a + row, rows}, Block<const T>{b + column, columns}, T(1),
             Block<T>{sum + row * columns + column, columns});
    });
}

template <class T>
void mirrorUpper(T* sum, Index size)
{
    parallelFor(tilesOf(size), [&](std::int64_t tile) {
        for (Index column = 0; column < std::min(size, (tile + 1) * kTile); column += kTile)
            for (Index i = tile * kTile; i < std::min(size, (tile + 1) * kTile); ++i)
                for (Index j = column; j < std::min(i, column + kTile); ++j)
                    sum[i * size + j] = sum[j * size + i];
    });
}

void toDouble(std::vector<double>& to, const float* from, Index size)
{
    constexpr Index slice = 65536;
    to.resize(static_cast<std::size_t>(size));
    parallelFor((size + slice - 1) / slice, [&](std::int64_t i) {
        std::copy(from + i * slice, from + std::min(size, (i + 1) * slice), to.begin() + i * slice);
    });
}

} // namespace

void addGram(double* sum, const float* x, Index tokens, Index columns)
{
    std::vector<double> panel;
    for (Index t = 0; t < tokens; t += kTokens) {
        const Index count = std::min(kTokens, tokens - t);
        toDouble(panel, x + t * columns, count * columns);
        addProduct<double>(sum, panel.data(), panel.data(), count, columns, columns, true);
    }
    mirrorUpper(sum, columns);
}

void addGram(float* sum, const float* x, Index tokens, Index columns)
{
    if (tokens > 0)
        addProduct<float>(sum, x, x, tokens, columns, columns, true);
    mirrorUpper(sum, columns);
}

void addCrossGram(double* sum, const float* a, const float* b, Index tokens, Index rows, Index columns)
{
    std::vector<double> left;
    std::vector<double> right;
    for (Index t = 0; t < tokens; t += kTokens) {
        const Index count = std::min(kTokens, tokens - t);
        toDouble(left, a + t * rows, count * rows);
        toDouble(right, b + t * columns, count * columns);
        addProduct<double>(sum, left.data(), right.data(), count, rows, columns, false);
    }
}

void addCrossGram(float* sum, const float* a, const float* b, Index tokens, Index rows, Index columns)
{
    if (tokens > 0)
        addProduct<float>(sum, a, b, tokens, rows, columns, false);
}

} // namespace halftone::cpu
