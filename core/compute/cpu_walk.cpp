// SPDX-License-Identifier: GPL-3.0-or-later
// Frantar et al. 2022 (GPTQ), algorithm 1, for many rows at once. Rows do not know each other: a task
// takes kLanes rows and turns them so that each column is one vector. Columns go in spans of kSpan,
// inside which a task works alone; the columns behind the span are then updated by matrix products.
// All cuts are at fixed columns, so walking in several calls that meet at multiples of kBlock adds the
// same terms in the same order.
#include "base/parallel.h"
#include "compute/cpu_blas.h"
#include "compute/cpu_kernels.h"
#include "compute/cpu_round.h"
#include "compute/vector_math.h"

#include <algorithm>
#include <memory>
#include <optional>
#include <vector>

namespace halftone::cpu {

namespace {

constexpr Index kSpan = 512;
constexpr Index kBlock = 128;
constexpr Index kStep = 16;  // columns whose errors reach the rest of the block together
constexpr Index kGroup = 4;  // columns updated together

Index nextMultiple(Index i, Index of) { return (i / of + 1) * of; }

template <class T>
using VectorOf [[gnu::vector_size(32)]] = T;

// kGroup columns of kLanes rows: columns[c] -= sum_i errors[i] upper[i][c]
template <class T>
HALFTONE_INLINE void subtractFromGroup(T* columns, const T* errors, const T* upper, Index count)
{
    using V = VectorOf<T>;
    constexpr Index width = sizeof(V) / sizeof(T);
    constexpr Index perColumn = kLanes / width;
    auto* c = reinterpret_cast<V*>(columns);
    const auto* e = reinterpret_cast<const V*>(errors);
    for (Index part = 0; part < perColumn; part += 2) {
        V sum[kGroup][2];
        for (Index k = 0; k < kGroup; ++k) {
            sum[k][0] = c[k * perColumn + part];
            sum[k][1] = c[k * perColumn + part + 1];
        }
        for (Index i = 0; i < count; ++i) {
            const V e0 = e[i * perColumn + part];
            const V e1 = e[i * perColumn + part + 1];
            for (Index k = 0; k < kGroup; ++k) {
                sum[k][0] -= e0 * upper[i * kGroup + k];
                sum[k][1] -= e1 * upper[i * kGroup + k];
            }
        }
        for (Index k = 0; k < kGroup; ++k) {
            c[k * perColumn + part] = sum[k][0];
            c[k * perColumn + part + 1] = sum[k][1];
        }
    }
}

template <class T>
HALFTONE_INLINE void subtractFromGroups(T* columns, const T* errors, const T* upper, Index stride,
                                        Index groups, Index count)
{
    for (Index g = 0; g < groups; ++g)
        subtractFromGroup(columns + g * kGroup * kLanes, errors, upper + g * stride, count);
}

template <class T>
HALFTONE_INLINE void subtractOne(T* column, const T* error, T factor)
{
    for (Index i = 0; i < kLanes; ++i)
        column[i] -= error[i] * factor;
}

// error = (value - rounded) / diagonal
template <class T>
HALFTONE_INLINE void takeError(T* error, const T* value, const T* rounded, T diagonal, double* loss)
{
    for (Index i = 0; i < kLanes; ++i) {
        const T e = (value[i] - rounded[i]) / diagonal;
        error[i] = e;
        loss[i] += static_cast<double>(e) * static_cast<double>(e);
    }
}

// Compiled once per instruction set; templates cannot be.
HALFTONE_VECTORIZE
void subtractGroups(float* c, const float* e, const float* u, Index stride, Index groups, Index count)
{
    subtractFromGroups(c, e, u, stride, groups, count);
}
HALFTONE_VECTORIZE
void subtractGroups(double* c, const double* e, const double* u, Index stride, Index groups, Index count)
{
    subtractFromGroups(c, e, u, stride, groups, count);
}
HALFTONE_VECTORIZE
void subtractColumn(float* c, const float* e, float factor) { subtractOne(c, e, factor); }
HALFTONE_VECTORIZE
void subtractColumn(double* c, const double* e, double factor) { subtractOne(c, e, factor); }
HALFTONE_VECTORIZE
void errorOf(float* e, const float* v, const float* q, float d, double* loss) { takeError(e, v, q, d, loss); }
HALFTONE_VECTORIZE
void errorOf(double* e, const double* v, const double* q, double d, double* loss) { takeError(e, v, q, d, loss); }

// Strips of a fixed number of columns, so that the inner loops are unrolled.
constexpr Index kStrip = 16;

// to[column][row] = from[row][column] for `rows` rows and `columns` columns
template <class T>
void turnIn(T* to, const T* from, Index stride, Index rows, Index columns)
{
    Index begin = 0;
    for (; begin + kStrip <= columns; begin += kStrip)
        for (Index row = 0; row < rows; ++row) {
            const T* source = from + row * stride + begin;
            T* target = to + begin * kLanes + row;
            for (Index column = 0; column < kStrip; ++column)
                target[column * kLanes] = source[column];
        }
    for (; begin < columns; ++begin)
        for (Index row = 0; row < rows; ++row)
            to[begin * kLanes + row] = from[row * stride + begin];
}

// to[row][column] = from[column][row]
template <class T>
void turnOut(T* to, const T* from, Index stride, Index rows, Index columns)
{
    Index begin = 0;
    for (; begin + kStrip <= columns; begin += kStrip)
        for (Index row = 0; row < rows; ++row) {
            const T* source = from + begin * kLanes + row;
            T strip[kStrip];
            for (Index column = 0; column < kStrip; ++column)
                strip[column] = source[column * kLanes];
            std::copy_n(strip, kStrip, to + row * stride + begin);
        }
    for (; begin < columns; ++begin)
        for (Index row = 0; row < rows; ++row)
            to[row * stride + begin] = from[begin * kLanes + row];
}

// The part of U that a span needs, in groups of columns: [group][row][column of the group].
template <class T>
class SpanOfUpper
{
public:
    SpanOfUpper(const T* upper, Index size, Index span)
        : m_rows(std::min(kSpan, size - span)),
          m_numbers(static_cast<std::size_t>(nextMultiple(m_rows, kGroup) * m_rows))
    {
        constexpr Index perTask = 16;
        parallelFor((m_rows + perTask - 1) / perTask, [&](std::int64_t task) {
            for (Index i = task * perTask; i < std::min(m_rows, (task + 1) * perTask); ++i)
                for (Index j = i; j < m_rows; ++j)
                    m_numbers[place(i, j)] = upper[(span + i) * size + span + j];
        });
    }
    const T* group(Index row, Index column) const { return &m_numbers[place(row, column / kGroup * kGroup)]; }
    T at(Index row, Index column) const { return m_numbers[place(row, column)]; }
    /// Numbers between a group and the next.
    Index stride() const { return m_rows * kGroup; }

private:
    std::size_t place(Index row, Index column) const
    {
        return static_cast<std::size_t>((column / kGroup * m_rows + row) * kGroup + column % kGroup);
    }

