// SPDX-License-Identifier: GPL-3.0-or-later
#include "quantize/quantize_matrix.h"

#include "base/error.h"
#include "base/half.h"
#include "base/parallel.h"
#include "quantize/quantizers.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>
#include <optional>

namespace halftone {

namespace {

void checkProblem(const LayerProblem& problem, const WalkPlan& plan)
{
    const Matrix& w = problem.weights;
    if (w.size() == 0)
        throw Error(tr("Tensor '%1' is %2 x %3: there is nothing to quantize.")
                        .arg(problem.name).arg(w.rows()).arg(w.cols()));
    for (Index r = 0; r < w.rows(); ++r)
        if (!w.row(r).allFinite())
            throw Error(tr("Tensor '%1' holds a value that is not finite in row %2: a damaged model "
                           "cannot be quantized.").arg(problem.name).arg(r));
    if (problem.hessian &&
        (problem.hessian->rows() != w.cols() || problem.hessian->cols() != w.cols()))
        throw Error(tr("Tensor '%1' has %2 columns and its Hessian is %3 x %4.")
                        .arg(problem.name).arg(w.cols()).arg(problem.hessian->rows())
                        .arg(problem.hessian->cols()));
    if (plan.hessian && !problem.hessian && !problem.sizeOnly)
        throw Error(tr("Tensor '%1' has no Hessian, which this method needs with these settings: "
                       "calibrate first.").arg(problem.name));
    if (problem.factor && problem.factor->diagonal.size() != w.cols())
        throw Error(tr("Tensor '%1' has %2 columns and its factored Hessian %3.")
                        .arg(problem.name).arg(w.cols()).arg(problem.factor->diagonal.size()));
}

void checkCoding(const QString& name, const Coding& coding)
{
    for (const Grid& grid : coding.grids)
        if (!grid.scale.allFinite() || !grid.offset.allFinite() || !grid.second.allFinite() ||
            !grid.columnScale.allFinite())
            throw Error(tr("Weights of '%1' are too large for scales of %2 bits: set parameter_bits "
                           "to 32.").arg(name).arg(grid.parameterBits));
}

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

// The levels a row's weights can take in one group of columns, class by class.
struct RowLevels
{
    std::array<std::array<float, 256>, 4> value;

