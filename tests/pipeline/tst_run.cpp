// SPDX-License-Identifier: GPL-3.0-or-later
// The whole story on a small model: what a run writes loads again, weighs what the report says and
// judges as the report says.
#include "../test_data.h"
#include "base/error.h"
#include "base/parallel.h"
#include "evaluate/perplexity.h"
#include "packed/packed_matrix.h"
#include "pipeline/allocate_bits.h"
#include "pipeline/presets.h"
#include "pipeline/estimate.h"
#include "small_sample.h"

#include <QTemporaryDir>

using namespace halftone;
using nlohmann::json;

namespace {

Evaluation judged(const QString& folder, const Recipe& recipe)
{
    const auto backend = makeCpuBackend();
    const auto packed = Checkpoint::open(folder);
    const auto tokenizer = Tokenizer::forCheckpoint(*packed);
    Transformer coded(packed, *backend), original(Checkpoint::open(recipe.model), *backend);
    WindowRequest request;
    request.context = recipe.evaluation.context;
    request.count = recipe.evaluation.windows;
    const TokenWindows windows =
        cutWindows(tokenizeFile(*tokenizer, recipe.evaluation.text), request, coded.config().context,
                   tokenizer->addsBos() ? tokenizer->bos() : -1, QStringLiteral("held out"));
    Progress progress;
    return evaluate(coded, &original, windows, progress);
}

std::int64_t safetensorsBytes(const QString& folder)
{
    std::int64_t bytes = 0;
    for (const QFileInfo& file : QDir(folder).entryInfoList({QStringLiteral("*.safetensors")}))
        bytes += file.size();
    return bytes;
}

const LayerReport& layer(const Report& report, const QString& name)
{
    for (const LayerReport& l : report.layers)
        if (l.name == name)
            return l;
    throw Error(QStringLiteral("no layer ") + name);
}

} // namespace

class TestRun : public QObject
{
    Q_OBJECT
    QTemporaryDir m_dir;
    QString m_model;
    QString out(const char* name) const { return m_dir.filePath(QString::fromLatin1(name)); }

private slots:
    void initTestCase()
    {
        QVERIFY(m_dir.isValid());
        m_model = makeSmallSample(m_dir.filePath(QStringLiteral("model")));
    }
    void cleanup() { setThreadCount(0); }

