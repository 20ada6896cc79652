// SPDX-License-Identifier: GPL-3.0-or-later
#include "quantize/host_walk.h"

#include "base/error.h"

#include <algorithm>
#include <optional>

namespace halftone {

void checkCoding(const QString& name, const Coding& coding)
{
    for (const Grid& grid : coding.grids)
        if (!grid.scale.allFinite() || !grid.offset.allFinite() || !grid.second.allFinite() ||
            !grid.columnScale.allFinite())
            throw Error(tr("Weights of '%1' are too large for scales of %2 bits: set parameter_bits "
                           "to 32.").arg(name).arg(grid.parameterBits));
}

namespace {

// The walk's arrays. Weights run in the plan's precision.
struct WalkArrays
{
    Array weights, coded, codes, loss;

    WalkArrays(const Matrix& target, Scalar scalar, ComputeBackend& backend)
        : weights(scalar == Scalar::F64 ? backend.upload(MatrixD(target.cast<double>()))
                                        : backend.upload(target)),
          coded(backend.allocate(scalar, target.rows(), target.cols())),
          codes(backend.allocate(Scalar::U8, target.rows(), target.cols())),
          loss(backend.allocate(Scalar::F64, target.rows(), 1))
    {
        backend.fillZero(loss);
    }
};

Matrix downloadAsFloat(const Array& a, ComputeBackend& backend)
{
    return a.scalar == Scalar::F64 ? Matrix(backend.downloadMatrixD(a).cast<float>())
                                   : backend.downloadMatrix(a);
}

// Rounds target column by column; leaves the codes in out.
void walk(const Quantizer& method, const Settings& settings, const WalkPlan& plan,
          const CodingProblem& problem, QuantizedMatrix& out, ComputeBackend& backend,
          Progress& progress)
{
    const Index columns = problem.target.cols();
    const WalkArrays arrays(problem.target, plan.scalar, backend);
    const Array upper = plan.compensation ? problem.factor->upper : Array{};
    const Index step = plan.refitColumns > 0 ? plan.refitColumns : columns;
    for (Index begin = 0; begin < columns; begin += step) {
        const Index end = std::min(begin + step, columns);
        if (plan.refitColumns > 0) {
            method.refitBlock(out.coding, problem, downloadAsFloat(arrays.weights, backend), begin, end, settings);
            checkCoding(problem.name, out.coding);
        }
        backend.walkColumns(arrays.weights, upper, out.coding, begin, end, arrays.coded, arrays.codes,
                            arrays.loss, progress);
    }
    out.codes.resize(problem.target.rows(), columns);
    backend.download(out.codes.data(), arrays.codes);
}

// For columns walked by activation: the coding as its columns come. Grids that are refitted on the way
// have groups in that order already; those of others become a group a column.
Coding inOrder(const Coding& coding, const std::vector<Index>& order, bool refitted)
{
    Coding out = coding;
    const auto place = [&](Index p) { return order[static_cast<std::size_t>(p)]; };
    for (Index p = 0; p < coding.classes.cols(); ++p)
        out.classes.col(p) = coding.classes.col(place(p));
    for (std::size_t g = 0; g < coding.grids.size() && !refitted; ++g) {
        const Grid& from = coding.grids[g];
        Grid& to = out.grids[g];
        if (from.groupColumns == 0)
            continue;
        to.groupColumns = 1;
        to.scale.resize(coding.rows, coding.columns);
        if (from.offset.size())
            to.offset.resize(coding.rows, coding.columns);
        for (Index p = 0; p < coding.columns; ++p) {
            to.scale.col(p) = from.scale.col(from.group(place(p)));
            if (from.offset.size())
                to.offset.col(p) = from.offset.col(from.group(place(p)));
        }
    }
    return out;
}

// The walk of columns in the order of their activations; codes come back as the columns lie.
void walkByActivation(const Quantizer& method, const Settings& settings, const WalkPlan& plan,
                      const CodingProblem& problem, QuantizedMatrix& out, ComputeBackend& backend,
                      Progress& progress)
{
    const std::vector<Index>& order = problem.factor->order;
    const bool refitted = plan.refitColumns > 0;
    Matrix turned(problem.target.rows(), problem.target.cols());
    for (Index p = 0; p < turned.cols(); ++p)
        turned.col(p) = problem.target.col(order[static_cast<std::size_t>(p)]);
    const CodingProblem seen{problem.name, problem.original, turned, problem.factor, problem.hessian};
    QuantizedMatrix walked;
    walked.coding = inOrder(out.coding, order, refitted);
    walk(method, settings, plan, seen, walked, backend, progress);
    out.codes.resize(turned.rows(), turned.cols());
    for (Index p = 0; p < turned.cols(); ++p)
        out.codes.col(order[static_cast<std::size_t>(p)]) = walked.codes.col(p);
    if (!refitted)
        return;
    out.coding.grids = std::move(walked.coding.grids);
    for (Grid& grid : out.coding.grids) {
        if (grid.groupColumns == 0)
            continue;
        std::vector<std::uint16_t> groups(order.size());
        for (std::size_t p = 0; p < order.size(); ++p)
            groups[static_cast<std::size_t>(order[p])] =
                static_cast<std::uint16_t>(grid.group(static_cast<Index>(p)));
        grid.columnGroup = std::move(groups);
    }
}

// U with zeros right of the diagonal within each block, so that errors stay out of their own block.
Array withoutBlockFeedback(const Array& upper, Index blockColumns, ComputeBackend& backend)
{
    const Index size = upper.rows;
    const auto clear = [&](auto& u) {
        for (Index i = 0; i < size; ++i) {
            const Index end = std::min(size, (i / blockColumns + 1) * blockColumns);
            u.row(i).segment(i + 1, end - i - 1).setZero();
        }
        return backend.upload(u);
    };
    if (upper.scalar == Scalar::F64) {
        MatrixD u = backend.downloadMatrixD(upper);
        return clear(u);
    }
    Matrix u = backend.downloadMatrix(upper);
    return clear(u);
}

MatrixD blockOf(const Array& upper, Index begin, Index width, ComputeBackend& backend)
{
    const Array rows = upper.rowRange(begin, width);
    if (upper.scalar == Scalar::F64)
        return backend.downloadMatrixD(rows).middleCols(begin, width);
    return backend.downloadMatrix(rows).middleCols(begin, width).cast<double>();
}

// A coding of which each weight can only become the value given in its place of the offset.
Coding givenValues(Index rows, Index columns)
{
    Coding coding;
    coding.rows = rows;
    coding.columns = columns;
    Grid grid;
    grid.count = 1;
    grid.groupColumns = 1;
    grid.scale.setZero(rows, columns);
    grid.offset.setZero(rows, columns);
    coding.grids.push_back(std::move(grid));
    return coding;
}

// The method codes block after block; between them the errors move on.
void walkBlocks(const Quantizer& method, const Settings& settings, const WalkPlan& plan,
                const CodingProblem& problem, QuantizedMatrix& out, ComputeBackend& backend,
                Progress& progress)
{
    const Index rows = problem.target.rows();
    const Index columns = problem.target.cols();
    out.codes.setZero(rows, columns);
    std::optional<WalkArrays> arrays;
    Array upper;
    Coding given;
    if (plan.compensation) {
        arrays.emplace(problem.target, plan.scalar, backend);
        upper = plan.blockErrors == BlockErrors::Exact
                    ? problem.factor->upper
                    : withoutBlockFeedback(problem.factor->upper, plan.blockColumns, backend);
        given = givenValues(rows, columns);
    }
    for (Index begin = 0; begin < columns; begin += plan.blockColumns) {
        progress.check();
        const Index end = std::min(begin + plan.blockColumns, columns);
        MatrixD running = problem.target.middleCols(begin, end - begin).cast<double>();
        if (arrays && begin > 0)
            running = plan.scalar == Scalar::F64
                          ? MatrixD(backend.downloadMatrixD(arrays->weights).middleCols(begin, end - begin))
                          : MatrixD(backend.downloadMatrix(arrays->weights)
                                        .middleCols(begin, end - begin).cast<double>());
        method.codeBlock(out.coding, out.codes,
                         {problem, begin, end, running,
                          upper ? blockOf(upper, begin, end - begin, backend) : MatrixD()},
                         settings);
        checkCoding(problem.name, out.coding);
        if (!arrays)
            continue;
        for (Index r = 0; r < rows; ++r)
            for (Index j = begin; j < end; ++j)
                given.grids[0].offset(r, j) = weightValue(out.coding, r, j, out.codes(r, j));
        backend.walkColumns(arrays->weights, upper, given, begin, end, arrays->coded, arrays->codes,
                            arrays->loss, progress);
    }
}

} // namespace

void walkOnHost(const Quantizer& method, const Settings& settings, const WalkPlan& plan, const CodingProblem& problem,
                QuantizedMatrix& out, ComputeBackend& backend, Progress& progress)
{
    if (plan.blockColumns > 0)
        walkBlocks(method, settings, plan, problem, out, backend, progress);
    else if (problem.factor && !problem.factor->order.empty())
        walkByActivation(method, settings, plan, problem, out, backend, progress);
    else
        walk(method, settings, plan, problem, out, backend, progress);
}

} // namespace halftone