    void fill(const Coding& coding, Index row, Index column)
    {
        for (std::size_t g = 0; g < coding.grids.size(); ++g)
            for (int c = 0; c < coding.grids[g].count; ++c)
                value[g][static_cast<std::size_t>(c)] =
                    static_cast<float>(codeValue(coding.grids[g], row, column, c));
    }
};

// Columns that share their scales in every class.
Index commonGroup(const Coding& coding)
{
    Index columns = 0;
    for (const Grid& grid : coding.grids)
        if (grid.groupColumns > 0)
            columns = std::gcd(columns, grid.groupColumns);
    return columns > 0 ? columns : coding.columns;
}

Matrix valuesOf(const Coding& coding, const CodeMatrix& codes)
{
    Matrix values(codes.rows(), codes.cols());
    if (!coding.plain()) {
        parallelFor(codes.rows(), [&](std::int64_t row) {
            for (Index j = 0; j < codes.cols(); ++j)
                values(row, j) = weightValue(coding, row, j, codes(row, j));
        });
        return values;
    }
    const Index group = commonGroup(coding);
    const auto decode = [&](Index row, Index begin, Index end) {
        for (Index j = begin; j < end; ++j)
            values(row, j) = static_cast<float>(codeValue(
                coding.grids[static_cast<std::size_t>(coding.classOf(row, j))], row, j, codes(row, j)));
    };
    int levels = 0;
    for (const Grid& grid : coding.grids)
        levels += grid.count;
    parallelFor(codes.rows(), [&](std::int64_t row) {
        RowLevels table;
        for (Index begin = 0; begin < codes.cols(); begin += group) {
            const Index end = std::min(begin + group, codes.cols());
            if (end - begin < 2 * levels) { // the table would cost more than it saves
                decode(row, begin, end);
                continue;
            }
            table.fill(coding, row, begin);
            for (Index j = begin; j < end; ++j)
                values(row, j) =
                    table.value[static_cast<std::size_t>(coding.classOf(row, j))][codes(row, j)];
        }
    });
    return values;
}

constexpr Index kLossRows = 512; // bounds what is converted, and the product held, at once

Array uploadAsFloat(const MatrixD& m, ComputeBackend& backend)
{
    const Array out = backend.allocate(Scalar::F32, m.rows(), m.cols());
    for (Index begin = 0; begin < m.rows(); begin += kLossRows) {
        const Index count = std::min(kLossRows, m.rows() - begin);
        backend.upload(out.rowRange(begin, count),
                       Matrix(m.middleRows(begin, count).cast<float>()).data());
    }
    return out;
}

// The loss of values relative to the energy of the weights.
double relativeLoss(const LayerProblem& problem, const Matrix& weights, const Matrix& values,
                    ComputeBackend& backend)
{
    const Array hessian = problem.hessian ? uploadAsFloat(*problem.hessian, backend) : Array{};
    const auto loss = [&](const Matrix& m) {
        return hessian ? rowEnergies(m, hessian, backend).sum() : m.cast<double>().squaredNorm();
    };
    const double energy = loss(weights);
    return energy > 0 ? loss(weights - values) / energy : 0;
}

// As the factor saw it: what the walk lowers, the refinement lowers further.
Matrix dampedHessian(const MatrixD& hessian, double damping)
{
    VectorD diagonal = hessian.diagonal();
    for (Index j = 0; j < diagonal.size(); ++j)
        if (diagonal[j] == 0)
            diagonal[j] = 1;
    diagonal.array() += damping * diagonal.mean();
    Matrix out = hessian.cast<float>();
    out.diagonal() = diagonal.cast<float>();
    return out;
}

constexpr double kLeastUnit = 1.0 / 256;

// Columns in units of their own while they are coded: what the plan's columnPower asks for.
class ColumnUnits
{
public:
    /// Divides target's columns by their units.
    ColumnUnits(const WalkPlan& plan, const std::shared_ptr<const HessianFactor>& factor, const MatrixD* hessian,
                Matrix& target, ComputeBackend& backend)
        : m_hessian(hessian)
    {
        if (!(plan.columnPower > 0) || plan.blockColumns > 0 || plan.activationOrder || !factor)
            return;
        const auto logs = factor->diagonal.array().log();
        m_unit = (plan.columnPower * (logs - logs.mean())).exp();
        for (double& unit : m_unit)
            unit = roundToHalf(static_cast<float>(std::clamp(unit, kLeastUnit, 1 / kLeastUnit)));
        target *= m_unit.cast<float>().cwiseInverse().asDiagonal();
        auto turned = std::make_shared<HessianFactor>(*factor);
        turned->diagonal = factor->diagonal.cwiseQuotient(m_unit);
        if (factor->upper)
            turned->upper = dividedColumns(factor->upper, backend);
        m_factor = turned;
        if (hessian) {
            m_own = m_unit.asDiagonal() * *hessian * m_unit.asDiagonal();
            m_hessian = &m_own;
        }
    }

    bool active() const { return m_unit.size() > 0; }
    std::shared_ptr<const HessianFactor> factor() const { return m_factor; }
    const MatrixD* hessian() const { return m_hessian; }

    /// Codes keep their meaning in the columns' own units.
    void applyTo(Coding& coding) const
    {
        for (Grid& grid : coding.grids)
            if (active())
                grid.columnScale = m_unit.transpose().cast<float>();
    }

private:
    Array dividedColumns(const Array& upper, ComputeBackend& backend) const
    {
        const VectorD share = m_unit.cwiseInverse();
        if (upper.scalar == Scalar::F64)
            return backend.upload(MatrixD(backend.downloadMatrixD(upper) * share.asDiagonal()));
        return backend.upload(Matrix(backend.downloadMatrix(upper) * share.cast<float>().asDiagonal()));
    }

