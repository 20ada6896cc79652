// SPDX-License-Identifier: GPL-3.0-or-later
// From a number to its place on a colour map: linear or logarithmic, from nothing up, or both ways from
// zero, which keeps the middle colour whatever the ends are.
#pragma once

#include <algorithm>
#include <cmath>

namespace halftone {

struct ColorScale
{
    double low = 0;
    double high = 1;
    bool diverging = false;
    bool logarithmic = false;
    static constexpr float kDecades = 3; ///< that a logarithmic scale reaches down from its end

    bool operator==(const ColorScale&) const = default;

    /// 0..1 within the range, beyond it outside; not a number stays one.
    float shareOf(float value) const
    {
        if (diverging) {
            const auto end = float(value < 0 ? low : high);
            if (end == 0)
                return value == 0 ? 0.5f : value < 0 ? 0.0f : 1.0f;
            return 0.5f + (value < 0 ? -0.5f : 0.5f) * bent(value / end);
        }
        const auto extent = float(high - low);
        return extent > 0 ? bent((value - float(low)) / extent) : 0.0f;
    }

private:
    float bent(float share) const
    {
        if (!logarithmic || std::isnan(share))
            return share;
        return share <= 0 ? 0.0f : std::max(0.0f, 1 + std::log10(share) / kDecades);
    }
};

} // namespace halftone
