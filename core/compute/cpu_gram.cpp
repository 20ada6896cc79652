// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/parallel.h"
#include "compute/cpu_blas.h"
#include "compute/cpu_kernels.h"
#include "compute/vector_math.h"

#include <algorithm>
#include <utility>
#include <vector>

namespace halftone::cpu {

namespace {

constexpr Index kMirrorTile = 256;
constexpr Index kTokens = 1024; // tokens converted to double at once

// Columns of one tile of the sum: few enough tiles for fast products, enough of them for all cores.
Index tileFor(Index size) { return size >= 2048 ? 512 : 256; }

Index tilesOf(Index size, Index tile) { return (size + tile - 1) / tile; }

// sum[rows x columns] += a^T b. When symmetric (b is a), what is below the diagonal is left alone.
template <class T>
void addProduct(T* sum, const T* a, const T* b, Index tokens, Index rows, Index columns, bool symmetric,
                const Progress* watched)
{
    const Index tile = tileFor(std::min(rows, columns));
    std::vector<std::pair<Index, Index>> corners;
    for (Index i = 0; i < tilesOf(rows, tile); ++i)
        for (Index j = symmetric ? i : 0; j < tilesOf(columns, tile); ++j)
            corners.emplace_back(i * tile, j * tile);
    // The halves on the diagonal go last, to even out the cores.
    std::stable_partition(corners.begin(), corners.end(), [](const auto& c) { return c.first != c.second; });
    parallelFor(static_cast<std::int64_t>(corners.size()), [&](std::int64_t i) {
        stopWhenCancelled(watched);
        const auto [row, column] = corners[static_cast<std::size_t>(i)];
        const Index width = std::min(tile, columns - column);
        const Block<const T> left{a + row, rows};
        const Block<T> target{sum + row * columns + column, columns};
        if (symmetric && row == column)
            syrk(CblasUpper, CblasTrans, width, tokens, T(1), left, target);
        else
            gemm(CblasTrans, CblasNoTrans, std::min(tile, rows - row), width, tokens, T(1), left,
                 Block<const T>{b + column, columns}, T(1), target);
    });
}

template <class T>
void mirrorUpper(T* sum, Index size)
{
    constexpr Index tile = kMirrorTile;
    parallelFor(tilesOf(size, tile), [&](std::int64_t t) {
        for (Index column = 0; column < std::min(size, (t + 1) * tile); column += tile)
            for (Index i = t * tile; i < std::min(size, (t + 1) * tile); ++i)
                for (Index j = column; j < std::min(i, column + tile); ++j)
                    sum[i * size + j] = sum[j * size + i];
    });
}

HALFTONE_VECTORIZE
void widen(double* to, const float* from, Index size)
{
    for (Index i = 0; i < size; ++i)
        to[i] = static_cast<double>(from[i]);
}

void toDouble(std::vector<double>& to, const float* from, Index size)
{
    constexpr Index slice = 65536;
    to.resize(static_cast<std::size_t>(size));
    parallelFor((size + slice - 1) / slice, [&](std::int64_t i) {
        widen(to.data() + i * slice, from + i * slice, std::min(slice, size - i * slice));
    });
}

} // namespace

void addGram(double* sum, const float* x, Index tokens, Index columns, const Progress* watched)
{
    std::vector<double> panel;
    for (Index t = 0; t < tokens; t += kTokens) {
        const Index count = std::min(kTokens, tokens - t);
        toDouble(panel, x + t * columns, count * columns);
        addProduct<double>(sum, panel.data(), panel.data(), count, columns, columns, true, watched);
    }
    mirrorUpper(sum, columns);
}

void addGram(float* sum, const float* x, Index tokens, Index columns, const Progress* watched)
{
    if (tokens > 0)
        addProduct<float>(sum, x, x, tokens, columns, columns, true, watched);
    mirrorUpper(sum, columns);
}

void addCrossGram(double* sum, const float* a, const float* b, Index tokens, Index rows, Index columns,
                  const Progress* watched)
{
    std::vector<double> left;
    std::vector<double> right;
    for (Index t = 0; t < tokens; t += kTokens) {
        const Index count = std::min(kTokens, tokens - t);
        toDouble(left, a + t * rows, count * rows);
        toDouble(right, b + t * columns, count * columns);
        addProduct<double>(sum, left.data(), right.data(), count, rows, columns, false, watched);
    }
}

void addCrossGram(float* sum, const float* a, const float* b, Index tokens, Index rows, Index columns,
                  const Progress* watched)
{
    if (tokens > 0)
        addProduct<float>(sum, a, b, tokens, rows, columns, false, watched);
}

// A symmetric product is twice what lies above the diagonal: half the work of multiplying by all of it.
void rowEnergies(double* energies, const float* x, const float* hessian, Index rows, Index columns,
                 const Progress* watched)
{
    constexpr Index rowTile = 128, columnTile = 512;
    const Index across = tilesOf(columns, columnTile);
    std::vector<double> parts(static_cast<std::size_t>(across * rows));
    parallelFor(tilesOf(rows, rowTile) * across, [&](std::int64_t task) {
        stopWhenCancelled(watched);
        // The long ones first, to even out the cores.
        const Index tile = across - 1 - task % across, first = task / across * rowTile;
        const Index begin = tile * columnTile, width = std::min(columnTile, columns - begin);
        const Index count = std::min(rowTile, rows - first);
        std::vector<float> product(static_cast<std::size_t>(count * width));
        const Block<float> target{product.data(), width};
        const Block<const float> left{x + first * columns, columns};
        const Block<const float> above{hessian + begin, columns};
        if (begin > 0)
            gemm(CblasNoTrans, CblasNoTrans, count, width, begin, 2.0f, left, above, 0.0f, target);
        gemm(CblasNoTrans, CblasNoTrans, count, width, width, 1.0f, left.at(0, begin), above.at(begin, 0),
             begin > 0 ? 1.0f : 0.0f, target);
        for (Index row = 0; row < count; ++row) {
            double sum = 0;
            for (Index column = 0; column < width; ++column)
                sum += static_cast<double>(product[static_cast<std::size_t>(row * width + column)]) *
                       static_cast<double>(x[(first + row) * columns + begin + column]);
            parts[static_cast<std::size_t>(tile * rows + first + row)] = sum;
        }
    });
    std::fill(energies, energies + rows, 0.0);
    for (Index tile = 0; tile < across; ++tile)
        for (Index row = 0; row < rows; ++row)
            energies[row] += parts[static_cast<std::size_t>(tile * rows + row)];
}

} // namespace halftone::cpu
