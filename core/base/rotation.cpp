// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/rotation.h"

#include "base/parallel.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <vector>

namespace halftone {

namespace {

// Steele, Lea and Flood 2014: splitmix64. Its lowest bit is the sign of a column.
std::uint64_t mixed(std::uint64_t x)
{
    x += 0x9e3779b97f4a7c15u;
    x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9u;
    x = (x ^ (x >> 27)) * 0x94d049bb133111ebu;
    return x ^ (x >> 31);
}

void flipSigns(std::uint64_t seed, std::size_t firstColumn, std::size_t stage, std::span<double> x)
{
    for (std::size_t i = 0; i < x.size(); ++i)
        if (mixed(seed + 2 * (firstColumn + i) + stage) & 1)
            x[i] = -x[i];
}

// The orthonormal Hadamard matrix of a power of two, in place.
void hadamard(std::span<double> x)
{
    for (std::size_t half = 1; half < x.size(); half *= 2)
        for (std::size_t begin = 0; begin < x.size(); begin += 2 * half)
            for (std::size_t i = begin; i < begin + half; ++i) {
                const double a = x[i], b = x[i + half];
                x[i] = a + b;
                x[i + half] = a - b;
            }
    const double factor = 1.0 / std::sqrt(static_cast<double>(x.size()));
    for (double& v : x)
        v *= factor;
}

template <class Turn>
void forRuns(const Rotation& rotation, std::span<double> row, const Turn& turn)
{
    const std::size_t block = rotation.block > 0 ? rotation.block : row.size();
    for (std::size_t begin = 0; begin < row.size(); begin += block)
        turn(begin, row.subspan(begin, std::min(block, row.size() - begin)));
}

Matrix turnedRows(const Matrix& m, const Rotation& rotation,
                  void (*turn)(const Rotation&, std::span<double>))
{
    Matrix out(m.rows(), m.cols());
    parallelFor(m.rows(), [&](std::int64_t r) {
        thread_local std::vector<double> row;
        row.assign(m.data() + r * m.cols(), m.data() + (r + 1) * m.cols());
        turn(rotation, row);
        for (Index j = 0; j < m.cols(); ++j)
            out(r, j) = static_cast<float>(row[static_cast<std::size_t>(j)]);
    });
    return out;
}

} // namespace

void rotate(const Rotation& rotation, std::span<double> row)
{
    if (!rotation.active)
        return;
    forRuns(rotation, row, [&](std::size_t begin, std::span<double> run) {
        const std::size_t p = std::bit_floor(run.size());
        flipSigns(rotation.seed, begin, 0, run);
        hadamard(run.first(p));
        if (p < run.size()) {
            flipSigns(rotation.seed, begin, 1, run);
            hadamard(run.last(p));
        }
    });
}

void unrotate(const Rotation& rotation, std::span<double> row)
{
    if (!rotation.active)
        return;
    forRuns(rotation, row, [&](std::size_t begin, std::span<double> run) {
        const std::size_t p = std::bit_floor(run.size());
        if (p < run.size()) {
            hadamard(run.last(p));
            flipSigns(rotation.seed, begin, 1, run);
        }
        hadamard(run.first(p));
        flipSigns(rotation.seed, begin, 0, run);
    });
}

Matrix rotatedRows(const Rotation& rotation, const Matrix& m)
{
    return turnedRows(m, rotation, rotate);
}

Matrix unrotatedRows(const Rotation& rotation, const Matrix& m)
{
    return turnedRows(m, rotation, unrotate);
}

MatrixD rotatedBothSides(const Rotation& rotation, const MatrixD& h)
{
    MatrixD out = h;
    for (int side = 0; side < 2; ++side) {
        parallelFor(out.rows(), [&](std::int64_t r) {
            rotate(rotation, {out.data() + r * out.cols(), static_cast<std::size_t>(out.cols())});
        });
        out.transposeInPlace();
    }
    return 0.5 * (out + out.transpose());
}

} // namespace halftone
