// SPDX-License-Identifier: GPL-3.0-or-later
#include "quantize/wanda.h"

#include "base/error.h"
#include "quantize/common_parameters.h"
#include "quantize/pruning.h"

namespace halftone {

namespace {

constexpr Index kAllColumns = Index{1} << 30;

} // namespace

QString Wanda::id() const
{
    return QStringLiteral("wanda");
}

QString Wanda::title() const
{
    return tr("Wanda: pruning by weights and activations");
}

QString Wanda::paper() const
{
    return QStringLiteral("Sun, Liu, Bair, Kolter 2023: A Simple and Effective Pruning "
                          "Approach for Large Language Models, arXiv 2306.11695");
}

std::vector<Parameter> Wanda::parameters() const
{
    return pruningParameters();
}

WalkPlan Wanda::plan(const Settings&) const
{
    WalkPlan plan;
    plan.hessian = true;
    plan.blockColumns = kAllColumns;
    return plan;
}

Coding Wanda::code(const CodingProblem& problem, const Settings& settings) const
{
    Coding coding = pruningCoding(problem.target, settings);
    const MatrixD scores = problem.target.cast<double>().cwiseAbs() *
                           inputEnergy(problem).cwiseSqrt().asDiagonal();
    PruningPattern pattern = readPattern(settings);
    if (pattern.of == 0) { // a row is one run
        const double share = settings.at("sparsity").get<double>();
        pattern.of = coding.columns;
        pattern.pruned = static_cast<Index>(static_cast<double>(coding.columns) * share + 1e-6);
    }
    for (Index row = 0; row < coding.rows; ++row)
        pruneRuns(scores.row(row).data(), coding.columns, pattern, coding.classes.row(row).data());
    return coding;
}

void Wanda::codeBlock(Coding& coding, CodeMatrix& codes, const BlockProblem& block,
                      const Settings&) const
{
    codeKept(coding, codes, block);
}

} // namespace halftone
