// SPDX-License-Identifier: GPL-3.0-or-later
#include "pipeline/estimate.h"

#include "base/error.h"
#include "base/parallel.h"
#include "pipeline/model_texts.h"
#include "quantize/quantize_matrix.h"
#include "quantize/quantizers.h"

#include <chrono>
#include <cmath>
#include <functional>
#include <unistd.h>

namespace halftone {

namespace {

constexpr Index kSampleRows = 64;

// Seconds of one call: the fastest of a few, after one that warms up.
double timed(ComputeBackend& backend, const std::function<void()>& call)
{
    double best = 1e9;
    for (int i = 0; i < 3; ++i) {
        const auto begin = std::chrono::steady_clock::now();
        call();
        backend.finish();
        best = std::min(best, std::chrono::duration<double>(std::chrono::steady_clock::now() - begin)
                                  .count());
    }
    return best;
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
        sizes();
        time();
        m_out.memoryBytes = memory();
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

    // Saliency by magnitude stands in for the Hessian's, since only the share of salient weights
    // matters to the size.
    BitCount codedRows(const QString& name, const TensorView& t, Index rows)
    {
        Matrix sample(rows, t.columns());
        m_source->readRows(t, 0, rows, {sample.data(), static_cast<std::size_t>(sample.size())});
        Settings settings = m_recipe.settingsFor(name);
        if (settings.contains("saliency"))
            settings["saliency"] = "magnitude";
        if (settings.contains("compensation"))
            settings["compensation"] = false;
        const QuantizedMatrix coded =
            quantizeMatrix(m_method, settings, {name, sample, nullptr, nullptr}, m_backend, m_progress);
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
        const TensorView& t = m_source->require(name);
        const auto packed = m_source->packed(t);
        return static_cast<double>(packed ? packed->bytes.size() : t.bytes.size());
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

    double windowSeconds()
    {
        // One window through one block, from the verbs that take nearly all of its time.
        const Index t = context();
        double seconds = 0;
        for (Stage stage : kStages)
            for (Linear linear : linearsOf(stage)) {
                const Shape shape = m_config.shape(linear);
                const Array x = filled(t, shape[1]), w = filled(shape[0], shape[1]);
                const Array out = m_backend.allocate(Scalar::F32, t, shape[0]);
                seconds += timed(m_backend, [&] { m_backend.multiplyTransposed(out, x, w); });
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

    bool needsHessian(Stage stage) const
    {
        for (Linear linear : linearsOf(stage))
            if (m_method.plan(m_recipe.settingsFor(m_config.names.weight(linear, 0))).hessian)
                return true;
        return m_recipe.drift.strength > 0;
    }

    double gramSeconds()
    {
        double seconds = 0;
        const Scalar scalar = m_recipe.preciseHessian ? Scalar::F64 : Scalar::F32;
        for (Stage stage : kStages) {
            if (!needsHessian(stage))
                continue;
            const Index width = m_config.shape(linearsOf(stage).front())[1];
            const Array x = filled(context(), width);
            const Array sum = m_backend.allocate(scalar, width, width);
            m_backend.fillZero(sum);
            seconds += timed(m_backend, [&] { m_backend.addGram(sum, x); }) *
                       (m_recipe.drift.strength > 0 ? 3 : 1);
        }
        return seconds;
    }

    // Factor and walk of one block, scaled from a walk over a square matrix of the hidden width.
    double codeSeconds()
    {
        double flops = 0;
        for (Linear linear : kLinears) {
            const Shape s = m_config.shape(linear);
            const double n = static_cast<double>(s[0]), m = static_cast<double>(s[1]);
            const WalkPlan plan = m_method.plan(m_recipe.settingsFor(m_config.names.weight(linear, 0)));
            // The walk n m^2, two losses 2 n m^2 each, and the factor m^3.
            flops += plan.hessian ? n * m * m * (plan.compensation ? 5 : 4) + m * m * m : 0;
        }
        const Index m = std::min<Index>(512, m_config.hidden);
        const Array weights = m_backend.upload(MatrixD(m_backend.downloadMatrix(filled(m, m)).cast<double>()));
        const MatrixD identity = MatrixD::Identity(m, m);
        const Array upper = m_backend.upload(identity);
        Coding coding;
        coding.rows = coding.columns = m;
        coding.grids.resize(1);
        coding.grids[0].scale = Matrix::Constant(m, 1, 0.5f);
        const Array coded = m_backend.allocate(Scalar::F64, m, m);
        const Array codes = m_backend.allocate(Scalar::U8, m, m);
        const Array loss = m_backend.allocate(Scalar::F64, m, 1);
        m_backend.fillZero(loss);
        const double walk = timed(m_backend, [&] {
            m_backend.walkColumns(weights, upper, coding, 0, m, coded, codes, loss, m_progress);
        });
        const double rate = std::pow(static_cast<double>(m), 3) / walk;
        // Everything else of a layer (reading, packing, counting) goes at some 50 MB/s of weights.
        const double weightsPerBlock =
            static_cast<double>(m_config.linearWeights()) / static_cast<double>(m_config.blocks);
        return flops / rate + weightsPerBlock * 4 / 200e6;
    }

    double headSeconds()
    {
        const Index t = std::min<Index>(256, context());
        const Array x = filled(t, m_config.hidden), head = filled(m_config.vocabulary, m_config.hidden);
        const Array logits = m_backend.allocate(Scalar::F32, t, m_config.vocabulary);
        const std::vector<int> targets(static_cast<std::size_t>(t), 1);
        const double product =
            timed(m_backend, [&] { m_backend.multiplyTransposed(logits, x, head); });
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
        // Once to observe (two and a half times in stages), once to move on; both streams with drift.
        const double observing = observed ? (m_recipe.staged ? 2.5 : 0.9) : 0;
        const double streams = m_recipe.drift.strength > 0 ? 2 : 1;
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
        const std::int64_t streams = m_recipe.drift.strength > 0 ? 2 : 1;
        const std::int64_t hidden =
            4 * std::int64_t{m_config.hidden} *
            static_cast<std::int64_t>(m_texts.calibration.tokens.size()) * streams;
        std::int64_t grams = 0, widest = 0, layer = 0;
        for (Stage stage : kStages) {
            const std::int64_t width = m_config.shape(linearsOf(stage).front())[1];
            grams += scalar * width * width * streams;
            widest = std::max(widest, 8 * width * width);
        }
        for (Linear linear : kLinears) {
            const Shape s = m_config.shape(linear);
            layer = std::max<std::int64_t>(layer, std::int64_t{s[0]} * s[1]);
        }
        // A layer at work: the original, the target, the walk's two in fp64, values, loss, codes.
        const std::int64_t coding = grams + 2 * widest + layer * (4 + 4 + 16 + 8 + 4 + 2);
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
    return Estimator(recipe, backend, progress).run();
}

} // namespace halftone
