// SPDX-License-Identifier: GPL-3.0-or-later
#include "layer_solution.h"

#include "app/backends.h"
#include "base/parallel.h"
#include "compute/cancel_watch.h"
#include "look_lane.h"
#include "original_hessians.h"
#include "packed/packed_matrix.h"
#include "pipeline/original_activations.h"
#include "quantize/quantizers.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace halftone {

namespace {

// Where people work, closer together where the curve bends.
constexpr std::array kRatios{0.005, 0.01, 0.02, 0.035, 0.05, 0.075, 0.1, 0.15, 0.2, 0.25, 0.3, 0.4, 0.5};
constexpr std::int64_t kLeastRows = 32, kMostRows = 128;
constexpr double kSampleFlops = 4e9;  // of one ratio

Matrix readWhole(const RowSource& source)
{
    Matrix weights(source.rows, source.columns);
    const std::int64_t height = source.tileRows();
    parallelFor((source.rows + height - 1) / height, [&](std::int64_t tile) {
        const std::int64_t begin = tile * height, count = std::min(height, source.rows - begin);
        source.read(begin, count, {weights.data() + begin * source.columns, std::size_t(count * source.columns)});
    });
    return weights;
}

// The walk needs the factor alone, but asks for a Hessian: any of the right size will do.
struct Problem
{
    MatrixD hessian;
    LayerProblem problem;

    Problem(const QString& name, const Matrix& weights, const HessianEvidence* evidence, ComputeBackend& backend)
        : problem{name, weights, nullptr, nullptr}
    {
        if (!evidence)
            return;
        hessian = backend.downloadMatrix(evidence->hessian).cast<double>();
        problem.hessian = &hessian;
        problem.factor = evidence->factor;
    }
    Problem(const Problem&) = delete;
    Problem& operator=(const Problem&) = delete;
};

} // namespace

RowSource LayerSolution::values() const
{
    RowSource source = rowsOf(coded->values);
    source.read = [coded = coded, inner = source.read](std::int64_t begin, std::int64_t count,
                                                       std::span<float> out) { inner(begin, count, out); };
    return source;
}

LayerSolution solveLayer(const QString& method, const Settings& settings, const QString& name,
                         const RowSource& source, const HessianEvidence* evidence, const SolveWish& wish,
                         Progress& progress)
{
    // A backend of its own: others may use the evidence's meanwhile.
    const auto backend = makeBackend(QStringLiteral("cpu"));
    const CancelWatch watch(*backend, progress);
    const Matrix weights = readWhole(source);
    progress.check();
    const Problem problem(name, weights, evidence, *backend);
    LayerSolution out;
    out.settings = settings;
    out.basis = evidence ? Basis::Original : Basis::DataFree;
    out.compensated = quantizer(method).plan(settings).compensation;
    // Maps hold it too, and theirs may be the last hand on it.
    auto coded = LookLane::freedElsewhere(
        new QuantizedMatrix(codeMatrix(quantizer(method), settings, problem.problem, *backend, progress)));
    progress.check();
    const Array hessian = evidence ? evidence->hessian : Array{};
    out.energy = wish.energy;
    if (wish.loss) {
        if (out.energy < 0)
            out.energy = rowEnergies(weights, hessian, *backend).sum();
        progress.check();
        const double loss = rowEnergies(weights - coded->values, hessian, *backend).sum();
        out.loss = coded->loss = out.energy > 0 ? loss / out.energy : 0;
    }
    out.bits = PackedMatrix::pack(name, coded->coding, coded->codes).bits();
    out.coded = std::move(coded);
    return out;
}

SampledCurve sampleLayer(const QString& method, const Settings& settings, const QString& name,
                         const RowSource& source, const RankPlane& ranks, const HessianEvidence& evidence,
                         Progress& progress)
{
    const double perRow = 2.0 * double(source.columns) * double(source.columns);
    const auto wanted = std::clamp(std::int64_t(kSampleFlops / perRow), kLeastRows, kMostRows);
    std::vector<double> keys(static_cast<std::size_t>(source.rows));
    std::vector<float> row(static_cast<std::size_t>(source.columns));
    for (std::int64_t r = 0; r < source.rows; ++r) {
        source.read(r, 1, row);
        for (std::size_t c = 0; c < row.size(); ++c)
            keys[std::size_t(r)] += evidence.diagonal[c] * double(row[c]) * double(row[c]);
        if (r % 64 == 0)
            progress.check();
    }
    const RowSample sample = stratifiedRows(keys, wanted);
    Matrix weights(Index(sample.rows.size()), source.columns);
    for (std::size_t i = 0; i < sample.rows.size(); ++i)
        source.read(sample.rows[i], 1, {weights.data() + Index(i) * weights.cols(), row.size()});
    const auto own = makeBackend(QStringLiteral("cpu"));
    ComputeBackend& backend = *own;
    const CancelWatch watch(backend, progress);
    const VectorD energies = rowEnergies(weights, evidence.hessian, backend);
    const Problem problem(name, weights, &evidence, backend);
    SampledCurve curve;
    curve.rows = std::int64_t(sample.rows.size());
    curve.population = sample.population;
    for (const double ratio : kRatios) {
        progress.check();
        Settings some = settings;
        some["salient_ratio"] = ranks.salientShare(sample.rows, ratio);
        const QuantizedMatrix coded = codeMatrix(quantizer(method), some, problem.problem, backend, progress);
        const SampledLoss loss =
            lossOfSample(sample, rowEnergies(weights - coded.values, evidence.hessian, backend), energies);
        curve.points.push_back({ratio, loss.loss, loss.standardError});
    }
    return curve;
}

RowSource differenceOf(const RowSource& original, const RowSource& values)
{
    return {original.rows, original.columns,
            [original, values](std::int64_t begin, std::int64_t count, std::span<float> out) {
                std::vector<float> coded(out.size());
                original.read(begin, count, out);
                values.read(begin, count, coded);
                for (std::size_t i = 0; i < out.size(); ++i)
                    out[i] -= coded[i];
            }};
}

RowSource saliencyOf(const RowSource& original, std::vector<double> columnWeights)
{
    return {original.rows, original.columns,
            [original, columnWeights = std::move(columnWeights)](std::int64_t begin, std::int64_t count,
                                                                 std::span<float> out) {
                original.read(begin, count, out);
                const auto columns = std::size_t(original.columns);
                for (std::size_t i = 0; i < out.size(); ++i)
                    out[i] = columnWeights.empty()
                                 ? std::abs(out[i])
                                 : float(double(out[i]) * double(out[i]) * columnWeights[i % columns]);
            }};
}

} // namespace halftone
