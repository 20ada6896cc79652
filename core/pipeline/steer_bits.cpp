// SPDX-License-Identifier: GPL-3.0-or-later
#include "pipeline/steer_bits.h"

#include "pipeline/bits_knob.h"

#include <cmath>
#include <vector>

namespace halftone {

namespace {

constexpr double kMostShift = 8; // bits
constexpr double kTrusted = 0.25;  // a plan so near to the budget may know what scales and tables take
constexpr double kMargin = 0.01;   // of a block's bits: what the last block may miss by
// How much less a coded layer tells about another that is so many bits or blocks away, or of another kind.
constexpr double kBitsApart = 0.2, kBlocksApart = 4, kOtherKind = 0.25;

struct Layer
{
    QString name, linear;
    Index block;
    double weights;
    nlohmann::json settings;
};

// What layers took on disk beyond what was expected of them.
class Misses
{
public:
    Misses(const BitsKnob& knob, std::span<const LayerReport> done) : m_done(done)
    {
        for (const LayerReport& layer : done)
            m_expected.push_back(knob.expectedBits(layer.settings));
    }

    /// What a layer of `expected` bits will take: the mean of what those most like it did.
    double of(const Layer& layer, double expected) const
    {
        double sum = 0, share = 1e-300;
        for (std::size_t i = 0; i < m_done.size(); ++i) {
            const double apart = std::abs(expected - m_expected[i]) / kBitsApart +
                                 static_cast<double>(layer.block - m_done[i].block) / kBlocksApart;
            const double w = std::exp(-apart) * (layer.linear == m_done[i].linear ? 1 : kOtherKind);
            sum += w * (m_done[i].diskBits - m_expected[i]);
            share += w;
        }
        return sum / share;
    }

private:
    std::span<const LayerReport> m_done;
    std::vector<double> m_expected;
};

} // namespace

Recipe steered(const Recipe& recipe, const ModelConfig& config, Index block, std::span<const LayerReport> done)
{
    const BitsKnob* knob = bitsKnobOf(recipe.method);
    if (!(recipe.steerBits > 0) || !knob)
        return recipe;
    std::vector<Layer> left;
    double all = 0, spent = 0;
    for (Index b = 0; b < config.blocks; ++b)
        for (Linear linear : kLinears) {
            const auto shape = config.shape(linear);
            const double n = static_cast<double>(shape[0]) * static_cast<double>(shape[1]);
            const QString name = config.names.weight(linear, b);
            all += n;
            if (b >= block)
                left.push_back({name, shortName(linear), b, n, recipe.settingsFor(name)});
        }
    for (const LayerReport& layer : done)
        spent += layer.diskBits * static_cast<double>(layer.rows) * static_cast<double>(layer.columns);
    const double aim = recipe.steerBits * (1 - kMargin / static_cast<double>(config.blocks)) * all - spent;
    const Misses misses(*knob, done);
    double low = -kMostShift, high = kMostShift;
    for (int i = 0; i < 40; ++i) {
        const double shift = (low + high) / 2;
        double sum = 0;
        for (const Layer& layer : left) {
            const double bits = knob->within(knob->expectedBits(layer.settings) + shift, layer.settings);
            sum += layer.weights * (bits + misses.of(layer, bits));
        }
        (sum > aim ? high : low) = shift;
    }
    if (done.empty() && std::abs(low) < kTrusted)
        return recipe;
    Recipe out = recipe;
    for (const Layer& layer : left)
        if (layer.block == block) {
            const double bits = knob->expectedBits(layer.settings) + low;
            const double value = roundedKnob(knob->valueFor(bits, layer.settings));
            out.overrides.push_back({layer.name, {{knob->parameter, value}}});
        }
    return out;
}

} // namespace halftone
