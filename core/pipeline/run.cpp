// SPDX-License-Identifier: GPL-3.0-or-later
#include "pipeline/run.h"

#include "base/error.h"
#include "base/parallel.h"
#include "checkpoint/packed_folder.h"
#include "checkpoint/dequantize.h"
#include "compute/cancel_watch.h"
#include "export/provenance.h"
#include "pipeline/model_texts.h"
#include "pipeline/packed_output.h"
#include "pipeline/quantize_block.h"
#include "pipeline/run_store.h"
#include "pipeline/steer_bits.h"
#include "quantize/quantizers.h"

#include <QCryptographicHash>
#include <QFile>
#include <QFileInfo>
#include <chrono>

namespace halftone {

using nlohmann::json;

namespace {

using Clock = std::chrono::steady_clock;
const QString kTimesFile = QStringLiteral("times.json");
const QString kPageFile = QStringLiteral("report.html");
// They hold times, which differ from run to run, or come later: the window draws the page as PDF too.
const QStringList kChangingFiles{kTimesFile, kPageFile, QStringLiteral("report.pdf"), kEvaluationsFile, RunStore::stateFile()};

double secondsSince(Clock::time_point begin)
{
    return std::chrono::duration<double>(Clock::now() - begin).count();
}

// Name, size and a hash of both ends of each file: enough to notice that another model lies there.
json sourceIdentity(const Checkpoint& source)
{
    json files = json::array();
    for (const QString& path : source.files()) {
        QFile file(path);
        QCryptographicHash hash(QCryptographicHash::Sha256);
        if (file.open(QIODevice::ReadOnly)) {
            hash.addData(file.read(1 << 20));
            file.seek(std::max<qint64>(0, file.size() - (1 << 20)));
            hash.addData(file.read(1 << 20));
        }
        files.push_back({{"name", QFileInfo(path).fileName().toStdString()},
                         {"bytes", file.size()},
                         {"ends", hash.result().toHex().toStdString()}});
    }
    return files;
}

std::string hashOf(const TokenWindows& windows)
{
    QCryptographicHash hash(QCryptographicHash::Sha256);
    hash.addData(QByteArrayView(reinterpret_cast<const char*>(windows.tokens.data()),
                                static_cast<qsizetype>(windows.tokens.size() * sizeof(int))));
    return hash.result().toHex().toStdString();
}

class Run
{
public:
    Run(const Recipe& recipe, const QString& out, ComputeBackend& backend, Progress& progress,
        const RunOptions& options)
        : m_recipe(recipe), m_backend(backend), m_progress(progress), m_options(options),
          m_source(Checkpoint::open(recipe.model)), m_tokenizer(Tokenizer::forCheckpoint(*m_source)),
          m_model(m_source, backend), m_texts(textsFor(recipe, *m_tokenizer, m_model.config())),
          m_store(out, identity(), m_model.config().blocks + 1, options.restart),
          m_out(QFileInfo(out).absoluteFilePath())
    {
        planShares();
    }

    RunResult run()
    {
        try {
            if (m_options.onStart)
                m_options.onStart();
            m_sourceHash = std::make_unique<SourceHash>(*m_source);
            m_result.resumed = m_store.hasShard(1);
            m_times = RunTimes::fromJson(m_store.read(kTimesFile));
            m_secondsBefore = m_times.total;
            m_times.blockSeconds.resize(static_cast<std::size_t>(m_model.config().blocks), 0);
            walkBlocks();
            save();
            judge();
            finish();
        } catch (const Error&) {
            m_store.discardIfEmpty();
            throw;
        }
        return std::move(m_result);
    }

private:
    // Asked for before the folder is made, so nothing is written for a recipe that does not fit.
    json identity() const
    {
        m_recipe.checkLayers(m_model.config());
        json recipe = m_recipe.toJson();
        recipe.erase("backend"); // may change on the way; it is recorded block by block
        return {{"program", HALFTONE_VERSION},
                {"recipe", recipe},
                {"source", sourceIdentity(*m_source)},
                {"config", m_source->config()},
                {"calibration_tokens", hashOf(m_texts.calibration)}};
    }

