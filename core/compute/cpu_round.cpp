// SPDX-License-Identifier: GPL-3.0-or-later
#include "compute/cpu_round.h"

#include "compute/vector_math.h"

#include <algorithm>
#include <cmath>

namespace halftone::cpu {

namespace {

// The clamp comes before the cut to an integer, so that cutting is the floor of nearestCode.
HALFTONE_VECTORIZE
void roundUniform(const double* value, const double* scale, const double* offset, double top,
                  double* rounded, std::int32_t* codes)
{
    for (Index i = 0; i < kLanes; ++i) {
        double code = (value[i] - offset[i]) / scale[i] + 0.5;
        code = code > 0.0 ? code : 0.0;
        code = code < top ? code : top;
        code = scale[i] != 0.0 ? code : 0.0;
        code = value[i] - value[i] == 0.0 ? code : 0.0;
        codes[i] = static_cast<std::int32_t>(code);
        rounded[i] = offset[i] + scale[i] * codes[i];
    }
}

HALFTONE_VECTORIZE
void roundTable(const double* value, const double* scale, const double* offset, const float* table,
                int count, double* rounded, std::int32_t* codes)
{
    alignas(64) double level[kLanes];
    alignas(64) double distance[kLanes];
    alignas(64) double code[kLanes];
    alignas(64) double best[kLanes];
    const double first = table[0];
    for (Index i = 0; i < kLanes; ++i) {
        level[i] = (value[i] - offset[i]) / scale[i];
        distance[i] = std::abs(level[i] - first);
        code[i] = 0.0;
        best[i] = first;
    }
    for (int c = 1; c < count; ++c) {
        const double candidate = table[c];
        const double number = c;
        for (Index i = 0; i < kLanes; ++i) {
            const double away = std::abs(level[i] - candidate);
            code[i] = away <= distance[i] ? number : code[i];
            best[i] = away <= distance[i] ? candidate : best[i];
            distance[i] = away <= distance[i] ? away : distance[i];
        }
    }
    for (Index i = 0; i < kLanes; ++i) {
        const bool usable = (scale[i] != 0.0) & (value[i] - value[i] == 0.0);
        codes[i] = static_cast<std::int32_t>(usable ? code[i] : 0.0);
        rounded[i] = offset[i] + scale[i] * (usable ? best[i] : first);
    }
}

HALFTONE_VECTORIZE
void takeClass(const std::uint8_t* classes, int which, const double* value, const std::int32_t* code,
               double* toValue, std::int32_t* toCode)
{
    for (Index i = 0; i < kLanes; ++i) {
        toValue[i] = classes[i] == which ? value[i] : toValue[i];
        toCode[i] = classes[i] == which ? code[i] : toCode[i];
    }
}

} // namespace

LaneRounder::LaneRounder(const Coding& coding, Index rowBegin, Index count)
    : m_coding(coding), m_rowBegin(rowBegin), m_count(count)
{
}

void LaneRounder::roundClass(std::size_t which, Index column, const Lanes<double>& value, Result& result)
{
    const Grid& grid = m_coding.grids[which];
    LaneGrid& lanes = m_grids[which];
    const Index group = grid.group(column);
    if (group != lanes.group) {
        lanes.group = group;
        lanes.scale.fill(0.0);
        for (Index i = 0; i < m_count; ++i) {
            const auto lane = static_cast<std::size_t>(i);
            lanes.scale[lane] = grid.scale(m_rowBegin + i, group);
            lanes.offset[lane] = grid.offset.size() ? grid.offset(m_rowBegin + i, group) : 0.0f;
        }
    }
    if (grid.table.empty())
        roundUniform(value.data(), lanes.scale.data(), lanes.offset.data(), grid.count - 1.0,
                     result.value.data(), result.code.data());
    else
        roundTable(value.data(), lanes.scale.data(), lanes.offset.data(), grid.table.data(), grid.count,
                   result.value.data(), result.code.data());
}

const LaneRounder::Result& LaneRounder::roundLanes(Index column, const Lanes<double>& value)
{
    const auto& classes = m_coding.classes;
    if (classes.rows() <= 1 && m_coding.rows != 1) {
        roundClass(classes.size() ? classes(0, column) : 0, column, value, m_result);
        return m_result;
    }
    Lanes<std::uint8_t> lanes{};
    for (Index i = 0; i < m_count; ++i)
        lanes[static_cast<std::size_t>(i)] =
            static_cast<std::uint8_t>(m_coding.classOf(m_rowBegin + i, column));
    roundClass(0, column, value, m_result);
    for (std::size_t which = 1; which < m_coding.grids.size(); ++which) {
        roundClass(which, column, value, m_other);
        takeClass(lanes.data(), static_cast<int>(which), m_other.value.data(), m_other.code.data(),
                  m_result.value.data(), m_result.code.data());
    }
    return m_result;
}

void LaneRounder::round(Index column, const float* value, float* rounded, std::uint8_t* codes)
{
    Lanes<double> wide;
    std::copy_n(value, kLanes, wide.begin());
    const Result& result = roundLanes(column, wide);
    for (std::size_t i = 0; i < wide.size(); ++i) {
        rounded[i] = static_cast<float>(result.value[i]);
        codes[i] = static_cast<std::uint8_t>(result.code[i]);
    }
}

void LaneRounder::round(Index column, const double* value, double* rounded, std::uint8_t* codes)
{
    Lanes<double> wide;
    std::copy_n(value, kLanes, wide.begin());
    const Result& result = roundLanes(column, wide);
    std::copy(result.value.begin(), result.value.end(), rounded);
    for (std::size_t i = 0; i < wide.size(); ++i)
        codes[i] = static_cast<std::uint8_t>(result.code[i]);
}

} // namespace halftone::cpu
