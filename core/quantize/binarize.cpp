// SPDX-License-Identifier: GPL-3.0-or-later
#include "quantize/binarize.h"

#include "base/error.h"
#include "base/parallel.h"
#include "quantize/common_parameters.h"

#include <algorithm>
#include <cmath>

namespace halftone {

namespace {

constexpr Index kAllColumns = Index{1} << 30;

// The mean that is taken off before signs are, and the scale of a row.
struct RowFit
{
    double center = 0;
    double scale = 1;
};

double quantileOf(std::vector<double> sorted, double share)
{
    std::sort(sorted.begin(), sorted.end());
    const double at = share * static_cast<double>(sorted.size() - 1);
    const auto below = static_cast<std::size_t>(at);
    const std::size_t above = std::min(below + 1, sorted.size() - 1);
    return sorted[below] + (at - std::floor(at)) * (sorted[above] - sorted[below]);
}

RowFit fitRow(const Eigen::RowVectorXd& row, const QString& variant, double tau)
{
    RowFit fit;
    if (variant == QLatin1String("bnn") || variant == QLatin1String("fda"))
        return fit;
    if (variant != QLatin1String("bi-real"))
        fit.center = row.mean();
    Eigen::RowVectorXd centered = row.array() - fit.center;
    if (variant == QLatin1String("recu")) {
        const std::vector<double> values(centered.data(), centered.data() + centered.size());
        centered = centered.cwiseMin(quantileOf(values, tau)).cwiseMax(quantileOf(values, 1 - tau));
    }
    fit.scale = centered.cwiseAbs().mean();
    return fit;
}

} // namespace

QString Binarize::id() const
{
    return QStringLiteral("binarize");
}

QString Binarize::title() const
{
    return tr("Plain binarizers");
}

QString Binarize::paper() const
{
    return QStringLiteral("Courbariaux et al. 2016, arXiv 1602.02830; Rastegari et al. "
                          "2016, arXiv 1603.05279; Liu et al. 2018, arXiv 1808.00278; "
                          "Xu et al. 2021, arXiv 2103.01758; Xu et al. 2021b, arXiv "
                          "2103.12369");
}

std::vector<Parameter> Binarize::parameters() const
{
    using Kind = Parameter::Kind;
    return {
        {QStringLiteral("variant"), tr("Binarizer"), {}, Kind::Choice, 0, 0, 0, "xnor",
         {QStringLiteral("bnn"), QStringLiteral("fda"), QStringLiteral("xnor"), QStringLiteral("bi-real"),
          QStringLiteral("recu")},
         tr("Whose forward pass: bnn and fda give plain signs, the others signs with a scale for each "
            "row, xnor and recu after taking off the row's mean."),
         true},
        {QStringLiteral("tau"), tr("Clamping quantile"), tr("share"), Kind::Real, 0.5, 1, 0.01, 0.85, {},
         tr("For recu: weights beyond the quantiles tau and 1 - tau are clamped to them.")},
        parameterBitsParameter(),
    };
}

WalkPlan Binarize::plan(const Settings&) const
{
    WalkPlan plan;
    plan.blockColumns = kAllColumns;
    return plan;
}

Coding Binarize::code(const CodingProblem& problem, const Settings& settings) const
{
    Coding coding;
    coding.rows = problem.target.rows();
    coding.columns = problem.target.cols();
    Grid grid = emptyGrid(coding.rows, coding.columns, 2, 0, settings.at("parameter_bits").get<int>());
    grid.offset.resize(0, 0);
    grid.table = {-1, 1};
    grid.role = QStringLiteral("binary");
    coding.grids.push_back(std::move(grid));
    return coding;
}

void Binarize::codeBlock(Coding& coding, CodeMatrix& codes, const BlockProblem& block,
                         const Settings& settings) const
{
    Grid& grid = coding.grids.front();
    parallelFor(coding.rows, [&](std::int64_t row) {
        const Eigen::RowVectorXd weights = block.running.row(row);
        // A row of zeros stays one, also without scales.
        const RowFit fit = weights.isZero(0)
                               ? RowFit{0, 0}
                               : fitRow(weights, choice(settings, "variant"),
                                        settings.at("tau").get<double>());
        grid.scale(row, 0) = storedParameter(fit.scale, grid.parameterBits);
        for (Index j = 0; j < weights.size(); ++j)
            codes(row, j) = weights[j] >= fit.center;
    });
}

} // namespace halftone