    Index m_rows;
    std::vector<T> m_numbers;
};

// kLanes rows of one span, turned. Columns count from the span's first.
template <class T>
class Slab
{
public:
    Slab(const Walk<T>& walk, Index span, Index row)
        : m_walk(walk), m_span(span), m_row(row), m_rows(std::min(kLanes, walk.rows - row)),
          m_columns(std::min(kSpan, walk.columns - span)), m_rounder(*walk.coding, row, m_rows),
          m_weights(m_columns), m_errors(m_columns), m_coded(m_columns), m_codes(m_columns)
    {
    }

    // Columns [begin, end) are coded, all later ones of the span updated; errors[rows x kSpan].
    void run(const SpanOfUpper<T>* upper, Index begin, Index end, T* errors)
    {
        const Index stride = m_walk.columns;
        const Index corner = m_row * stride + m_span + begin;
        if (m_rows < kLanes) // the spare lanes take part in every step
            std::fill(at(m_weights, 0), at(m_weights, 0) + m_columns * kLanes, T(0));
        turnIn(at(m_weights, begin), m_walk.weights + corner, stride, m_rows, m_columns - begin);
        for (Index block = begin; block < end;) {
            const Index blockEnd = std::min(end, nextMultiple(block, kBlock));
            walkBlock(upper, block, blockEnd);
            if (upper)
                spread(*upper, block, blockEnd, blockEnd, m_columns);
            block = blockEnd;
        }
        turnOut(m_walk.weights + corner, at(m_weights, begin), stride, m_rows, m_columns - begin);
        turnOut(m_walk.coded + corner, at(m_coded, begin), stride, m_rows, end - begin);
        turnOut(m_walk.codes + corner, at(m_codes, begin), stride, m_rows, end - begin);
        if (upper)
            turnOut(errors + m_row * kSpan + begin, at(m_errors, begin), kSpan, m_rows, end - begin);
        for (Index i = 0; i < m_rows; ++i)
            m_walk.loss[m_row + i] += m_loss[static_cast<std::size_t>(i)];
    }

private:
    template <class N>
    struct Aligned
    {
        alignas(32) N numbers[static_cast<std::size_t>(kLanes)];
    };
    template <class N>
    class Columns
    {
    public:
        static_assert(sizeof(Aligned<N>) == sizeof(N) * static_cast<std::size_t>(kLanes));
        explicit Columns(Index count)
            : m_lanes(std::make_unique_for_overwrite<Aligned<N>[]>(static_cast<std::size_t>(count)))
        {
        }
        N* column(Index i) { return m_lanes[static_cast<std::size_t>(i)].numbers; }

