// SPDX-License-Identifier: GPL-3.0-or-later
#include "pipeline/quantize_block.h"

#include "base/error.h"
#include "checkpoint/ggml_codes.h"
#include "quantize/drift_correction.h"
#include "quantize/quantize_matrix.h"
#include "quantize/quantize_remotely.h"
#include "quantize/quantizers.h"

#include <chrono>
#include <utility>

namespace halftone {

namespace {

using Clock = std::chrono::steady_clock;

double secondsSince(Clock::time_point begin)
{
    return std::chrono::duration<double>(Clock::now() - begin).count();
}

// The Hessian of a stage, and the factor that layers with equal settings share.
struct StageProblem
{
    Array gram;      // on the backend, where layers are coded there
    MatrixD hessian; // on the host, when a layer first needs it there
    MatrixD turned; // the Hessian in the basis of the codes; empty without a rotation
    MatrixD cross;  // empty without drift correction
    MatrixD residual;
    std::optional<DriftCorrection> drift; // made for the first layer that needs it
    Settings factorSettings;
    std::shared_ptr<const HessianFactor> factor;
};

MatrixD downloaded(const Array& a, ComputeBackend& backend)
{
    return a.scalar == Scalar::F64 ? backend.downloadMatrixD(a)
                                   : MatrixD(backend.downloadMatrix(a).cast<double>());
}

// What of a coded layer the bits are made of.
struct CodedNumbers
{
    Coding coding;
    CodeMatrix codes;
    double loss = 0, damping = 0;
};

double salientShare(const Coding& coding)
{
    std::size_t salient = coding.grids.size();
    for (std::size_t g = 0; g < coding.grids.size(); ++g)
        if (coding.grids[g].role == QLatin1String("salient"))
            salient = g;
    if (salient == coding.grids.size())
        return 0;
    if (coding.classes.size() == 0)
        return 1;
    return static_cast<double>((coding.classes.array() == static_cast<std::uint8_t>(salient)).count()) /
           static_cast<double>(coding.classes.size());
}

BitCount store(CodedLayer& layer, const Quantizer& method, const CodedNumbers& coded)
{
    const QString& name = layer.report.name;
    layer.blockType = method.storedAs(coded.coding.columns, layer.report.settings);
    if (!layer.blockType) {
        layer.packed = PackedMatrix::pack(name, coded.coding, coded.codes);
        return layer.packed.bits();
    }
    if (!ggmlHolds(*layer.blockType, coded.coding))
        throw Error(tr("What '%1' was coded to does not fit into blocks of %2: turn off what changes scales after "
                       "the method.").arg(name, halftone::name(*layer.blockType)));
    layer.packed.name = name;
    layer.blocks = ggmlBlocks(*layer.blockType, coded.coding, coded.codes);
    return blockBits(coded.coding, layer.blocks.size());
}

// The report knows name, place and settings already.
CodedLayer packed(const Quantizer& method, const LayerReport& report, const CodedNumbers& coded)
{
    CodedLayer layer;
    layer.report = report;
    const BitCount bits = store(layer, method, coded);
    LayerReport& r = layer.report;
    r.rows = coded.codes.rows();
    r.columns = coded.codes.cols();
    r.salientShare = salientShare(coded.coding);
    r.nominalBits = bits.nominalPerWeight();
    r.diskBits = bits.diskPerWeight();
    r.error = coded.loss;
    r.damping = coded.damping;
    return layer;
}

class BlockCoder
{
public:
    BlockCoder(Transformer& model, Index index, Block& block, const Streams& streams,
               const Recipe& recipe, Progress& progress, const BlockListener& listener,
               BlockTimes& times)
        : m_model(model), m_backend(model.backend()), m_index(index), m_block(block),
          m_streams(streams), m_recipe(recipe), m_progress(progress), m_listener(listener),
          m_times(times), m_method(quantizer(recipe.method)), m_treatment(recipe.treatmentFor(index))
    {
    }