    // Each calibration window goes through a block twice, each evaluation window once through two
    // models.
    void planShares()
    {
        const double calibration = 2.5 * static_cast<double>(m_texts.calibration.tokens.size());
        const double evaluation =
            m_texts.evaluation ? 2.2 * static_cast<double>(m_texts.evaluation->tokens.size()) : 0;
        m_walkShare = calibration / (calibration + evaluation);
    }

    void walkBlocks()
    {
        const Index blocks = m_model.config().blocks;
        Streams streams;
        const TokenWindows& windows = m_texts.calibration;
        Index done = 0;
        while (done < blocks && m_store.hasShard(done + 1))
            ++done;
        if (done < blocks)
            for (Index w = 0; w < windows.count; ++w)
                streams.coded.push_back(m_model.embed(windows.window(w)));
        if (m_recipe.drift.active())
            for (const Array& hidden : streams.coded) {
                streams.original.push_back(
                    m_backend.allocateAside(Scalar::F32, hidden.rows, hidden.columns));
                m_backend.copy(streams.original.back(), hidden);
            }
        if (goesOnFromStages(m_recipe, m_model.config())) {
            for (const Array& hidden : streams.coded)
                streams.codedBetween.push_back(m_model.makeBetween(hidden.rows));
            for (const Array& hidden : streams.original)
                streams.originalBetween.push_back(m_model.makeBetween(hidden.rows));
        }
        for (Index b = 0; b < blocks; ++b) {
            const auto begin = Clock::now();
            if (b < done)
                redoBlock(b, streams, done < blocks);
            else
                codeBlock(b, streams);
            if (b >= done) {
                m_times.blockSeconds[static_cast<std::size_t>(b)] = secondsSince(begin);
                writeTimes();
            }
        }
    }

    void writeTimes()
    {
        m_times.machine = tr("%1, %2 threads").arg(m_backend.deviceName()).arg(threadCount());
        m_times.total = m_secondsBefore + secondsSince(m_begin);
        m_store.write(kTimesFile, QByteArray::fromStdString(m_times.toJson().dump(2) + "\n"));
    }

    void say(Index block, const QString& stage, const QString& item, double share)
    {
        m_progress.advance(stage, item,
                           m_walkShare * (static_cast<double>(block) + share) /
                               static_cast<double>(m_model.config().blocks));
    }

    void codeBlock(Index b, Streams& streams)
    {
        Block block = m_model.loadBlock(b);
        std::optional<Block> original;
        if (!streams.original.empty())
            original = block;
        BlockTimes times;
        const std::vector<PendingLayer> layers = quantizeBlock(
            m_model, b, block, streams, steered(m_recipe, m_model.config(), b, m_result.report.layers), m_progress,
            [&](const QString& stage, const QString& item, double share) {
                say(b, stage, item, 0.6 * share);
            },
            times);
        m_times.calibrate += times.observe;
        m_times.quantize += times.code;
        m_store.recordBackend(m_backend.id(), b);
        // Packing, hashing and writing go on while the activations move on. A job that ends meanwhile
        // waits for the file: the block is done.
        std::future<std::vector<LayerReport>> written =
            std::async(std::launch::async, [&, b] { return writeBlock(b, layers); });
        auto begin = Clock::now();
        if (b + 1 < m_model.config().blocks)
            propagate(b, block, original ? &*original : nullptr, streams, !streams.codedBetween.empty());
        m_times.calibrate += secondsSince(begin);
        begin = Clock::now();
        for (const LayerReport& report : written.get())
            addReport(report);
        m_times.save += secondsSince(begin);
    }

    std::vector<LayerReport> writeBlock(Index b, const std::vector<PendingLayer>& pending) const
    {
        std::vector<CodedLayer> layers;
        std::vector<LayerReport> reports;
        for (const PendingLayer& layer : pending) {
            layers.push_back(layer.get());
            layers.back().report.picture = pictureOf(layers.back());
            reports.push_back(layers.back().report);
        }
        writeBlockShard(m_store, b + 1, *m_source, m_model.config(), b, layers);
        return reports;
    }

