// SPDX-License-Identifier: GPL-3.0-or-later
#include "quantize/quantize_remotely.h"

#include "base/error.h"
#include "quantize/quantizers.h"

#include <cmath>

namespace halftone {

namespace {

// As quantizeMatrix does, from the energies of the rows: fp64 sums of fp32 squares do not overflow.
void requireFinite(const QString& name, const VectorD& energies)
{
    for (Index r = 0; r < energies.size(); ++r)
        if (!std::isfinite(energies[r]))
            throw Error(tr("Tensor '%1' holds a value that is not finite in row %2: a damaged model "
                           "cannot be quantized.").arg(name).arg(r));
}

void requireFitting(const RemoteLayer& layer, const WalkPlan& plan)
{
    const Array& w = layer.weights;
    if (w.size() == 0)
        throw Error(tr("Tensor '%1' is %2 x %3: there is nothing to quantize.")
                        .arg(layer.name).arg(w.rows).arg(w.columns));
    if (layer.hessian && (layer.hessian.rows != w.columns || layer.hessian.columns != w.columns))
        throw Error(tr("Tensor '%1' has %2 columns and its Hessian is %3 x %4.")
                        .arg(layer.name).arg(w.columns).arg(layer.hessian.rows).arg(layer.hessian.columns));
    if (plan.hessian && (!layer.hessian || !layer.factor))
        throw Error(tr("Tensor '%1' has no Hessian, which this method needs with these settings: "
                       "calibrate first.").arg(layer.name));
}

void requireStorable(const QString& name, const Coding& coding)
{
    for (const Grid& grid : coding.grids)
        if (!grid.scale.allFinite() || !grid.offset.allFinite())
            throw Error(tr("Weights of '%1' are too large for scales of %2 bits: set parameter_bits "
                           "to 32.").arg(name).arg(grid.parameterBits));
}

// The weights with dead inputs at zero; the weights themselves where there is none.
Array targetOf(const RemoteLayer& layer, const HessianFactor* factor, ComputeBackend& backend)
{
    if (!factor || factor->dead.empty())
        return layer.weights;
    Matrix target = backend.downloadMatrix(layer.weights);
    for (const Index column : factor->dead)
        target.col(column).setZero();
    return backend.upload(target);
}

constexpr Index kLossRows = 4096; // bounds the product held at once

double energyOf(const Array& rows, const Array& hessian, ComputeBackend& backend)
{
    double sum = 0;
    for (Index begin = 0; begin < rows.rows; begin += kLossRows)
        sum += backend.rowEnergies(rows.rowRange(begin, std::min(kLossRows, rows.rows - begin)), hessian).sum();
    return sum;
}

double relativeLoss(const RemoteLayer& layer, const Array& values, ComputeBackend& backend)
{
    Array hessian = layer.hessian;
    if (hessian && hessian.scalar == Scalar::F64) {
        hessian = backend.allocate(Scalar::F32, layer.hessian.rows, layer.hessian.columns);
        backend.convert(hessian, layer.hessian);
    }
    const double energy = energyOf(layer.weights, hessian, backend);
    if (!(energy > 0))
        return 0;
    const Array error = backend.allocate(Scalar::F32, values.rows, values.columns);
    backend.copy(error, layer.weights);
    backend.subtract(error, values);
    return energyOf(error, hessian, backend) / energy;
}

// Codes [rows x columns] (U8) of target, rounded column by column.
Array walk(const Array& target, const RemoteCoding& coding, const HessianFactor* factor, const WalkPlan& plan,
           ComputeBackend& backend, Progress& progress)
{
    const Array running = backend.allocate(plan.scalar, target.rows, target.columns);
    const Array coded = backend.allocate(plan.scalar, target.rows, target.columns);
    const Array codes = backend.allocate(Scalar::U8, target.rows, target.columns);
    const Array loss = backend.allocate(Scalar::F64, target.rows, 1);
    backend.convert(running, target);
    backend.fillZero(loss);
    backend.walkAllColumns(running, plan.compensation ? factor->upper : Array{}, coding.coding, coding.classes, coded,
                           codes, loss, progress);
    return codes;
}

CodeMatrix downloadCodes(const Array& a, ComputeBackend& backend)
{
    CodeMatrix codes(a.rows, a.columns);
    backend.download(codes.data(), a);
    return codes;
}

} // namespace

bool codesRemotely(const Quantizer& method, const Settings& settings, const Treatment& treatment,
                   const ComputeBackend& backend)
{
    if (!backend.remote() || treatment.rotation.active || treatment.refinement.rounds > 0)
        return false;
    const WalkPlan plan = method.plan(completeSettings(method, settings));
    return !plan.activationOrder && plan.blockColumns == 0 && plan.refitColumns == 0;
}

std::shared_ptr<const HessianFactor> remoteFactorFor(const Quantizer& method, const Settings& settings,
                                                     const QString& layer, const Array& hessian,
                                                     ComputeBackend& backend, Progress& progress)
{
    const WalkPlan plan = method.plan(completeSettings(method, settings));
    return plan.hessian ? factorHessian(layer, hessian, plan.damping, plan.scalar, backend, progress) : nullptr;
}

std::optional<RemotelyQuantized> quantizeRemotely(const Quantizer& method, const Settings& settings,
                                                  const RemoteLayer& layer, ComputeBackend& backend,
                                                  Progress& progress)
{
    const Settings complete = completeSettings(method, settings);
    const WalkPlan plan = method.plan(complete);
    requireFitting(layer, plan);
    requireFinite(layer.name, backend.rowEnergies(layer.weights, {}));
    const HessianFactor* factor = plan.hessian ? layer.factor.get() : nullptr;
    const Array target = targetOf(layer, factor, backend);
    std::optional<RemoteCoding> coding = method.codeRemotely(
        {layer.name, layer.weights, target, factor,
         layer.hessian ? backend.diagonal(layer.hessian) : VectorD(VectorD::Ones(target.columns))},
        complete, backend);
    if (!coding)
        return std::nullopt;
    requireStorable(layer.name, coding->coding);
    const Array codes = walk(target, *coding, factor, plan, backend, progress);
    RemotelyQuantized out;
    out.values = backend.allocate(Scalar::F32, target.rows, target.columns);
    backend.decodeCodes(out.values, codes, coding->coding, coding->classes);
    out.damping = factor ? factor->damping : 0;
    out.loss = relativeLoss(layer, out.values, backend);
    out.coding = std::move(coding->coding);
    out.codes = downloadCodes(codes, backend);
    if (coding->classes)
        out.coding.classes = downloadCodes(coding->classes, backend);
    return out;
}

} // namespace halftone
