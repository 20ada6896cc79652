// SPDX-License-Identifier: GPL-3.0-or-later
#include "pipeline/repeats.h"

#include <cmath>
#include <numeric>

namespace halftone {

Spread spreadOf(const std::vector<double>& values)
{
    Spread out;
    out.count = static_cast<int>(values.size());
    if (values.empty())
        return out;
    out.mean = std::accumulate(values.begin(), values.end(), 0.0) / out.count;
    double squares = 0;
    for (const double value : values)
        squares += (value - out.mean) * (value - out.mean);
    if (out.count > 1)
        out.deviation = std::sqrt(squares / (out.count - 1));
    return out;
}

nlohmann::json withoutSeed(nlohmann::json recipe)
{
    if (const auto calibration = recipe.find("calibration"); calibration != recipe.end() && calibration->is_object())
        calibration->erase("seed");
    return recipe;
}

} // namespace halftone
