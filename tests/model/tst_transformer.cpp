// SPDX-License-Identifier: GPL-3.0-or-later
// Every family and every rope scaling against the logits that transformers computes
// (tests/golden/make_tiny_models.py, make_shared_logits.py).
#include "../test_data.h"
#include "base/error.h"
#include "checkpoint/strict_json.h"
#include "compute/cpu_backend.h"
#include "model/architectures.h"
#include "model/transformer.h"

#include <QTemporaryDir>
#include <QtTest>

using namespace halftone;
using nlohmann::json;

namespace {

QString golden(const QString& name)
{
    return QStringLiteral(HALFTONE_GOLDEN "/") + name;
}

Matrix logitsOf(Transformer& model, const std::vector<int>& tokens)
{
    const Array hidden = model.embed(tokens);
    for (Index b = 0; b < model.config().blocks; ++b)
        model.runBlock(model.loadBlock(b), hidden);
    const Array head = model.loadHead();
    const Array logits = model.backend().allocate(Scalar::F32, hidden.rows, head.rows);
    model.backend().multiplyTransposed(logits, model.normed(hidden), head);
    return model.backend().downloadMatrix(logits);
}

float worst(const Matrix& logits, Index row, const json& expected)
{
    float difference = 0;
    for (std::size_t i = 0; i < expected.size(); ++i)
        difference = std::max(difference, std::abs(logits(row, static_cast<Index>(i)) -
                                                   expected[i].get<float>()));
    return difference;
}

// A copy of a tiny model whose config.json was changed.
QString changed(const QTemporaryDir& dir, const QString& model, const char* key, const json& value)
{
    json config = readStrictJson(golden(QStringLiteral("tiny_models/") + model +
                                        QStringLiteral("/config.json")));
    config[key] = value;
    QFile file(dir.filePath(QStringLiteral("config.json")));
    if (file.open(QIODevice::WriteOnly))
        file.write(QByteArray::fromStdString(config.dump()));
    QFile::copy(golden(QStringLiteral("tiny_models/") + model + QStringLiteral("/model.safetensors")),
                dir.filePath(QStringLiteral("model.safetensors")));
    return dir.path();
}

} // namespace

class TestTransformer : public QObject
{
    Q_OBJECT
    std::unique_ptr<ComputeBackend> m_backend = makeCpuBackend();

private slots:
    void familyAgreesWithTransformers_data()
    {
        QTest::addColumn<QString>("name");
        const json g = readStrictJson(golden(QStringLiteral("tiny_models/logits.json")));
        for (const auto& item : g.at("logits").items())
            QTest::newRow(item.key().c_str()) << QString::fromStdString(item.key());
    }
    void familyAgreesWithTransformers()
    {
        QFETCH(QString, name);
        const json g = readStrictJson(golden(QStringLiteral("tiny_models/logits.json")));
        const auto tokens = g.at("tokens").get<std::vector<int>>();
        Transformer model(Checkpoint::open(golden(QStringLiteral("tiny_models/") + name)), *m_backend);
        const Matrix logits = logitsOf(model, tokens);
        const json& rows = g.at("logits").at(name.toStdString());
        const Index places[] = {0, 7, 23};
        for (std::size_t i = 0; i < 3; ++i) {
            const float difference = worst(logits, places[i], rows[i]);
            QVERIFY2(difference < 1e-4f, qPrintable(QStringLiteral("row %1: %2").arg(places[i]).arg(
                                             static_cast<double>(difference))));
        }
    }

    void sharedModelsAgreeWithTransformers_data()
    {
        QTest::addColumn<QString>("name");
        const json g = readStrictJson(golden(QStringLiteral("shared_logits.json")));
        for (const auto& item : g.items())
            QTest::newRow(item.key().c_str()) << QString::fromStdString(item.key());
    }
    void sharedModelsAgreeWithTransformers()
    {
        QFETCH(QString, name);
        const QString path = sharedData(name);
        if (path.isEmpty())
            QSKIP("shared data is missing (set HALFTONE_DATA to its folder)");
        const json g = readStrictJson(golden(QStringLiteral("shared_logits.json")))
                           .at(name.toStdString());
        Transformer model(Checkpoint::open(path), *m_backend);
        const Matrix logits = logitsOf(model, g.at("tokens").get<std::vector<int>>());
        const auto rows = g.at("rows").get<std::vector<Index>>();
        for (std::size_t i = 0; i < rows.size(); ++i) {
            const float difference = worst(logits, rows[i], g.at("logits")[i]);
            QVERIFY2(difference < 1e-4f, qPrintable(QString::number(static_cast<double>(difference))));
        }
    }

