// SPDX-License-Identifier: GPL-3.0-or-later
#include "pipeline/allocate_bits.h"

#include "base/error.h"
#include "compute/cancel_watch.h"
#include "pipeline/bits_knob.h"
#include "pipeline/estimate.h"
#include "pipeline/model_texts.h"
#include "quantize/quantizers.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace halftone {

namespace {

constexpr Index kWindows = 4;
constexpr Index kTokens = 512;
constexpr Index kSampleRows = 192;
constexpr int kPoints = 9;   // of the curve from parameter to bits

// Bits on disk of one kind of layer at rising values of the parameter.
struct Curve
{
    std::array<double, kPoints> parameter{}, bits{};

    double parameterFor(double wanted) const
    {
        for (std::size_t i = 1; i < parameter.size(); ++i)
            if (wanted <= bits[i] || i + 1 == parameter.size()) {
                const double step = bits[i] - bits[i - 1];
                const double part = step > 0 ? (wanted - bits[i - 1]) / step : 0;
                return parameter[i - 1] + std::clamp(part, 0.0, 1.0) * (parameter[i] - parameter[i - 1]);
            }
        return parameter.back();
    }
};

Sensitivity feel(const Recipe& recipe, const Checkpoint& source, Transformer& model, Progress& progress)
{
    const RunTexts texts = textsFor(recipe, *Tokenizer::forCheckpoint(source), model.config());
    return measureSensitivity(model, texts.calibration, kWindows, kTokens, progress);
}

class Allocation
{
public:
    Allocation(const Recipe& recipe, const BitsKnob& knob, ComputeBackend& backend, Progress& progress)
        : m_recipe(recipe), m_knob(knob), m_backend(backend), m_progress(progress),
          m_source(Checkpoint::open(recipe.model)), m_model(m_source, backend)
    {
    }

    Recipe run(double budget, double reach)
    {
        const Sensitivity felt = feel(m_recipe, *m_source, m_model, m_progress);
        std::array<Curve, kLinears.size()> curves;
        for (Linear linear : kLinears)
            curves[static_cast<std::size_t>(linear)] = curveOf(linear);
        checkReach(budget, curves);
        std::vector<double> sensitivity, weights;
        for (Index b = 0; b < m_model.config().blocks; ++b)
            for (Linear linear : kLinears) {
                const auto shape = m_model.config().shape(linear);
                sensitivity.push_back(felt.of(b, linear));
                weights.push_back(static_cast<double>(shape[0]) * static_cast<double>(shape[1]));
            }
        const std::vector<double> bits = spreadBits(sensitivity, weights, budget, reach);
        Recipe out = m_recipe;
        out.steerBits = budget;
        std::size_t layer = 0;
        for (Index b = 0; b < m_model.config().blocks; ++b)
            for (Linear linear : kLinears) {
                const double value = curves[static_cast<std::size_t>(linear)].parameterFor(bits[layer++]);
                out.overrides.push_back({m_model.config().names.weight(linear, b),
                                         {{m_knob.parameter, roundedKnob(value)}}});
            }
        return out;
    }

private:
    Curve curveOf(Linear linear)
    {
        m_progress.check();
        const Index b = m_model.config().blocks / 2;
        const QString name = m_model.config().names.weight(linear, b);
        const TensorView& t = m_source->require(name);
        Matrix sample(std::min(kSampleRows, t.rows()), t.columns());
        m_source->readRows(t, 0, sample.rows(),
                           {sample.data(), static_cast<std::size_t>(sample.size())});
        Curve curve;
        for (int i = 0; i < kPoints; ++i) {
            const auto at = static_cast<std::size_t>(i);
            const double part = static_cast<double>(i) / (kPoints - 1);
            curve.parameter[at] = m_knob.least + part * (m_knob.most - m_knob.least);
            curve.bits[at] = sampledBits(name, sample, curve.parameter[at]);
            if (i > 0)
                curve.bits[at] = std::max(curve.bits[at], curve.bits[at - 1]);
        }
        return curve;
    }

