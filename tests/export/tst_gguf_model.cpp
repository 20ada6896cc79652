// SPDX-License-Identifier: GPL-3.0-or-later
// Models written as GGUF: every family gives the logits of its folder, every type what its blocks
// hold, and (label peers) llama.cpp reads them alike.
#include "base/error.h"
#include "checkpoint/dequantize.h"
#include "checkpoint/gguf.h"
#include "compute/cpu_backend.h"
#include "evaluate/perplexity.h"
#include "export/encode_blocks.h"
#include "export/gguf_model.h"
#include "model/tokenizer.h"
#include "model/transformer.h"

#include "test_data.h"

#include <QFile>
#include <QTemporaryDir>
#include <QtTest>
#include <cstring>

using namespace halftone;

namespace {

const QString kProgram = QStringLiteral("Halftone test");
const char* const kSample = HALFTONE_RESOURCES "/sample";

std::shared_ptr<const Checkpoint> opened(const QString& path) { return Checkpoint::open(path); }

QString tinyModel(const QString& name)
{
    return QStringLiteral(HALFTONE_GOLDEN "/tiny_models/") + name;
}

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

GgufTypes all(ElementType type)
{
    return {type, type, type, {}};
}

} // namespace

class TestGgufModel : public QObject
{
    Q_OBJECT
    QTemporaryDir m_dir;
    QString file(const QString& name) const { return m_dir.filePath(name + QStringLiteral(".gguf")); }
    QString written(const Checkpoint& from, const GgufTypes& types, const QString& name)
    {
        Progress progress;
        writeGgufModel(file(name), from, planGguf(from, types, kProgram), progress);
        return file(name);
    }

private slots:
    void theSampleSurvivesInEveryType_data()
    {
        QTest::addColumn<int>("type");
        for (const ElementType type : encodableTypes())
            QTest::newRow(qPrintable(name(type))) << static_cast<int>(type);
    }
    void theSampleSurvivesInEveryType()
    {
        QFETCH(int, type);
        const auto element = static_cast<ElementType>(type);
        const auto sample = opened(QString::fromLatin1(kSample));
        const auto copy = opened(written(*sample, all(element), QString::fromLatin1(QTest::currentDataTag())));
        QCOMPARE(copy->format(), QStringLiteral("gguf"));
        const TensorView& down = copy->require(QStringLiteral("blk.3.ffn_down.weight"));
        QCOMPARE(down.type, element);
        const Matrix from = sample->readMatrix(sample->require(QStringLiteral("model.layers.3.mlp.down_proj.weight")));
        std::vector<std::byte> bytes(down.bytes.size());
        Matrix expected = from;
        const std::size_t rowBytes = bytes.size() / static_cast<std::size_t>(from.rows());
        for (Index r = 0; r < from.rows(); ++r)
            encodeBlocks(element, {from.data() + r * from.cols(), static_cast<std::size_t>(from.cols())},
                         std::span(bytes).subspan(static_cast<std::size_t>(r) * rowBytes, rowBytes));
        dequantize(element, bytes, {expected.data(), static_cast<std::size_t>(expected.size())});
        QVERIFY(copy->readMatrix(down) == expected);
        QCOMPARE(copy->require(QStringLiteral("output_norm.weight")).type, ElementType::F32);
        const auto tokenizer = Tokenizer::forCheckpoint(*copy), original = Tokenizer::forCheckpoint(*sample);
        const std::string text = "Ada took 12 apples to the mill; the miller said: \"Don't!\"\n";
        QCOMPARE(tokenizer->encode(text), original->encode(text));
        QCOMPARE(tokenizer->eos(), original->eos());
    }
    void everyPlannedByteIsInTheFile()
    {
        const auto sample = opened(QString::fromLatin1(kSample));
        const GgufPlan plan = planGguf(*sample, all(ElementType::Q4_K), kProgram);
        Progress progress;
        const std::int64_t bytes = writeGgufModel(file(QStringLiteral("bytes")), *sample, plan, progress);
        QCOMPARE(bytes, QFileInfo(file(QStringLiteral("bytes"))).size());
        const std::int64_t parts = plan.linearBytes + plan.embeddingBytes + plan.headBytes + plan.otherBytes;
        QCOMPARE(parts, ggufDataBytes(plan.tensors));
        QVERIFY(bytes > parts && bytes < parts + 200'000); // names and tokenizer come on top
    }
    // What llama.cpp goes by, in its own numbers (llama.h's llama_ftype, gguf.h's gguf_type).
    void theFileSaysWhatItIsInNumbersOfLlamaCpp()
    {
        const auto sample = opened(QString::fromLatin1(kSample));
        for (const auto& [type, number] : {std::pair{ElementType::F32, 0}, {ElementType::F16, 1}, {ElementType::Q4_0, 2},
                                           {ElementType::Q4_1, 3}, {ElementType::Q8_0, 7}, {ElementType::Q4_K, 15},
                                           {ElementType::Q6_K, 18}, {ElementType::BF16, 32}, {ElementType::TQ1_0, 36},
                                           {ElementType::TQ2_0, 37}, {ElementType::Q1_0, 40}}) {
            const GgufPlan plan = planGguf(*sample, all(type), kProgram);
            QCOMPARE(plan.metadata.at("general.file_type"), nlohmann::json(number));
            QCOMPARE(plan.metadata.at("general.quantization_version"), nlohmann::json(2));
        }
        QFile bytes(written(*sample, all(ElementType::Q8_0), QStringLiteral("kinds")));
        QVERIFY(bytes.open(QIODevice::ReadOnly));
        const QByteArray head = bytes.read(1 << 20);
        const auto kindsBehind = [&](const char* key) {
            quint32 kinds[2] = {};
            const qsizetype at = head.indexOf(key);
            if (at >= 0)
                std::memcpy(kinds, head.constData() + at + static_cast<qsizetype>(std::strlen(key)), sizeof kinds);
            return std::pair(kinds[0], kinds[1]);
        };
        const quint32 list = 9, i32 = 5, text = 8;
        QVERIFY(kindsBehind("tokenizer.ggml.token_type") == std::pair(list, i32));
        QVERIFY(kindsBehind("tokenizer.ggml.tokens") == std::pair(list, text));
        QCOMPARE(kindsBehind("general.file_type").first, quint32{4});
    }
    void everyFamilyKeepsItsLogits_data()
    {
        QTest::addColumn<QString>("reason");
        for (const char* name : {"llama", "llama_biases", "llama_linear", "llama_llama3", "llama_longrope",
                                 "llama_tied", "llama_yarn", "qwen2", "qwen3"})
            QTest::newRow(name) << QString();
        QTest::newRow("llama_dynamic") << QStringLiteral("dynamic");
    }
    // The tiny models have no tokenizer: they borrow the sample's.
    void everyFamilyKeepsItsLogits()
    {
        QFETCH(QString, reason);
        const QString name = QString::fromLatin1(QTest::currentDataTag());
        QTemporaryDir folder;
        for (const char* part : {"config.json", "model.safetensors"})
            QFile::copy(tinyModel(name) + QLatin1Char('/') + QLatin1String(part), folder.filePath(QLatin1String(part)));
        // A byte-level tokenizer of three tokens is enough.
        QFile tokenizer(folder.filePath(QStringLiteral("tokenizer.json")));
        QVERIFY(tokenizer.open(QIODevice::WriteOnly));
        tokenizer.write(smallTokenizer());
        tokenizer.close();
        const auto original = opened(folder.path());
        if (!reason.isEmpty()) {
            try {
                planGguf(*original, all(ElementType::F32), kProgram);
                QFAIL("was planned");
            } catch (const Error& e) {
                QVERIFY2(e.sentence().contains(reason), qPrintable(e.sentence()));
            }
            return;
        }
        const auto copy = opened(written(*original, all(ElementType::F32), name));
        const Matrix expected = logitsOf(original), got = logitsOf(copy);
        // GGUF orders q and k by neighbours and keeps rope factors in fp32: sums are taken in another order,
        // whose last bits depend on the processor. A wrong factor or order shows in the first digits.
        const float worst = (expected - got).cwiseAbs().maxCoeff() / expected.cwiseAbs().maxCoeff();
        QVERIFY2(worst < 1e-5f, qPrintable(QString::number(worst)));
    }
    void rowsThatDoNotDivideFallBackAndSaySo()
    {
        QTemporaryDir folder;
        for (const char* part : {"config.json", "model.safetensors"})
            QFile::copy(tinyModel(QStringLiteral("llama")) + QLatin1Char('/') + QLatin1String(part),
                        folder.filePath(QLatin1String(part)));
        QFile tokenizer(folder.filePath(QStringLiteral("tokenizer.json")));
        QVERIFY(tokenizer.open(QIODevice::WriteOnly));
        tokenizer.write(smallTokenizer());
        tokenizer.close();
        const auto original = opened(folder.path());
        const GgufPlan plan = planGguf(*original, all(ElementType::Q6_K), kProgram);
        const QStringList fallen = plan.notes.filter(QStringLiteral("Q6_K")); // one sentence for each type taken
        QCOMPARE(fallen.filter(QStringLiteral("they are written as F16")).size(), 1);
        QVERIFY2(fallen.size() <= 2, qPrintable(plan.notes.join(QLatin1Char('\n'))));
        opened(written(*original, all(ElementType::Q6_K), QStringLiteral("fallback")));
    }
    // Rows of 64 weights are no blocks of 256, and rows of 172 not even blocks of 32.
    void theNearestTypeTakesRowsThatDoNotFillABlock()
    {
        HALFTONE_NEED_DATA(model, "model-stories260k-gguf/stories260K.gguf");
        const auto original = opened(model);
        for (const auto& [asked, taken] : {std::pair{ElementType::Q6_K, ElementType::Q8_0}, {ElementType::Q4_K, ElementType::Q4_1},
                                           {ElementType::TQ2_0, ElementType::Q2_0}}) {
            const GgufPlan plan = planGguf(*original, all(asked), kProgram);
            QCOMPARE(plan.notes.filter(name(asked)).size(), 2);
            const auto copy = opened(written(*original, all(asked), name(asked)));
            for (const TensorView& t : copy->tensors())
                QVERIFY2(t.shape.size() < 2 || t.type == (t.columns() == 64 ? taken : ElementType::F16),
                         qPrintable(t.name + QLatin1Char(' ') + name(t.type)));
        }
    }
    void exceptionsReachTheTensorsTheyName()
    {
        const auto sample = opened(QString::fromLatin1(kSample));
        GgufTypes types = all(ElementType::Q8_0);
        types.exceptions = {{QStringLiteral("*ffn_down*"), ElementType::Q6_K},
                            {QStringLiteral("blk.0.*weight"), ElementType::F32}};
        const auto copy = opened(written(*sample, types, QStringLiteral("exceptions")));
        QCOMPARE(copy->require(QStringLiteral("blk.0.ffn_down.weight")).type, ElementType::F32);
        QCOMPARE(copy->require(QStringLiteral("blk.1.ffn_down.weight")).type, ElementType::Q6_K);
        QCOMPARE(copy->require(QStringLiteral("blk.1.ffn_up.weight")).type, ElementType::Q8_0);
        QVERIFY(planGguf(*sample, types, kProgram).notes.isEmpty());
        types.exceptions.push_back({QStringLiteral("model.layers.*"), ElementType::F16}); // names of the folder, not of the file
        QVERIFY(planGguf(*sample, types, kProgram).notes.join(QString()).contains(QStringLiteral("model.layers.*")));
    }
    void cancellingLeavesNothing()
    {
        const auto sample = opened(QString::fromLatin1(kSample));
        const GgufPlan plan = planGguf(*sample, all(ElementType::F16), kProgram);
        Progress progress;
        progress.cancel();
        QVERIFY_EXCEPTION_THROWN(writeGgufModel(file(QStringLiteral("cancelled")), *sample, plan, progress), Cancelled);
        QVERIFY(!QFile::exists(file(QStringLiteral("cancelled"))));
    }

private:
    static QByteArray smallTokenizer()
    {
        return R"({"version":"1.0","added_tokens":[],"normalizer":null,
            "pre_tokenizer":{"type":"ByteLevel","add_prefix_space":false,"trim_offsets":true,"use_regex":true},
            "decoder":{"type":"ByteLevel"},"post_processor":null,
            "model":{"type":"BPE","vocab":{"a":0,"b":1,"ab":2},"merges":[["a","b"]]}})";
    }
};

QTEST_GUILESS_MAIN(TestGgufModel)
#include "tst_gguf_model.moc"