    void aCacheGivesTheSameStatesAsOneWindow()
    {
        Transformer model(Checkpoint::open(golden(QStringLiteral("tiny_models/qwen3"))), *m_backend);
        const std::vector<int> tokens{3, 1, 4, 1, 5, 9, 2, 6};
        const Matrix whole = logitsOf(model, tokens);
        std::vector<KeyValueCache> caches;
        for (Index b = 0; b < model.config().blocks; ++b)
            caches.push_back(model.makeCache(16));
        Matrix last;
        for (std::size_t begin = 0; begin < tokens.size(); begin += 3) {
            const std::size_t count = std::min<std::size_t>(3, tokens.size() - begin);
            const Array hidden = model.embed(std::span(tokens).subspan(begin, count));
            for (Index b = 0; b < model.config().blocks; ++b)
                model.runBlock(model.loadBlock(b), hidden, {}, nullptr,
                               &caches[static_cast<std::size_t>(b)]);
            const Array head = model.loadHead();
            const Array logits = m_backend->allocate(Scalar::F32, hidden.rows, head.rows);
            m_backend->multiplyTransposed(logits, model.normed(hidden), head);
            last = m_backend->downloadMatrix(logits);
        }
        QVERIFY((last.row(last.rows() - 1) - whole.row(7)).cwiseAbs().maxCoeff() < 1e-4f);
    }

    void observersSeeEachStageAndUntilLeavesTheStatesAlone()
    {
        Transformer model(Checkpoint::open(golden(QStringLiteral("tiny_models/llama"))), *m_backend);
        const std::vector<int> tokens{1, 2, 3, 4, 5};
        const Array hidden = model.embed(tokens);
        const Matrix before = m_backend->downloadMatrix(hidden);
        const Block block = model.loadBlock(0);
        std::vector<Stage> seen;
        const Stage until = Stage::GateUp;
        model.runBlock(
            block, hidden,
            [&](Stage stage, const Array& x, const Array&) {
                seen.push_back(stage);
                QCOMPARE(x.columns, model.config().shape(linearsOf(stage).front())[1]);
            },
            &until);
        QCOMPARE(seen.size(), std::size_t{3});
        QVERIFY(m_backend->downloadMatrix(hidden) == before);
        seen.clear();
        model.runBlock(block, hidden, [&](Stage stage, const Array&, const Array&) { seen.push_back(stage); });
        QCOMPARE(seen.size(), kStages.size());
        QVERIFY(m_backend->downloadMatrix(hidden) != before);
    }

    void saysWhatContradicts_data()
    {
        QTest::addColumn<QString>("key");
        QTest::addColumn<QString>("value");
        QTest::addColumn<QString>("part");
        QTest::newRow("architecture") << "architectures" << "[\"BertModel\"]" << "BertModel";
        QTest::newRow("width") << "intermediate_size" << "41" << "needs 41x24";
        QTest::newRow("vocabulary") << "vocab_size" << "50" << "embed_tokens";
        QTest::newRow("blocks") << "num_hidden_layers" << "3" << "model.layers.2";
        QTest::newRow("heads") << "num_key_value_heads" << "3" << "key-value heads";
        QTest::newRow("negative") << "hidden_size" << "-24" << "hidden_size";
        QTest::newRow("text") << "hidden_size" << "\"many\"" << "hidden_size";
        QTest::newRow("activation") << "hidden_act" << "\"gelu\"" << "gelu";
        QTest::newRow("rope") << "rope_parameters" << "{\"rope_type\":\"spiral\"}" << "spiral";
        QTest::newRow("bias") << "attention_bias" << "true" << "bias";
        QTest::newRow("epsilon") << "rms_norm_eps" << "-1" << "epsilon";
    }
    void saysWhatContradicts()
    {
        QFETCH(QString, key);
        QFETCH(QString, value);
        QFETCH(QString, part);
        QTemporaryDir dir;
        const QString path = changed(dir, QStringLiteral("llama"), key.toUtf8().constData(),
                                     json::parse(value.toStdString()));
        try {
            ModelConfig::of(*Checkpoint::open(path));
            QFAIL("accepted");
        } catch (const Error& e) {
            QVERIFY2(e.sentence().contains(part), qPrintable(e.sentence()));
        }
    }

    void refusesTokensOutsideTheVocabulary()
    {
        Transformer model(Checkpoint::open(golden(QStringLiteral("tiny_models/llama"))), *m_backend);
        const std::vector<int> tokens{1, 48};
        QVERIFY_THROWS_EXCEPTION(Error, model.embed(tokens));
    }
};

QTEST_APPLESS_MAIN(TestTransformer)
#include "tst_transformer.moc"
