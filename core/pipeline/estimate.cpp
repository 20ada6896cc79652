// SPDX-License-Identifier: GPL-3.0-or-later
#include "pipeline/estimate.h"

#include "base/error.h"
#include "base/parallel.h"
#include "checkpoint/ggml_codes.h"
#include "compute/cancel_watch.h"
#include "pipeline/model_texts.h"
#include "pipeline/quantize_block.h"
#include "quantize/quantize_matrix.h"
#include "quantize/quantizers.h"

#include <chrono>
#include <cmath>
#include <fstream>
#include <functional>
#include <map>
#include <unistd.h>

namespace halftone {

namespace {

constexpr Index kSampleRows = 64;
constexpr std::int64_t kLayerBytes = 4 + 4 + 16 + 3; // a weight, while its layer is coded
constexpr Index kMeasured = 1024; // rows and columns of what is timed for the coding,
constexpr Index kMeasuredSlow = 256; // or where a factor of these takes longer than
constexpr double kSlowSeconds = 0.1;
constexpr Index kTokensSlow = 256; // of a window, where a product of these takes longer than that

// Seconds of one call: the fastest of a few, fewer where one takes long.
double timed(ComputeBackend& backend, const std::function<void()>& call)
{
    double best = 1e9;
    double total = 0;
    for (int i = 0; i < 3 && total < 0.5; ++i) {
        const auto begin = std::chrono::steady_clock::now();
        call();
        backend.finish();
        const double seconds =
            std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
        best = std::min(best, seconds);
        total += seconds;
    }
    return best;
}

// What this process holds by itself now, mapped files aside; 0 where the system does not tell.
std::int64_t heldNow()
{
    std::int64_t pages = 0, resident = 0, shared = 0;
    std::ifstream("/proc/self/statm") >> pages >> resident >> shared;
    return (resident - shared) * sysconf(_SC_PAGESIZE);
}

class Estimator
{
public:
    Estimator(const Recipe& recipe, ComputeBackend& backend, Progress& progress)
        : m_recipe(recipe), m_backend(backend), m_progress(progress),
          m_source(Checkpoint::open(recipe.model)), m_model(m_source, backend),
          m_config(m_model.config()),
          m_texts(textsFor(recipe, *Tokenizer::forCheckpoint(*m_source), m_config)),
          m_method(quantizer(recipe.method))
    {
        recipe.checkLayers(m_config);
    }

    Estimate run()
    {
        // The model's names, its tokenizer and the texts, and whatever the program held before.
        const std::int64_t held = heldNow();
        sizes();
        time();
        m_out.memoryBytes = held + memory();
        warn();
        return m_out;
    }

private:
    using Shape = std::array<Index, 2>;
    Index context() const { return m_texts.calibration.context; }

    // Of a whole layer.
    struct LayerBits
    {
        double nominal = 0, disk = 0;
    };

    // A layer coded like its first rows. What it costs whatever its height, such as a header and the
    // classes of columns, shows in the difference between two samples.
    LayerBits sampledBits(const QString& name)
    {
        const TensorView& t = m_source->require(name);
        const Index rows = t.rows(), many = std::min(kSampleRows, rows), few = many / 2;
        const BitCount large = codedRows(name, t, many);
        const BitCount small = many < rows ? codedRows(name, t, few) : large;
        const double beyond =
            many < rows ? static_cast<double>(rows - many) / static_cast<double>(many - few) : 0;
        const auto whole = [&](std::int64_t a, std::int64_t b) {
            return static_cast<double>(a) + beyond * static_cast<double>(a - b);
        };
        return {whole(large.nominal, small.nominal), whole(large.disk(), small.disk())};
    }

    BitCount codedRows(const QString& name, const TensorView& t, Index rows)
    {
        Matrix sample(rows, t.columns());
        m_source->readRows(t, 0, rows, {sample.data(), static_cast<std::size_t>(sample.size())});
        const QuantizedMatrix coded =
            quantizeMatrix(m_method, m_recipe.settingsFor(name), {name, sample, nullptr, nullptr, m_recipe.treatmentFor(0), true},
                           m_backend, m_progress);
        if (const auto type = m_method.storedAs(t.columns(), m_recipe.settingsFor(name)))
            return blockBits(coded.coding, static_cast<std::size_t>(storedBytes(*type, rows * t.columns(), t.columns()).value()));
        return PackedMatrix::pack(name, coded.coding, coded.codes).bits();
    }

