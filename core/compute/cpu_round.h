// SPDX-License-Identifier: GPL-3.0-or-later
// nearestCode and codeValue of base/coding.h for one column of kLanes rows at once, with the same
// results. Not the column walk: it knows nothing of errors.
#pragma once

#include "base/coding.h"

#include <array>
#include <cstdint>

namespace halftone::cpu {

constexpr Index kLanes = 32;

template <class T>
using Lanes = std::array<T, static_cast<std::size_t>(kLanes)>;

/// Rounds rows [rowBegin, rowBegin + count) of a coding, count <= kLanes. Spare lanes round to any.
class LaneRounder
{
public:
    LaneRounder(const Coding& coding, Index rowBegin, Index count);

    /// value, rounded, codes: kLanes numbers each
    void round(Index column, const float* value, float* rounded, std::uint8_t* codes);
    void round(Index column, const double* value, double* rounded, std::uint8_t* codes);

private:
    struct LaneGrid
    {
        Index group = -1;
        Lanes<double> scale{};
        Lanes<double> offset{};
    };
    struct Result
    {
        Lanes<double> value;
        Lanes<std::int32_t> code;
    };
    const Result& roundLanes(Index column, const Lanes<double>& value);
    void roundClass(std::size_t which, Index column, const Lanes<double>& value, Result& result);

    const Coding& m_coding;
    Index m_rowBegin;
    Index m_count;
    std::array<LaneGrid, 4> m_grids;
    Result m_result;
    Result m_other;
};

} // namespace halftone::cpu
