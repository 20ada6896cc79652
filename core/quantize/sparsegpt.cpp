// SPDX-License-Identifier: GPL-3.0-or-later
#include "quantize/sparsegpt.h"

#include "base/error.h"
#include "base/parallel.h"
#include "quantize/common_parameters.h"
#include "quantize/pruning.h"

namespace halftone {

namespace {

constexpr Index kBlockColumns = 128;

// w^2 / U_jj^2
MatrixD pruningLoss(const MatrixD& weights, const VectorD& diagonal)
{
    return (weights * diagonal.cwiseInverse().asDiagonal()).cwiseAbs2();
}

} // namespace

QString SparseGpt::id() const
{
    return QStringLiteral("sparsegpt");
}

QString SparseGpt::title() const
{
    return tr("SparseGPT");
}

QString SparseGpt::paper() const
{
    return QStringLiteral("Frantar, Alistarh 2023: SparseGPT: Massive Language Models "
                          "Can Be Accurately Pruned in One-Shot, arXiv 2301.00774");
}

std::vector<Parameter> SparseGpt::parameters() const
{
    std::vector<Parameter> all = pruningParameters();
    for (const Parameter& more : walkParameters())
        if (more.id != QLatin1String("compensation"))
            all.push_back(more);
    return all;
}

WalkPlan SparseGpt::plan(const Settings& settings) const
{
    Settings walked = settings;
    walked["compensation"] = true;
    WalkPlan plan = readWalkPlan(walked);
    plan.blockColumns = kBlockColumns;
    return plan;
}

Coding SparseGpt::code(const CodingProblem& problem, const Settings& settings) const
{
    return pruningCoding(problem.target, settings);
}

void SparseGpt::codeBlock(Coding& coding, CodeMatrix& codes, const BlockProblem& block,
                          const Settings& settings) const
{
    const PruningPattern pattern = readPattern(settings);
    const Index width = block.width();
    const VectorD diagonal = block.layer.factor->diagonal.segment(block.begin, width);
    if (pattern.of == 0) {
        const MatrixD loss = pruningLoss(block.running, diagonal);
        std::vector<double> sorted(loss.data(), loss.data() + loss.size());
        const double threshold = pruningThreshold(sorted, settings.at("sparsity").get<double>());
        coding.classes.middleCols(block.begin, width) =
            (loss.array() > threshold).cast<std::uint8_t>();
    }
    parallelFor(coding.rows, [&](std::int64_t row) {
        Eigen::RowVectorXd running = block.running.row(row);
        std::uint8_t* classes = coding.classes.row(row).data() + block.begin;
        for (Index i = 0; i < width; ++i) {
            if (pattern.of > 0 && i % pattern.of == 0) { // chosen when reached
                const Index run = std::min(pattern.of, width - i);
                const MatrixD loss = pruningLoss(running.segment(i, run), diagonal.segment(i, run));
                pruneRuns(loss.data(), run, pattern, classes + i);
            }
            const double kept = classes[i] == kKept
                                    ? keepWeight(coding, codes, row, block.begin + i, running[i])
                                    : 0;
            if (block.upper.size() == 0)
                continue;
            const double error = (running[i] - kept) / diagonal[i];
            running.tail(width - i - 1) -= error * block.upper.row(i).tail(width - i - 1);
        }
    });
}

} // namespace halftone
