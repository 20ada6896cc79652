// SPDX-License-Identifier: GPL-3.0-or-later
#include "quantize/common_parameters.h"

#include "base/error.h"

namespace halftone {

Parameter groupSizeParameter()
{
    return {QStringLiteral("group_size"), tr("Group size"), tr("columns"), Parameter::Kind::Integer, 8,
            32768, 8, 128, {},
            tr("Input columns that share a scale. Smaller groups fit better and cost more bits.")};
}

Parameter parameterBitsParameter()
{
    return {QStringLiteral("parameter_bits"), tr("Scale bits"), tr("bits"), Parameter::Kind::Integer,
            16, 32, 16, 16, {}, tr("Bits of each stored scale and offset.")};
}

Parameter scopeParameter()
{
    return {QStringLiteral("scope"), tr("Scales over"), {}, Parameter::Kind::Choice, 0, 0, 0, "group",
            {QStringLiteral("row"), QStringLiteral("group")},
            tr("One scale for each row, or one for every group of columns of it."), true};
}

Index readGroup(const Settings& settings)
{
    return choice(settings, "scope") == QLatin1String("group") ? settings.at("group_size").get<Index>()
                                                               : 0;
}

std::vector<Parameter> uniformParameters()
{
    using Kind = Parameter::Kind;
    return {
        {QStringLiteral("symmetric"), tr("Symmetric"), {}, Kind::Boolean, 0, 0, 0, false, {},
         tr("Levels reach equally far to both sides of zero, which saves the offsets.")},
        {QStringLiteral("clip_search"), tr("Search the range"), {}, Kind::Boolean, 0, 0, 0, false, {},
         tr("Tries narrower ranges and takes the one with the least error; slower.")},
    };
}

UniformFit readUniformFit(const Settings& settings)
{
    return {settings.at("bits").get<int>(), settings.at("symmetric").get<bool>(),
            settings.at("clip_search").get<bool>(), settings.at("parameter_bits").get<int>()};
}

std::optional<RemoteCoding> codeUniformRemotely(const RemoteProblem& problem, const Settings& settings,
                                                ComputeBackend& backend)
{
    const UniformFit fit = readUniformFit(settings);
    if (fit.searchClip)
        return std::nullopt;
    const Index columns = problem.target.columns, group = readGroup(settings);
    RemoteCoding out;
    out.coding.rows = problem.target.rows;
    out.coding.columns = columns;
    out.coding.grids.push_back(fitUniform(
        backend.groupStatistics(problem.target, {}, {0, false, group < columns ? group : 0}), fit, columns, group));
    out.coding.grids.back().role = QStringLiteral("all");
    return out;
}

Parameter rowPowerParameter(double standard)
{
    return {QStringLiteral("row_power"), tr("Rows alike"), {}, Parameter::Kind::Real, 0, 1, 0.25, standard, {},
            tr("How far levels are the same for all rows: 0 fits them to each row's size, 1 gives large rows more "
               "bits and small ones fewer.")};
}

Parameter columnPowerParameter(double standard)
{
    return {QStringLiteral("column_power"), tr("Coarser where it matters less"), {}, Parameter::Kind::Real, 0, 1,
            0.25, standard, {},
            tr("How much coarser the levels of columns are whose errors later columns make up for: 0 "
               "gives all columns the same levels, 1 spends bits as theory has it.")};
}

std::vector<Parameter> walkParameters()
{
    using Kind = Parameter::Kind;
    return {
        {QStringLiteral("compensation"), tr("Compensation"), {}, Kind::Boolean, 0, 0, 0, true, {},
         tr("Lets the weights that are rounded later make up for the errors of those before (GPTQ)."),
         true},
        {QStringLiteral("damping"), tr("Damping"), tr("share"), Kind::Real, 0, 1, 0.005, 0.01, {},
         tr("Share of the Hessian's mean diagonal that is added to it. More trusts the calibration "
            "text less.")},
        {QStringLiteral("precision"), tr("Precision"), {}, Kind::Choice, 0, 0, 0, "fp64",
         {QStringLiteral("fp64"), QStringLiteral("fp32")},
         tr("Numbers of the factorization and the column walk. fp64 does not depend on the order of "
            "the calibration text; fp32 is faster.")},
    };
}

WalkPlan readWalkPlan(const Settings& settings)
{
    WalkPlan plan;
    plan.compensation = settings.at("compensation").get<bool>();
    plan.hessian = plan.compensation;
    plan.damping = settings.at("damping").get<double>();
    plan.scalar = choice(settings, "precision") == QLatin1String("fp32") ? Scalar::F32 : Scalar::F64;
    return plan;
}

} // namespace halftone
