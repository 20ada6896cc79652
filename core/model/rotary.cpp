// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/rotary.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace halftone {

namespace {

using Kind = RopeScaling::Kind;
constexpr double kTurn = 2 * std::numbers::pi;

std::vector<double> plainFrequencies(double base, Index width)
{
    std::vector<double> f(static_cast<std::size_t>(width / 2));
    for (std::size_t i = 0; i < f.size(); ++i)
        f[i] = std::pow(base, -2.0 * static_cast<double>(i) / static_cast<double>(width));
    return f;
}

void bandsOfLlama3(std::vector<double>& f, const RopeScaling& s)
{
    const double longest = s.originalContext / s.lowFrequencyFactor;
    const double shortest = s.originalContext / s.highFrequencyFactor;
    for (double& frequency : f) {
        const double wave = kTurn / frequency;
        if (wave > longest) {
            frequency /= s.factor;
        } else if (wave >= shortest) {
            const double smooth = (s.originalContext / wave - s.lowFrequencyFactor) /
                                  (s.highFrequencyFactor - s.lowFrequencyFactor);
            frequency = (1 - smooth) * frequency / s.factor + smooth * frequency;
        }
    }
}

double yarnScale(double factor, double m)
{
    return factor <= 1 ? 1.0 : 0.1 * m * std::log(factor) + 1.0;
}

// The dimension that turns `rotations` times over the original context.
double yarnDimension(double rotations, const ModelConfig& c)
{
    return static_cast<double>(c.rotaryWidth) *
           std::log(c.scaling.originalContext / (rotations * kTurn)) / (2 * std::log(c.ropeBase));
}

double bandsOfYarn(std::vector<double>& f, const ModelConfig& c)
{
    const RopeScaling& s = c.scaling;
    double low = yarnDimension(s.betaFast, c);
    double high = yarnDimension(s.betaSlow, c);
    if (s.truncate) {
        low = std::floor(low);
        high = std::ceil(high);
    }
    low = std::max(low, 0.0);
    high = std::min(high, static_cast<double>(c.rotaryWidth - 1));
    if (low == high)
        high += 0.001;
    for (std::size_t i = 0; i < f.size(); ++i) {
        const double ramp = std::clamp((static_cast<double>(i) - low) / (high - low), 0.0, 1.0);
        f[i] = f[i] / s.factor * ramp + f[i] * (1 - ramp);
    }
    if (s.attentionFactor > 0)
        return s.attentionFactor;
    if (s.mscale > 0 && s.mscaleAllDim > 0)
        return yarnScale(s.factor, s.mscale) / yarnScale(s.factor, s.mscaleAllDim);
    return yarnScale(s.factor, 1);
}

double bandsOfLongRope(std::vector<double>& f, const ModelConfig& c, Index sequenceLength)
{
    const RopeScaling& s = c.scaling;
    const auto& divide = static_cast<double>(sequenceLength) > s.originalContext ? s.longFactor
                                                                                  : s.shortFactor;
    for (std::size_t i = 0; i < f.size() && i < divide.size(); ++i)
        f[i] /= divide[i];
    if (s.attentionFactor > 0)
        return s.attentionFactor;
    return s.factor <= 1 ? 1.0 : std::sqrt(1 + std::log(s.factor) / std::log(s.originalContext));
}

} // namespace

RotaryFrequencies rotaryFrequencies(const ModelConfig& c, Index sequenceLength)
{
    const RopeScaling& s = c.scaling;
    RotaryFrequencies out;
    double base = c.ropeBase;
    if (s.kind == Kind::Dynamic) {
        const double trained = static_cast<double>(c.context);
        const double length = std::max(static_cast<double>(sequenceLength), trained);
        const double width = static_cast<double>(c.rotaryWidth);
        base *= std::pow(s.factor * length / trained - (s.factor - 1), width / (width - 2));
    }
    out.perPosition = plainFrequencies(base, c.rotaryWidth);
    if (s.kind == Kind::Linear)
        for (double& f : out.perPosition)
            f /= s.factor;
    else if (s.kind == Kind::Llama3)
        bandsOfLlama3(out.perPosition, s);
    else if (s.kind == Kind::Yarn)
        out.attention = bandsOfYarn(out.perPosition, c);
    else if (s.kind == Kind::LongRope)
        out.attention = bandsOfLongRope(out.perPosition, c, sequenceLength);
    for (std::size_t i = 0; i < out.perPosition.size() && i < s.frequencyFactor.size(); ++i)
        out.perPosition[i] /= s.frequencyFactor[i];
    return out;
}

RotaryAngles rotaryAngles(const ModelConfig& config, Index begin, Index count, Index sequenceLength)
{
    const RotaryFrequencies f = rotaryFrequencies(config, sequenceLength);
    RotaryAngles angles;
    angles.cosine.resize(count, config.rotaryWidth / 2);
    angles.sine.resize(count, config.rotaryWidth / 2);
    for (Index p = 0; p < count; ++p)
        for (Index i = 0; i < config.rotaryWidth / 2; ++i) {
            // As the models were trained: the angle is a float product of float factors.
            const float frequency = static_cast<float>(f.perPosition[static_cast<std::size_t>(i)]);
            const float angle = static_cast<float>(begin + p) * frequency;
            angles.cosine(p, i) = static_cast<float>(std::cos(double{angle}) * f.attention);
            angles.sine(p, i) = static_cast<float>(std::sin(double{angle}) * f.attention);
        }
    return angles;
}

} // namespace halftone
