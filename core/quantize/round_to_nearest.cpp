// SPDX-License-Identifier: GPL-3.0-or-later
#include "quantize/round_to_nearest.h"

#include "base/error.h"
#include "quantize/common_parameters.h"
#include "quantize/fit_grid.h"

namespace halftone {

QString RoundToNearest::id() const
{
    return QStringLiteral("rtn");
}

QString RoundToNearest::title() const
{
    return tr("Round to nearest");
}

QString RoundToNearest::paper() const
{
    return QStringLiteral("Jacob et al. 2018: Quantization and Training of Neural Networks for "
                          "Efficient Integer-Arithmetic-Only Inference, arXiv 1712.05877");
}

std::vector<Parameter> RoundToNearest::parameters() const
{
    using Kind = Parameter::Kind;
    return {
        {QStringLiteral("bits"), tr("Bits"), tr("bits"), Kind::Integer, 1, 8, 1, 4, {},
         tr("Bits of each weight."), true},
        scopeParameter(),
        groupSizeParameter(),
        uniformParameters()[0],
        uniformParameters()[1],
        parameterBitsParameter(),
    };
}

WalkPlan RoundToNearest::plan(const Settings&) const
{
    WalkPlan plan;
    plan.scalar = Scalar::F32;
    return plan;
}

Coding RoundToNearest::code(const CodingProblem& problem, const Settings& settings) const
{
    Coding coding;
    coding.rows = problem.target.rows();
    coding.columns = problem.target.cols();
    coding.grids.push_back(
        fitUniform(problem.target, readUniformFit(settings), readGroup(settings)));
    coding.grids.back().role = QStringLiteral("all");
    return coding;
}

std::optional<RemoteCoding> RoundToNearest::codeRemotely(const RemoteProblem& problem, const Settings& settings,
                                                         ComputeBackend& backend) const
{
    return codeUniformRemotely(problem, settings, backend);
}

} // namespace halftone
