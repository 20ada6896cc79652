// SPDX-License-Identifier: GPL-3.0-or-later
#include "quantize/pb_llm.h"

#include "base/error.h"
#include "quantize/common_parameters.h"
#include "quantize/fit_grid.h"
#include "quantize/salience.h"

namespace halftone {

namespace {

constexpr std::uint8_t kBinary = 0;
constexpr std::uint8_t kSalient = 1;

std::vector<Parameter> selectionParameters()
{
    using Kind = Parameter::Kind;
    return {
        {QStringLiteral("salient_ratio"), tr("Salient weights"), tr("share"), Kind::Real, 0, 1, 0.01,
         0.1, {},
         tr("Share of the weights that keeps many bits; all others become binary. More is better and "
            "larger."),
         true},
        {QStringLiteral("saliency"), tr("Saliency"), {}, Kind::Choice, 0, 0, 0, "hessian",
         {QStringLiteral("magnitude"), QStringLiteral("hessian"), QStringLiteral("activation")},
         tr("What makes a weight salient: its size, the output error that losing it would cause on the "
            "calibration text, or its size times that of its inputs (Wanda)."),
         true},
        {QStringLiteral("selection"), tr("Select"), {}, Kind::Choice, 0, 0, 0, "element",
         {QStringLiteral("element"), QStringLiteral("column")},
         tr("Single weights, which need a mask, or whole input columns, which need next to none."),
         true},
        {QStringLiteral("salient_bits"), tr("Salient bits"), tr("bits"), Kind::Integer, 2, 8, 1, 8, {},
         tr("Bits of each salient weight."), true},
        {QStringLiteral("scope"), tr("Threshold and scales over"), {}, Kind::Choice, 0, 0, 0, "matrix",
         {QStringLiteral("matrix"), QStringLiteral("group")},
         tr("One threshold for the matrix and one binary scale for each row, or one of each for every "
            "group of columns.")},
        groupSizeParameter(),
    };
}

std::vector<Parameter> fitParameters()
{
    using Kind = Parameter::Kind;
    return {
        {QStringLiteral("binary_fit"), tr("Binary scale"), {}, Kind::Choice, 0, 0, 0, "published",
         {QStringLiteral("published"), QStringLiteral("masked")},
         tr("As the published code, where salient weights count as zeros and shrink the scale, or from "
            "the binary weights alone.")},
        {QStringLiteral("salient_range"), tr("Salient range"), {}, Kind::Choice, 0, 0, 0, "row",
         {QStringLiteral("row"), QStringLiteral("salient")},
         tr("Whether the grid of the salient weights spans all weights of the row, as published, or "
            "the salient ones.")},
    };
}

Matrix saliencyOf(const CodingProblem& problem, const QString& kind)
{
    if (kind == QLatin1String("hessian"))
        return hessianSaliency(problem.target, problem.factor->diagonal);
    if (kind == QLatin1String("activation"))
        return activationSaliency(problem.target, inputEnergy(problem));
    return magnitudeSaliency(problem.target);
}

} // namespace

QString PbLlm::id() const
{
    return QStringLiteral("pb-llm");
}

QString PbLlm::title() const
{
    return tr("PB-LLM: partial binarization");
}

QString PbLlm::paper() const
{
    return QStringLiteral("Shang, Yuan, Wu, Dong 2023: PB-LLM: Partially Binarized Large Language "
                          "Models, arXiv 2310.00034");
}

std::vector<Parameter> PbLlm::parameters() const
{
    std::vector<Parameter> all = selectionParameters();
    for (auto&& more : {walkParameters(), fitParameters(), {parameterBitsParameter()}})
        all.insert(all.end(), more.begin(), more.end());
    return all;
}

WalkPlan PbLlm::plan(const Settings& settings) const
{
    WalkPlan plan = readWalkPlan(settings);
    plan.hessian = plan.compensation || choice(settings, "saliency") != QLatin1String("magnitude");
    return plan;
}

Coding PbLlm::code(const CodingProblem& problem, const Settings& settings) const
{
    const Matrix& target = problem.target;
    const bool grouped = choice(settings, "scope") == QLatin1String("group");
    const Index group = grouped ? settings.at("group_size").get<Index>() : 0;
    const int parameterBits = settings.at("parameter_bits").get<int>();

    Coding coding;
    coding.rows = target.rows();
    coding.columns = target.cols();
    coding.classes = selectSalient(
        saliencyOf(problem, choice(settings, "saliency")),
        settings.at("salient_ratio").get<double>(),
        choice(settings, "selection") == QLatin1String("column") ? Selection::Column
                                                                 : Selection::Element,
        group);

    const bool anySalient = coding.classes.maxCoeff() == kSalient;
    const bool anyBinary = coding.classes.minCoeff() == kBinary;
    if (anyBinary) {
        const BinaryFit fit = choice(settings, "binary_fit") == QLatin1String("masked")
                                  ? BinaryFit::Masked
                                  : BinaryFit::Published;
        coding.grids.push_back(fitBinary(target, {coding.classes, kBinary}, fit, group, parameterBits));
        coding.grids.back().role = QStringLiteral("binary");
    }
    if (anySalient) {
        const CodeMatrix everything;
        const bool own = choice(settings, "salient_range") == QLatin1String("salient");
        coding.grids.push_back(fitUniform(problem.original,
                                          {own ? coding.classes : everything, kSalient},
                                          settings.at("salient_bits").get<int>(), 0, parameterBits));
        coding.grids.back().role = QStringLiteral("salient");
    }
    if (!anySalient || !anyBinary)
        coding.classes.resize(0, 0);
    return coding;
}

std::optional<RemoteCoding> PbLlm::codeRemotely(const RemoteProblem& problem, const Settings& settings,
                                                ComputeBackend& backend) const
{
    if (choice(settings, "selection") == QLatin1String("column"))
        return std::nullopt;
    const Index rows = problem.target.rows, columns = problem.target.columns;
    const Index wished = choice(settings, "scope") == QLatin1String("group") ? settings.at("group_size").get<Index>() : 0;
    const Index group = wished < columns ? wished : 0;
    const int parameterBits = settings.at("parameter_bits").get<int>();
    Saliency saliency;
    if (choice(settings, "saliency") == QLatin1String("hessian"))
        saliency = hessianSaliency(problem.factor->diagonal);
    else if (choice(settings, "saliency") == QLatin1String("activation"))
        saliency = activationSaliency(problem.inputEnergy);

    RemoteCoding out;
    out.coding.rows = rows;
    out.coding.columns = columns;
    out.classes = backend.allocate(Scalar::U8, rows, columns);
    backend.markSalient(out.classes, problem.target, saliency, settings.at("salient_ratio").get<double>(), group);
    const BinaryFit fit = choice(settings, "binary_fit") == QLatin1String("masked") ? BinaryFit::Masked
                                                                                    : BinaryFit::Published;
    const GroupStatistics binary = backend.groupStatistics(
        problem.target, out.classes, {kBinary, fit == BinaryFit::Published, group});
    const double members = binary.count.sum();
    const bool anyBinary = members > 0, anySalient = members < static_cast<double>(rows * columns);
    if (anyBinary) {
        out.coding.grids.push_back(fitBinary(binary, fit, columns, group, parameterBits));
        out.coding.grids.back().role = QStringLiteral("binary");
    }
    if (anySalient) {
        const bool own = choice(settings, "salient_range") == QLatin1String("salient");
        out.coding.grids.push_back(fitUniform(
            backend.groupStatistics(problem.original, own ? out.classes : Array{}, {kSalient, false, 0}),
            settings.at("salient_bits").get<int>(), columns, 0, parameterBits));
        out.coding.grids.back().role = QStringLiteral("salient");
    }
    if (!anySalient || !anyBinary)
        out.classes = {};
    return out;
}

} // namespace halftone
