// SPDX-License-Identifier: GPL-3.0-or-later
// Spends a budget of bits where the model feels them: more for the layers whose disturbance changes its
// predictions most. Turns a recipe with a budget into one with an override for each layer.
#pragma once

#include "base/progress.h"
#include "compute/backend.h"
#include "pipeline/recipe.h"
#include "pipeline/sensitivity.h"

namespace halftone {

/// The parameter by which a method spends bits; empty when it has none that goes in small steps.
QString bitsParameter(const QString& method);

/// Bits of each layer of n[l] weights with sensitivity s[l] (of equal relative noise), whose mean over
/// all weights is `bits`: at high rates a bit divides the noise by 4, so b + log4(s / n) is the least sum
/// of s 4^-bits (reverse water-filling); kept within `reach` of the mean.
std::vector<double> spreadBits(const std::vector<double>& sensitivity, const std::vector<double>& weights,
                               double bits, double reach);

/// What a budget is spread by: how much the recipe's model feels its layers, on a few windows of the recipe's
/// calibration text. Throws Error for what is no model, and Cancelled.
Sensitivity sensitivityOf(const Recipe& recipe, ComputeBackend& backend, Progress& progress);

/// recipe with overrides that give each linear layer its own bits, on average `budget` on disk for each
/// weight, at most `reach` above and below that, and the run steered to it (steer_bits.h). Measures the
/// sensitivity on the recipe's calibration text and the size of coded rows. Throws
/// Error when the method has no parameter for it or cannot reach the budget.
Recipe withBudget(const Recipe& recipe, double budget, ComputeBackend& backend, Progress& progress, double reach = 0.2);

/// The budget in bits at which the packed folder takes `megabytes` (of 10^6 bytes), by estimateRun.
double bitsForMegabytes(const Recipe& recipe, double megabytes, ComputeBackend& backend, Progress& progress);

} // namespace halftone
