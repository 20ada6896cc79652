// SPDX-License-Identifier: GPL-3.0-or-later
#include "quantize/gaussian_levels.h"

#include "base/error.h"
#include "base/half.h"
#include "quantize/common_parameters.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace halftone {

namespace {

double below(double x)
{
    return 0.5 * std::erfc(-x / std::numbers::sqrt2);
}

double density(double x)
{
    return std::exp(-0.5 * x * x) / std::sqrt(2 * std::numbers::pi);
}

constexpr double kReach = 4.5; // standard deviations that uniform levels cover

std::vector<float> uniformLevels(double bits)
{
    const double step = stepForEntropy(bits);
    const int half = std::clamp(static_cast<int>(std::ceil(kReach / step)), 1, 127);
    std::vector<float> levels;
    for (int i = -half; i <= half; ++i)
        levels.push_back(static_cast<float>(i));
    return levels;
}

} // namespace

std::vector<float> lloydLevels(int count)
{
    std::vector<double> levels(static_cast<std::size_t>(count));
    for (int i = 0; i < count; ++i)
        levels[static_cast<std::size_t>(i)] = 4.0 * (i + 0.5) / count - 2.0;
    for (int round = 0; round < 2000; ++round) {
        std::vector<double> next(levels.size());
        for (std::size_t i = 0; i < levels.size(); ++i) {
            const double from = i > 0 ? (levels[i - 1] + levels[i]) / 2 : -40.0;
            const double to = i + 1 < levels.size() ? (levels[i] + levels[i + 1]) / 2 : 40.0;
            const double share = below(to) - below(from);
            next[i] = share > 0 ? (density(from) - density(to)) / share : levels[i];
        }
        levels = next;
    }
    return {levels.begin(), levels.end()};
}

double roundedEntropy(double step)
{
    double bits = 0;
    for (int i = 0; i <= static_cast<int>(9 / step) + 1; ++i) {
        const double p = below((i + 0.5) * step) - below((i - 0.5) * step);
        if (p > 0)
            bits -= (i > 0 ? 2 : 1) * p * std::log2(p);
    }
    return bits;
}

double stepForEntropy(double bits)
{
    double low = 0.005, high = 20;
    for (int i = 0; i < 60; ++i) {
        const double middle = std::sqrt(low * high);
        (roundedEntropy(middle) > bits ? low : high) = middle;
    }
    return std::sqrt(low * high);
}

QString GaussianLevels::id() const
{
    return QStringLiteral("gaussian");
}

QString GaussianLevels::title() const
{
    return tr("Levels for Gaussian weights");
}

QString GaussianLevels::paper() const
{
    return QStringLiteral("Lloyd 1982: Least Squares Quantization in PCM; Tseng et al. 2024: QuIP#, "
                          "arXiv 2402.04396 (rotation); Lifar et al. 2026: WaterSIC (entropy coding)");
}

std::vector<Parameter> GaussianLevels::parameters() const
{
    using Kind = Parameter::Kind;
    std::vector<Parameter> all{
        {QStringLiteral("spacing"), tr("Spacing"), {}, Kind::Choice, 0, 0, 0, "uniform",
         {QStringLiteral("uniform"), QStringLiteral("lloyd")},
         tr("Uniform levels, as many as an entropy coder needs for the wished bits, or a few fixed "
            "levels of least error, which need no entropy coder."),
         true},
        {QStringLiteral("target_bits"), tr("Bits"), tr("bits"), Kind::Real, 0.3, 7, 0.05, 2.0, {},
         tr("Entropy of the codes of uniform levels; any number. Scales and tables come on top."),
         true},
        {QStringLiteral("levels"), tr("Levels"), {}, Kind::Integer, 2, 16, 1, 4, {},
         tr("How many fixed levels, for Lloyd spacing."), true},
    };
    for (auto&& more : {walkParameters(), {parameterBitsParameter()}})
        all.insert(all.end(), more.begin(), more.end());
    return all;
}

WalkPlan GaussianLevels::plan(const Settings& settings) const
{
    return readWalkPlan(settings);
}

Coding GaussianLevels::code(const CodingProblem& problem, const Settings& settings) const
{
    const Matrix& target = problem.target;
    const bool uniform = choice(settings, "spacing") == QLatin1String("uniform");
    const double bits = settings.at("target_bits").get<double>();
    Grid grid;
    grid.table = uniform ? uniformLevels(bits) : lloydLevels(settings.at("levels").get<int>());
    grid.count = static_cast<int>(grid.table.size());
    grid.parameterBits = settings.at("parameter_bits").get<int>();
    grid.role = QStringLiteral("all");
    grid.scale.resize(target.rows(), 1);
    const double unit = uniform ? stepForEntropy(bits) : 1;
    for (Index r = 0; r < target.rows(); ++r) {
        const double size = std::sqrt(target.row(r).cast<double>().squaredNorm() /
                                      static_cast<double>(target.cols()));
        const auto scale = static_cast<float>(unit * size);
        grid.scale(r, 0) = grid.parameterBits == 16 ? roundToHalf(scale) : scale;
    }
    Coding coding;
    coding.rows = target.rows();
    coding.columns = target.cols();
    coding.grids.push_back(std::move(grid));
    return coding;
}

} // namespace halftone
