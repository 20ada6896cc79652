// SPDX-License-Identifier: GPL-3.0-or-later
#include "quantize/quantize_matrix.h"

#include "base/error.h"
#include "quantize/coded_values.h"
#include "quantize/column_units.h"
#include "quantize/host_walk.h"
#include "quantize/quantizers.h"

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
    const Matrix rotated =
        treatment.rotation.active ? rotatedRows(treatment.rotation, problem.weights) : Matrix();
    const Matrix& weights = treatment.rotation.active ? rotated : problem.weights;
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
    walkOnHost(method, complete, plan, seen, out, backend, progress);
    method.refine(out.coding, out.codes, seen, complete, backend, progress);
    if (treatment.refinement.rounds > 0 && problem.hessian)
        refineCodes(out.coding, out.codes, target,
                    dampedHessian(*seen.hessian, factor ? factor->damping : plan.damping),
                    treatment.refinement, method.storedScales(target.cols(), complete), backend, progress);
    method.sortClasses(out.coding, out.codes);
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
    out.loss = relativeLoss(problem.hessian,
                            treatment.rotation.active ? rotatedRows(treatment.rotation, problem.weights)
                                                      : problem.weights,
                            out.values, backend);
    out.coding.rotation = treatment.rotation;
    out.coding.entropyCoded = treatment.entropyCoded;
    if (treatment.rotation.active)
        out.values = unrotatedRows(treatment.rotation, out.values);
    return out;
}

} // namespace halftone