    void sizes()
    {
        double nominal = 0, disk = 0, weights = 0, linearStored = 0;
        // Middle blocks resemble each other: three of them stand for all, unless overrides differ.
        const Index step = m_recipe.overrides.empty() ? std::max<Index>(1, m_config.blocks / 3) : 1;
        std::array<LayerBits, kLinears.size()> last{};
        for (Index b = 0; b < m_config.blocks; ++b)
            for (Linear linear : kLinears) {
                const QString name = m_config.names.weight(linear, b);
                LayerBits& bits = last[static_cast<std::size_t>(linear)];
                if (b % step == 0)
                    bits = sampledBits(name);
                const Shape shape = m_config.shape(linear);
                weights += static_cast<double>(shape[0]) * static_cast<double>(shape[1]);
                nominal += bits.nominal;
                disk += bits.disk;
                linearStored += stored(name);
            }
        m_out.nominalBits = nominal / weights;
        m_out.diskBits = disk / weights;
        double all = 0;
        for (const TensorView& t : m_source->tensors())
            all += stored(t.name);
        double packed = disk / 8 + all - linearStored;
        packed += tableChange(m_config.names.embedding, m_recipe.embeddingBits);
        if (m_config.tiedEmbeddings)
            packed -= m_config.names.head != m_config.names.embedding &&
                              m_source->find(m_config.names.head)
                          ? stored(m_config.names.head)
                          : 0;
        else
            packed += tableChange(m_config.names.head, m_recipe.headBits);
        packed += 4000.0 * static_cast<double>(m_config.blocks + 1); // headers with the layers' reports
        m_out.originalBytes = m_source->fileBytes();
        m_out.packedBytes = static_cast<std::int64_t>(packed);
    }

    double stored(const QString& name) const
    {
        return static_cast<double>(m_source->storedBytes(m_source->require(name)));
    }

    double tableChange(const QString& name, int bits) const
    {
        if (bits == 0)
            return 0;
        const double weights = static_cast<double>(m_source->require(name).elements());
        return weights * (bits + 32.0 / 64) / 8 - stored(name);
    }

    Array filled(Index rows, Index columns)
    {
        m_progress.check();
        // Small varied values: zeros can be faster than real data.
        Matrix m(rows, columns);
        for (Index i = 0; i < m.size(); ++i)
            m.data()[i] = 0.01f * static_cast<float>((i * 7919) % 1013 - 506);
        return m_backend.upload(m);
    }

    // Of work on a window, which grows with its tokens.
    double windowed(const std::function<double(Index tokens)>& measure)
    {
        const Index t = context(), few = std::min(t, kTokensSlow);
        const double seconds = measure(few);
        return few == t                 ? seconds
               : seconds <= kSlowSeconds ? measure(t)
                                         : seconds * static_cast<double>(t) / static_cast<double>(few);
    }

    double productSeconds(const Shape& shape)
    {
        const Array w = filled(shape[0], shape[1]);
        return windowed([&](Index tokens) {
            const Array x = filled(tokens, shape[1]);
            const Array out = m_backend.allocate(Scalar::F32, tokens, shape[0]);
            return timed(m_backend, [&] { m_backend.project(out, x, w); });
        });
    }

    double windowSeconds()
    {
        // One window through one block, from the verbs that take nearly all of its time.
        const Index t = context();
        std::map<Shape, double> products;
        double seconds = 0;
        for (Stage stage : kStages)
            for (Linear linear : linearsOf(stage)) {
                const auto [known, fresh] = products.try_emplace(m_config.shape(linear));
                if (fresh)
                    known->second = productSeconds(known->first);
                seconds += known->second;
            }
        AttentionShape shape;
        shape.heads = m_config.heads;
        shape.keyHeads = m_config.keyHeads;
        shape.headWidth = m_config.headWidth;
        shape.scale = 1;
        shape.window = m_config.slidingWindow;
        const Array q = filled(t, m_config.heads * m_config.headWidth);
        const Array k = filled(t, m_config.keyHeads * m_config.headWidth);
        const Array out = m_backend.allocate(Scalar::F32, q.rows, q.columns);
        seconds += timed(m_backend, [&] { m_backend.attention(out, q, k, k, shape); });
        const Array gate = filled(t, m_config.feedForward), up = filled(t, m_config.feedForward);
        seconds += timed(m_backend, [&] { m_backend.swiGlu(gate, up); });
        return seconds;
    }

    bool needsHessian(Stage stage) const { return halftone::needsHessian(m_recipe, m_config, 0, stage); }

