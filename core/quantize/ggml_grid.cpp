// SPDX-License-Identifier: GPL-3.0-or-later
// Scales are fitted to the running, compensated weights when a block's turn comes. A rounding error in
// column j costs e^2 / U_jj^2 of output once the later columns have made up for it (GPTQ), so that is the
// weight of each column in the fit.
#include "quantize/ggml_grid.h"

#include "base/error.h"
#include "base/half.h"
#include "base/parallel.h"
#include "checkpoint/ggml_codes.h"
#include "quantize/common_parameters.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

namespace halftone {

namespace {

// value = d (code - zero), or for the K types d scale code - dLeast least with whole scale, least <= most.
struct BlockRule
{
    ElementType type;
    int levels;
    int zero;
    Index fitted;    ///< columns that share a scale
    int most;        ///< K types: of scale and least; 0 for the others
    ElementType otherwise; ///< for rows that do not divide into its blocks
};

constexpr std::array<BlockRule, 6> kRules{{{ElementType::Q1_0, 2, 0, 128, 0, ElementType::Q2_0},
                                           {ElementType::TQ2_0, 3, 1, 256, 0, ElementType::Q2_0},
                                           {ElementType::Q2_0, 4, 1, 64, 0, ElementType::Q4_0},
                                           {ElementType::Q2_K, 4, 0, 16, 15, ElementType::Q2_0},
                                           {ElementType::Q4_0, 16, 8, 32, 0, ElementType::Q4_0},
                                           {ElementType::Q4_K, 16, 0, 32, 63, ElementType::Q4_0}}};

const BlockRule& ruleOf(ElementType type)
{
    return *std::find_if(kRules.begin(), kRules.end(), [&](const BlockRule& r) { return r.type == type; });
}

bool divides(const BlockRule& rule, Index columns)
{
    return columns % info(rule.type).blockElements == 0;
}

// The rule for rows of so many columns. Q4_0's serves where no block divides them: the layer then keeps
// to Halftone's own form.
const BlockRule& ruleFor(ElementType type, Index columns)
{
    const BlockRule* rule = &ruleOf(type);
    while (!divides(*rule, columns) && rule->otherwise != rule->type)
        rule = &ruleOf(rule->otherwise);
    return *rule;
}

QString lowerName(ElementType type) { return name(type).toLower(); }

ElementType chosenType(const Settings& settings)
{
    const QString wanted = choice(settings, "type");
    return std::find_if(kRules.begin(), kRules.end(), [&](const BlockRule& r) { return lowerName(r.type) == wanted; })->type;
}

// Importance of columns [begin, begin + count).
std::vector<float> importance(const CodingProblem& problem, Index begin, Index count)
{
    std::vector<float> out(static_cast<std::size_t>(count), 1.0f);
    if (!problem.factor)
        return out;
    for (Index j = 0; j < count; ++j) {
        const double u = problem.factor->diagonal(begin + j);
        out[static_cast<std::size_t>(j)] = static_cast<float>(1 / (u * u));
    }
    return out;
}

struct Fit
{
    float scale = 0;
    float least = 0;
    double error = std::numeric_limits<double>::infinity();
};

// The nearest code; 0 for what is no number.
int codeOf(float x, int levels)
{
    const auto most = static_cast<float>(levels - 1);
    return static_cast<int>((x > 0 ? (x < most ? x : most) : 0.0f) + 0.5f);
}

// Codes at `scale`, then the scale that is best for those codes; its error is that of the codes.
Fit refitted(const float* w, const std::vector<float>& h, const BlockRule& rule, float scale)
{
    double cross = 0, square = 0, energy = 0;
    for (std::size_t i = 0; i < h.size(); ++i) {
        const int code = rule.levels == 2 ? (w[i] >= 0 ? 1 : -1)
                                          : codeOf(w[i] / scale + static_cast<float>(rule.zero), rule.levels) - rule.zero;
        cross += double{h[i]} * double{w[i]} * code;
        square += double{h[i]} * code * code;
        energy += double{h[i]} * double{w[i]} * double{w[i]};
    }
    if (square <= 0)
        return {};
    return {static_cast<float>(cross / square), 0, energy - cross * cross / square};
}

// The best single scale of a block, of either sign where the levels are not alike on both sides.
float bestScale(const float* w, const std::vector<float>& h, const BlockRule& rule)
{
    float extreme = 0;
    for (std::size_t i = 0; i < h.size(); ++i)
        extreme = std::max(extreme, std::abs(w[i]));
    if (extreme == 0)
        return 0;
    Fit best;
    const int widest = std::max(rule.zero, rule.levels - 1 - rule.zero);
    const int steps = rule.levels > 4 ? 14 : 26;
    for (int step = 0; step < steps; ++step)
        for (const float sign : {1.0f, -1.0f}) {
            const float start = sign * extreme / static_cast<float>(widest) * std::pow(0.93f, static_cast<float>(step - 2));
            Fit found = refitted(w, h, rule, start);
            if (found.scale != 0) // once more from there
                if (const Fit again = refitted(w, h, rule, found.scale); again.error < found.error)
                    found = again;
            if (found.error < best.error)
                best = found;
        }
    return best.scale;
}

double affineError(const float* w, const std::vector<float>& h, int levels, float scale, float least)
{
    const float inverse = scale > 0 ? 1 / scale : 0;
    double error = 0;
    for (std::size_t i = 0; i < h.size(); ++i) {
        const float off = w[i] - (scale * static_cast<float>(codeOf((w[i] + least) * inverse, levels)) - least);
        error += double{h[i]} * double{off} * double{off};
    }
    return error;
}

// Least squares of scale and least against the codes at the given ones; both stay >= 0.
Fit affineRefit(const float* w, const std::vector<float>& h, int levels, float scale, float least)
{
    double sum = 0, c1 = 0, c2 = 0, x = 0, cx = 0;
    for (std::size_t i = 0; i < h.size(); ++i) {
        const double code = codeOf((w[i] + least) / scale, levels), weight = h[i];
        sum += weight;
        c1 += weight * code;
        c2 += weight * code * code;
        x += weight * double{w[i]};
        cx += weight * code * double{w[i]};
    }
    const double determinant = sum * c2 - c1 * c1;
    Fit out{scale, least, 0};
    if (determinant > 0) {
        out.scale = static_cast<float>((sum * cx - c1 * x) / determinant);
        out.least = static_cast<float>(-(c2 * x - c1 * cx) / determinant);
    }
    if (out.least < 0) {
        out.least = 0;
        out.scale = c2 > 0 ? static_cast<float>(cx / c2) : scale;
    }
    if (!(out.scale > 0))
        out = {scale, least, 0};
    out.error = affineError(w, h, levels, out.scale, out.least);
    return out;
}

Fit bestAffine(const float* w, const std::vector<float>& h, int levels)
{
    const auto [low, high] = std::minmax_element(w, w + h.size());
    const float least = std::max(0.0f, -*low), reach = *high + least;
    if (reach <= 0)
        return {0, least, 0};
    Fit best;
    for (int step = -1; step <= 12; ++step) {
        const float share = 1 - 0.05f * static_cast<float>(step);
        for (const float down : {1.0f, share}) {
            Fit found = affineRefit(w, h, levels, reach * share / static_cast<float>(levels - 1), least * down);
            const Fit again = affineRefit(w, h, levels, found.scale, found.least);
            if (again.error < found.error)
                found = again;
            if (found.error < best.error)
                best = found;
        }
    }
    return best;
}

// Importance of each of the parts that share a super-block, or of one part alone.
using Importances = std::vector<std::vector<float>>;

// Whole multiples of d and dLeast near a part's wish, tried against each other.
void setPart(Grid& grid, Index row, Index group, const float* w, const std::vector<float>& h, const BlockRule& rule,
             const Fit& wish, float d, float dLeast)
{
    const auto near = [&](float value, float step) {
        return step > 0 ? std::clamp(static_cast<int>(std::lround(value / step)), 0, rule.most) : 0;
    };
    const int scale = near(wish.scale, d), least = near(wish.least, dLeast);
    double best = std::numeric_limits<double>::infinity();
    for (int s = std::max(0, scale - 1); s <= std::min(rule.most, scale + 1); ++s)
        for (int l = std::max(0, least - 1); l <= std::min(rule.most, least + 1); ++l) {
            const float realScale = d * static_cast<float>(s), realLeast = dLeast * static_cast<float>(l);
            const double error = affineError(w, h, rule.levels, realScale, realLeast);
            if (error < best) {
                best = error;
                grid.scale(row, group) = realScale;
                grid.offset(row, group) = -realLeast;
            }
        }
}

// 256 columns: the two fp16 steps from what their parts wish for, then the parts.
void fitSuperBlock(Grid& grid, Index row, const float* w, const Importances& h, Index begin, const BlockRule& rule)
{
    const auto parts = static_cast<std::size_t>(256 / rule.fitted);
    std::array<Fit, 16> wish;
    float scale = 0, least = 0;
    for (std::size_t p = 0; p < parts; ++p) {
        const Index column = static_cast<Index>(p) * rule.fitted;
        wish[p] = bestAffine(w + column, h[p], rule.levels);
        scale = std::max(scale, wish[p].scale);
        least = std::max(least, wish[p].least);
    }
    const float d = roundToHalf(scale / static_cast<float>(rule.most));
    const float dLeast = roundToHalf(least / static_cast<float>(rule.most));
    for (std::size_t p = 0; p < parts; ++p) {
        const Index column = static_cast<Index>(p) * rule.fitted;
        setPart(grid, row, (begin + column) / rule.fitted, w + column, h[p], rule, wish[p], d, dLeast);
    }
}

// A part in the middle of its 256 columns: the steps stand, its multiples follow the running weights.
void fitPartAgain(Grid& grid, Index row, const float* w, const std::vector<float>& h, Index begin, const BlockRule& rule)
{
    const Index parts = 256 / rule.fitted, first = begin / 256 * parts;
    std::array<float, 16> scales{}, leasts{};
    for (Index p = 0; p < parts; ++p) {
        scales[static_cast<std::size_t>(p)] = grid.scale(row, first + p);
        leasts[static_cast<std::size_t>(p)] = -grid.offset(row, first + p);
    }
    const auto count = static_cast<std::size_t>(parts);
    const auto d = commonStep({scales.data(), count}, rule.most), dLeast = commonStep({leasts.data(), count}, rule.most);
    if (!d || !dLeast || *d <= 0)
        return;
    setPart(grid, row, begin / rule.fitted, w, h, rule, bestAffine(w, h, rule.levels), *d, *dLeast);
}

} // namespace

QString GgmlGrid::id() const { return QStringLiteral("gguf-") + name(m_type).toLower(); }

QString GgmlGrid::title() const { return tr("GGUF %1, compensated").arg(name(m_type)); }

QString GgmlGrid::paper() const
{
    return QStringLiteral("Frantar, Ashkboos, Hoefler, Alistarh 2022: GPTQ: Accurate Post-Training Quantization for "
                          "Generative Pre-trained Transformers, arXiv 2210.17323; block types of ggml");
}

std::vector<Parameter> GgmlGrid::parameters() const
{
    std::vector<Parameter> all = walkParameters();
    QStringList types;
    for (const BlockRule& rule : kRules)
        types << lowerName(rule.type);
    all.push_back({QStringLiteral("type"), tr("Type"), {}, Parameter::Kind::Choice, 0, 0, 0, lowerName(m_type).toStdString(), types,
                   tr("Blocks that the weights become. For single layers: some that matter most may have a larger type.")});
    return all;
}

WalkPlan GgmlGrid::plan(const Settings& settings) const
{
    WalkPlan plan = readWalkPlan(settings);
    plan.refitColumns = chosenType(settings) == ElementType::Q2_K ? 16 : 32; // where any scale may begin
    return plan;
}

Coding GgmlGrid::code(const CodingProblem& problem, const Settings& settings) const
{
    const BlockRule& rule = ruleFor(chosenType(settings), problem.target.cols());
    Coding coding;
    coding.rows = problem.target.rows();
    coding.columns = problem.target.cols();
    Grid grid;
    grid.count = rule.levels;
    grid.groupColumns = rule.fitted < coding.columns ? rule.fitted : 0; // one group is the whole row
    grid.parameterBits = 32; // as they are multiplied out; the blocks store less
    const Index groups = (coding.columns + rule.fitted - 1) / rule.fitted;
    grid.scale.setZero(coding.rows, groups);
    grid.offset.setZero(coding.rows, groups);
    grid.role = name(rule.type);
    coding.grids.push_back(std::move(grid));
    return coding;
}

void GgmlGrid::refitBlock(Coding& coding, const CodingProblem& problem, const Matrix& running, Index begin, Index,
                          const Settings& settings) const
{
    const BlockRule& rule = ruleFor(chosenType(settings), coding.columns);
    if (begin % rule.fitted != 0)
        return;
    Grid& grid = coding.grids.front();
    const bool whole = rule.most > 0 && begin % 256 == 0;
    Importances h;
    for (Index p = 0; p < (whole ? 256 / rule.fitted : 1); ++p) {
        const Index column = begin + p * rule.fitted;
        h.push_back(importance(problem, column, std::min(rule.fitted, coding.columns - column)));
    }
    parallelFor(running.rows(), [&](std::int64_t row) {
        const float* w = running.row(row).data() + begin;
        if (rule.most > 0) {
            whole ? fitSuperBlock(grid, row, w, h, begin, rule) : fitPartAgain(grid, row, w, h.front(), begin, rule);
            return;
        }
        const float d = roundToHalf(bestScale(w, h.front(), rule));
        const bool binary = rule.levels == 2;
        grid.scale(row, begin / rule.fitted) = binary ? 2 * d : d;
        grid.offset(row, begin / rule.fitted) = binary ? -d : -d * static_cast<float>(rule.zero);
    });
}

std::optional<ElementType> GgmlGrid::storedAs(Index columns, const Settings& settings) const
{
    const BlockRule& rule = ruleFor(chosenType(settings), columns);
    return divides(rule, columns) ? std::optional(rule.type) : std::nullopt;
}

StoredScales GgmlGrid::storedScales(Index columns, const Settings& settings) const
{
    const BlockRule& rule = ruleFor(chosenType(settings), columns);
    if (rule.most > 0)
        return {false, 0, rule.most};
    return {true, rule.levels == 2 ? 0.5f : static_cast<float>(rule.zero), 0};
}

} // namespace halftone
