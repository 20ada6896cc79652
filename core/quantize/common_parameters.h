// SPDX-License-Identifier: GPL-3.0-or-later
// Parameters that several methods share, so that a recipe calls them alike everywhere.
#pragma once

#include "quantize/quantizer.h"

namespace halftone {

Parameter groupSizeParameter();
Parameter parameterBitsParameter();

/// compensation, damping, precision
std::vector<Parameter> walkParameters();
/// Their values; plan.hessian follows compensation.
WalkPlan readWalkPlan(const Settings& settings);

} // namespace halftone
