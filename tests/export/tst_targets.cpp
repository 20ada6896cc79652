// SPDX-License-Identifier: GPL-3.0-or-later
// Every export target: what it says before it writes, what it writes, and that nothing is left or lost
// when it cannot.
#include "../pipeline/small_sample.h"

#include "export/gguf_model.h"
#include "export/grid_layer.h"
#include "export/provenance.h"
#include "export/targets.h"
#include "model/transformer.h"
#include "quantize/quantizers.h"

#include <QTemporaryDir>

using namespace halftone;

namespace {

Matrix logitsOf(const std::shared_ptr<const Checkpoint>& checkpoint)
{
    const auto backend = makeCpuBackend();
    Transformer model(checkpoint, *backend);
    std::vector<int> tokens;
    for (int i = 0; i < 24; ++i)
        tokens.push_back((i * 37 + 5) % static_cast<int>(model.config().vocabulary));
    const Array hidden = model.embed(tokens);
    for (Index b = 0; b < model.config().blocks; ++b)
        model.runBlock(model.loadBlock(b), hidden);
    const Array head = model.loadHead();
    const Array logits = backend->allocate(Scalar::F32, hidden.rows, head.rows);
    backend->multiplyTransposed(logits, model.normed(hidden), head);
    return backend->downloadMatrix(logits);
}

} // namespace

class TestTargets : public QObject
{
    Q_OBJECT
    QTemporaryDir m_dir;
    QString m_model, m_coded; // the small sample, and it rounded to 4 bits
    int m_number = 0;

    QString fresh() { return m_dir.filePath(QStringLiteral("out-%1").arg(++m_number)); }
    static std::shared_ptr<const Checkpoint> opened(const QString& path) { return Checkpoint::open(path); }
    QStringList present() const { return QDir(m_dir.path()).entryList(QDir::AllEntries | QDir::NoDotAndDotDot | QDir::Hidden, QDir::Name); }

    QString exported(const QString& target, const QString& from, const ExportChoices& choices = {})
    {
        const QString out = fresh();
        Progress progress;
        writeExport(exportTarget(target), out, *opened(from), choices, progress);
        return out;
    }
    static ExportChoices ofType(const char* type)
    {
        ExportChoices choices;
        choices.type = QLatin1String(type);
        return choices;
    }
    QString coded(const QString& method, const nlohmann::json& settings)
    {
        Recipe recipe = smallRecipe(m_model);
        recipe.method = method;
        recipe.settings = settings;
        recipe.judge = false;
        const QString out = fresh();
        runTo(recipe, out);
        return out;
    }
    static float worst(const Matrix& a, const Matrix& b)
    {
        return a.rows() == b.rows() && a.cols() == b.cols() ? (a - b).cwiseAbs().maxCoeff() : 1e9f;
    }
    static Matrix matrixOf(const Checkpoint& c, const QString& name) { return c.readMatrix(c.require(name)); }

private slots:
    void initTestCase()
    {
        m_model = makeSmallSample(m_dir.filePath(QStringLiteral("model")));
        m_coded = coded(QStringLiteral("rtn"), {{"bits", 4}, {"group_size", 64}});
    }

