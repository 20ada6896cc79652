// SPDX-License-Identifier: GPL-3.0-or-later
#include "quantize/magnitude.h"

#include "base/error.h"
#include "quantize/common_parameters.h"
#include "quantize/pruning.h"

namespace halftone {

namespace {

constexpr Index kAllColumns = Index{1} << 30;

} // namespace

QString MagnitudePruning::id() const
{
    return QStringLiteral("magnitude");
}

QString MagnitudePruning::title() const
{
    return tr("Magnitude pruning");
}

QString MagnitudePruning::paper() const
{
    return QStringLiteral("Han, Pool, Tran, Dally 2015: Learning both Weights and "
                          "Connections for Efficient Neural Networks, arXiv 1506.02626");
}

std::vector<Parameter> MagnitudePruning::parameters() const
{
    return pruningParameters();
}

WalkPlan MagnitudePruning::plan(const Settings&) const
{
    WalkPlan plan;
    plan.blockColumns = kAllColumns;
    return plan;
}

Coding MagnitudePruning::code(const CodingProblem& problem, const Settings& settings) const
{
    Coding coding = pruningCoding(problem.target, settings);
    const MatrixD scores = problem.target.cast<double>().cwiseAbs();
    const PruningPattern pattern = readPattern(settings);
    if (pattern.of > 0) {
        for (Index row = 0; row < coding.rows; ++row)
            pruneRuns(scores.row(row).data(), coding.columns, pattern, coding.classes.row(row).data());
        return coding;
    }
    std::vector<double> sorted(scores.data(), scores.data() + scores.size());
    const double threshold = pruningThreshold(sorted, settings.at("sparsity").get<double>());
    coding.classes = (scores.array() > threshold).cast<std::uint8_t>();
    return coding;
}

void MagnitudePruning::codeBlock(Coding& coding, CodeMatrix& codes, const BlockProblem& block,
                                 const Settings&) const
{
    codeKept(coding, codes, block);
}

} // namespace halftone
