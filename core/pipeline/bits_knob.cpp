// SPDX-License-Identifier: GPL-3.0-or-later
#include "pipeline/bits_knob.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace halftone {

namespace {

constexpr std::array<BitsKnob, 3> kKnobs{{{"gaussian", "target_bits", 0.3, 6},
                                          {"pb-plus", "salient_ratio", 0, 0.8},
                                          {"pb-llm", "salient_ratio", 0, 0.6}}};

double entropy(double share)
{
    return share > 0 && share < 1 ? -share * std::log2(share) - (1 - share) * std::log2(1 - share) : 0;
}

} // namespace

double BitsKnob::expectedBits(const nlohmann::json& settings) const
{
    const double value = settings.at(parameter).get<double>();
    if (!settings.contains("salient_bits"))
        return value;
    // Evenly spaced levels of Gaussian weights, of which an entropy coder needs only what is used.
    if (QLatin1String(method) == QLatin1String("pb-plus"))
        return 1 + entropy(value) + value * value * (2 + 1.4 * value);
    return 1 - value + settings["salient_bits"].get<double>() * value + entropy(value);
}

double BitsKnob::valueFor(double bits, nlohmann::json settings) const
{
    double low = least, high = most;
    for (int i = 0; i < 60; ++i) {
        const double middle = (low + high) / 2;
        settings[parameter] = middle;
        (expectedBits(settings) > bits ? high : low) = middle;
    }
    return (low + high) / 2;
}

double BitsKnob::within(double bits, nlohmann::json settings) const
{
    settings[parameter] = least;
    const double low = expectedBits(settings);
    settings[parameter] = most;
    return std::clamp(bits, low, expectedBits(settings));
}

const BitsKnob* bitsKnobOf(const QString& method)
{
    for (const BitsKnob& knob : kKnobs)
        if (method == QLatin1String(knob.method))
            return &knob;
    return nullptr;
}

double roundedKnob(double value)
{
    return std::round(value * 1e4) / 1e4;
}

} // namespace halftone