    double sampledBits(const QString& name, const Matrix& sample, double parameter)
    {
        const Quantizer& method = quantizer(m_recipe.method);
        Settings settings = m_recipe.settingsFor(name);
        settings[m_knob.parameter] = parameter;
        settings["compensation"] = false;
        if (settings.contains("saliency"))
            settings["saliency"] = "magnitude";
        const QuantizedMatrix coded =
            quantizeMatrix(method, settings, {name, sample, nullptr, nullptr, m_recipe.treatmentFor(0)},
                           m_backend, m_progress);
        return PackedMatrix::pack(name, coded.coding, coded.codes).bits().diskPerWeight();
    }

    void checkReach(double budget, const std::array<Curve, kLinears.size()>& curves) const
    {
        double least = 0, most = 0, weights = 0;
        for (Linear linear : kLinears) {
            const auto shape = m_model.config().shape(linear);
            const double n = static_cast<double>(shape[0]) * static_cast<double>(shape[1]);
            least += n * curves[static_cast<std::size_t>(linear)].bits.front();
            most += n * curves[static_cast<std::size_t>(linear)].bits.back();
            weights += n;
        }
        if (budget < least / weights || budget > most / weights)
            throw Error(tr("Method '%1' can spend %2 to %3 bits for each weight of this model, but the "
                           "budget is %4.")
                            .arg(m_recipe.method).arg(least / weights, 0, 'f', 2)
                            .arg(most / weights, 0, 'f', 2).arg(budget));
    }

    const Recipe& m_recipe;
    const BitsKnob& m_knob;
    ComputeBackend& m_backend;
    Progress& m_progress;
    std::shared_ptr<const Checkpoint> m_source;
    Transformer m_model;
};

} // namespace

QString bitsParameter(const QString& method)
{
    const BitsKnob* knob = bitsKnobOf(method);
    return knob ? QString::fromLatin1(knob->parameter) : QString();
}

std::vector<double> spreadBits(const std::vector<double>& sensitivity, const std::vector<double>& weights,
                               double bits, double reach)
{
    std::vector<double> wish(sensitivity.size(), 0);
    for (std::size_t l = 0; l < wish.size(); ++l)
        wish[l] = sensitivity[l] > 0 ? 0.5 * std::log2(sensitivity[l] / weights[l]) : -1e3;
    const auto at = [&](double level, std::size_t l) {
        return bits + std::clamp(wish[l] + level, -reach, reach);
    };
    double low = -1e4, high = 1e4;
    for (int i = 0; i < 100; ++i) {
        const double level = (low + high) / 2;
        double sum = 0;
        for (std::size_t l = 0; l < wish.size(); ++l)
            sum += weights[l] * (at(level, l) - bits);
        (sum > 0 ? high : low) = level;
    }
    std::vector<double> out(wish.size());
    for (std::size_t l = 0; l < out.size(); ++l)
        out[l] = at(low, l);
    return out;
}

Sensitivity sensitivityOf(const Recipe& recipe, ComputeBackend& backend, Progress& progress)
{
    const auto source = Checkpoint::open(recipe.model);
    Transformer model(source, backend);
    return feel(recipe, *source, model, progress);
}

Recipe withBudget(const Recipe& recipe, double budget, ComputeBackend& backend, Progress& progress, double reach)
{
    const BitsKnob* knob = bitsKnobOf(recipe.method);
    if (!knob)
        throw Error(tr("Method '%1' has no parameter by which a budget of bits could be spent layer by "
                       "layer.").arg(recipe.method));
    const CancelWatch watch(backend, progress);
    return Allocation(recipe, *knob, backend, progress).run(budget, reach);
}

double bitsForMegabytes(const Recipe& recipe, double megabytes, ComputeBackend& backend, Progress& progress)
{
    const Estimate estimate = estimateRun(recipe, backend, progress);
    const auto weights = static_cast<double>(
        Transformer(Checkpoint::open(recipe.model), backend).config().linearWeights());
    const double other = 8.0 * static_cast<double>(estimate.packedBytes) - estimate.diskBits * weights;
    const double bits = (8e6 * megabytes - other) / weights;
    if (!(bits > 0))
        throw Error(tr("%1 MB are not enough: embedding and other tensors alone take %2 MB.")
                        .arg(megabytes).arg(other / 8e6, 0, 'f', 1));
    return bits;
}

} // namespace halftone