    std::vector<PendingLayer> run()
    {
        if (m_recipe.staged) {
            for (Stage stage : kStages)
                observeAndCode({&stage, 1});
        } else {
            observeAndCode(kStages);
        }
        return std::move(m_layers);
    }

private:
    bool needsHessian(Stage stage) const { return halftone::needsHessian(m_recipe, m_model.config(), m_index, stage); }
    QString nameOf(Linear linear) const { return m_model.config().names.weight(linear, m_index); }

    void say(const QString& stage, const QString& item, double share)
    {
        m_progress.check();
        if (m_listener)
            m_listener(stage, item, share);
    }

    void observeAndCode(std::span<const Stage> stages)
    {
        // The original's floats must outlive the coding of earlier stages.
        if (m_recipe.drift.active() && !m_original)
            m_original = m_block;
        std::vector<Stage> observed;
        for (Stage stage : stages)
            if (needsHessian(stage))
                observed.push_back(stage);
        std::array<StageHessian, kStages.size()> hessians;
        auto begin = Clock::now();
        if (!observed.empty()) {
            const double windows = static_cast<double>(m_streams.coded.size());
            hessians = observeBlock(
                m_model, m_block, m_original ? &*m_original : nullptr, m_streams, observed,
                {m_recipe.preciseHessian ? Scalar::F64 : Scalar::F32, m_recipe.tokenClip}, [&](Index w) {
                    const double part = static_cast<double>(w + 1) / windows;
                    say(tr("Calibrate"), tr("block %1, window %2").arg(m_index + 1).arg(w + 1),
                        (m_stagesDone + part * static_cast<double>(stages.size())) /
                            static_cast<double>(kStages.size()) * 0.6);
                });
        }
        m_times.observe += secondsSince(begin);
        begin = Clock::now();
        for (Stage stage : stages)
            codeStage(stage, std::exchange(hessians[static_cast<std::size_t>(stage)], {}));
        m_stagesDone += static_cast<double>(stages.size());
        m_times.code += secondsSince(begin);
    }

    // A Hessian leaves the backend once it is on the host: a wide one fills a GB.
    void codeStage(Stage stage, StageHessian observed)
    {
        StageProblem problem;
        problem.gram = std::exchange(observed.gram, {});
        if (observed.cross)
            problem.cross = downloaded(std::exchange(observed.cross, {}), m_backend);
        if (observed.residual && m_recipe.drift.residual > 0)
            problem.residual = downloaded(std::exchange(observed.residual, {}), m_backend);
        for (Linear linear : linearsOf(stage))
            codeLayer(linear, problem);
    }

    // Frees the Hessian on the backend.
    void fetchHessian(StageProblem& problem)
    {
        if (!problem.gram || problem.hessian.size() > 0)
            return;
        problem.hessian = downloaded(std::exchange(problem.gram, {}), m_backend);
        problem.factorSettings = {};
        if (m_treatment.rotation.active)
            problem.turned = rotatedBothSides(m_treatment.rotation, problem.hessian);
    }

    // False when the layer has to be coded on the host.
    bool codeWhereItLies(Linear linear, const QString& name, const Settings& settings, StageProblem& problem)
    {
        if (problem.cross.size() > 0 || problem.hessian.size() > 0 ||
            m_method.storedAs(m_block.weight(linear).columns, settings) ||
            !codesRemotely(m_method, settings, m_treatment, m_backend))
            return false;
        if (problem.gram && (!problem.factor || problem.factorSettings != settings)) {
            problem.factor = remoteFactorFor(m_method, settings, name, problem.gram, m_backend, m_progress);
            problem.factorSettings = settings;
        }
        auto coded = quantizeRemotely(m_method, settings, {name, m_block.weight(linear), problem.gram, problem.factor},
                                      m_backend, m_progress);
        if (!coded)
            return false;
        m_block.weight(linear) = std::move(coded->values); // the original may live on
        coded->coding.entropyCoded = m_treatment.entropyCoded;
        keep(linear, name, settings, {std::move(coded->coding), std::move(coded->codes), coded->loss, coded->damping});
        return true;
    }

