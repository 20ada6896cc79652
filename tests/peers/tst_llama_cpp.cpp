// SPDX-License-Identifier: GPL-3.0-or-later
// llama.cpp reads what Halftone exports: the same tokens, perplexity and text (tests/peers/set_up.sh).
#include "peer.h"

using namespace halftone;
using nlohmann::json;

namespace {

constexpr int kContext = 512, kWindows = 2, kWritten = 24;
const QString kPrompt = QStringLiteral("Once upon a time");

json peer(const QString& model)
{
    return peerSays({QStringLiteral(HALFTONE_PEERS_SCRIPTS "/run_llama_cpp.py"), model, sampleFile(QStringLiteral("held_out.txt")),
                     QString::number(kContext), QString::number(kWindows), kPrompt, QString::number(kWritten),
                     QStringLiteral("--weights")});
}

} // namespace

class TestLlamaCpp : public QObject
{
    Q_OBJECT
    QTemporaryDir m_dir;

private slots:
    void initTestCase()
    {
        if (!peerHas(QStringLiteral("llama_cpp, numpy")))
            QSKIP("ALL-SKIPPED: HALFTONE_PEERS names no Python environment (tests/peers/set_up.sh makes one)");
    }
    void agreesOnEveryType_data()
    {
        QTest::addColumn<QString>("method"); // empty: the sample itself
        for (const char* type : {"f32", "f16", "bf16", "q8_0", "q6_k", "q4_1", "q4_k", "q4_0", "q2_0", "tq2_0", "tq1_0", "q1_0"})
            QTest::newRow(type) << "";
        QTest::newRow("f16 of pb-llm") << "--method pb-llm --salient-ratio 0.3";
        for (const char* type : {"q1_0", "tq2_0", "q2_0", "q2_k", "q4_0", "q4_k"})
            QTest::newRow(qPrintable(QStringLiteral("auto of gguf-%1").arg(QLatin1String(type)))) << QStringLiteral("--method gguf-%1").arg(QLatin1String(type));
        QTest::newRow("f16 of gguf-tq2_0") << "--method gguf-tq2_0";
        QTest::newRow("auto of rtn at 4 bits") << "--method rtn --bits 4 --group-size 64";
    }
    // Two comparisons, like with like. The weights: llama.cpp expands the file to F32 itself and computes with that, where
    // nothing is rounded on either side. The file as it runs there: inputs of quantized matrices are rounded to 8 bits,
    // those of K and ternary types 256 at once, and so are they here. F32 must write the same text.
    void agreesOnEveryType()
    {
        QFETCH(QString, method);
        const QString tag = QString::fromLatin1(QTest::currentDataTag());
        const QString type = tag.section(QLatin1Char(' '), 0, 0);
        const bool packed = !method.isEmpty();
        const QString model = packed ? packedSample(m_dir, words(method)) : QStringLiteral("sample");
        QVERIFY(!model.isEmpty());
        const QString file = m_dir.filePath(QString(tag).replace(QLatin1Char(' '), QLatin1Char('-')) + QStringLiteral(".gguf"));
        const Said exported = cli({QStringLiteral("export"), model, QStringLiteral("--out"), file, QStringLiteral("--type"), type});
        QVERIFY2(exported.code == 0, qPrintable(exported.error));
        // A packed model is judged as it is: the file must compute the same.
        const double ours = perplexityHere(packed ? model : file, sampleFile(QStringLiteral("held_out.txt")), kContext, kWindows);
        QVERIFY(ours > 0);
        const json theirs = peer(file);
        QVERIFY(theirs.is_object());
        const double rounded = perplexityHere(file, sampleFile(QStringLiteral("held_out.txt")), kContext, kWindows,
                                              {QStringLiteral("--activations"), QStringLiteral("llama.cpp")});
        qInfo("%s: perplexity %.5f there, %.5f here with inputs rounded alike, %.5f with the file's weights as F32 there, %.5f here, "
              "%lld bytes", qPrintable(tag), theirs.at("perplexity").get<double>(), rounded,
              theirs.at("weights_perplexity").get<double>(), ours, static_cast<long long>(QFileInfo(file).size()));
        const double weights = theirs.at("weights_perplexity").get<double>() / ours;
        // A packed model as F16 is rounded to it.
        QVERIFY2(std::abs(weights - 1) < (packed && type == QLatin1String("f16") ? 1e-3 : 2e-4), qPrintable(QString::number(weights, 'g', 8)));
        // Roundings are not continuous: what differs in a last bit before them differs by a step of 8 bits behind them now
        // and then, and in the next block more. So this is another draw of the same noise, no copy. Plain ternary is no
        // model any more (perplexity above 1000), and noise moves it more.
        const double ratio = theirs.at("perplexity").get<double>() / rounded;
        const bool lost = ours > 1000;
        QVERIFY2(std::abs(ratio - 1) < (type == QLatin1String("f32") ? 1e-4 : lost ? 2e-2 : 5e-3), qPrintable(QString::number(ratio, 'g', 8)));
        if (type != QLatin1String("f32"))
            return;
        const Said text = cli({QStringLiteral("generate"), file, QStringLiteral("--prompt"), kPrompt, QStringLiteral("--tokens"),
                               QString::number(kWritten), QStringLiteral("--ignore-end"), QStringLiteral("--json")});
        QCOMPARE(QString::fromStdString(text.json().at("tokens").dump()),
                 QString::fromStdString(theirs.at("written").dump()));
    }
};

QTEST_GUILESS_MAIN(TestLlamaCpp)
#include "tst_llama_cpp.moc"
