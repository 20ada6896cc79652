// SPDX-License-Identifier: GPL-3.0-or-later
#include "quantize/pb_plus.h"

#include "base/error.h"
#include "base/parallel.h"
#include "quantize/common_parameters.h"
#include "quantize/fit_grid.h"
#include "quantize/salience.h"

#include <cmath>

namespace halftone {

namespace {

constexpr std::uint8_t kBinary = 0;
constexpr std::uint8_t kSalient = 1;
constexpr int kRounds = 3;        // of choosing and fitting; the choice hardly moves after that
constexpr Index kShareColumns = 128;

// ((|w - mean| - alpha)^2 - (its error on the salient grid)^2) / U_jj^2: what keeping a weight saves, once later
// columns have made up for the rest. Before there is a salient grid, as if that had no error.
Matrix salientGain(const Matrix& weights, const Grid& binary, const Grid* salient, const HessianFactor* factor)
{
    Matrix gain(weights.rows(), weights.cols());
    parallelFor(weights.rows(), [&](std::int64_t r) {
        const double alpha = 0.5 * binary.scale(r, 0);
        const double mean = binary.offset(r, 0) + alpha;
        for (Index j = 0; j < weights.cols(); ++j) {
            const double w = weights(r, j);
            const double away = std::abs(w - mean) - alpha;
            const double kept = salient ? codeValue(*salient, r, j, nearestCode(*salient, r, j, w)) - w : 0;
            const double u = factor ? factor->diagonal[j] : 1;
            gain(r, j) = static_cast<float>(std::max(0.0, away * away - kept * kept) / (u * u));
        }
    });
    return gain;
}

} // namespace

QString PbPlus::id() const
{
    return QStringLiteral("pb-plus");
}

QString PbPlus::title() const
{
    return tr("Partial binarization, chosen by binarization error");
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
            "larger."),
         true},
        {QStringLiteral("salient_bits"), tr("Salient bits"), tr("bits"), Kind::Integer, 2, 8, 1, 4, {},
         tr("Bits of each salient weight."), true},
        {QStringLiteral("spread"), tr("Spread"), {}, Kind::Real, 1, 100, 1, 4, {},
         tr("How far the salient share of 128 columns may be from that of the matrix, as a factor: 1 "
            "gives all the same, 100 leaves it free.")},
    };
    for (auto&& more : {walkParameters(), {parameterBitsParameter()}})
        all.insert(all.end(), more.begin(), more.end());
    return all;
}

WalkPlan PbPlus::plan(const Settings& settings) const
{
    return readWalkPlan(settings);
}

Coding PbPlus::code(const CodingProblem& problem, const Settings& settings) const
{
    const Matrix& target = problem.target;
    const int parameterBits = settings.at("parameter_bits").get<int>();
    const double ratio = settings.at("salient_ratio").get<double>();
    Coding coding;
    coding.rows = target.rows();
    coding.columns = target.cols();
    Grid binary = fitBinary(target, {coding.classes, kBinary}, BinaryFit::Masked, 0, parameterBits);
    const auto fitSalient = [&] {
        return fitUniform(target, {coding.classes, kSalient}, settings.at("salient_bits").get<int>(), 0, parameterBits);
    };
    Grid salient;
    for (int round = 0; round < kRounds; ++round) {
        coding.classes = selectSalientBounded(
            salientGain(target, binary, round > 0 ? &salient : nullptr, problem.factor), ratio, kShareColumns,
            settings.at("spread").get<double>());
        binary = fitBinary(target, {coding.classes, kBinary}, BinaryFit::Masked, 0, parameterBits);
        salient = fitSalient();
    }
    const bool anySalient = coding.classes.maxCoeff() == kSalient;
    const bool anyBinary = coding.classes.minCoeff() == kBinary;
    if (anyBinary) {
        coding.grids.push_back(std::move(binary));
        coding.grids.back().role = QStringLiteral("binary");
    }
    if (anySalient) {
        coding.grids.push_back(std::move(salient));
        coding.grids.back().role = QStringLiteral("salient");
    }
    if (!anySalient || !anyBinary)
        coding.classes.resize(0, 0);
    return coding;
}

} // namespace halftone
