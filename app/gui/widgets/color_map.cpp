// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/color_map.h"

#include <algorithm>
#include <cmath>

namespace halftone {

namespace {

struct Lab
{
    double lightness, a, b;
};

QRgb between(const Lab& from, const Lab& to, double share)
{
    return fromOklab(std::lerp(from.lightness, to.lightness, share), std::lerp(from.a, to.a, share),
                     std::lerp(from.b, to.b, share));
}

int gammaEncoded(double linear)
{
    const double clamped = std::clamp(linear, 0.0, 1.0);
    const double encoded =
        clamped <= 0.0031308 ? 12.92 * clamped : 1.055 * std::pow(clamped, 1 / 2.4) - 0.055;
    return int(std::lround(255 * encoded));
}

} // namespace

QRgb fromOklab(double lightness, double a, double b)
{
    const auto cube = [](double x) { return x * x * x; };
    const double l = cube(lightness + 0.3963377774 * a + 0.2158037573 * b);
    const double m = cube(lightness - 0.1055613458 * a - 0.0638541728 * b);
    const double s = cube(lightness - 0.0894841775 * a - 1.2914855480 * b);
    return qRgb(gammaEncoded(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s),
                gammaEncoded(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s),
                gammaEncoded(-0.0041960863 * l - 0.7034186147 * m + 1.7076147010 * s));
}

ColorMap ColorMap::sequential()
{
    ColorMap map;
    const Lab dark{0.24, -0.01, -0.10};
    const Lab light{0.92, -0.01, 0.15};
    for (std::size_t i = 0; i < map.m_colors.size(); ++i)
        map.m_colors[i] = between(dark, light, double(i) / 255);
    return map;
}

ColorMap ColorMap::diverging(bool darkMiddle)
{
    ColorMap map;
    const Lab middle = darkMiddle ? Lab{0.22, 0, 0} : Lab{0.97, 0, 0};
    const Lab below = darkMiddle ? Lab{0.72, -0.05, -0.13} : Lab{0.42, -0.02, -0.15};
    const Lab above = darkMiddle ? Lab{0.76, 0.06, 0.14} : Lab{0.55, 0.11, 0.11};
    for (std::size_t i = 0; i < map.m_colors.size(); ++i) {
        const double side = double(i) / 255 * 2 - 1;
        map.m_colors[i] = between(middle, side < 0 ? below : above, std::abs(side));
    }
    return map;
}

QRgb ColorMap::at(float share) const
{
    if (std::isnan(share))
        return missing();
    return m_colors[std::size_t(std::clamp(share, 0.0f, 1.0f) * 255 + 0.5f)];
}

} // namespace halftone
