// SPDX-License-Identifier: GPL-3.0-or-later
// Repeats of a run: the same choices on other calibration windows, which tell how much a figure owes
// to the windows it happened to see.
#pragma once

#include <nlohmann/json.hpp>
#include <vector>

namespace halftone {

struct Spread
{
    int count = 0;
    double mean = 0;
    double deviation = 0; ///< standard deviation of one run, from count - 1; 0 for a single one
};

Spread spreadOf(const std::vector<double>& values);

/// What repeats have in common: the recipe as JSON less its calibration seed.
nlohmann::json withoutSeed(nlohmann::json recipe);

} // namespace halftone
