// SPDX-License-Identifier: GPL-3.0-or-later
#include "quantize/gaussian_levels.h"

#include "base/error.h"
#include "base/half.h"
#include "base/parallel.h"
#include "quantize/common_parameters.h"
#include "quantize/row_units.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <numeric>

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

constexpr int kMostHalf = 127;
constexpr Index kSampleRows = 96;  // whose entropy stands for that of all
constexpr std::size_t kKinds = 4;  // of columns, as the entropy coder tells apart

std::vector<float> uniformLevels(int half)
{
    std::vector<float> levels;
    for (int i = -half; i <= half; ++i)
        levels.push_back(static_cast<float>(i));
    return levels;
}

// What uniform levels of a matrix have to be: how far apart for an entropy, and how many.
class Spacing
{
public:
    Spacing(const Matrix& target, const VectorD& units)
    {
        for (Index r = 0; r < target.rows(); ++r)
            if (units[r] > 0)
                m_most = std::max(m_most, target.row(r).cwiseAbs().maxCoeff() / units[r]);
        const Index step = std::max<Index>(1, target.rows() / kSampleRows);
        m_sample.resize((target.rows() + step - 1) / step, target.cols());
        Index sampled = 0;
        for (Index r = 0; r < target.rows(); r += step)
            if (units[r] > 0)
                m_sample.row(sampled++) = target.row(r) / static_cast<float>(units[r]);
        m_sample.conservativeResize(sampled, Eigen::NoChange);
        sortColumns();
    }

    /// The step whose codes have the wished entropy; that of Gaussian numbers when all are zero.
    double stepFor(double bits) const
    {
        if (m_sample.size() == 0)
            return stepForEntropy(bits);
        double low = 0.005, high = 20;
        for (int i = 0; i < 30; ++i) {
            const double middle = std::sqrt(low * high);
            (entropy(middle) > bits ? low : high) = middle;
        }
        return std::sqrt(low * high);
    }

    /// Levels on each side of zero, some more than the weights need: errors of others come on top.
    int half(double step) const
    {
        return static_cast<int>(std::clamp(std::ceil(1.1 * m_most / step), 1.0, static_cast<double>(kMostHalf)));
    }

private:
    // Columns of like spread are coded with frequencies of their own.
    void sortColumns()
    {
        std::vector<Index> order(static_cast<std::size_t>(m_sample.cols()));
        std::iota(order.begin(), order.end(), Index{0});
        const Eigen::RowVectorXf energy = m_sample.colwise().squaredNorm();
        std::stable_sort(order.begin(), order.end(), [&](Index a, Index b) { return energy[a] < energy[b]; });
        parallelFor(kKinds, [&](std::int64_t kind) {
            std::vector<float>& list = m_sorted[static_cast<std::size_t>(kind)];
            for (std::size_t i = 0; i < order.size(); ++i)
                if (i * kKinds / order.size() == static_cast<std::size_t>(kind))
                    for (Index r = 0; r < m_sample.rows(); ++r)
                        list.push_back(m_sample(r, order[i]));
            std::sort(list.begin(), list.end());
        });
    }

    // Of the levels that the sample rounds to: how many of each kind's sorted numbers lie between two halves.
    double entropy(double step) const
    {
        double bits = 0;
        std::size_t size = 0;
        for (const std::vector<float>& list : m_sorted) {
            const auto all = static_cast<double>(list.size());
            size += list.size();
            auto from = list.begin();
            const auto count = [&](std::vector<float>::const_iterator to) {
                const auto n = static_cast<double>(to - from);
                bits += n > 0 ? n * std::log2(all / n) : 0;
                from = to;
            };
            for (int level = -kMostHalf; level < kMostHalf; ++level)
                count(std::lower_bound(from, list.end(), static_cast<float>((level + 0.5) * step)));
            count(list.end());
        }
        return bits / static_cast<double>(size);
    }

    std::array<std::vector<float>, kKinds> m_sorted;
    Matrix m_sample;
    double m_most = 0;
};

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
    all.push_back(rowPowerParameter(0));
    all.push_back(columnPowerParameter(0));
    for (auto&& more : {walkParameters(), {parameterBitsParameter()}})
        all.insert(all.end(), more.begin(), more.end());
    return all;
}

WalkPlan GaussianLevels::plan(const Settings& settings) const
{
    WalkPlan plan = readWalkPlan(settings);
    plan.columnPower = settings.at("column_power").get<double>();
    return plan;
}

Coding GaussianLevels::code(const CodingProblem& problem, const Settings& settings) const
{
    const Matrix& target = problem.target;
    const bool uniform = choice(settings, "spacing") == QLatin1String("uniform");
    const double bits = settings.at("target_bits").get<double>();
    Grid grid;
    const VectorD units = rowUnits(target, uniform ? settings.at("row_power").get<double>() : 0);
    double unit = 1;
    if (uniform) {
        const Spacing spacing(target, units);
        unit = spacing.stepFor(bits);
        grid.table = uniformLevels(spacing.half(unit));
    } else {
        grid.table = lloydLevels(settings.at("levels").get<int>());
    }
    grid.count = static_cast<int>(grid.table.size());
    grid.parameterBits = settings.at("parameter_bits").get<int>();
    grid.role = QStringLiteral("all");
    grid.scale.resize(target.rows(), 1);
    for (Index r = 0; r < target.rows(); ++r) {
        const auto scale = static_cast<float>(unit * units[r]);
        grid.scale(r, 0) = grid.parameterBits == 16 ? roundToHalf(scale) : scale;
    }
    Coding coding;
    coding.rows = target.rows();
    coding.columns = target.cols();
    coding.grids.push_back(std::move(grid));
    return coding;
}

} // namespace halftone