    double gramSeconds()
    {
        double seconds = 0;
        const Scalar scalar = m_recipe.preciseHessian ? Scalar::F64 : Scalar::F32;
        for (Stage stage : kStages) {
            if (!needsHessian(stage))
                continue;
            const Index width = m_config.shape(linearsOf(stage).front())[1];
            const Array sum = m_backend.allocate(scalar, width, width);
            m_backend.fillZero(sum);
            const double once = windowed([&](Index tokens) {
                const Array x = filled(tokens, width);
                return timed(m_backend, [&] { m_backend.addGram(sum, x); });
            });
            seconds += once * (m_recipe.drift.active() ? 3 : 1);
        }
        return seconds;
    }

    // The walk over a matrix of so many rows and columns.
    double walkSeconds(Index rows, Index columns)
    {
        const MatrixD small = MatrixD::Constant(rows, columns, 0.01);
        const Array weights = m_backend.upload(small);
        const Array upper = m_backend.upload(MatrixD(MatrixD::Identity(columns, columns)));
        Coding coding;
        coding.rows = rows;
        coding.columns = columns;
        coding.grids.resize(1);
        coding.grids[0].scale = Matrix::Constant(rows, 1, 0.5f);
        const Array coded = m_backend.allocate(Scalar::F64, rows, columns);
        const Array codes = m_backend.allocate(Scalar::U8, rows, columns);
        const Array loss = m_backend.allocate(Scalar::F64, rows, 1);
        m_backend.fillZero(loss);
        return timed(m_backend, [&] {
            m_backend.walkColumns(weights, upper, coding, 0, columns, coded, codes, loss, m_progress);
        });
    }

    double factorSeconds(Index columns)
    {
        // The identity is its own factor: each call finds the same matrix.
        const Array one = m_backend.upload(MatrixD(MatrixD::Identity(columns, columns)));
        return timed(m_backend, [&] { m_backend.inverseUpperFactor(one, m_progress); });
    }

    // Factors, walks and losses of one block, scaled from those of smaller matrices.
    double codeSeconds()
    {
        const Index measured = factorSeconds(kMeasuredSlow) > kSlowSeconds ? kMeasuredSlow : kMeasured;
        const double side = static_cast<double>(measured);
        // A walk takes a n m for the rounding and b n m^2 for the compensation.
        const double half = walkSeconds(measured, measured / 2), whole = walkSeconds(measured, measured);
        const double b = std::max(0.0, whole - 2 * half) * 2 / (side * side * side);
        const double a = std::max(0.0, whole / (side * side) - b * side);
        const Array square = filled(measured, measured);
        const Array product = m_backend.allocate(Scalar::F32, measured, measured);
        const double multiply =
            timed(m_backend, [&] { m_backend.multiplyTransposed(product, square, square); });
        const double factor = factorSeconds(measured);
        double seconds = 0;
        for (Stage stage : kStages) {
            Settings factored;
            for (Linear linear : linearsOf(stage)) {
                const Shape shape = m_config.shape(linear);
                const double n = static_cast<double>(shape[0]), m = static_cast<double>(shape[1]);
                const Settings settings = m_recipe.settingsFor(m_config.names.weight(linear, 0));
                const WalkPlan plan = m_method.plan(settings);
                seconds += a * n * m + (plan.compensation ? b * n * m * m : 0);
                if (!plan.hessian)
                    continue;
                seconds += 2 * multiply * n * m * m / (side * side * side);
                if (factored != settings)
                    seconds += factor * std::pow(m / side, 3);
                factored = settings;
            }
        }
        // Everything else of a layer (reading, packing, counting) goes at some 50 M weights a second.
        const double weightsPerBlock =
            static_cast<double>(m_config.linearWeights()) / static_cast<double>(m_config.blocks);
        return seconds + weightsPerBlock / 50e6;
    }

    double headSeconds()
    {
        const Index t = std::min<Index>(256, context());
        const Array x = filled(t, m_config.hidden), head = filled(m_config.vocabulary, m_config.hidden);
        const Array logits = m_backend.allocate(Scalar::F32, t, m_config.vocabulary);
        const std::vector<int> targets(static_cast<std::size_t>(t), 1);
        const double product =
            timed(m_backend, [&] { m_backend.project(logits, x, head); });
        const double score =
            timed(m_backend, [&] { m_backend.score(logits, targets, logits); });
        // Two products and two scores a row: the packed model's and the original's.
        return 2 * (product + score) / static_cast<double>(t);
    }

