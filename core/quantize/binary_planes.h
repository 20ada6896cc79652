// SPDX-License-Identifier: GPL-3.0-or-later
// One or two binary planes over a few weights of a row: mean + a s, or mean + a s + b t with signs s, t.
// BiLLM fits them once, ARB-LLM alternates; both store them the same way.
#pragma once

#include "quantize/fit_grid.h"

#include <span>

namespace halftone {

struct PlaneLevels
{
    double mean = 0;
    double first = 0;  ///< a
    double second = 0; ///< b; 0 with one plane
};

/// Bit 0: s is +, bit 1: t is +.
using PlaneCodes = std::span<std::uint8_t>;

/// mean, mean distance, signs; then, with two planes, the same of what is left (BiLLM's residual
/// approximation). Without means levels lie around zero. Nothing to fit gives zeros.
PlaneLevels fitPlanes(std::span<const double> weights, int planes, bool means, PlaneCodes codes);

/// Codes of the nearest levels; as signs go with one plane.
void nearestPlanes(std::span<const double> weights, const PlaneLevels& levels, int planes, PlaneCodes codes);

double planeValue(const PlaneLevels& levels, int code);

/// A grid of one or two planes in groups of columns, all zero. Without means it stores no offsets.
Grid planesGrid(Index rows, Index columns, int planes, bool means, Index groupColumns, int parameterBits,
                const QString& role);
void setPlanes(Grid& grid, Index row, Index group, const PlaneLevels& levels);

} // namespace halftone
