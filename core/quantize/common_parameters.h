// SPDX-License-Identifier: GPL-3.0-or-later
// Parameters that several methods share, so that a recipe calls them alike everywhere.
#pragma once

#include "quantize/fit_grid.h"
#include "quantize/quantizer.h"

namespace halftone {

Parameter groupSizeParameter();
Parameter parameterBitsParameter();

/// symmetric, clip_search
std::vector<Parameter> uniformParameters();
/// Of these with `bits` and `parameter_bits`.
UniformFit readUniformFit(const Settings& settings);
/// "scope" row or group, for grids.
Parameter scopeParameter();
/// Its columns: group_size, or 0 for the whole row.
Index readGroup(const Settings& settings);
/// Codes with one such grid, "all", fitted to weights that lie on the backend; nothing where the settings
/// search the range, which needs the weights here.
std::optional<RemoteCoding> codeUniformRemotely(const RemoteProblem& problem, const Settings& settings,
                                                ComputeBackend& backend);

/// How alike the levels of rows, and how unlike those of columns are; between 0 and 1.
Parameter rowPowerParameter(double standard);
Parameter columnPowerParameter(double standard);

/// compensation, damping, precision
std::vector<Parameter> walkParameters();
/// Their values; plan.hessian follows compensation.
WalkPlan readWalkPlan(const Settings& settings);

} // namespace halftone
