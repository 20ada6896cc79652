// SPDX-License-Identifier: GPL-3.0-or-later
#include "quantize/quantize_matrix.h"

#include "base/error.h"
#include "base/parallel.h"
#include "quantize/quantizers.h"

#include <algorithm>
#include <array>
#include <numeric>

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
    if (plan.hessian && !problem.hessian)
        throw Error(tr("Tensor '%1' has no Hessian, which this method needs with these settings: "
                       "calibrate first.").arg(problem.name));
    if (problem.factor && problem.factor->diagonal.size() != w.cols())
        throw Error(tr("Tensor '%1' has %2 columns and its factored Hessian %3.")
                        .arg(problem.name).arg(w.cols()).arg(problem.factor->diagonal.size()));
}

void checkCoding(const QString& name, const Coding& coding)
{
    for (const Grid& grid : coding.grids)
        if (!grid.scale.allFinite() || !grid.offset.allFinite())
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
            method.refit(out.coding, downloadAsFloat(arrays.weights, backend), begin, end, settings);
            checkCoding(problem.name, out.coding);
        }
        backend.walkColumns(arrays.weights, upper, out.coding, begin, end, arrays.coded, arrays.codes,
                            arrays.loss, progress);
    }
    out.codes.resize(problem.target.rows(), columns);
    backend.download(out.codes.data(), arrays.codes);
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
double relativeLoss(const LayerProblem& problem, const Matrix& values, ComputeBackend& backend)
{
    const Array hessian = problem.hessian ? uploadAsFloat(*problem.hessian, backend) : Array{};
    const auto loss = [&](const Matrix& m) {
        return hessian ? rowEnergies(m, hessian, backend).sum() : m.cast<double>().squaredNorm();
    };
    const double energy = loss(problem.weights);
    return energy > 0 ? loss(problem.weights - values) / energy : 0;
}

} // namespace

std::shared_ptr<const HessianFactor> factorFor(const Quantizer& method, const Settings& settings,
                                               const QString& layer, const MatrixD& hessian,
                                               ComputeBackend& backend, Progress& progress)
{
    const WalkPlan plan = method.plan(completeSettings(method, settings));
    if (!plan.hessian)
        return nullptr;
    return factorHessian(layer, hessian, plan.damping, plan.scalar, backend, progress);
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
        const Array product = backend.allocate(Scalar::F32, count, weights.cols());
        backend.upload(part, weights.data() + begin * weights.cols());
        backend.multiplyTransposed(product, part, hessian);
        const Matrix turned = backend.downloadMatrix(product);
        for (Index r = 0; r < count; ++r)
            energies[begin + r] = turned.row(r).cast<double>().dot(weights.row(begin + r).cast<double>());
    }
    return energies;
}

QuantizedMatrix codeMatrix(const Quantizer& method, const Settings& settings,
                           const LayerProblem& problem, ComputeBackend& backend, Progress& progress)
{
    const Settings complete = completeSettings(method, settings);
    const WalkPlan plan = method.plan(complete);
    checkProblem(problem, plan);
    std::shared_ptr<const HessianFactor> factor = plan.hessian ? problem.factor : nullptr;
    if (plan.hessian && (!factor || factor->upper.scalar != plan.scalar))
        factor = factorHessian(problem.name, *problem.hessian, plan.damping, plan.scalar, backend,
                               progress);
    Matrix target = problem.weights;
    if (factor)
        for (const Index column : factor->dead)
            target.col(column).setZero();
    const CodingProblem seen{problem.name, problem.weights, target, factor.get(), problem.hessian};
    method.prepare(target, seen, complete, backend, progress);

    QuantizedMatrix out;
    out.damping = factor ? factor->damping : 0;
    out.coding = method.code(seen, complete);
    checkCoding(problem.name, out.coding);
    walk(method, complete, plan, seen, out, backend, progress);
    method.refine(out.coding, out.codes, seen, complete, backend, progress);
    out.values = valuesOf(out.coding, out.codes);
    return out;
}

QuantizedMatrix quantizeMatrix(const Quantizer& method, const Settings& settings,
                               const LayerProblem& problem, ComputeBackend& backend,
                               Progress& progress)
{
    QuantizedMatrix out = codeMatrix(method, settings, problem, backend, progress);
    out.loss = relativeLoss(problem, out.values, backend);
    return out;
}

double outputLoss(const Matrix& error, const MatrixD* hessian, ComputeBackend& backend)
{
    return hessian ? rowEnergies(error, uploadAsFloat(*hessian, backend), backend).sum()
                   : error.cast<double>().squaredNorm();
}

} // namespace halftone
