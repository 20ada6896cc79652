// SPDX-License-Identifier: GPL-3.0-or-later
// How fast coded matrices are packed and unpacked, in bytes of their fp32 form.
#include "base/half.h"
#include "packed/packed_matrix.h"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <ctime>
#include <functional>
#include <random>

using namespace halftone;

namespace {

struct Seconds
{
    double wall = 1e9;
    double processor = 1e9; // of all threads: what other programs on the machine disturb less
};

Seconds best(const std::function<void()>& work)
{
    Seconds least;
    for (int i = 0; i < 7; ++i) {
        const auto begin = std::chrono::steady_clock::now();
        const std::clock_t ticks = std::clock();
        work();
        const std::chrono::duration<double> taken = std::chrono::steady_clock::now() - begin;
        least.wall = std::min(least.wall, taken.count());
        least.processor = std::min(least.processor,
                                   static_cast<double>(std::clock() - ticks) / CLOCKS_PER_SEC);
    }
    return least;
}

void row(const char* label, double salient, int binaryLevels, int salientLevels)
{
    constexpr Index rows = 4096;
    constexpr Index columns = 4096;
    std::mt19937 random(1);
    Coding coding;
    coding.rows = rows;
    coding.columns = columns;
    Grid grid;
    grid.count = binaryLevels;
    grid.scale = Matrix::Constant(rows, 1, roundToHalf(.01f));
    grid.offset = Matrix::Constant(rows, 1, roundToHalf(-.02f));
    coding.grids.push_back(grid);
    const auto limit = static_cast<unsigned>(salient * 4294967295.);
    if (salient > 0) {
        grid.count = salientLevels;
        coding.grids.push_back(grid);
        coding.classes = CodeMatrix::NullaryExpr(rows, columns, [&](Index, Index) {
            return static_cast<std::uint8_t>(random() < limit);
        });
    }
    const CodeMatrix codes = CodeMatrix::NullaryExpr(rows, columns, [&](Index r, Index j) {
        const int count = coding.grids[static_cast<std::size_t>(coding.classOf(r, j))].count;
        return static_cast<std::uint8_t>(random() % static_cast<unsigned>(count));
    });
    PackedMatrix packed;
    const Seconds packing =
        best([&] { packed = PackedMatrix::pack(QStringLiteral("w"), coding, codes); });
    Matrix out(rows, columns);
    const Seconds unpacking = best([&] {
        packed.unpackRows(0, rows, {out.data(), static_cast<std::size_t>(out.size())});
    });
    const double gigabytes = static_cast<double>(rows * columns) * 4e-9;
    std::printf("%-26s %7.3f  %8.2f %8.2f   %8.2f %8.2f\n", label, packed.bits().diskPerWeight(),
                gigabytes / packing.wall, gigabytes / packing.processor, gigabytes / unpacking.wall,
                gigabytes / unpacking.processor);
}

} // namespace

int main()
{
    std::printf("4096 x 4096                bits/w  pack GB/s  per core  unpack GB/s  per core\n");
    row("binary, 10 % at 8 bits", .1, 2, 256);
    row("binary, 30 % at 8 bits", .3, 2, 256);
    row("halves at 2 bits", .5, 4, 4);
    row("one class at 4 bits", 0, 16, 0);
    return 0;
}