    LayerPicture pictureOf(const CodedLayer& layer) const
    {
        const LayerReport& report = layer.report;
        const TensorView& original = m_source->require(report.name);
        const auto rowBytes = static_cast<std::int64_t>(layer.blocks.size()) / std::max<Index>(1, report.rows);
        return errorPicture(
            report.rows, report.columns,
            [&](Index begin, Index count, std::span<float> out) { m_source->readRows(original, begin, count, out); },
            [&](Index begin, Index count, std::span<float> out) {
                if (!layer.blockType)
                    return layer.packed.unpackRows(begin, count, out);
                dequantize(*layer.blockType,
                           std::span(layer.blocks).subspan(static_cast<std::size_t>(begin * rowBytes),
                                                           static_cast<std::size_t>(count * rowBytes)),
                           out);
            });
    }

    // A block that an earlier start has finished: its bits are on disk, only the activations are not.
    void redoBlock(Index b, Streams& streams, bool activationsNeeded)
    {
        const auto shard = finishedShard(b + 1);
        for (const LayerReport& report : reportsOfShard(*shard))
            addReport(report);
        if (!activationsNeeded)
            return;
        Block block = m_model.loadBlock(b);
        std::optional<Block> original;
        if (!streams.original.empty())
            original = block;
        for (Linear linear : kLinears)
            block.weight(linear) = m_backend.upload(
                shard->readMatrix(shard->require(m_model.config().names.weight(linear, b))));
        propagate(b, block, original ? &*original : nullptr, streams, false);
    }

    std::shared_ptr<const Checkpoint> finishedShard(Index shard) const
    {
        try {
            return openPackedShards({m_store.shardPath(shard)});
        } catch (const Error& e) {
            throw Error(tr("The unfinished run cannot go on (start over with --restart): %1")
                            .arg(e.sentence()));
        }
    }

    // `observed`: each window goes on from where the block's last stage left it.
    void propagate(Index b, const Block& block, const Block* original, Streams& streams, bool observed)
    {
        const auto move = [&](const Block& by, const std::vector<Array>& hidden, const std::vector<Array>& between,
                              std::size_t w) {
            if (observed)
                m_model.finishBlock(by, hidden[w], between[w]);
            else
                m_model.runBlock(by, hidden[w]);
        };
        const double windows = static_cast<double>(streams.coded.size());
        for (std::size_t w = 0; w < streams.coded.size(); ++w) {
            say(b, tr("Propagate"), tr("block %1, window %2").arg(b + 1).arg(w + 1),
                0.6 + 0.4 * static_cast<double>(w) / windows);
            move(block, streams.coded, streams.codedBetween, w);
            if (original)
                move(*original, streams.original, streams.originalBetween, w);
            if ((w + 1) % kWindowsAhead == 0)
                m_backend.finish();
        }
        m_backend.finish();
    }

    void addReport(const LayerReport& report)
    {
        m_result.report.layers.push_back(report);
        if (m_options.onLayer)
            m_options.onLayer(report);
    }

    void save()
    {
        const auto begin = Clock::now();
        m_progress.advance(tr("Save"), m_out, m_walkShare);
        if (!m_store.hasShard(0))
            writeOuterShard(m_store, *m_source, m_model.config(), m_recipe, m_backend, m_progress);
        writeSmallFiles(m_store, *m_source, m_model.config(), m_recipe);
        m_store.write(QStringLiteral("recipe.json"),
                      QByteArray::fromStdString(m_recipe.toJson().dump(2) + "\n"));
        m_times.save += secondsSince(begin);
    }

