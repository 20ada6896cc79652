// SPDX-License-Identifier: GPL-3.0-or-later
#include "quantize/quantize_matrix.h"

#include "base/error.h"
#include "base/parallel.h"
#include "quantize/quantizers.h"

#include <algorithm>

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

Matrix valuesOf(const Coding& coding, const CodeMatrix& codes)
{
    Matrix values(codes.rows(), codes.cols());
    parallelFor(codes.rows(), [&](std::int64_t r) {
        for (Index j = 0; j < codes.cols(); ++j)
            values(r, j) = static_cast<float>(codeValue(
                coding.grids[static_cast<std::size_t>(coding.classOf(r, j))], r, j, codes(r, j)));
    });
    return values;
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

QuantizedMatrix quantizeMatrix(const Quantizer& method, const Settings& settings,
                               const LayerProblem& problem, ComputeBackend& backend,
                               Progress& progress)
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
    const double energy = outputLoss(problem.weights, problem.hessian, backend);
    const double error = outputLoss(problem.weights - out.values, problem.hessian, backend);
    out.loss = energy > 0 ? error / energy : 0;
    return out;
}

double outputLoss(const Matrix& error, const MatrixD* hessian, ComputeBackend& backend)
{
    if (!hessian)
        return error.cast<double>().squaredNorm();
    constexpr Index kRows = 512; // bounds the product held at once
    const Array h = backend.upload(Matrix(hessian->cast<float>()));
    const Array e = backend.upload(error);
    double sum = 0;
    for (Index begin = 0; begin < error.rows(); begin += kRows) {
        const Index count = std::min(kRows, error.rows() - begin);
        const Array product = backend.allocate(Scalar::F32, count, error.cols());
        backend.multiplyTransposed(product, e.rowRange(begin, count), h);
        const Matrix turned = backend.downloadMatrix(product);
        for (Index r = 0; r < count; ++r)
            sum += turned.row(r).cast<double>().dot(error.row(begin + r).cast<double>());
    }
    return sum;
}

} // namespace halftone
