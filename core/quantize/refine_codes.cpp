// SPDX-License-Identifier: GPL-3.0-or-later
#include "quantize/refine_codes.h"

#include "base/parallel.h"
#include "compute/cpu_backend.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <memory>
#include <numbers>
#include <optional>

namespace halftone {

namespace {

constexpr Index kBlock = 128; // columns whose changes reach all others together
constexpr double kMostBits = 24; // price of a symbol that does not occur
// Up to here the products of a pass are done sooner than they are asked for elsewhere.
constexpr Index kHostColumns = 2048;
constexpr Index kCountRows = 64; // whose symbols are counted together
constexpr Index kSuperColumns = 256; // that share the steps of stored multiples

// The levels that the weights of one row and group can take, class by class, ready for many look-ups.
class RowLevels
{
public:
    RowLevels(const Coding& coding, Index row) : m_coding(coding), m_row(row)
    {
        m_group.fill(-1);
        for (std::size_t g = 0; g < coding.grids.size(); ++g)
            m_even[g] = even(coding.grids[g]);
    }

    float value(std::size_t g, Index column, int code)
    {
        look(g, column);
        return m_value[g][static_cast<std::size_t>(code)];
    }

    // As nearestCode(), but for ties and rounding: who compares costs need not care.
    int nearest(std::size_t g, Index column, double wish)
    {
        look(g, column);
        const int last = m_coding.grids[g].count - 1;
        const auto& value = m_value[g];
        if (m_even[g]) {
            const double step = static_cast<double>(m_last[g] - value[0]);
            if (step == 0)
                return 0;
            const double at = std::floor((wish - value[0]) * last / step + 0.5);
            return static_cast<int>(std::clamp(at, 0.0, static_cast<double>(last)));
        }
        int best = 0;
        double least = std::abs(wish - value[0]);
        for (int c = 1; c <= last; ++c) {
            const double away = std::abs(wish - value[static_cast<std::size_t>(c)]);
            best = away <= least ? c : best;
            least = std::min(away, least);
        }
        return best;
    }

private:
    static bool even(const Grid& grid)
    {
        for (std::size_t c = 2; c < grid.table.size(); ++c)
            if (std::abs((grid.table[c] - grid.table[c - 1]) - (grid.table[1] - grid.table[0])) > 1e-6f)
                return false;
        return grid.count > 1;
    }

    void look(std::size_t g, Index column)
    {
        const Grid& grid = m_coding.grids[g];
        const Index group = grid.group(column);
        if (group == m_group[g])
            return;
        m_group[g] = group;
        for (int c = 0; c < grid.count; ++c)
            m_value[g][static_cast<std::size_t>(c)] = static_cast<float>(codeValue(grid, m_row, column, c));
        m_last[g] = m_value[g][static_cast<std::size_t>(grid.count - 1)];
    }

    const Coding& m_coding;
    Index m_row;
    std::array<Index, 4> m_group;
    std::array<bool, 4> m_even{};
    std::array<float, 4> m_last{};
    std::array<std::array<float, 256>, 4> m_value;
};

class Refiner
{
public:
    Refiner(Coding& coding, CodeMatrix& codes, const Matrix& target, const Matrix& hessian,
            const Refinement& refinement, const StoredScales& stored, ComputeBackend& backend, Progress& progress)
        : m_coding(coding), m_codes(codes), m_target(target), m_hessian(hessian),
          m_refinement(refinement),
          m_host(hessian.rows() <= kHostColumns ? makeCpuBackend() : std::unique_ptr<ComputeBackend>()),
          m_backend(m_host ? *m_host : backend), m_progress(progress),
          m_hessianArray(m_backend.upload(hessian)), m_rows(target.rows()), m_columns(target.cols()),
          m_stored(stored), m_in(m_backend.allocate(Scalar::F32, m_rows, m_columns)),
          m_out(m_backend.allocate(Scalar::F32, m_rows, m_columns))
    {
        if (stored.most > 0)
            m_steps.emplace(coding.grids.front(), m_columns, stored);
        for (Index begin = 0; begin < m_columns; begin += kBlock)
            m_hessianColumns.push_back(
                m_backend.upload(Matrix(hessian.middleCols(begin, std::min(kBlock, m_columns - begin)))));
    }

