// SPDX-License-Identifier: GPL-3.0-or-later
// Packed matrices of random codes in every way in which classes lie.
#pragma once

#include "base/half.h"
#include "packed/packed_matrix.h"

#include <cmath>
#include <cstring>
#include <random>

namespace halftone {

inline Matrix numbers(Index rows, Index columns, unsigned seed)
{
    std::mt19937 random(seed);
    std::normal_distribution<float> normal;
    Matrix m(rows, columns);
    for (Index i = 0; i < m.size(); ++i)
        m.data()[i] = normal(random);
    return m;
}

// levels: negative for a table. group 0: the whole row. shares: of each class.
inline PackedMatrix packedCase(Index rows, Index columns, const std::vector<int>& levels,
                        const std::vector<double>& shares, const std::vector<Index>& groups, bool byColumn,
                        int parameterBits)
{
    std::mt19937 random(static_cast<unsigned>(rows * 7 + columns));
    Coding coding;
    coding.rows = rows;
    coding.columns = columns;
    std::discrete_distribution<int> pick(shares.begin(), shares.end());
    if (levels.size() > 1) {
        coding.classes.resize(byColumn ? 1 : rows, columns);
        for (Index i = 0; i < coding.classes.size(); ++i)
            coding.classes.data()[i] = static_cast<std::uint8_t>(pick(random));
    }
    std::normal_distribution<float> normal;
    for (std::size_t c = 0; c < levels.size(); ++c) {
        Grid grid;
        grid.count = std::abs(levels[c]);
        const Index group = std::min(groups[c], columns);
        grid.groupColumns = group;
        grid.parameterBits = parameterBits;
        const Index count = group > 0 ? (columns + group - 1) / group : 1;
        const auto value = [&](float width) {
            const float v = normal(random) * width;
            return parameterBits == 16 ? roundToHalf(v) : v;
        };
        grid.scale.resize(rows, count);
        grid.offset.resize(rows, count);
        for (Index i = 0; i < grid.scale.size(); ++i) {
            grid.scale.data()[i] = value(1.0f / static_cast<float>(grid.count));
            grid.offset.data()[i] = value(.5f);
        }
        if (c == 2)
            grid.offset.resize(0, 0);
        for (int i = 0; levels[c] < 0 && i < grid.count; ++i)
            grid.table.push_back(static_cast<float>(i) + .37f * std::sin(static_cast<float>(i)) - 1.f);
        coding.grids.push_back(std::move(grid));
    }
    CodeMatrix codes(rows, columns);
    for (Index r = 0; r < rows; ++r)
        for (Index j = 0; j < columns; ++j)
            codes(r, j) = static_cast<std::uint8_t>(
                random() % static_cast<unsigned>(coding.grids[static_cast<std::size_t>(coding.classOf(r, j))].count));
    return PackedMatrix::pack(QStringLiteral("w"), coding, codes);
}

struct PackedCase
{
    const char* name;
    std::vector<int> levels;    // negative: of a table
    std::vector<double> shares;
    std::vector<Index> groups;
    bool byColumn = false;
};
inline const std::vector<PackedCase> kPackedCases = {
    {"0 bits", {1}, {1}, {0}},
    {"1 bit", {2}, {1}, {0}},
    {"2 bits in groups of 64", {4}, {1}, {64}},
    {"2 bits in groups of 128", {4}, {1}, {128}},
    {"3 bits", {8}, {1}, {0}},
    {"4 bits", {16}, {1}, {0}},
    {"5 bits", {32}, {1}, {64}},
    {"6 bits", {64}, {1}, {0}},
    {"7 bits", {128}, {1}, {0}},
    {"8 bits", {256}, {1}, {64}},
    {"groups of 5", {16}, {1}, {5}},
    {"table of 4", {-4}, {1}, {0}},
    {"table of 16 in groups", {-16}, {1}, {32}},
    {"table of 200", {-200}, {1}, {0}},
    {"a tenth salient", {2, 256}, {.9, .1}, {0, 0}},
    {"mostly salient", {2, 256}, {.2, .8}, {0, 0}},
    {"salient in groups", {2, 16}, {.95, .05}, {128, 64}},
    {"salient table", {2, -16}, {.95, .05}, {0, 0}},
    {"pruned few", {4, 1}, {.95, .05}, {0, 0}},
    {"three classes, symbols", {2, 2, 4}, {.45, .45, .1}, {128, 128, 0}},
    {"four classes, wide symbols", {16, 16, 3, 8}, {.3, .3, .2, .2}, {0, 0, 0, 0}},
    {"columns in groups", {2, 16, 256}, {.7, .2, .1}, {64, 0, 128}, true},
};

} // namespace halftone