    void packedFolderJudgesAsTheReportSays()
    {
        const Recipe recipe = smallRecipe(m_model);
        const RunResult result = runTo(recipe, out("plain"));
        QCOMPARE(result.folder, out("plain"));
        QVERIFY(!result.resumed);
        const Evaluation again = judged(result.folder, recipe);
        const Evaluation& told = *result.report.evaluation;
        QCOMPARE(again.perplexity.value, told.perplexity.value);
        QCOMPARE(again.perplexity.standardError, told.perplexity.standardError);
        QCOMPARE(again.divergence->mean, told.divergence->mean);
        QCOMPARE(again.divergence->sameTop, told.divergence->sameTop);
        QCOMPARE(again.referencePerplexity->value, told.referencePerplexity->value);
        QVERIFY(told.perplexity.value > told.referencePerplexity->value);
        const Report read = reportFromJson(readStrictJson(result.folder + QStringLiteral("/report.json")));
        QVERIFY(reportJson(read) == reportJson(result.report));
        QVERIFY(Recipe::fromFile(result.folder + QStringLiteral("/recipe.json")).toJson() ==
                recipe.toJson());
        QVERIFY(!QFileInfo::exists(out("plain.partial")));
        QVERIFY(!QFileInfo::exists(out("plain.partial.lock")));
    }
    void folderHoldsWhatAPackedModelNeedsAndNoMore()
    {
        QStringList files = QDir(out("plain")).entryList(QDir::AllEntries | QDir::Hidden |
                                                        QDir::NoDotAndDotDot, QDir::Name);
        const QStringList expected{
            QStringLiteral("config.json"), QStringLiteral("halftone-provenance.json"),
            QStringLiteral("model-00001-of-00003.safetensors"),
            QStringLiteral("model-00002-of-00003.safetensors"),
            QStringLiteral("model-00003-of-00003.safetensors"),
            QStringLiteral("model.safetensors.index.json"), QStringLiteral("recipe.json"),
            QStringLiteral("report.html"), QStringLiteral("report.json"),
            QStringLiteral("special_tokens_map.json"), QStringLiteral("times.json"),
            QStringLiteral("tokenizer.json"), QStringLiteral("tokenizer_config.json")};
        QCOMPARE(files, expected);
        for (const char* name : {"tokenizer.json", "tokenizer_config.json", "special_tokens_map.json"})
            QCOMPARE(bytesOf(out("plain/") + QLatin1String(name)),
                     bytesOf(m_model + QLatin1Char('/') + QLatin1String(name)));
        const json config = readStrictJson(out("plain/config.json"));
        QCOMPARE(config.at("quantization_config").at("quant_method"), json("halftone"));
        QCOMPARE(config.at("hidden_size"), json(256));
        const json index = readStrictJson(out("plain/model.safetensors.index.json"));
        for (const auto& item : index.at("weight_map").items())
            QVERIFY(QFileInfo::exists(out("plain/") + QString::fromStdString(item.value())));
    }
    void sizesAreHonest()
    {
        const Report report = reportFromJson(readStrictJson(out("plain/report.json")));
        const SizeReport& s = report.size;
        QCOMPARE(s.packedFile, safetensorsBytes(out("plain")));
        QCOMPARE(s.linearPacked + s.embeddingPacked + s.headPacked + s.otherPacked, s.packedFile);
        const auto packed = Checkpoint::open(out("plain"));
        double bits = 0, stored = 0, nominal = 0;
        std::int64_t weights = 0;
        for (const LayerReport& l : report.layers) {
            const auto matrix = packed->packed(packed->require(l.name));
            QVERIFY(matrix != nullptr);
            const std::int64_t n = std::int64_t{l.rows} * l.columns;
            const double layerBits = 8.0 * static_cast<double>(matrix->bytes.size());
            QVERIFY(std::abs(layerBits / static_cast<double>(n) / l.diskBits - 1) < 0.01);
            bits += l.diskBits * static_cast<double>(n);
            nominal += l.nominalBits * static_cast<double>(n);
            stored += layerBits;
            weights += n;
        }
        QCOMPARE(report.layers.size(), std::size_t{14});
        QCOMPARE(s.linearWeights, weights);
        QVERIFY(std::abs(stored / bits - 1) < 0.01);
        QVERIFY(std::abs(s.diskBits * static_cast<double>(weights) / stored - 1) < 1e-9);
        QVERIFY(std::abs(s.nominalBits * static_cast<double>(weights) / nominal - 1) < 1e-9);
        // 30 % of 8 bits and 70 % of one; the mask's 0.88 bits and the scales come on top on disk.
        QVERIFY2(std::abs(s.nominalBits - 3.1) < 0.01, QByteArray::number(s.nominalBits));
        QVERIFY2(s.diskBits > 3.98 && s.diskBits < 4.3, QByteArray::number(s.diskBits));
    }
    void estimateKnowsTheSizeBeforehand_data()
    {
        QTest::addColumn<QString>("changes");
        QTest::newRow("plain") << QStringLiteral("{}");
        QTest::newRow("ratio 0.1") << QStringLiteral(R"({"settings": {"salient_ratio": 0.1}})");
        QTest::newRow("columns") << QStringLiteral(R"({"settings": {"salient_ratio": 0.1, "selection": "column"}})");
        QTest::newRow("rtn") << QStringLiteral(R"({"method": "rtn", "settings": {}})");
        QTest::newRow("embedding 4") << QStringLiteral(R"({"embedding_bits": 4})");
        QTest::newRow("override")
            << QStringLiteral(R"({"overrides": [{"layers": "*down_proj*", "settings": {"salient_ratio": 0.6}}]})");
    }
    void estimateKnowsTheSizeBeforehand()
    {
        QFETCH(QString, changes);
        json object = smallRecipe(m_model).toJson();
        object.update(json::parse(changes.toStdString()));
        object["judge"] = false;
        const Recipe recipe = Recipe::fromJson(object);
        const auto backend = makeCpuBackend();
        Progress progress;
        const Estimate estimate = estimateRun(recipe, *backend, progress);
        const QString folder = out("estimated ") + QString::fromLatin1(QTest::currentDataTag());
        const RunResult result = runTo(recipe, folder);
        const SizeReport& s = result.report.size;
        const auto near = [](double a, double b) { return std::abs(a / b - 1) < 0.02; };
        QVERIFY2(near(static_cast<double>(estimate.packedBytes), static_cast<double>(s.packedFile)),
                 qPrintable(QStringLiteral("%1, not %2").arg(estimate.packedBytes).arg(s.packedFile)));
        QVERIFY2(near(estimate.diskBits, s.diskBits),
                 qPrintable(QStringLiteral("%1, not %2").arg(estimate.diskBits).arg(s.diskBits)));
        QVERIFY2(near(estimate.nominalBits, s.nominalBits),
                 qPrintable(QStringLiteral("%1, not %2").arg(estimate.nominalBits).arg(s.nominalBits)));
        QCOMPARE(estimate.originalBytes, s.originalFile);
        QVERIFY(!result.report.evaluation);
    }
    void warnsOfAResultLargerThanTheOriginal()
    {
        Recipe recipe = smallRecipe(out("plain"));
        recipe.settings = {{"salient_ratio", 1.0}};
        const auto backend = makeCpuBackend();
        Progress progress;
        const Estimate estimate = estimateRun(recipe, *backend, progress);
        QVERIFY(estimate.warnings.join(QLatin1Char(' ')).contains(QLatin1String("larger than the original")));
        const RunResult result = runTo(recipe, out("larger"));
        QVERIFY(result.report.notes.join(QLatin1Char(' ')).contains(QLatin1String("larger than the original")));
    }
    void embeddingKeepsItsTypeOrIsCoded_data()
    {
        QTest::addColumn<int>("bits");
        for (int bits : {0, 8, 6, 4})
            QTest::addRow("%d bits", bits) << bits;
    }
    void embeddingKeepsItsTypeOrIsCoded()
    {
        QFETCH(int, bits);
        Recipe recipe = smallRecipe(m_model);
        recipe.method = QStringLiteral("rtn");
        recipe.settings = json::object();
        recipe.embeddingBits = bits;
        const RunResult result = runTo(recipe, out("embedding") + QString::number(bits));
        const auto packed = Checkpoint::open(result.folder);
        const TensorView& t = packed->require(QStringLiteral("model.embed_tokens.weight"));
        const double weights = 4096.0 * 256;
        if (bits == 0) {
            QCOMPARE(name(t.type), QStringLiteral("F16"));
            QCOMPARE(result.report.size.embeddingPacked, result.report.size.embeddingOriginal);
        } else {
            QVERIFY(t.type == ElementType::Packed);
            const double perWeight = 8.0 * static_cast<double>(result.report.size.embeddingPacked) / weights;
            QVERIFY2(perWeight > bits && perWeight < bits + 0.51, QByteArray::number(perWeight));
        }
        const Evaluation again = judged(result.folder, recipe);
        QCOMPARE(again.perplexity.value, result.report.evaluation->perplexity.value);
    }
    void overridesReachTheirLayersOnly()
    {
        Recipe recipe = smallRecipe(m_model);
        recipe.overrides = {{QStringLiteral("*mlp*"), {{"salient_ratio", 0.1}}},
                            {QStringLiteral("model.layers.1.*down*"), {{"salient_ratio", 0.5}}}};
        const Report report = runTo(recipe, out("overrides")).report;
        const auto share = [&](const char* name) {
            return layer(report, QLatin1String("model.layers.") + QLatin1String(name) +
                                     QLatin1String(".weight")).salientShare;
        };
        QVERIFY(std::abs(share("0.self_attn.q_proj") - 0.3) < 0.001);
        QVERIFY(std::abs(share("0.mlp.down_proj") - 0.1) < 0.001);
        QVERIFY(std::abs(share("1.mlp.up_proj") - 0.1) < 0.001);
        QVERIFY(std::abs(share("1.mlp.down_proj") - 0.5) < 0.001);
    }
    void overrideOfNoLayerIsRefusedBeforeAnythingIsWritten()
    {
        Recipe recipe = smallRecipe(m_model);
        recipe.overrides = {{QStringLiteral("*nose*"), {{"salient_ratio", 0.1}}}};
        const QString told = sentenceOf([&] { runTo(recipe, out("nose")); });
        QVERIFY2(told.contains(QLatin1String("*nose*")), qPrintable(told));
        QVERIFY(!QFileInfo::exists(out("nose.partial")));
    }
    void otherWaysRunAndReload_data()
    {
        QTest::addColumn<QString>("changes");
        QTest::newRow("rtn") << QStringLiteral(R"({"method": "rtn", "settings": {}})");
        QTest::newRow("staged") << QStringLiteral(R"({"staged": true})");
        QTest::newRow("drift") << QStringLiteral(R"({"drift": {"strength": 0.5}})");
        QTest::newRow("staged drift")
            << QStringLiteral(R"({"staged": true, "drift": {"strength": 0.5, "skip": []}})");
        QTest::newRow("residual drift")
            << QStringLiteral(R"({"drift": {"strength": 0.5, "residual": 0.5}, "token_clip": 5})");
        QTest::newRow("rotation") << QStringLiteral(R"({"rotation": {"active": true}})");
        QTest::newRow("refinement") << QStringLiteral(R"({"refine": {"rounds": 1, "passes": 2}})");
        QTest::newRow("entropy coding") << QStringLiteral(R"({"entropy_coding": true})");
        for (const Preset& preset : presets()) {
            Recipe recipe = smallRecipe(m_model);
            applyPreset(QLatin1String(preset.id), recipe);
            QTest::newRow(preset.id) << QString::fromStdString(recipe.toJson().dump());
        }
        QTest::newRow("fp32 Hessian") << QStringLiteral(R"({"precise_hessian": false})");
        QTest::newRow("columns") << QStringLiteral(R"({"settings": {"selection": "column"}})");
        QTest::newRow("magnitude") << QStringLiteral(R"({"settings": {"saliency": "magnitude"}})");
    }
    void otherWaysRunAndReload()
    {
        QFETCH(QString, changes);
        json object = smallRecipe(m_model).toJson();
        object.merge_patch(json::parse(changes.toStdString()));
        const json wished = json::parse(changes.toStdString());
        if (wished.contains("method")) // a merge would keep what the other method had
            object["settings"] = wished.at("settings");
        const Recipe recipe = Recipe::fromJson(object);
        const RunResult result =
            runTo(recipe, out("way ") + QString::fromLatin1(QTest::currentDataTag()));
        QCOMPARE(judged(result.folder, recipe).perplexity.value,
                 result.report.evaluation->perplexity.value);
        QCOMPARE(result.report.size.packedFile, safetensorsBytes(result.folder));
        // The first block of the drift rows has nothing to correct yet.
        QVERIFY(differences(result.folder, out("plain")).contains(QLatin1String("model-00003")));
    }
    void aBudgetOfBitsIsMet()
    {
        for (const Preset& preset : presets()) {
            Recipe recipe = smallRecipe(m_model);
            applyPreset(QLatin1String(preset.id), recipe);
            const auto backend = makeCpuBackend();
            Progress progress;
            const Recipe spread = withBudget(recipe, 2.6, *backend, progress);
            QCOMPARE(spread.overrides.size(), std::size_t{14});
            QVERIFY(withBudget(recipe, 2.6, *backend, progress).toJson() == spread.toJson());
            const RunResult result = runTo(spread, out("budget ") + QLatin1String(preset.id));
            // The estimate is from rows without compensation; the second of two blocks makes up for the first.
            QVERIFY2(std::abs(result.report.size.diskBits - 2.6) < 0.06,
                     qPrintable(QString::number(result.report.size.diskBits)));
            const QString told = sentenceOf([&] { withBudget(recipe, 30, *backend, progress); });
            QVERIFY2(told.contains(QLatin1String("30")), qPrintable(told));
        }
        const auto backend = makeCpuBackend();
        Progress progress;
        Recipe plain = smallRecipe(m_model);
        plain.method = QStringLiteral("rtn");
        plain.settings = json::object();
        QVERIFY(sentenceOf([&] { withBudget(plain, 2, *backend, progress); }).contains(QLatin1String("rtn")));
    }
    void ratiosZeroAndOneAreDefined_data()
    {
        QTest::addColumn<double>("ratio");
        QTest::addColumn<double>("nominal");
        QTest::newRow("0") << 0.0 << 1.0;
        QTest::newRow("1") << 1.0 << 8.0;
    }
    void ratiosZeroAndOneAreDefined()
    {
        QFETCH(double, ratio);
        QFETCH(double, nominal);
        Recipe recipe = smallRecipe(m_model);
        recipe.settings = {{"salient_ratio", ratio}};
        const RunResult result = runTo(recipe, out("ratio") + QString::fromLatin1(QTest::currentDataTag()));
        QCOMPARE(result.report.size.nominalBits, nominal);
        QCOMPARE(judged(result.folder, recipe).perplexity.value,
                 result.report.evaluation->perplexity.value);
    }
    void moreSalientWeightsAreCloser()
    {
        std::vector<double> divergence;
        for (const char* folder : {"ratio0", "plain", "ratio1"})
            divergence.push_back(reportFromJson(readStrictJson(out(folder) + QStringLiteral("/report.json")))
                                     .evaluation->divergence->mean);
        QVERIFY(divergence[0] > divergence[1] && divergence[1] > divergence[2]);
        QVERIFY(divergence[2] < 0.05);
    }
    void ggufPacksAndReloads()
    {
        HALFTONE_NEED_DATA(gguf, "model-stories260k-gguf/stories260K.gguf");
        Recipe recipe = smallRecipe(gguf);
        const RunResult result = runTo(recipe, out("gguf"));
        QCOMPARE(judged(result.folder, recipe).perplexity.value,
                 result.report.evaluation->perplexity.value);
        const std::string text = "Once upon a time, Lily saw 3 dogs.";
        QCOMPARE(Tokenizer::forCheckpoint(*Checkpoint::open(result.folder))->encode(text),
                 Tokenizer::forCheckpoint(*Checkpoint::open(gguf))->encode(text));
        QCOMPARE(result.report.size.packedFile, safetensorsBytes(result.folder));
    }
    void sameBytesForAnyNumberOfThreads()
    {
        Recipe recipe = smallRecipe(m_model);
        recipe.embeddingBits = 6;
        recipe.drift.strength = 0.5;
        for (int threads : {1, 2, 3}) {
            setThreadCount(threads);
            runTo(recipe, out("threads") + QString::number(threads));
        }
        QCOMPARE(differences(out("threads1"), out("threads2")), QString());
        QCOMPARE(differences(out("threads1"), out("threads3")), QString());
    }
    void progressGrowsToTheEnd()
    {
        const auto backend = makeCpuBackend();
        QStringList stages;
        double last = 0;
        bool grew = true;
        Progress progress([&](const ProgressMoment& m) {
            if (stages.isEmpty() || stages.last() != m.stage)
                stages << m.stage;
            grew = grew && m.share >= last && m.share <= 1;
            last = m.share;
        });
        runPipeline(smallRecipe(m_model), out("progress"), *backend, progress);
        QVERIFY(grew);
        QCOMPARE(last, 1.0);
        QVERIFY(stages.contains(QStringLiteral("Calibrate")) && stages.contains(QStringLiteral("Quantize")));
        QCOMPARE(stages.last(), QStringLiteral("Done"));
    }
    void weightThatIsNotANumberIsNamed()
    {
        const QString broken = makeSmallSample(m_dir.filePath(QStringLiteral("nan")));
        QByteArray bytes = bytesOf(broken + QStringLiteral("/model.safetensors"));
        const auto model = Checkpoint::open(m_model);
        const TensorView& t = model->require(QStringLiteral("model.layers.0.mlp.up_proj.weight"));
        const qsizetype at = bytes.indexOf(QByteArray(reinterpret_cast<const char*>(t.bytes.data()), 4096));
        QVERIFY(at > 0);
        bytes[at + 512 * 5 + 1] = '\x7e'; // row 5
        writeBytes(broken + QStringLiteral("/model.safetensors"), bytes);
        const QString told = sentenceOf([&] { runTo(smallRecipe(broken), out("from nan")); });
        QVERIFY2(told.contains(QLatin1String("finite")), qPrintable(told));
        QVERIFY(!QFileInfo::exists(out("from nan")));
        QVERIFY(!QFileInfo::exists(out("from nan.partial")));
    }
};

QTEST_APPLESS_MAIN(TestRun)
#include "tst_run.moc"