    RefinedLoss run()
    {
        RefinedLoss out;
        for (int round = 0; round < m_refinement.rounds; ++round) {
            startRound();
            if (round == 0)
                out.before = m_rowLoss.sum();
            out.steps.push_back(refit());
            for (int pass = 0; pass < m_refinement.passes; ++pass)
                out.steps.push_back(descend());
        }
        if (m_refinement.rounds > 0)
            out.steps.push_back(refit());
        return out;
    }

private:
    std::uint8_t classOf(Index row, Index column) const
    {
        return static_cast<std::uint8_t>(m_coding.classOf(row, column));
    }

    // The slope from scratch: within a round it is a sum of changes, which gathers rounding errors.
    void startRound()
    {
        measureErrors();
        multiply(m_error, m_hessianArray);
        m_slope = m_product;
        measureLoss();
    }

    // m_error = V - W.
    void measureErrors()
    {
        m_error.resize(m_rows, m_columns);
        parallelFor(m_rows, [&](std::int64_t r) {
            RowLevels levels(m_coding, r);
            for (Index j = 0; j < m_columns; ++j)
                m_error(r, j) = levels.value(classOf(r, j), j, m_codes(r, j)) - m_target(r, j);
        });
    }

    double measureLoss()
    {
        m_rowLoss.resize(m_rows);
        parallelFor(m_rows, [&](std::int64_t r) {
            m_rowLoss[r] = m_slope.row(r).cast<double>().dot(m_error.row(r).cast<double>());
        });
        return m_rowLoss.sum();
    }

    // m_product = a b^T on the backend, in memory that is there already.
    void multiply(const Matrix& a, const Array& b)
    {
        m_progress.check();
        Array in = m_in, out = m_out;
        in.columns = a.cols();
        out.columns = b.rows;
        m_backend.upload(in, a.data());
        m_backend.multiplyTransposed(out, in, b);
        m_product.resize(m_rows, b.rows);
        m_backend.download(m_product.data(), out);
    }

    // --- parameters -----------------------------------------------------------------------------

    double refit()
    {
        for (Index begin = 0; m_steps && begin < m_columns; begin += kSuperColumns)
            refitSteps(begin, begin + kSuperColumns);
        for (std::size_t g = 0; g < m_coding.grids.size(); ++g) {
            const Grid& grid = m_coding.grids[g];
            const Index width = grid.groupColumns > 0 ? grid.groupColumns : m_columns;
            for (Index begin = 0; begin < m_columns; begin += width)
                refitGroup(g, begin, std::min(begin + width, m_columns));
        }
        measureErrors();
        return measureLoss();
    }

    // What one or two numbers of each row multiply in a run of columns from `begin` on: the members' levels, and
    // ones or what stands for them (no rows: none).
    struct Run
    {
        Index begin = 0;
        Matrix levels, ones;
    };

    // The best change of scale and offset of one class and group, all else fixed: for each row
    // d = -(F H F^T)^-1 F s^T, where F holds the members' levels and ones, s the slope.
    void refitGroup(std::size_t g, Index begin, Index end)
    {
        Grid& grid = m_coding.grids[g];
        if (grid.count < 2)
            return;
        const bool hasOffset = grid.offset.size() > 0 && !m_stored.tied;
        const Index width = end - begin;
        Run run{begin, Matrix::Zero(m_rows, width), Matrix::Zero(hasOffset ? m_rows : 0, width)};
        parallelFor(m_rows, [&](std::int64_t r) {
            for (Index j = begin; j < end; ++j)
                if (classOf(r, j) == g) {
                    run.levels(r, j - begin) = levelOf(grid, r, j) - m_stored.zero;
                    if (hasOffset)
                        run.ones(r, j - begin) = 1;
                }
        });
        solve(run, [&](Index r, const ScaleCurve& curve) {
            const Index group = grid.group(begin);
            return m_steps ? m_steps->moveGroup(grid, r, group, curve) : moveScales(grid, r, group, curve, m_stored);
        });
    }

