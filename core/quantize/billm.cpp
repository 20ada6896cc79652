// SPDX-License-Identifier: GPL-3.0-or-later
#include "quantize/billm.h"

#include "base/error.h"
#include "base/parallel.h"
#include "quantize/binary_planes.h"
#include "quantize/common_parameters.h"
#include "quantize/structural_search.h"

#include <array>
#include <cmath>

namespace halftone {

namespace {

constexpr std::uint8_t kConcentrated = 0;
constexpr std::uint8_t kSparse = 1;
constexpr std::uint8_t kSalient = 2;

bool asPublished(const Settings& settings)
{
    return choice(settings, "variant") == QLatin1String("published");
}

SearchRule searchRule(const Settings& settings)
{
    return asPublished(settings) ? SearchRule{} : SearchRule{1, 1, false, false, 50};
}

} // namespace

QString BiLlm::id() const
{
    return QStringLiteral("billm");
}

QString BiLlm::title() const
{
    return tr("BiLLM");
}

QString BiLlm::paper() const
{
    return QStringLiteral("Huang et al. 2024: BiLLM: Pushing the Limit of Post-Training "
                          "Quantization for LLMs, arXiv 2402.04291");
}

std::vector<Parameter> BiLlm::parameters() const
{
    using Kind = Parameter::Kind;
    std::vector<Parameter> all{
        {QStringLiteral("variant"), tr("Variant"), {}, Kind::Choice, 0, 0, 0, "published",
         {QStringLiteral("published"), QStringLiteral("paper")},
         tr("As the published code, which searches on the saliency itself and takes means off, or by the "
            "paper's rules."),
         true},
        {QStringLiteral("saliency"), tr("Saliency"), {}, Kind::Choice, 0, 0, 0, "hessian",
         {QStringLiteral("magnitude"), QStringLiteral("hessian")},
         tr("What makes a column salient: the size of its weights, or the output error that losing them "
            "would cause on the calibration text."),
         true},
        {QStringLiteral("block_size"), tr("Block size"), tr("columns"), Kind::Integer, 8, 4096, 8, 128, {},
         tr("Columns that are searched and binarized together. Smaller blocks fit better and cost more "
            "bits."),
         true},
        {QStringLiteral("block_errors"), tr("Errors of a block"), {}, Kind::Choice, 0, 0, 0, "published",
         {QStringLiteral("published"), QStringLiteral("exact")},
         tr("How they move to later blocks: by the diagonal alone, as published, or exactly.")},
    };
    for (auto&& more : {walkParameters(), {parameterBitsParameter()}})
        all.insert(all.end(), more.begin(), more.end());
    return all;
}

WalkPlan BiLlm::plan(const Settings& settings) const
{
    WalkPlan plan = readWalkPlan(settings);
    plan.hessian = plan.compensation || choice(settings, "saliency") == QLatin1String("hessian");
    plan.blockColumns = settings.at("block_size").get<Index>();
    plan.blockErrors = choice(settings, "block_errors") == QLatin1String("exact") ? BlockErrors::Exact
                                                                                  : BlockErrors::Diagonal;
    return plan;
}

Coding BiLlm::code(const CodingProblem& problem, const Settings& settings) const
{
    Coding coding;
    coding.rows = problem.target.rows();
    coding.columns = problem.target.cols();
    coding.classes.setZero(coding.rows, coding.columns);
    const auto group = settings.at("block_size").get<Index>();
    const int bits = settings.at("parameter_bits").get<int>();
    const bool means = asPublished(settings);
    for (const auto& [planes, role] : {std::pair{1, "concentrated"}, {1, "sparse"}, {2, "salient"}})
        coding.grids.push_back(planesGrid(coding.rows, coding.columns, planes, means, group, bits,
                                          QLatin1String(role)));
    return coding;
}

void BiLlm::codeBlock(Coding& coding, CodeMatrix& codes, const BlockProblem& block,
                      const Settings& settings) const
{
    const SearchRule rule = searchRule(settings);
    const Index width = block.width();
    MatrixD saliency = block.running;
    if (choice(settings, "saliency") == QLatin1String("hessian"))
        saliency = (block.running *
                    block.layer.factor->diagonal.segment(block.begin, width).cwiseInverse().asDiagonal())
                       .cwiseAbs2();
    const MatrixD& searched = asPublished(settings) ? saliency : block.running;
    const BlockGroups found = searchSalientColumns(searched, saliency, rule);
    std::vector<std::uint8_t> rest = found.salient;
    for (std::uint8_t& mark : rest)
        mark = !mark;
    const double split = searchSplit(searched, rest, rule);
    parallelFor(coding.rows, [&](std::int64_t row) {
        std::array<std::vector<double>, 3> members;
        std::array<std::vector<std::uint8_t>, 3> memberCodes;
        std::uint8_t* classes = coding.classes.row(row).data() + block.begin;
        for (Index j = 0; j < width; ++j) {
            const double size = std::abs(searched(row, j));
            const bool large = rule.quantiles ? size >= split : size > split;
            classes[j] = found.salient[static_cast<std::size_t>(j)] ? kSalient
                         : large                                    ? kSparse
                                                                    : kConcentrated;
            members[classes[j]].push_back(block.running(row, j));
        }
        std::array<std::size_t, 3> next{};
        for (std::size_t c = 0; c < members.size(); ++c) {
            memberCodes[c].resize(members[c].size());
            Grid& grid = coding.grids[c];
            setPlanes(grid, row, grid.group(block.begin),
                      fitPlanes(members[c], c == kSalient ? 2 : 1, rule.means, memberCodes[c]));
        }
        for (Index j = 0; j < width; ++j)
            codes(row, block.begin + j) = memberCodes[classes[j]][next[classes[j]]++];
    });
}

} // namespace halftone
