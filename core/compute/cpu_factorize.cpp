// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/parallel.h"
#include "compute/cpu_blas.h"
#include "compute/cpu_kernels.h"

#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

namespace halftone::cpu {

namespace {

constexpr Index kPanel = 256;
constexpr Index kTile = 256;

template <class T>
bool factorDiagonal(Block<T> a, Index size)
{
    if (factorLower(size, a) != 0)
        return false;
    // Comparisons inside LAPACK let a NaN pass.
    for (Index i = 0; i < size; ++i)
        if (!(*a.at(i, i).data > T(0)) || !std::isfinite(*a.at(i, i).data))
            return false;
    return true;
}

// a[i, j] -= p_i p_j^T for the tiles on and below the diagonal, p the columns [panel, begin) of a.
template <class T>
void updateTrailing(Block<T> a, Index panel, Index begin, Index size, const Progress& progress)
{
    std::vector<std::pair<Index, Index>> tiles;
    for (Index j = begin; j < size; j += kTile)
        for (Index i = j; i < size; i += kTile)
            tiles.emplace_back(i, j);
    parallelFor(static_cast<std::int64_t>(tiles.size()), [&](std::int64_t tile) {
        stopWhenCancelled(progress);
        const auto [i, j] = tiles[static_cast<std::size_t>(tile)];
        if (i == j)
            syrk(CblasLower, CblasNoTrans, std::min(kTile, size - i), begin - panel, T(-1),
                 a.at(i, panel), a.at(i, i));
        else
            gemm(CblasNoTrans, CblasTrans, std::min(kTile, size - i), std::min(kTile, size - j),
                 begin - panel, T(-1), a.at(i, panel), a.at(j, panel), T(1), a.at(i, j));
    });
}

template <class T>
bool factorInPanels(Block<T> a, Index size, Progress& progress)
{
    for (Index panel = 0; panel < size; panel += kPanel) {
        progress.check();
        const Index width = std::min(kPanel, size - panel);
        const Index begin = panel + width;
        if (!factorDiagonal(a.at(panel, panel), width))
            return false;
        parallelFor((size - begin + kTile - 1) / kTile, [&](std::int64_t tile) {
            const Index row = begin + tile * kTile;
            solveLower(CblasRight, CblasTrans, std::min(kTile, size - row), width, T(1),
                       a.at(panel, panel), a.at(row, panel));
        });
        updateTrailing(a, panel, begin, size, progress);
    }
    return true;
}

template <class T>
void zeroAboveDiagonal(T* a, Index size)
{
    for (Index i = 0; i < size; ++i)
        std::fill(a + i * size + i + 1, a + (i + 1) * size, T(0));
}

// X = L^-1 in place, one panel of rows after the other: with the rows above already inverted,
// X[panel, above] = -L[panel, panel]^-1 (L[panel, above] X[above, above]).
template <class T>
void invertInPanels(Block<T> a, Index size, Progress& progress)
{
    std::vector<T> rows;
    for (Index panel = 0; panel < size; panel += kPanel) {
        progress.check();
        const Index height = std::min(kPanel, size - panel);
        rows.resize(static_cast<std::size_t>(height * panel));
        const Block<T> saved{rows.data(), panel};
        for (Index i = 0; i < height; ++i)
            std::copy_n(a.at(panel + i, 0).data, panel, saved.at(i, 0).data);
        parallelFor((panel + kTile - 1) / kTile, [&](std::int64_t tile) {
            stopWhenCancelled(progress);
            const Index column = tile * kTile;
            const Index width = std::min(kTile, panel - column);
            const Block<T> target = a.at(panel, column);
            gemm(CblasNoTrans, CblasNoTrans, height, width, panel - column, T(1), saved.at(0, column),
                 a.at(column, column), T(0), target);
            solveLower(CblasLeft, CblasNoTrans, height, width, T(-1), a.at(panel, panel), target);
        });
        invertLower(height, a.at(panel, panel));
    }
}

} // namespace

template <class T>
bool cholesky(T* a, Index size, Progress& progress)
{
    if (!factorInPanels(Block<T>{a, size}, size, progress))
        return false;
    zeroAboveDiagonal(a, size);
    return true;
}

// Read backwards, a row-major matrix has both its rows and its columns in reverse order: the upper
// factor from the far end is the lower factor of the reversed matrix, reversed.
template <class T>
bool inverseUpperFactor(T* a, Index size, Progress& progress)
{
    std::reverse(a, a + size * size);
    if (!factorInPanels(Block<T>{a, size}, size, progress))
        return false;
    // The tiles of the inverse read whole squares on the diagonal.
    zeroAboveDiagonal(a, size);
    invertInPanels(Block<T>{a, size}, size, progress);
    std::reverse(a, a + size * size);
    return true;
}

template <class T>
void solveRight(T* b, const T* lower, Index rows, Index columns, const Progress* watched)
{
    constexpr Index tile = 128;
    const Block<const T> factor{lower, columns};
    parallelFor((rows + tile - 1) / tile, [&](std::int64_t i) {
        stopWhenCancelled(watched);
        const Index row = i * tile;
        const Index count = std::min(tile, rows - row);
        const Block<T> part{b + row * columns, columns};
        solveLower(CblasRight, CblasTrans, count, columns, T(1), factor, part);
        solveLower(CblasRight, CblasNoTrans, count, columns, T(1), factor, part);
    });
}

template bool cholesky(float*, Index, Progress&);
template bool cholesky(double*, Index, Progress&);
template bool inverseUpperFactor(float*, Index, Progress&);
template bool inverseUpperFactor(double*, Index, Progress&);
template void solveRight(float*, const float*, Index, Index, const Progress*);
template void solveRight(double*, const double*, Index, Index, const Progress*);

} // namespace halftone::cpu