    void time()
    {
        const double window = windowSeconds();
        const double windows = static_cast<double>(m_texts.calibration.count);
        const double blocks = static_cast<double>(m_config.blocks);
        const bool observed = needsHessian(Stage::QueryKeyValue);
        // Once to observe, once to move on, both streams with drift. In stages that go on from each other only
        // gate and up run twice; in stages that do not, all before the stage runs again.
        const double again = m_recipe.staged ? (goesOnFromStages(m_recipe, m_config) ? 0.5 : 2.5) : 0.9;
        const double observing = observed ? again : 0;
        const double streams = m_recipe.drift.active() ? 2 : 1;
        double seconds = blocks * windows * (window * (observing + 1) * streams + gramSeconds());
        seconds += blocks * codeSeconds();
        if (m_texts.evaluation) {
            const double tokens = static_cast<double>(m_texts.evaluation->tokens.size());
            seconds += 2 * blocks * window * tokens / static_cast<double>(context());
            seconds += headSeconds() * tokens;
        }
        m_out.seconds = seconds;
    }

    std::int64_t memory() const
    {
        const std::int64_t scalar = m_recipe.preciseHessian ? 8 : 4;
        const std::int64_t streams = m_recipe.drift.active() ? 2 : 1;
        const std::int64_t between = goesOnFromStages(m_recipe, m_config) ? m_model.betweenWidth() : 0;
        const std::int64_t hidden =
            4 * (std::int64_t{m_config.hidden} + between) *
            static_cast<std::int64_t>(m_texts.calibration.tokens.size()) * streams;
        // A stage at work: Hessian and factor, the Hessians of the stages behind it, and a layer's
        // original, target, two in the walk's fp64, classes and codes.
        std::int64_t coding = 0, later = 0;
        for (auto stage = kStages.rbegin(); stage != kStages.rend(); ++stage) {
            const std::int64_t width = m_config.shape(linearsOf(*stage).front())[1];
            std::int64_t layer = 0;
            for (Linear linear : linearsOf(*stage))
                layer = std::max<std::int64_t>(layer, m_config.shape(linear)[0] * width);
            if (!needsHessian(*stage)) {
                coding = std::max(coding, layer * kLayerBytes);
                continue;
            }
            coding = std::max(coding, later + 8 * width * width * (1 + streams) + layer * kLayerBytes);
            if (!m_recipe.staged)
                later += scalar * width * width * streams;
        }
        const std::int64_t walking =
            hidden + m_model.blockBytes() * streams + m_model.scratchBytes(context()) + coding;
        std::int64_t judging = 0;
        if (m_texts.evaluation) {
            const std::int64_t head = 4 * std::int64_t{m_config.vocabulary} * m_config.hidden;
            judging = 2 * (head + m_model.scratchBytes(m_texts.evaluation->context)) +
                      2 * 4 * 256 * std::int64_t{m_config.vocabulary} + m_model.blockBytes() +
                      2 * 4 * std::int64_t{m_config.hidden} *
                          static_cast<std::int64_t>(m_texts.evaluation->tokens.size());
        }
        return std::max(walking, judging);
    }

    void warn()
    {
        m_out.warnings = m_texts.notes;
        if (m_out.packedBytes > m_out.originalBytes)
            m_out.warnings << tr("The result will be larger than the original file (%1 MB instead of %2 "
                                 "MB): fewer salient weights or salient bits make it smaller.")
                                  .arg(static_cast<double>(m_out.packedBytes) / 1e6, 0, 'f', 1)
                                  .arg(static_cast<double>(m_out.originalBytes) / 1e6, 0, 'f', 1);
        const auto memory =
            static_cast<std::int64_t>(sysconf(_SC_PHYS_PAGES)) * sysconf(_SC_PAGESIZE);
        if (m_out.memoryBytes > memory)
            m_out.warnings << tr("The run needs about %1 GB of memory, but this machine has %2 GB: fewer "
                                 "or shorter calibration windows need less.")
                                  .arg(static_cast<double>(m_out.memoryBytes) / 1e9, 0, 'f', 1)
                                  .arg(static_cast<double>(memory) / 1e9, 0, 'f', 1);
    }

    const Recipe& m_recipe;
    ComputeBackend& m_backend;
    Progress& m_progress;
    std::shared_ptr<const Checkpoint> m_source;
    Transformer m_model;
    const ModelConfig& m_config;
    RunTexts m_texts;
    const Quantizer& m_method;
    Estimate m_out;
};

} // namespace

Estimate estimateRun(const Recipe& recipe, ComputeBackend& backend, Progress& progress)
{
    recipe.check();
    const CancelWatch watch(backend, progress);
    return Estimator(recipe, backend, progress).run();
}

} // namespace halftone