    private:
        std::unique_ptr<Aligned<N>[]> m_lanes;
    };
    template <class N>
    static N* at(Columns<N>& columns, Index i) { return columns.column(i); }

    void walkBlock(const SpanOfUpper<T>* upper, Index begin, Index end)
    {
        for (Index step = begin; step < end;) {
            const Index stepEnd = std::min(end, nextMultiple(step, kStep));
            for (Index j = step; j < stepEnd; ++j) {
                T* value = at(m_weights, j);
                T* rounded = at(m_coded, j);
                T* error = at(m_errors, j);
                m_rounder.round(m_span + j, value, rounded, at(m_codes, j));
                errorOf(error, value, rounded, upper ? upper->at(j, j) : T(1), m_loss.data());
                for (Index k = j + 1; upper && k < stepEnd; ++k)
                    subtractColumn(at(m_weights, k), error, upper->at(j, k));
            }
            if (upper)
                spread(*upper, step, stepEnd, stepEnd, end);
            step = stepEnd;
        }
    }

    // columns [begin, end) -= errors of columns [from, to)
    void spread(const SpanOfUpper<T>& upper, Index from, Index to, Index begin, Index end)
    {
        Index column = begin;
        for (; column < end && column % kGroup != 0; ++column)
            spreadTo(upper, from, to, column);
        const Index groups = (end - column) / kGroup;
        if (groups > 0)
            subtractGroups(at(m_weights, column), at(m_errors, from), upper.group(from, column),
                           upper.stride(), groups, to - from);
        for (column += groups * kGroup; column < end; ++column)
            spreadTo(upper, from, to, column);
    }

    void spreadTo(const SpanOfUpper<T>& upper, Index from, Index to, Index column)
    {
        for (Index i = from; i < to; ++i)
            subtractColumn(at(m_weights, column), at(m_errors, i), upper.at(i, column));
    }

    const Walk<T>& m_walk;
    Index m_span;
    Index m_row;
    Index m_rows;
    Index m_columns;
    LaneRounder m_rounder;
    Columns<T> m_weights;
    Columns<T> m_errors;
    Columns<T> m_coded;
    Columns<std::uint8_t> m_codes;
    Lanes<double> m_loss{};
};

// Columns behind the span -= errors of its columns [begin, end) times U, a block at a time.
template <class T>
void updateBehind(const Walk<T>& walk, Index span, Index begin, Index end, const std::vector<T>& errors,
                  Progress& progress)
{
    constexpr Index rowTile = 256;
    constexpr Index columnTile = 512;
    constexpr Index chunk = 4 * columnTile; // between two looks at progress
    const Index rowTiles = (walk.rows + rowTile - 1) / rowTile;
    for (Index first = span + kSpan; first < walk.columns; first += chunk) {
        progress.check();
        const Index width = std::min(chunk, walk.columns - first);
        const Index tiles = (width + columnTile - 1) / columnTile;
        parallelFor(rowTiles * tiles, [&](std::int64_t tile) {
            stopWhenCancelled(progress);
            const Index row = tile % rowTiles * rowTile;
            const Index column = first + tile / rowTiles * columnTile;
            for (Index block = begin; block < end;) {
                const Index blockEnd = std::min(end, nextMultiple(block, kBlock));
                gemm(CblasNoTrans, CblasNoTrans, std::min(rowTile, walk.rows - row),
                     std::min(columnTile, walk.columns - column), blockEnd - block, T(-1),
                     Block<const T>{errors.data() + row * kSpan + block, kSpan},
                     Block<const T>{walk.upper + (span + block) * walk.columns + column, walk.columns},
                     T(1), Block<T>{walk.weights + row * walk.columns + column, walk.columns});
                block = blockEnd;
            }
        });
    }
}

} // namespace

template <class T>
void walkColumns(const Walk<T>& walk, Index begin, Index end, Progress& progress)
{
    std::vector<T> errors(walk.upper ? static_cast<std::size_t>(walk.rows * kSpan) : 0);
    while (begin < end) {
        progress.check();
        const Index span = begin / kSpan * kSpan;
        const Index spanEnd = std::min(end, span + kSpan);
        std::optional<SpanOfUpper<T>> upper;
        if (walk.upper)
            upper.emplace(walk.upper, walk.columns, span);
        parallelFor((walk.rows + kLanes - 1) / kLanes, [&](std::int64_t slab) {
            stopWhenCancelled(progress);
            Slab<T>(walk, span, slab * kLanes)
                .run(upper ? &*upper : nullptr, begin - span, spanEnd - span, errors.data());
        });
        if (walk.upper)
            updateBehind(walk, span, begin - span, spanEnd - span, errors, progress);
        begin = spanEnd;
    }
}

template void walkColumns(const Walk<float>&, Index, Index, Progress&);
template void walkColumns(const Walk<double>&, Index, Index, Progress&);

} // namespace halftone::cpu
