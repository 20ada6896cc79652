// SPDX-License-Identifier: GPL-3.0-or-later
#include "quantize/arb_llm.h"

#include "base/error.h"
#include "base/parallel.h"
#include "quantize/binary_planes.h"
#include "quantize/common_parameters.h"
#include "quantize/structural_search.h"

#include <array>
#include <cmath>
#include <limits>

namespace halftone {

namespace {

constexpr std::size_t kGroups = 4; // small and large weights, of ordinary and of salient columns

struct Bitmaps
{
    bool columns = true; ///< salient columns exist
    bool groups = true;  ///< large weights are apart

    explicit Bitmaps(const Settings& settings)
        : columns(settings.at("column_bitmap").get<bool>()), groups(settings.at("group_bitmap").get<bool>())
    {
    }
    bool has(std::size_t group) const { return (groups || group % 2 == 0) && (columns || group < 2); }
    /// Grids exist for the groups that do.
    std::size_t gridOf(std::size_t group) const { return groups ? group : group / 2; }
};

int planesOf(std::size_t group)
{
    return group < 2 ? 1 : 2;
}

// One row of a block, its weights apart by group.
struct RowGroups
{
    std::array<std::vector<Index>, kGroups> columns;
    std::array<std::vector<double>, kGroups> weights;
    std::array<std::vector<std::uint8_t>, kGroups> codes;
    std::array<PlaneLevels, kGroups> levels;
};

// mu += mean(W - What); a = mean(s (W - mu - b t)); b likewise; then the nearest levels.
void alternate(RowGroups& row, int rounds)
{
    for (std::size_t g = 0; g < kGroups; ++g) {
        const std::vector<double>& w = row.weights[g];
        PlaneLevels& l = row.levels[g];
        const auto count = static_cast<double>(w.size());
        for (int round = 0; round < rounds && !w.empty(); ++round) {
            double rest = 0;
            for (std::size_t i = 0; i < w.size(); ++i)
                rest += w[i] - planeValue(l, row.codes[g][i]);
            l.mean += rest / count;
            double first = 0;
            for (std::size_t i = 0; i < w.size(); ++i) {
                const int code = row.codes[g][i];
                first += (code & 1 ? 1 : -1) * (w[i] - l.mean - (code & 2 ? l.second : -l.second));
            }
            l.first = first / count;
            double second = 0;
            for (std::size_t i = 0; i < w.size() && planesOf(g) == 2; ++i) {
                const int code = row.codes[g][i];
                second += (code & 2 ? 1 : -1) * (w[i] - l.mean - (code & 1 ? l.first : -l.first));
            }
            l.second = second / count;
            nearestPlanes(w, l, planesOf(g), row.codes[g]);
        }
    }
}

// The same levels by the output error: each in turn to its optimum under the block's Hessian, signs
// fixed. With the vectors f of ones and signs of each group as rows of F these are steps of
// Gauss-Seidel on F H F^T l = F H w.
void alternateByOutput(RowGroups& row, const Eigen::RowVectorXd& weights, const MatrixD& hessian, int rounds)
{
    std::vector<double*> unknowns;
    std::vector<Eigen::RowVectorXd> basis;
    for (std::size_t g = 0; g < kGroups; ++g) {
        if (row.weights[g].empty())
            continue;
        for (int part = 0; part <= planesOf(g); ++part) { // the mean, then each plane
            Eigen::RowVectorXd f = Eigen::RowVectorXd::Zero(weights.size());
            for (std::size_t i = 0; i < row.columns[g].size(); ++i)
                f[row.columns[g][i]] = part == 0 || (row.codes[g][i] & part) != 0 ? 1 : -1;
            basis.push_back(std::move(f));
            PlaneLevels& l = row.levels[g];
            unknowns.push_back(part == 0 ? &l.mean : part == 1 ? &l.first : &l.second);
        }
    }
    const auto size = static_cast<Index>(basis.size());
    MatrixD normal(size, size);
    VectorD right(size);
    for (Index a = 0; a < size; ++a) {
        const Eigen::RowVectorXd turned = basis[static_cast<std::size_t>(a)] * hessian;
        right[a] = turned.dot(weights);
        for (Index b = 0; b < size; ++b)
            normal(a, b) = turned.dot(basis[static_cast<std::size_t>(b)]);
    }
    for (int round = 0; round < rounds; ++round)
        for (Index a = 0; a < size; ++a) {
            double value = right[a];
            for (Index b = 0; b < size; ++b)
                value -= b == a ? 0 : normal(a, b) * *unknowns[static_cast<std::size_t>(b)];
            if (normal(a, a) > 0)
                *unknowns[static_cast<std::size_t>(a)] = value / normal(a, a);
        }
}

// Row scales a (and b of a second plane) and column scales c by least squares in turn:
// What = c_j (a_i s + b_i t).
void alternateScales(std::vector<RowGroups>& rows, std::size_t g, int rounds, VectorD& columnScale)
{
    columnScale.setOnes();
    VectorD numerator(columnScale.size()), denominator(columnScale.size());
    const auto sign = [](int code, int plane) { return code & plane ? 1.0 : -1.0; };
    for (int round = 0; round < rounds; ++round) {
        parallelFor(static_cast<std::int64_t>(rows.size()), [&](std::int64_t r) {
            RowGroups& row = rows[static_cast<std::size_t>(r)];
            PlaneLevels& l = row.levels[g];
            for (int plane = 1; plane <= planesOf(g); ++plane) {
                double top = 0, bottom = 0;
                for (std::size_t i = 0; i < row.weights[g].size(); ++i) {
                    const double c = columnScale[row.columns[g][i]];
                    const int code = row.codes[g][i];
                    double other = 0;
                    if (planesOf(g) == 2)
                        other = plane == 1 ? l.second * sign(code, 2) : l.first * sign(code, 1);
                    top += sign(code, plane) * c * (row.weights[g][i] - c * other);
                    bottom += c * c;
                }
                (plane == 1 ? l.first : l.second) = bottom > 0 ? top / bottom : 0;
            }
            for (std::size_t i = 0; i < row.weights[g].size() && planesOf(g) == 2; ++i) {
                const double c = columnScale[row.columns[g][i]];
                const double scaled = c != 0 ? row.weights[g][i] / c : 0;
                nearestPlanes({&scaled, 1}, l, 2, {&row.codes[g][i], 1});
            }
        });
        numerator.setZero();
        denominator.setZero();
        for (const RowGroups& row : rows)
            for (std::size_t i = 0; i < row.weights[g].size(); ++i) {
                const int code = row.codes[g][i];
                const double value = row.levels[g].first * sign(code, 1) +
                                     (planesOf(g) == 2 ? row.levels[g].second * sign(code, 2) : 0);
                numerator[row.columns[g][i]] += row.weights[g][i] * value;
                denominator[row.columns[g][i]] += value * value;
            }
        for (Index j = 0; j < columnScale.size(); ++j)
            if (denominator[j] > 0)
                columnScale[j] = numerator[j] / denominator[j];
    }
}

// Split of the columns marked in `inside`; none when the bitmap is off.
double splitOf(const MatrixD& weights, const std::vector<std::uint8_t>& inside, bool bitmap, bool means)
{
    SearchRule rule;
    rule.means = means;
    return bitmap ? searchSplit(weights, inside, rule) : std::numeric_limits<double>::infinity();
}

} // namespace

QString ArbLlm::id() const
{
    return QStringLiteral("arb-llm");
}

QString ArbLlm::title() const
{
    return tr("ARB-LLM: alternating refined binarization");
}

QString ArbLlm::paper() const
{
    return QStringLiteral("Li et al. 2024: ARB-LLM: Alternating Refined Binarizations "
                          "for Large Language Models, arXiv 2410.03129");
}

std::vector<Parameter> ArbLlm::parameters() const
{
    using Kind = Parameter::Kind;
    std::vector<Parameter> all{
        {QStringLiteral("variant"), tr("Variant"), {}, Kind::Choice, 0, 0, 0, "rc",
         {QStringLiteral("plain"), QStringLiteral("x"), QStringLiteral("rc")},
         tr("Levels by the weights' error, by the output error on the calibration text, or scales of rows "
            "and columns."),
         true},
        {QStringLiteral("column_bitmap"), tr("Salient columns"), {}, Kind::Boolean, 0, 0, 0, true, {},
         tr("A few columns of each block get two planes."), true},
        {QStringLiteral("group_bitmap"), tr("Split by size"), {}, Kind::Boolean, 0, 0, 0, true, {},
         tr("Small and large weights have levels of their own, at a bit a weight."), true},
        {QStringLiteral("rounds"), tr("Rounds"), {}, Kind::Integer, 0, 100, 1, 15, {},
         tr("How often levels and signs are refined in turn.")},
        {QStringLiteral("block_size"), tr("Block size"), tr("columns"), Kind::Integer, 8, 4096, 8, 128, {},
         tr("Columns that are searched and binarized together. Smaller blocks fit better and cost more "
            "bits."),
         true},
    };
    for (auto&& more : {walkParameters(), {parameterBitsParameter()}})
        all.insert(all.end(), more.begin(), more.end());
    return all;
}

WalkPlan ArbLlm::plan(const Settings& settings) const
{
    WalkPlan plan = readWalkPlan(settings);
    plan.hessian = true;
    plan.blockColumns = settings.at("block_size").get<Index>();
    return plan;
}

Coding ArbLlm::code(const CodingProblem& problem, const Settings& settings) const
{
    Coding coding;
    coding.rows = problem.target.rows();
    coding.columns = problem.target.cols();
    const bool byColumn = choice(settings, "variant") == QLatin1String("rc");
    const char* roles[kGroups] = {"small", "large", "salient", "salient large"};
    const Bitmaps bitmaps(settings);
    for (std::size_t g = 0; g < kGroups; ++g) {
        if (!bitmaps.has(g))
            continue;
        coding.grids.push_back(planesGrid(coding.rows, coding.columns, planesOf(g), !byColumn,
                                          settings.at("block_size").get<Index>(),
                                          settings.at("parameter_bits").get<int>(),
                                          QLatin1String(roles[g])));
        if (byColumn)
            coding.grids.back().columnScale.setOnes(1, coding.columns);
    }
    if (coding.grids.size() > 1)
        coding.classes.setZero(coding.rows, coding.columns);
    return coding;
}

void ArbLlm::codeBlock(Coding& coding, CodeMatrix& codes, const BlockProblem& block,
                       const Settings& settings) const
{
    const QString variant = choice(settings, "variant");
    const bool means = variant != QLatin1String("rc");
    const Bitmaps bitmaps(settings);
    const int rounds = settings.at("rounds").get<int>();
    const Index width = block.width();
    const MatrixD& w = block.running;
    const MatrixD saliency =
        (w * block.layer.factor->diagonal.segment(block.begin, width).cwiseInverse().asDiagonal())
            .cwiseAbs2();
    std::vector<std::uint8_t> salient(static_cast<std::size_t>(width), 0);
    if (bitmaps.columns)
        salient = searchSalientColumns(saliency, saliency, SearchRule{}).salient;
    std::vector<std::uint8_t> rest = salient;
    for (std::uint8_t& mark : rest)
        mark = !mark;
    const double split[2] = {splitOf(w, rest, bitmaps.groups, means),
                             splitOf(w, salient, bitmaps.groups, means)};
    MatrixD hessian;
    if (variant == QLatin1String("x")) {
        hessian = hessianBlock(block.layer, block.begin, block.end);
        hessian.diagonal().array() += block.layer.factor->damping * inputEnergy(block.layer).mean();
    }

    std::vector<RowGroups> rows(static_cast<std::size_t>(coding.rows));
    parallelFor(coding.rows, [&](std::int64_t r) {
        RowGroups& row = rows[static_cast<std::size_t>(r)];
        for (Index j = 0; j < width; ++j) {
            const bool two = salient[static_cast<std::size_t>(j)];
            const std::size_t g = (two ? 2u : 0u) + (std::abs(w(r, j)) >= split[two]);
            if (coding.classes.size())
                coding.classes(r, block.begin + j) = static_cast<std::uint8_t>(bitmaps.gridOf(g));
            row.columns[g].push_back(j);
            row.weights[g].push_back(w(r, j));
        }
        for (std::size_t g = 0; g < kGroups; ++g) {
            row.codes[g].resize(row.weights[g].size());
            row.levels[g] = fitPlanes(row.weights[g], planesOf(g), means, row.codes[g]);
        }
        if (variant == QLatin1String("plain"))
            alternate(row, rounds);
        else if (variant == QLatin1String("x"))
            alternateByOutput(row, w.row(r), hessian, rounds);
    });
    for (std::size_t g = 0; g < kGroups && !means; ++g) {
        if (!bitmaps.has(g))
            continue;
        VectorD columnScale(width);
        alternateScales(rows, g, rounds, columnScale);
        Grid& grid = coding.grids[bitmaps.gridOf(g)];
        for (Index j = 0; j < width; ++j)
            grid.columnScale(0, block.begin + j) = storedParameter(columnScale[j], grid.parameterBits);
    }
    for (Index r = 0; r < coding.rows; ++r)
        for (std::size_t g = 0; g < kGroups; ++g) {
            if (!bitmaps.has(g))
                continue;
            const RowGroups& row = rows[static_cast<std::size_t>(r)];
            Grid& grid = coding.grids[bitmaps.gridOf(g)];
            setPlanes(grid, r, grid.group(block.begin), row.levels[g]);
            for (std::size_t i = 0; i < row.columns[g].size(); ++i)
                codes(r, block.begin + row.columns[g][i]) = row.codes[g][i];
        }
}

} // namespace halftone