    void everyTargetWritesWhatItSays_data()
    {
        QTest::addColumn<QString>("id");
        QTest::addColumn<bool>("packed");
        for (const ExportTarget* target : exportTargets())
            for (const bool packed : {false, true})
                if (packed || target->id() != QLatin1String("halftone"))
                    QTest::newRow(qPrintable(target->id() + (packed ? QStringLiteral(" packed") : QString()))) << target->id() << packed;
    }
    void everyTargetWritesWhatItSays()
    {
        QFETCH(QString, id);
        QFETCH(bool, packed);
        const ExportTarget& target = exportTarget(id);
        QVERIFY(!target.title().isEmpty() && !target.purpose().isEmpty() && !target.types().empty());
        for (const ExportType& type : target.types())
            QVERIFY(!type.id.isEmpty() && !type.readers.isEmpty());
        const QString model = packed ? m_coded : m_model;
        const ExportEstimate said = target.estimate(*opened(model), {});
        QVERIFY(!said.readers.isEmpty());
        std::int64_t sum = 0;
        for (const ExportPart& part : said.parts)
            sum += part.bytes;
        QCOMPARE(sum, said.bytes);
        const QString out = fresh();
        Progress progress;
        const ExportResult result = writeExport(target, out, *opened(model), {}, progress);
        QCOMPARE(QFileInfo(out).isDir(), target.isFolder());
        QVERIFY2(std::abs(static_cast<double>(result.bytes - said.bytes)) < 0.01 * static_cast<double>(said.bytes) + 60000,
                 qPrintable(QStringLiteral("%1 said, %2 written").arg(said.bytes).arg(result.bytes)));
        const Verification good = verifyExport(out, model, progress);
        QVERIFY(good.ok() && good.checks.size() >= 2 && good.notes.isEmpty());
        QCOMPARE(good.provenance.contains("recipe"), packed);

        // One wrong byte in the middle of the weights is noticed.
        QString weights = out;
        if (target.isFolder())
            weights += QLatin1Char('/') + QDir(out).entryList({QStringLiteral("*.safetensors")}).constFirst();
        QFile file(weights);
        QVERIFY(file.open(QIODevice::ReadWrite));
        file.seek(file.size() / 2);
        const char byte = static_cast<char>(file.peek(1).at(0) ^ 4);
        file.write(&byte, 1);
        file.close();
        QVERIFY(!verifyExport(out, {}, progress).ok());
    }
    void nothingIsOverwrittenUnasked()
    {
        for (const ExportTarget* target : exportTargets()) {
            const auto model = opened(m_coded);
            Progress progress;
            const QString out = fresh();
            writeExport(*target, out, *model, {}, progress);
            QVERIFY(sentenceOf([&] { writeExport(*target, out, *model, {}, progress); }).contains(out));
            ExportChoices again;
            again.overwrite = true;
            writeExport(*target, out, *model, again, progress);
            QVERIFY(verifyExport(out, {}, progress).ok());
            const QString nowhere = m_dir.filePath(QStringLiteral("no/such/place"));
            QVERIFY(!sentenceOf([&] { writeExport(*target, nowhere, *model, {}, progress); }).isEmpty());
        }
        // A folder that is no model's is not replaced by one, whatever is said.
        const QString precious = fresh();
        QDir().mkpath(precious);
        writeBytes(precious + QStringLiteral("/letter.txt"), "dear");
        ExportChoices overwrite;
        overwrite.overwrite = true;
        Progress progress;
        QVERIFY(!sentenceOf([&] { writeExport(exportTarget(QStringLiteral("huggingface")), precious, *opened(m_model), overwrite, progress); }).isEmpty());
        QCOMPARE(bytesOf(precious + QStringLiteral("/letter.txt")), QByteArray("dear"));
        // Nor is the model itself.
        QVERIFY(!sentenceOf([&] { writeExport(exportTarget(QStringLiteral("huggingface")), m_model, *opened(m_model), overwrite, progress); }).isEmpty());
        QVERIFY(QFileInfo::exists(m_model + QStringLiteral("/model.safetensors")));
    }
    void cancellingLeavesNothing()
    {
        for (const ExportTarget* target : exportTargets()) {
            const QStringList before = present();
            Progress* all = nullptr;
            int moments = 0;
            Progress progress([&](const ProgressMoment&) {
                if (++moments == 1 && all)
                    all->cancel();
            });
            all = &progress;
            QVERIFY_EXCEPTION_THROWN(writeExport(*target, fresh(), *opened(m_coded), {}, progress), Cancelled);
            QCOMPARE(present(), before);
        }
    }
    void namesThatLeaveTheFolderAreRefused()
    {
        OutputFolder folder(fresh(), false);
        for (const char* name : {"../x", "/etc/x", "a/b", "..", ".", "", "a\\b"})
            QVERIFY2(!sentenceOf([&] { folder.write(QLatin1String(name), "x"); }).isEmpty(), name);
        folder.write(QStringLiteral("fine.txt"), "x");
    }
    void verifyNamesWhatIsMissingForeignOrOfAnotherSource()
    {
        Progress progress;
        const QString out = exported(QStringLiteral("huggingface"), m_coded);
        QVERIFY(verifyExport(out, m_coded, progress).ok());
        const Verification other = verifyExport(out, m_model, progress);
        QVERIFY(!other.ok() && !other.checks.back().ok());
        writeBytes(out + QStringLiteral("/stray.txt"), "x");
        const Verification strange = verifyExport(out, {}, progress);
        QVERIFY(strange.ok());
        QVERIFY2(strange.notes.join(QLatin1Char(' ')).contains(QStringLiteral("stray.txt")), qPrintable(strange.notes.join(QLatin1Char(' '))));
        QVERIFY(QFile::remove(out + QStringLiteral("/config.json")));
        const Verification lacking = verifyExport(out, {}, progress);
        QVERIFY(!lacking.ok());
        for (const Verification::Check& check : lacking.checks)
            QCOMPARE(check.ok(), check.what != QLatin1String("config.json"));
    }
    // An export of an export says where it comes from, and nothing that its source said of itself.
    void exportsOfExportsLeadBackToTheOriginal()
    {
        Progress progress;
        const QString first = exported(QStringLiteral("gguf"), m_model, ofType("f16"));
        const QString second = exported(QStringLiteral("gguf"), first, ofType("q8_0"));
        const Verification gguf = verifyExport(second, first, progress);
        QVERIFY(gguf.ok());
        QCOMPARE(gguf.provenance.at("type"), nlohmann::json("q8_0"));
        QCOMPARE(gguf.provenance.at("source").at("name"), nlohmann::json(QFileInfo(first).fileName().toStdString()));
        const QString halftone = exported(QStringLiteral("halftone"), m_coded);
        const QString plain = exported(QStringLiteral("huggingface"), halftone);
        const nlohmann::json said = verifyExport(plain, {}, progress).provenance;
        QCOMPARE(said.at("source").at("name"), nlohmann::json(QFileInfo(halftone).fileName().toStdString()));
        const QString again = exported(QStringLiteral("halftone"), halftone);
        const nlohmann::json chain = verifyExport(exported(QStringLiteral("gguf"), again), {}, progress).provenance;
        QCOMPARE(chain.at("origin").at("name"), said.at("origin").at("name"));
        QVERIFY(chain.at("origin").at("name") != chain.at("source").at("name"));
    }
    void shardsAreCutAndJoined()
    {
        ExportChoices choices;
        choices.shardBytes = 1'000'000;
        const QString out = exported(QStringLiteral("huggingface"), m_model, choices);
        const QStringList shards = QDir(out).entryList({QStringLiteral("model-*.safetensors")});
        QVERIFY(shards.size() > 3);
        const auto copy = opened(out), original = opened(m_model);
        for (const TensorView& t : original->tensors())
            QVERIFY2(worst(copy->readMatrix(copy->require(t.name)), original->readMatrix(t)) == 0, qPrintable(t.name));
    }
    void ggufComesHomeAsItWas()
    {
        const QString gguf = exported(QStringLiteral("gguf"), m_model, ofType("f32"));
        const QString back = exported(QStringLiteral("huggingface"), gguf, ofType("f32"));
        const auto copy = opened(back), original = opened(m_model);
        for (const TensorView& t : original->tensors())
            QVERIFY2(worst(copy->readMatrix(copy->require(t.name)), original->readMatrix(t)) == 0, qPrintable(t.name));
        const auto a = Tokenizer::forCheckpoint(*copy), b = Tokenizer::forCheckpoint(*original);
        const std::string text = "Ada took 12 apples to the mill; the miller said: \"Don't!\"\n";
        QCOMPARE(a->encode(text), b->encode(text));
        QCOMPARE(a->eos(), b->eos());
        QCOMPARE(copy->config().at("num_hidden_layers"), nlohmann::json(2));
    }
    void everyGgufMethodIsTakenOverBitForBit_data()
    {
        QTest::addColumn<QString>("id");
        for (const Quantizer* method : quantizers())
            if (method->id().startsWith(QLatin1String("gguf-")))
                QTest::newRow(qPrintable(method->id())) << method->id();
    }
    void everyGgufMethodIsTakenOverBitForBit()
    {
        QFETCH(QString, id);
        const QString folder = coded(id, nlohmann::json::object());
        const auto packed = opened(folder);
        const ExportEstimate said = exportTarget(QStringLiteral("gguf")).estimate(*packed, {});
        QVERIFY2(said.losses.isEmpty(), qPrintable(said.losses.join(QLatin1Char(' '))));
        const auto file = opened(exported(QStringLiteral("gguf"), folder));
        const TensorView& down = file->require(QStringLiteral("blk.1.ffn_down.weight"));
        QCOMPARE(name(down.type).toLower(), id.mid(5));
        QVERIFY(worst(file->readMatrix(down), matrixOf(*packed, QStringLiteral("model.layers.1.mlp.down_proj.weight"))) == 0);
        // The report counts what the file takes.
        RunTimes times;
        const Report report = readReport(folder, times);
        QVERIFY(std::abs(report.size.diskBits - said.bitsPerWeight) < 1e-9);
    }
    void methodsWithoutALikeInGgufSaySoAndOfferOthers()
    {
        const QString folder = coded(QStringLiteral("pb-llm"), {{"salient_ratio", 0.2}});
        const ExportEstimate said = exportTarget(QStringLiteral("gguf")).estimate(*opened(folder), {});
        QVERIFY(!said.losses.isEmpty() && said.losses.front().contains(QStringLiteral("14")));
        QCOMPARE(said.bitsPerWeight, 16.0);
        QVERIFY(said.nearest.size() > 5);
        for (const ExportNearest& n : said.nearest)
            QVERIFY2(n.error >= 0 && n.error < 1 && n.bitsPerWeight > 1, qPrintable(n.type));
        QVERIFY(sentenceOf([&] { exportTarget(QStringLiteral("gptq")).estimate(*opened(folder), {}); }).contains(QStringLiteral("classes")));
    }
    // Other programs know no turned inputs: what is written stands in the usual basis, near the original.
    void turnedLayersAreTurnedBack()
    {
        Recipe recipe = smallRecipe(m_model);
        recipe.method = QStringLiteral("rtn");
        recipe.settings = {{"bits", 8}, {"group_size", 64}};
        recipe.rotation.active = true;
        recipe.judge = false;
        const QString folder = fresh();
        runTo(recipe, folder);
        const auto original = opened(m_model), packed = opened(folder);
        QVERIFY(packed->packed(packed->require(QStringLiteral("model.layers.1.mlp.down_proj.weight")))->rotation.active);
        const auto home = opened(exported(QStringLiteral("huggingface"), folder, ofType("f16")));
        const auto gguf = opened(exported(QStringLiteral("gguf"), folder));
        for (const char* layer : {"mlp.down_proj", "mlp.gate_proj", "self_attn.v_proj", "self_attn.o_proj"}) {
            const QString name = QStringLiteral("model.layers.1.%1.weight").arg(QLatin1String(layer));
            const Matrix wanted = matrixOf(*original, name);
            QVERIFY2((matrixOf(*home, name) - wanted).norm() < 0.01f * wanted.norm(), layer);
        }
        const TensorView& down = gguf->require(QStringLiteral("blk.1.ffn_down.weight"));
        QCOMPARE(down.type, ElementType::F16);
        QVERIFY(worst(gguf->readMatrix(down), matrixOf(*home, QStringLiteral("model.layers.1.mlp.down_proj.weight"))) == 0);
        const ExportEstimate said = exportTarget(QStringLiteral("gguf")).estimate(*packed, {});
        QVERIFY(said.losses.join(QLatin1Char(' ')).contains(QStringLiteral("F16")) && said.nearest.size() > 5);
        QVERIFY(sentenceOf([&] { exportTarget(QStringLiteral("gptq")).estimate(*packed, {}); }).contains(QStringLiteral("basis")));
    }
    // The model in another basis predicts what it predicted, however its stream is read and written.
    void aTurnedModelIsTheSameModel_data()
    {
        QTest::addColumn<QString>("model");
        QTest::newRow("sample") << m_model;
        for (const char* name : {"llama", "llama_biases", "llama_tied", "qwen2", "qwen3"})
            QTest::newRow(name) << QStringLiteral(HALFTONE_GOLDEN "/tiny_models/") + QLatin1String(name);
    }
    void aTurnedModelIsTheSameModel()
    {
        QFETCH(QString, model);
        ExportChoices choices = ofType("f32");
        choices.turned = true;
        const QString out = exported(QStringLiteral("huggingface"), model, choices);
        const auto original = opened(model), turned = opened(out);
        const Matrix expected = logitsOf(original), got = logitsOf(turned);
        QVERIFY((expected - got).cwiseAbs().maxCoeff() < 2e-5f * expected.cwiseAbs().maxCoeff());
        const QString layer = QStringLiteral("model.layers.1.mlp.down_proj.weight");
        QVERIFY((matrixOf(*turned, layer) - matrixOf(*original, layer)).norm() > 0.5f * matrixOf(*original, layer).norm());
        QVERIFY((matrixOf(*turned, QStringLiteral("model.norm.weight")).array() == 1).all());
        Progress progress;
        QVERIFY(verifyExport(out, {}, progress).provenance.at("turned").get<bool>());
        QVERIFY(!sentenceOf([&] { writeExport(exportTarget(QStringLiteral("gguf")), fresh(), *original, choices, progress); }).isEmpty());
    }
    void codedModelsAreNotTurned()
    {
        ExportChoices choices;
        choices.turned = true;
        QVERIFY(sentenceOf([&] { exportTarget(QStringLiteral("huggingface")).estimate(*opened(m_coded), choices); }).contains(QStringLiteral("original")));
        Recipe recipe = smallRecipe(m_model);
        recipe.method = QStringLiteral("gguf-q4_0");
        recipe.settings = nlohmann::json::object();
        QCOMPARE(sentenceOf([&] { recipe.check(); }), QString());
        recipe.rotation.active = true;
        QVERIFY(sentenceOf([&] { recipe.check(); }).contains(QStringLiteral("--turn")));
    }
    // The formats' own rule, written down again: weight = scale * (code - zero).
    void gridFoldersHoldTheCodes_data()
    {
        QTest::addColumn<int>("bits");
        for (const int bits : {2, 3, 4, 8})
            QTest::newRow(qPrintable(QString::number(bits))) << bits;
    }
    void gridFoldersHoldTheCodes()
    {
        QFETCH(int, bits);
        const QString folder = coded(QStringLiteral("rtn"), {{"bits", bits}, {"group_size", 64}});
        const auto packed = opened(folder);
        const QString layer = QStringLiteral("model.layers.1.self_attn.k_proj");
        const Matrix meant = matrixOf(*packed, layer + QStringLiteral(".weight"));
        const auto number = [bits](std::span<const std::byte> words, std::int64_t first, std::int64_t stride, std::int64_t i) {
            int value = 0;
            for (int b = 0; b < bits; ++b) {
                const std::int64_t bit = i * bits + b;
                std::uint32_t word = 0;
                std::memcpy(&word, words.data() + 4 * (first + bit / 32 * stride), 4);
                value |= static_cast<int>(word >> bit % 32 & 1) << b;
            }
            return value;
        };
        const auto gptq = opened(exported(QStringLiteral("gptq"), folder));
        const auto compressed = opened(exported(QStringLiteral("compressed-tensors"), folder));
        const bool second = gptq->config().at("quantization_config").at("checkpoint_format") == "gptq_v2";
        const auto part = [&](const Checkpoint& c, const char* name) -> const TensorView& { return c.require(layer + QLatin1Char('.') + QLatin1String(name)); };
        const Matrix scales = gptq->readMatrix(part(*gptq, "scales")), other = compressed->readMatrix(part(*compressed, "weight_scale"));
        const std::int64_t perRow = part(*compressed, "weight_packed").columns(), zeroWords = part(*gptq, "qzeros").columns();
        float off = 0;
        for (Index r = 0; r < meant.rows(); ++r)
            for (Index j = 0; j < meant.cols(); ++j) {
                const Index g = j / 64;
                const int code = number(part(*gptq, "qweight").bytes, r, meant.rows(), j);
                const int zero = number(part(*gptq, "qzeros").bytes, g * zeroWords, 1, r) + (second ? 0 : 1);
                const float a = scales(g, r) * static_cast<float>(code - zero);
                const int code2 = number(part(*compressed, "weight_packed").bytes, r * perRow, 1, j);
                const int zero2 = number(part(*compressed, "weight_zero_point").bytes, g, scales.rows(), r);
                const float b = other(r, g) * static_cast<float>(code2 - zero2);
                off = std::max({off, std::abs(a - b), std::abs(a - meant(r, j)) / std::max(1e-3f, scales(g, r))});
            }
        // An fp16 offset of up to 2^bits steps is rounded by 2^-11 of itself.
        QVERIFY2(off < static_cast<float>(1 << bits) / 2048, qPrintable(QString::number(off)));
        QCOMPARE(gptq->config().at("quantization_config").at("bits"), nlohmann::json(bits));
        const TensorView& groups = part(*gptq, "g_idx");
        QCOMPARE(groups.elements(), std::int64_t{meant.cols()});
        for (Index j = 0; j < meant.cols(); ++j) {
            std::int32_t group = -1;
            std::memcpy(&group, groups.bytes.data() + 4 * j, 4);
            QCOMPARE(group, static_cast<std::int32_t>(j / 64));
        }
        // The head, tied to the embedding here, stays as it is.
        QCOMPARE(compressed->config().at("quantization_config").at("ignore"), nlohmann::json::array({"lm_head"}));
    }
    void typesAreNamedOrRefused()
    {
        for (const ExportTarget* target : exportTargets())
            QVERIFY(sentenceOf([&] { exportType(*target, QStringLiteral("q9_9")); }).contains(target->id()));
        QVERIFY(sentenceOf([&] { exportTarget(QStringLiteral("onnx")); }).contains(QStringLiteral("gguf")));
        QCOMPARE(exportType(exportTarget(QStringLiteral("gguf")), QStringLiteral("Q8_0")).id, QStringLiteral("q8_0"));
    }
    void strangersHaveNoProvenance()
    {
        Progress progress;
        QVERIFY(!sentenceOf([&] { verifyExport(m_model, {}, progress); }).isEmpty());
        QVERIFY(!sentenceOf([&] { verifyExport(m_dir.filePath(QStringLiteral("nothing")), {}, progress); }).isEmpty());
    }
    void theCardCarriesTheLicence()
    {
        const QString licensed = makeSmallSample(fresh());
        writeBytes(licensed + QStringLiteral("/README.md"), "---\nlicense: apache-2.0\nlanguage: en\n---\n# A model\nlicense: none\n");
        const QByteArray card = bytesOf(exported(QStringLiteral("huggingface"), licensed) + QStringLiteral("/README.md"));
        QVERIFY2(card.startsWith("---\nlicense: apache-2.0\n"), card.constData());
        QVERIFY(card.contains("16.000"));
        const QByteArray coded4 = bytesOf(exported(QStringLiteral("gptq"), m_coded) + QStringLiteral("/README.md"));
        QVERIFY(coded4.contains("\"method\": \"rtn\"") && coded4.contains("GPTQModel"));
    }
};

QTEST_GUILESS_MAIN(TestTargets)
#include "tst_targets.moc"