    void codeLayer(Linear linear, StageProblem& problem)
    {
        const QString name = nameOf(linear);
        say(tr("Quantize"), name,
            (0.6 + 0.4 * static_cast<double>(m_layers.size()) / static_cast<double>(kLinears.size())));
        const Settings settings = m_recipe.settingsFor(name);
        if (codeWhereItLies(linear, name, settings, problem))
            return;
        fetchHessian(problem);
        Matrix weights = m_backend.downloadMatrix(m_block.weight(linear));
        weights = corrected(linear, name, weights, problem);
        const bool observed = problem.hessian.size() > 0;
        const MatrixD* hessian = !observed                    ? nullptr
                                 : problem.turned.size() > 0 ? &problem.turned
                                                             : &problem.hessian;
        // An input that was always zero would spread over all columns.
        for (Index j = 0; observed && m_treatment.rotation.active && j < weights.cols(); ++j)
            if (problem.hessian(j, j) == 0)
                weights.col(j).setZero();
        if (hessian && problem.factorSettings != settings) {
            problem.factor = factorFor(m_method, settings, name, *hessian, m_backend, m_progress);
            problem.factorSettings = settings;
        }
        QuantizedMatrix coded =
            quantizeMatrix(m_method, settings, {name, weights, hessian, problem.factor, m_treatment},
                           m_backend, m_progress);
        m_block.weight(linear) = m_backend.upload(coded.values); // the original may live on
        keep(linear, name, settings, {std::move(coded.coding), std::move(coded.codes), coded.loss, coded.damping});
    }

    // Packing waits for the layer before: one at a time has all cores.
    void keep(Linear linear, const QString& name, const Settings& settings, CodedNumbers&& coded)
    {
        const PendingLayer before = m_layers.empty() ? PendingLayer() : m_layers.back();
        LayerReport report;
        report.name = name;
        report.block = m_index;
        report.linear = shortName(linear);
        report.settings = settings;
        m_layers.push_back(std::async(std::launch::async,
                                      [before, report = std::move(report), coded = std::move(coded), &method = m_method] {
                                          if (before.valid())
                                              before.wait();
                                          return packed(method, report, coded);
                                      })
                               .share());
    }

    Matrix corrected(Linear linear, const QString& name, Matrix weights, StageProblem& problem)
    {
        const DriftChoice& drift = m_recipe.drift;
        const double strength = drift.skip.contains(shortName(linear)) ? 0 : drift.strength;
        if (problem.cross.size() == 0 ||
            (strength == 0 && (drift.residual == 0 || problem.residual.size() == 0)))
            return weights;
        if (!problem.drift)
            problem.drift.emplace(problem.hessian, problem.cross, drift.damping, name, m_backend, m_progress);
        return problem.drift->corrected(weights, problem.residual, strength, drift.residual);
    }

    Transformer& m_model;
    ComputeBackend& m_backend;
    Index m_index;
    Block& m_block;
    const Streams& m_streams;
    const Recipe& m_recipe;
    Progress& m_progress;
    const BlockListener& m_listener;
    BlockTimes& m_times;
    const Quantizer& m_method;
    Treatment m_treatment;
    std::optional<Block> m_original;
    double m_stagesDone = 0;
    std::vector<PendingLayer> m_layers;
};

} // namespace

bool needsHessian(const Recipe& recipe, const ModelConfig& config, Index block, Stage stage)
{
    for (Linear linear : linearsOf(stage))
        if (quantizer(recipe.method).plan(recipe.settingsFor(config.names.weight(linear, block))).hessian)
            return true;
    return recipe.observes();
}

bool goesOnFromStages(const Recipe& recipe, const ModelConfig& config)
{
    if (!recipe.staged)
        return false;
    for (Index block = 0; block < config.blocks; ++block)
        for (Stage stage : kStages)
            if (!needsHessian(recipe, config, block, stage))
                return false;
    return true;
}

std::vector<PendingLayer> quantizeBlock(Transformer& model, Index index, Block& block,
                                        const Streams& streams, const Recipe& recipe,
                                        Progress& progress, const BlockListener& listener,
                                        BlockTimes& times)
{
    return BlockCoder(model, index, block, streams, recipe, progress, listener, times).run();
}

} // namespace halftone
