// SPDX-License-Identifier: GPL-3.0-or-later
// llama.cpp reads what Halftone exports: the same tokens, perplexity and text (tests/peers/set_up.sh).
#include "../cli/run_cli.h"

#include <QDir>

using namespace halftone;
using nlohmann::json;

namespace {

constexpr int kContext = 512, kWindows = 2, kWritten = 24;
const QString kPrompt = QStringLiteral("Once upon a time");

QString python()
{
    const QString folder = qEnvironmentVariable("HALFTONE_PEERS");
    return folder.isEmpty() ? QString() : QDir(folder).filePath(QStringLiteral("bin/python"));
}

json peer(const QString& model)
{
    const Said said = run(python(), {QStringLiteral(HALFTONE_PEER_SCRIPT), model, sampleFile(QStringLiteral("held_out.txt")),
                                     QString::number(kContext), QString::number(kWindows), kPrompt,
                                     QString::number(kWritten)});
    if (said.code != 0)
        qWarning("%s", qPrintable(said.error));
    return json::parse(said.out.toStdString(), nullptr, false);
}

} // namespace

class TestLlamaCpp : public QObject
{
    Q_OBJECT
    QTemporaryDir m_dir;

private slots:
    void initTestCase()
    {
        if (!QFile::exists(python()))
            QSKIP("ALL-SKIPPED: HALFTONE_PEERS names no Python environment (tests/peers/set_up.sh makes one)");
    }
    void agreesOnEveryType_data()
    {
        QTest::addColumn<bool>("packed");
        for (const char* type : {"f32", "f16", "bf16", "q8_0", "q6_k", "q4_1", "q4_k", "q4_0", "q2_0", "q1_0"})
            QTest::newRow(type) << false;
        QTest::newRow("f16 of a packed model") << true;
    }
    // 0.5 %: llama.cpp rounds activations to 8 bits for quantized types. F32 must write the same text.
    void agreesOnEveryType()
    {
        QFETCH(bool, packed);
        const QString tag = QString::fromLatin1(QTest::currentDataTag());
        const QString type = tag.section(QLatin1Char(' '), 0, 0);
        QString model = QStringLiteral("sample");
        if (packed) {
            model = m_dir.filePath(QStringLiteral("packed"));
            const Said done = cli(QStringList{QStringLiteral("quantize"), QStringLiteral("sample"), QStringLiteral("--out"), model,
                                              QStringLiteral("--salient-ratio"), QStringLiteral("0.3"), QStringLiteral("--no-judge")} +
                                  smallFlags());
            QVERIFY2(done.code == 0, qPrintable(done.error));
        }
        const QString file = m_dir.filePath(QString(tag).replace(QLatin1Char(' '), QLatin1Char('-')) + QStringLiteral(".gguf"));
        const Said exported = cli({QStringLiteral("export"), model, QStringLiteral("--out"), file, QStringLiteral("--type"), type});
        QVERIFY2(exported.code == 0, qPrintable(exported.error));
        const Said judged = cli({QStringLiteral("evaluate"), packed ? model : file, QStringLiteral("--text"),
                                 sampleFile(QStringLiteral("held_out.txt")), QStringLiteral("--context"), QString::number(kContext),
                                 QStringLiteral("--windows"), QString::number(kWindows), QStringLiteral("--json")});
        QVERIFY2(judged.code == 0, qPrintable(judged.error));
        const double ours = judged.json().at("perplexity").get<double>();
        const json theirs = peer(file);
        QVERIFY(theirs.is_object());
        const double ratio = theirs.at("perplexity").get<double>() / ours;
        QVERIFY2(std::abs(ratio - 1) < (type == QLatin1String("f32") ? 1e-4 : 5e-3), qPrintable(QString::number(ratio, 'g', 8)));
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