    VectorD m_unit;
    MatrixD m_own;
    const MatrixD* m_hessian;
    std::shared_ptr<const HessianFactor> m_factor;
};

} // namespace

VectorD inputEnergy(const CodingProblem& problem)
{
    return problem.hessian ? VectorD(problem.hessian->diagonal())
                           : VectorD(VectorD::Ones(problem.target.cols()));
}

MatrixD hessianBlock(const CodingProblem& problem, Index begin, Index end)
{
    const Index width = end - begin;
    return problem.hessian ? MatrixD(problem.hessian->block(begin, begin, width, width))
                           : MatrixD(MatrixD::Identity(width, width));
}

std::shared_ptr<const HessianFactor> factorFor(const Quantizer& method, const Settings& settings,
                                               const QString& layer, const MatrixD& hessian,
                                               ComputeBackend& backend, Progress& progress)
{
    const WalkPlan plan = method.plan(completeSettings(method, settings));
    if (!plan.hessian)
        return nullptr;
    return factorHessian(layer, hessian, plan.damping, plan.scalar, backend, progress,
                         plan.activationOrder);
}

VectorD rowEnergies(const Matrix& weights, const Array& hessian, ComputeBackend& backend)
{
    VectorD energies(weights.rows());
    if (!hessian) {
        for (Index r = 0; r < weights.rows(); ++r)
            energies[r] = weights.row(r).cast<double>().squaredNorm();
        return energies;
    }
    for (Index begin = 0; begin < weights.rows(); begin += kLossRows) {
        const Index count = std::min(kLossRows, weights.rows() - begin);
        const Array part = backend.allocate(Scalar::F32, count, weights.cols());
        backend.upload(part, weights.data() + begin * weights.cols());
        energies.segment(begin, count) = backend.rowEnergies(part, hessian);
    }
    return energies;
}

QuantizedMatrix codeMatrix(const Quantizer& method, const Settings& settings,
                           const LayerProblem& problem, ComputeBackend& backend, Progress& progress)
{
    const Settings complete = completeSettings(method, settings);
    WalkPlan plan = method.plan(complete);
    checkProblem(problem, plan);
    std::shared_ptr<const HessianFactor> factor = plan.hessian ? problem.factor : nullptr;
    if (plan.hessian && !problem.hessian) {
        factor = unitFactor(problem.weights.cols(), plan.activationOrder);
        plan.compensation = false;
    } else if (plan.hessian && (!factor || factor->upper.scalar != plan.scalar))
        factor = factorHessian(problem.name, *problem.hessian, plan.damping, plan.scalar, backend,
                               progress, plan.activationOrder);
    const Treatment& treatment = problem.treatment;
    const Matrix weights = treatment.rotation.active
                               ? rotatedRows(treatment.rotation, problem.weights)
                               : problem.weights;
    Matrix target = weights;
    if (factor)
        for (const Index column : factor->dead)
            target.col(column).setZero();
    const CodingProblem given{problem.name, weights, target, factor.get(), problem.hessian};
    method.prepare(target, given, complete, backend, progress);
    const ColumnUnits units(plan, factor, problem.hessian, target, backend);
    if (units.active())
        factor = units.factor();
    const CodingProblem seen{problem.name, weights, target, factor.get(), units.hessian()};

    QuantizedMatrix out;
    out.damping = factor ? factor->damping : 0;
    out.coding = method.code(seen, complete);
    checkCoding(problem.name, out.coding);
    if (plan.blockColumns > 0)
        walkBlocks(method, complete, plan, seen, out, backend, progress);
    else if (factor && !factor->order.empty())
        walkByActivation(method, complete, plan, seen, out, backend, progress);
    else
        walk(method, complete, plan, seen, out, backend, progress);
    method.refine(out.coding, out.codes, seen, complete, backend, progress);
    if (treatment.refinement.rounds > 0 && problem.hessian)
        refineCodes(out.coding, out.codes, target,
                    dampedHessian(*seen.hessian, factor ? factor->damping : plan.damping),
                    treatment.refinement, backend, progress);
    units.applyTo(out.coding);
    out.values = valuesOf(out.coding, out.codes);
    return out;
}

QuantizedMatrix quantizeMatrix(const Quantizer& method, const Settings& settings,
                               const LayerProblem& problem, ComputeBackend& backend,
                               Progress& progress)
{
    QuantizedMatrix out = codeMatrix(method, settings, problem, backend, progress);
    const Treatment& treatment = problem.treatment;
    out.loss = relativeLoss(problem,
                            treatment.rotation.active ? rotatedRows(treatment.rotation, problem.weights)
                                                      : problem.weights,
                            out.values, backend);
    out.coding.rotation = treatment.rotation;
    out.coding.entropyCoded = treatment.entropyCoded;
    if (treatment.rotation.active)
        out.values = unrotatedRows(treatment.rotation, out.values);
    return out;
}

double outputLoss(const Matrix& error, const MatrixD* hessian, ComputeBackend& backend)
{
    return hessian ? rowEnergies(error, uploadAsFloat(*hessian, backend), backend).sum()
                   : error.cast<double>().squaredNorm();
}

} // namespace halftone
