// SPDX-License-Identifier: GPL-3.0-or-later
#include "quantize/pb_plus.h"

#include "base/error.h"
#include "base/half.h"
#include "quantize/common_parameters.h"
#include "quantize/row_units.h"

#include <algorithm>
#include <cmath>

namespace halftone {

namespace {

constexpr std::uint8_t kBinary = 0;
constexpr std::uint8_t kSalient = 1;
constexpr Index kSampled = Index{1} << 20; // weights that stand for all
constexpr int kMostEachSide = 127;

double largestSize(const Matrix& target, const VectorD& units)
{
    double largest = 0;
    for (Index r = 0; r < target.rows(); ++r)
        if (units[r] > 0)
            largest = std::max(largest, target.row(r).cwiseAbs().maxCoeff() / units[r]);
    return largest;
}

// Sizes of some weights in their row's unit, ascending.
std::vector<double> sizes(const Matrix& target, const VectorD& units)
{
    const Index step = std::max<Index>(1, target.size() / kSampled);
    std::vector<double> out;
    for (Index r = 0; r < target.rows(); r += step)
        if (units[r] > 0)
            for (Index j = 0; j < target.cols(); ++j)
                out.push_back(std::abs(static_cast<double>(target(r, j))) / units[r]);
    std::sort(out.begin(), out.end());
    return out;
}

// What the two binary levels are away from zero, and the salient ones from each other.
struct Distances
{
    double binary = 1;
    double step = 1;
    bool anyBinary = true, anySalient = true;

    Distances(const std::vector<double>& sizes, double ratio, double largest, int most)
    {
        const auto all = static_cast<double>(sizes.size());
        const auto binaries = static_cast<std::size_t>(std::llround(all * (1 - ratio)));
        anyBinary = ratio < 1;
        anySalient = ratio > 0;
        if (!anyBinary) {
            binary = 0;
            step = largest > 0 ? 1.1 * largest / most : 1;
            return;
        }
        double sum = 0;
        for (std::size_t i = 0; i < binaries; ++i)
            sum += sizes[i];
        const double mean = binaries > 0 ? sum / static_cast<double>(binaries) : 0;
        binary = mean > 0 ? mean : 1e-3;
        const double last = binaries > 0 ? sizes[binaries - 1] : 0;
        // Halfway to the first salient level lies the last binary weight.
        step = std::max(2 * (last - binary), 0.5 * binary);
    }

    // In units of the binary level, or of the step where there is none.
    std::vector<float> table(int eachSide) const
    {
        std::vector<float> positive;
        if (anyBinary)
            positive.push_back(1);
        for (int i = 0; anySalient && i < eachSide; ++i)
            positive.push_back(static_cast<float>(anyBinary ? 1 + step / binary * (i + 1) : i + 0.5));
        std::vector<float> out;
        for (auto v = positive.rbegin(); v != positive.rend(); ++v)
            out.push_back(-*v);
        out.insert(out.end(), positive.begin(), positive.end());
        return out;
    }

    double unit() const { return anyBinary ? binary : step; }
    // As many salient levels as the largest weight needs, and some more: errors of others come on top.
    int eachSide(double largest, int most) const
    {
        return static_cast<int>(std::clamp(std::ceil((1.1 * largest - binary) / step), 1.0, static_cast<double>(most)));
    }
};

} // namespace

QString PbPlus::id() const
{
    return QStringLiteral("pb-plus");
}

QString PbPlus::title() const
{
    return tr("Partial binarization in units of rows and columns");
}

QString PbPlus::paper() const
{
    return QStringLiteral("after Shang et al. 2023: PB-LLM, arXiv 2310.00034; scales and codes refined as "
                          "Kim et al. 2025: GuidedQuant, arXiv 2505.07004");
}

std::vector<Parameter> PbPlus::parameters() const
{
    using Kind = Parameter::Kind;
    std::vector<Parameter> all{
        {QStringLiteral("salient_ratio"), tr("Salient weights"), tr("share"), Kind::Real, 0, 1, 0.01,
         0.1, {},
         tr("Share of the weights that keeps many bits; all others become binary. More is better and "
            "larger. Compensation and refinement may change it a little."),
         true},
        {QStringLiteral("salient_bits"), tr("Salient bits"), tr("bits"), Kind::Integer, 2, 8, 1, 6, {},
         tr("Bits of each salient weight, at most: fewer where the largest weight needs no more levels."), true},
        rowPowerParameter(0.5),
        columnPowerParameter(0.5),
    };
    for (auto&& more : {walkParameters(), {parameterBitsParameter()}})
        all.insert(all.end(), more.begin(), more.end());
    return all;
}

WalkPlan PbPlus::plan(const Settings& settings) const
{
    WalkPlan plan = readWalkPlan(settings);
    plan.columnPower = settings.at("column_power").get<double>();
    return plan;
}

Coding PbPlus::code(const CodingProblem& problem, const Settings& settings) const
{
    const Matrix& target = problem.target;
    const int most = std::min(1 << (settings.at("salient_bits").get<int>() - 1), kMostEachSide);
    const VectorD units = rowUnits(target, settings.at("row_power").get<double>());
    const double largest = largestSize(target, units);
    const Distances distances(sizes(target, units), settings.at("salient_ratio").get<double>(), largest, most);
    Grid grid;
    grid.table = distances.table(distances.eachSide(largest, most));
    grid.count = static_cast<int>(grid.table.size());
    grid.parameterBits = settings.at("parameter_bits").get<int>();
    grid.role = distances.anyBinary && !distances.anySalient ? QStringLiteral("binary") : QStringLiteral("salient");
    grid.scale.resize(target.rows(), 1);
    for (Index r = 0; r < target.rows(); ++r) {
        const auto scale = static_cast<float>(distances.unit() * units[r]);
        grid.scale(r, 0) = grid.parameterBits == 16 ? roundToHalf(scale) : scale;
    }
    Coding coding;
    coding.rows = target.rows();
    coding.columns = target.cols();
    coding.grids.push_back(std::move(grid));
    return coding;
}

void PbPlus::sortClasses(Coding& coding, CodeMatrix& codes) const
{
    const Grid all = coding.grids.front();
    const auto middle = static_cast<std::size_t>(all.count / 2);
    if (all.role == QLatin1String("binary") || all.table[middle] != 1)
        return; // one class, as it was asked for
    coding.classes.resize(coding.rows, coding.columns);
    for (Index r = 0; r < coding.rows; ++r)
        for (Index j = 0; j < coding.columns; ++j) {
            const std::size_t code = codes(r, j);
            const bool binary = all.scale(r, 0) == 0 || code == middle || code + 1 == middle;
            coding.classes(r, j) = binary ? kBinary : kSalient;
            codes(r, j) = static_cast<std::uint8_t>(binary ? code >= middle : code < middle ? code : code - 2);
        }
    const bool anySalient = coding.classes.maxCoeff() == kSalient;
    const bool anyBinary = coding.classes.minCoeff() == kBinary;
    coding.grids.clear();
    if (anyBinary) {
        Grid& binary = coding.grids.emplace_back(all);
        binary.role = QStringLiteral("binary");
        binary.count = 2;
        binary.table = {-1, 1};
    }
    if (anySalient) {
        Grid& salient = coding.grids.emplace_back(all);
        const auto inner = salient.table.begin() + static_cast<std::ptrdiff_t>(middle) - 1;
        salient.table.erase(inner, inner + 2);
        salient.count = all.count - 2;
    }
    if (!anySalient || !anyBinary)
        coding.classes.resize(0, 0);
}

} // namespace halftone