    // The same for the two numbers that 256 columns share.
    void refitSteps(Index begin, Index end)
    {
        Grid& grid = m_coding.grids.front();
        Run run{begin, Matrix(m_rows, end - begin), Matrix(m_rows, end - begin)};
        parallelFor(m_rows, [&](std::int64_t r) {
            for (Index j = begin; j < end; ++j) {
                const ScaleChange of = m_steps->levels(grid, r, j, levelOf(grid, r, j));
                run.levels(r, j - begin) = static_cast<float>(of.scale);
                run.ones(r, j - begin) = static_cast<float>(of.offset);
            }
        });
        solve(run, [&](Index r, const ScaleCurve& curve) { return m_steps->move(grid, r, begin, curve); });
    }

    float levelOf(const Grid& grid, Index row, Index column) const
    {
        const int c = m_codes(row, column);
        return grid.table.empty() ? static_cast<float>(c) : grid.table[static_cast<std::size_t>(c)];
    }

    // move(row, curve) changes what it will and says by how much; the slope follows.
    template <class Move>
    void solve(const Run& run, const Move& move)
    {
        const Index begin = run.begin, width = run.levels.cols();
        const bool hasOffset = run.ones.rows() > 0;
        // Rows of H against a run of columns: H is symmetric, so H[all, run] serves as the transpose.
        const Array part = width == m_columns ? m_hessianArray
                                              : m_backend.upload(Matrix(m_hessian.middleCols(begin, width)));
        multiply(run.levels, part);
        const Matrix levelsH = m_product;
        if (hasOffset)
            multiply(run.ones, part);
        const Matrix& onesH = m_product; // read where there is an offset
        parallelFor(m_rows, [&](std::int64_t r) {
            const auto dot = [&](const Matrix& a, const Matrix& b) {
                return a.row(r).cast<double>().dot(b.row(r).segment(begin, width).cast<double>());
            };
            const ScaleChange change = move(
                r, ScaleCurve{dot(run.levels, m_slope), hasOffset ? dot(run.ones, m_slope) : 0, dot(run.levels, levelsH),
                              hasOffset ? dot(run.levels, onesH) : 0, hasOffset ? dot(run.ones, onesH) : 0});
            if (change.scale != 0)
                m_slope.row(r) += static_cast<float>(change.scale) * levelsH.row(r);
            if (change.offset != 0)
                m_slope.row(r) += static_cast<float>(change.offset) * onesH.row(r);
        });
    }

    // --- codes ----------------------------------------------------------------------------------

    // One pass: each weight in turn goes to the level that is best while all others stay.
    double descend()
    {
        priceSymbols();
        for (Index begin = 0; begin < m_columns; begin += kBlock) {
            const Index count = std::min(kBlock, m_columns - begin);
            m_change.resize(m_rows, count);
            const Matrix corner = m_hessian.block(begin, begin, count, count);
            parallelFor(m_rows, [&](std::int64_t r) { descendRow(r, begin, count, corner); });
            multiply(m_change, m_hessianColumns[static_cast<std::size_t>(begin / kBlock)]);
            parallelFor(m_rows, [&](std::int64_t r) { m_slope.row(r) += m_product.row(r); });
        }
        return measureLoss();
    }

    void descendRow(Index row, Index begin, Index count, const Matrix& corner)
    {
        std::array<float, kBlock> slope; // moves on within the block; m_slope follows for all columns at once
        std::copy_n(m_slope.data() + row * m_columns + begin, count, slope.begin());
        RowLevels levels(m_coding, row);
        const double price = m_refinement.rate * 2 * std::numbers::ln2 * std::max(0.0, m_rowLoss[row]) /
                             static_cast<double>(m_columns);
        for (Index i = 0; i < count; ++i) {
            const Index column = begin + i;
            const float curvature = corner(i, i);
            m_change(row, i) = 0;
            if (!(curvature > 0))
                continue;
            const std::uint8_t oldClass = classOf(row, column);
            const int oldCode = m_codes(row, column);
            const float old = levels.value(oldClass, column, oldCode);
            const Choice best = bestChoice(levels, column, static_cast<double>(old) - slope[static_cast<std::size_t>(i)] / curvature,
                                           curvature, price, {oldClass, oldCode, old});
            if (best.grid == oldClass && best.code == oldCode)
                continue;
            m_codes(row, column) = static_cast<std::uint8_t>(best.code);
            if (best.grid != oldClass)
                m_coding.classes(m_coding.classes.rows() == 1 ? 0 : row, column) = best.grid;
            const float step = best.value - old;
            m_change(row, i) = step;
            m_error(row, column) += step;
            const float* h = corner.data() + i * count;
            for (Index k = 0; k < count; ++k)
                slope[static_cast<std::size_t>(k)] += step * h[k];
        }
    }