    void judge()
    {
        const auto packed = openPackedFolder(m_store.folder());
        Report& r = m_result.report;
        r.program = QStringLiteral("Halftone " HALFTONE_VERSION);
        r.model = QFileInfo(m_source->path()).fileName();
        r.architecture = m_model.config().architecture;
        r.method = quantizer(m_recipe.method).title();
        r.recipe = m_recipe.toJson();
        r.size = measureSizes(*m_source, *packed, m_model.config(), r.layers);
        r.calibrationText = m_texts.calibrationName;
        r.calibrationWindows = m_texts.calibration.count;
        r.calibrationContext = m_texts.calibration.context;
        for (const json& b : m_store.backends())
            r.backends << QString::fromStdString(b.at("id").get<std::string>());
        r.notes = m_texts.notes;
        if (m_texts.evaluation) {
            r.evaluationText = m_texts.evaluationName;
            evaluatePacked(packed);
        }
        warn();
    }

    void evaluatePacked(const std::shared_ptr<const Checkpoint>& packed)
    {
        Transformer coded(packed, m_backend);
        // The evaluation reports shares of itself; they take what the walk has left.
        Progress inner(m_progress, [this](const ProgressMoment& m) {
            m_progress.advance(m.stage, m.item, m_walkShare + (1 - m_walkShare) * m.share);
        });
        m_result.report.evaluation = evaluate(coded, &m_model, *m_texts.evaluation, inner);
        m_times.evaluate += m_result.report.evaluation->seconds;
    }

    void warn()
    {
        Report& r = m_result.report;
        if (r.size.packedFile > r.size.originalFile)
            r.notes << tr("The result is larger than the original file: fewer salient weights or salient "
                          "bits make it smaller.");
        if (r.evaluation && r.evaluation->referencePerplexity &&
            r.evaluation->perplexity.value > 3 * r.evaluation->referencePerplexity->value)
            r.notes << tr("The perplexity rose more than threefold: expect broken text. More salient "
                          "weights or a better method help.");
    }

    void finish()
    {
        m_progress.advance(tr("Save"), tr("checksums"), 1);
        m_result.report.sourceFiles = m_sourceHash->files();
        m_store.write(QStringLiteral("report.json"),
                      QByteArray::fromStdString(reportJson(m_result.report).dump(2) + "\n"));
        writeTimes();
        json provenance = provenanceOf(*m_source, m_result.report.program, QStringLiteral("quantize"), m_recipe.method);
        provenance["recipe"] = m_recipe.toJson();
        m_store.write(kProvenanceFile, folderProvenance(m_store.folder(), std::move(provenance), kChangingFiles,
                                                        *m_sourceHash, m_progress));
        ReportPlace place = reportPlaceOf(m_store.folder(), m_progress);
        place.command = commandToRepeat(QFileInfo(m_out).fileName());
        m_store.write(kPageFile, reportHtml(m_result.report, m_times, place).toUtf8());
        m_progress.advance(tr("Done"), m_out, 1); // the last place where cancelling has an effect
        m_store.finish();
        m_result.folder = m_out;
        m_result.times = m_times;
    }

    const Recipe& m_recipe;
    ComputeBackend& m_backend;
    Progress& m_progress;
    const RunOptions& m_options;
    std::shared_ptr<const Checkpoint> m_source;
    std::unique_ptr<SourceHash> m_sourceHash; // of what may be many GB, beside the work
    std::shared_ptr<const Tokenizer> m_tokenizer;
    Transformer m_model;
    RunTexts m_texts;
    RunStore m_store;
    QString m_out;
    double m_walkShare = 1;
    Clock::time_point m_begin = Clock::now();
    double m_secondsBefore = 0; // of earlier starts
    RunTimes m_times;
    RunResult m_result;
};

} // namespace

RunResult runPipeline(const Recipe& recipe, const QString& out, ComputeBackend& backend,
                      Progress& progress, const RunOptions& options)
{
    recipe.check();
    const CancelWatch watch(backend, progress);
    return Run(recipe, out, backend, progress, options).run();
}

QString backendOfUnfinishedRun(const QString& out)
{
    return RunStore::backendOf(out);
}

} // namespace halftone
