// SPDX-License-Identifier: GPL-3.0-or-later
#include "quantize/smooth_quant.h"

#include "base/error.h"
#include "base/parallel.h"
#include "quantize/common_parameters.h"

#include <algorithm>
#include <cmath>

namespace halftone {

namespace {

constexpr Index kAllColumns = Index{1} << 30;
constexpr double kLeast = 1e-5; // as the published code, of scales

} // namespace

QString SmoothQuant::id() const
{
    return QStringLiteral("smoothquant");
}

QString SmoothQuant::title() const
{
    return tr("SmoothQuant");
}

QString SmoothQuant::paper() const
{
    return QStringLiteral("Xiao et al. 2022: SmoothQuant: Accurate and Efficient "
                          "Post-Training Quantization for Large Language Models, arXiv "
                          "2211.10438");
}

std::vector<Parameter> SmoothQuant::parameters() const
{
    using Kind = Parameter::Kind;
    return {
        {QStringLiteral("bits"), tr("Bits"), tr("bits"), Kind::Integer, 2, 8, 1, 8, {},
         tr("Bits of each weight. Activations are rounded where the result runs packed: evaluate and generate with "
            "--weights packed --activations int8-token give W8A8."),
         true},
        {QStringLiteral("migration"), tr("Migration strength"), {}, Kind::Real, 0, 1, 0.05, 0.5, {},
         tr("How much of the differences between input channels moves into the weights."), true},
        parameterBitsParameter(),
    };
}

WalkPlan SmoothQuant::plan(const Settings&) const
{
    WalkPlan plan;
    plan.hessian = true;
    plan.blockColumns = kAllColumns;
    return plan;
}

Coding SmoothQuant::code(const CodingProblem& problem, const Settings& settings) const
{
    const double strength = settings.at("migration").get<double>();
    const int top = (1 << (settings.at("bits").get<int>() - 1)) - 1;
    const Matrix& w = problem.target;
    Coding coding;
    coding.rows = w.rows();
    coding.columns = w.cols();
    Grid grid = emptyGrid(w.rows(), w.cols(), 2 * top + 1, 0, settings.at("parameter_bits").get<int>());
    grid.role = QStringLiteral("all");
    const VectorD energy = inputEnergy(problem);
    const double mean = energy.mean() > 0 ? energy.mean() : 1;
    grid.columnScale.resize(1, w.cols());
    for (Index j = 0; j < w.cols(); ++j) {
        const double activation = std::sqrt(energy[j] / mean); // any common factor cancels
        const double weight = std::max<double>(w.col(j).cwiseAbs().maxCoeff(), kLeast);
        const double scale =
            std::max(std::pow(activation, strength) / std::pow(weight, 1 - strength), kLeast);
        grid.columnScale(0, j) = storedParameter(1 / scale, grid.parameterBits);
        if (!(grid.columnScale(0, j) > 0) || !std::isfinite(grid.columnScale(0, j)))
            grid.columnScale(0, j) = 1;
    }
    for (Index r = 0; r < w.rows(); ++r) {
        const double most =
            (w.row(r).array() / grid.columnScale.row(0).array()).abs().maxCoeff();
        grid.scale(r, 0) = storedParameter(std::max(most, kLeast) / top, grid.parameterBits);
    }
    grid.offset.resize(0, 0);
    for (int level = -top; level <= top; ++level)
        grid.table.push_back(static_cast<float>(level));
    coding.grids.push_back(std::move(grid));
    return coding;
}

void SmoothQuant::codeBlock(Coding& coding, CodeMatrix& codes, const BlockProblem& block,
                            const Settings&) const
{
    const Grid& grid = coding.grids.front();
    const double top = grid.count / 2;
    parallelFor(coding.rows, [&](std::int64_t row) {
        for (Index j = block.begin; j < block.end; ++j) {
            const double step = static_cast<double>(grid.scale(row, 0)) * grid.columnScale(0, j);
            const double level = step > 0 ? block.running(row, j - block.begin) / step : 0;
            codes(row, j) =
                static_cast<std::uint8_t>(std::clamp(std::floor(level + 0.5), -top, top) + top);
        }
    });
}

} // namespace halftone