    struct Choice
    {
        std::uint8_t grid;
        int code;
        float value;
    };

    // The candidates are the level nearest to `wish` and its neighbours; the old one wins ties.
    Choice bestChoice(RowLevels& levels, Index column, double wish, double curvature, double price,
                      const Choice& old) const
    {
        const auto cost = [&](const Choice& c) {
            const double away = c.value - wish;
            return curvature * away * away + (price > 0 ? price * m_bits[c.grid][static_cast<std::size_t>(c.code)] : 0);
        };
        Choice best = old;
        double least = cost(old);
        const auto consider = [&](std::uint8_t g) {
            const int nearest = levels.nearest(g, column, wish);
            const int reach = price > 0 ? 1 : 0;
            for (int c = std::max(0, nearest - reach);
                 c <= std::min(m_coding.grids[g].count - 1, nearest + reach); ++c) {
                const Choice candidate{g, c, levels.value(g, column, c)};
                const double its = cost(candidate);
                if (its < least) {
                    least = its;
                    best = candidate;
                }
            }
        };
        if (m_refinement.moveClasses && m_coding.elementWise())
            for (std::size_t g = 0; g < m_coding.grids.size(); ++g)
                consider(static_cast<std::uint8_t>(g));
        else
            consider(old.grid);
        return best;
    }

    // Bits of each symbol as often as it occurs now.
    void priceSymbols()
    {
        if (!(m_refinement.rate > 0))
            return;
        using Counts = std::array<std::array<double, 256>, 4>;
        std::vector<Counts> parts(static_cast<std::size_t>((m_rows + kCountRows - 1) / kCountRows), Counts{});
        parallelFor(static_cast<std::int64_t>(parts.size()), [&](std::int64_t p) {
            Counts& part = parts[static_cast<std::size_t>(p)];
            for (Index r = p * kCountRows; r < std::min(m_rows, (p + 1) * kCountRows); ++r)
                for (Index j = 0; j < m_columns; ++j)
                    part[classOf(r, j)][m_codes(r, j)] += 1;
        });
        Counts counts{};
        for (const Counts& part : parts)
            for (std::size_t g = 0; g < counts.size(); ++g)
                for (std::size_t c = 0; c < counts[g].size(); ++c)
                    counts[g][c] += part[g][c];
        const double all = static_cast<double>(m_rows) * static_cast<double>(m_columns);
        for (std::size_t g = 0; g < counts.size(); ++g)
            for (std::size_t c = 0; c < counts[g].size(); ++c)
                m_bits[g][c] = counts[g][c] > 0 ? std::min(kMostBits, -std::log2(counts[g][c] / all))
                                                : kMostBits;
    }

    Coding& m_coding;
    CodeMatrix& m_codes;
    const Matrix& m_target;
    const Matrix& m_hessian;
    const Refinement& m_refinement;
    std::unique_ptr<ComputeBackend> m_host;
    ComputeBackend& m_backend;
    Progress& m_progress;
    Array m_hessianArray;
    std::vector<Array> m_hessianColumns; // in runs of kBlock
    Index m_rows, m_columns;
    StoredScales m_stored;
    std::optional<SuperSteps> m_steps; // where scales are multiples
    Array m_in, m_out;
    Matrix m_error, m_slope, m_product, m_change;
    VectorD m_rowLoss;
    std::array<std::array<double, 256>, 4> m_bits{};
};

} // namespace

RefinedLoss refineCodes(Coding& coding, CodeMatrix& codes, const Matrix& target, const Matrix& hessian,
                        const Refinement& refinement, const StoredScales& stored, ComputeBackend& backend, Progress& progress)
{
    if (!coding.plain())
        return {}; // two planes, scales of columns and raw weights are fitted by their own methods
    return Refiner(coding, codes, target, hessian, refinement, stored, backend, progress).run();
}

} // namespace halftone
