// SPDX-License-Identifier: GPL-3.0-or-later
#include "quantize/gptq.h"

#include "base/error.h"
#include "quantize/common_parameters.h"

namespace halftone {

QString Gptq::id() const
{
    return QStringLiteral("gptq");
}

QString Gptq::title() const
{
    return tr("GPTQ");
}

QString Gptq::paper() const
{
    return QStringLiteral("Frantar, Ashkboos, Hoefler, Alistarh 2022: GPTQ: Accurate Post-Training "
                          "Quantization for Generative Pre-trained Transformers, arXiv 2210.17323");
}

std::vector<Parameter> Gptq::parameters() const
{
    using Kind = Parameter::Kind;
    std::vector<Parameter> all{
        {QStringLiteral("bits"), tr("Bits"), tr("bits"), Kind::Integer, 2, 8, 1, 4, {},
         tr("Bits of each weight."), true},
        scopeParameter(),
        groupSizeParameter(),
        {QStringLiteral("activation_order"), tr("Activation order"), {}, Kind::Boolean, 0, 0, 0, false,
         {}, tr("Rounds the inputs that carry most first, while the others can still make up for it."),
         true},
        {QStringLiteral("static_groups"), tr("Groups fitted first"), {}, Kind::Boolean, 0, 0, 0, false,
         {},
         tr("Fits the scales of all groups to the original weights before the walk, instead of each "
            "when it is reached.")},
    };
    for (auto&& more : {uniformParameters(), walkParameters(), {parameterBitsParameter()}})
        all.insert(all.end(), more.begin(), more.end());
    return all;
}

WalkPlan Gptq::plan(const Settings& settings) const
{
    WalkPlan plan = readWalkPlan(settings);
    plan.activationOrder = plan.compensation && settings.at("activation_order").get<bool>();
    if (!settings.at("static_groups").get<bool>())
        plan.refitColumns = readGroup(settings);
    return plan;
}

Coding Gptq::code(const CodingProblem& problem, const Settings& settings) const
{
    UniformFit fit = readUniformFit(settings);
    const Index group = readGroup(settings);
    if (group > 0 && group < problem.target.cols() && plan(settings).refitColumns > 0)
        fit.searchClip = false; // each group is fitted again on the way
    Coding coding;
    coding.rows = problem.target.rows();
    coding.columns = problem.target.cols();
    coding.grids.push_back(fitUniform(problem.target, fit, group));
    coding.grids.back().role = QStringLiteral("all");
    return coding;
}

void Gptq::refit(Coding& coding, const Matrix& running, Index begin, Index end,
                 const Settings& settings) const
{
    Grid& grid = coding.grids.front();
    refitUniform(grid, grid.groupColumns > 0 ? begin / grid.groupColumns : 0, running, begin, end,
                 readUniformFit(settings));
}

std::optional<RemoteCoding> Gptq::codeRemotely(const RemoteProblem& problem, const Settings& settings,
                                               ComputeBackend& backend) const
{
    return codeUniformRemotely(problem, settings, backend);
}

} // namespace halftone
