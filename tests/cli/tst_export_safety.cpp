// SPDX-License-Identifier: GPL-3.0-or-later
// What `export` must never do to a disk, as a person's shell runs it: fill it, replace what was not named, leave pieces
// behind, read or write outside of the folders that were named.
#include "run_cli.h"

#include <QStorageInfo>
#include <signal.h>

using namespace halftone;

class TestExportSafety : public QObject
{
    Q_OBJECT
    QTemporaryDir m_dir;
    QString m_model;

    QString path(const QString& name) const { return m_dir.filePath(name); }
    QStringList present() const { return QDir(m_dir.path()).entryList(QDir::AllEntries | QDir::NoDotAndDotDot | QDir::Hidden, QDir::Name); }
    QStringList command(const QString& model, const QString& out, const QString& target = QStringLiteral("gguf")) const
    {
        return {QStringLiteral("export"), model, QStringLiteral("--to"), target, QStringLiteral("--out"), out};
    }
    // The small sample with an embedding of so many bytes, most of which are holes in its file.
    QString modelOf(const QString& name, std::int64_t embeddingBytes) const
    {
        const QString folder = makeSmallSample(path(name)), weights = folder + QStringLiteral("/model.safetensors");
        nlohmann::json config = readStrictJson(folder + QStringLiteral("/config.json")), header;
        const std::int64_t hidden = config["hidden_size"].get<std::int64_t>(), rows = embeddingBytes / (4 * hidden);
        config["vocab_size"] = rows;
        std::int64_t at = 0;
        const auto add = [&](const QString& tensor, const char* type, const std::vector<std::int64_t>& shape, std::int64_t bytes) {
            header[tensor.toStdString()] = {{"dtype", type}, {"shape", shape}, {"data_offsets", {at, at + bytes}}};
            at += bytes;
        };
        const auto small = Checkpoint::open(folder);
        for (const TensorView& t : small->tensors())
            if (t.name == QLatin1String("model.embed_tokens.weight"))
                add(t.name, "F32", {rows, hidden}, 4 * rows * hidden);
            else
                add(t.name, info(t.type).name, t.shape, static_cast<std::int64_t>(t.bytes.size()));
        QByteArray text = QByteArray::fromStdString(header.dump());
        text.append(QByteArray(8 - text.size() % 8, ' '));
        const auto length = static_cast<quint64>(text.size());
        QByteArray head(reinterpret_cast<const char*>(&length), 8);
        QFile::remove(weights);
        writeBytes(weights, head + text);
        QFile::resize(weights, head.size() + text.size() + at);
        QFile::remove(folder + QStringLiteral("/config.json"));
        writeBytes(folder + QStringLiteral("/config.json"), QByteArray::fromStdString(config.dump()));
        return folder;
    }

private slots:
    void initTestCase() { m_model = makeSmallSample(path(QStringLiteral("model"))); }

    void tooLittleSpaceIsSaidBeforeTheFirstByte()
    {
        const qint64 left = QStorageInfo(m_dir.path()).bytesAvailable();
        if (left > (qint64{1} << 40))
            QSKIP("this disk has more room than a file may be long");
        const QString large = modelOf(QStringLiteral("large"), left + (qint64{8} << 30));
        const QStringList before = present();
        const Said said = cli(command(large, path(QStringLiteral("out")), QStringLiteral("huggingface")) +
                              QStringList{QStringLiteral("--type"), QStringLiteral("f32")});
        QCOMPARE(said.code, 1);
        QVERIFY2(said.error.contains(QStringLiteral("MB left")), qPrintable(said.error));
        QCOMPARE(present(), before);
        QDir(large).removeRecursively();
    }
    void whatIsThereStaysUnlessItIsNamed()
    {
        const QString file = path(QStringLiteral("precious.gguf"));
        writeBytes(file, "dear");
        const Said refused = cli(command(m_model, file));
        QCOMPARE(refused.code, 1);
        QVERIFY2(refused.error.contains(QStringLiteral("--overwrite")), qPrintable(refused.error));
        QCOMPARE(bytesOf(file), QByteArray("dear"));
        QCOMPARE(cli(command(m_model, file) << QStringLiteral("--overwrite")).code, 0);
        QVERIFY(bytesOf(file).startsWith("GGUF"));
        // Nor is a folder of letters replaced, whatever is said.
        QDir().mkpath(path(QStringLiteral("letters")));
        writeBytes(path(QStringLiteral("letters/a.txt")), "dear");
        QCOMPARE(cli(command(m_model, path(QStringLiteral("letters")), QStringLiteral("huggingface")) << QStringLiteral("--overwrite")).code, 1);
        QCOMPARE(bytesOf(path(QStringLiteral("letters/a.txt"))), QByteArray("dear"));
    }
    void interruptedExportsLeaveNothing()
    {
        const QString slow = modelOf(QStringLiteral("slow"), qint64{3} << 30);
        const QStringList before = present();
        QProcess process;
        process.setProcessEnvironment(cliEnvironment());
        process.start(QStringLiteral(HALFTONE_CLI), command(slow, path(QStringLiteral("stopped")), QStringLiteral("huggingface")));
        QVERIFY(process.waitForStarted());
        QTRY_VERIFY_WITH_TIMEOUT(present() != before || process.state() == QProcess::NotRunning, 20000); // something is being written
        QCOMPARE(process.state(), QProcess::Running);
        ::kill(static_cast<pid_t>(process.processId()), SIGINT);
        QVERIFY(process.waitForFinished(20000));
        QCOMPARE(process.exitCode(), 130);
        QCOMPARE(present(), before);
        QDir(slow).removeRecursively();
    }
    void namesThatLeaveTheFolderAreRefused_data()
    {
        QTest::addColumn<QString>("name");
        for (const QString& name : {QStringLiteral("../outside.safetensors"), path(QStringLiteral("outside.safetensors")),
                                    QStringLiteral("a/../../outside.safetensors"), QStringLiteral("..")})
            QTest::newRow(qPrintable(name)) << name;
    }
    void namesThatLeaveTheFolderAreRefused()
    {
        QFETCH(QString, name);
        const QString hostile = makeSmallSample(path(QStringLiteral("hostile")));
        QFile::rename(hostile + QStringLiteral("/model.safetensors"), path(QStringLiteral("outside.safetensors")));
        nlohmann::json index{{"metadata", nlohmann::json::object()}, {"weight_map", nlohmann::json::object()}};
        const auto model = Checkpoint::open(m_model);
        for (const TensorView& t : model->tensors())
            index["weight_map"][t.name.toStdString()] = name.toStdString();
        writeBytes(hostile + QStringLiteral("/model.safetensors.index.json"), QByteArray::fromStdString(index.dump()));
        const QStringList before = present();
        const Said said = cli(command(hostile, path(QStringLiteral("taken.gguf"))));
        QCOMPARE(said.code, 1);
        QVERIFY2(said.error.contains(QStringLiteral("not a file within the model's folder")), qPrintable(said.error));
        QCOMPARE(present(), before);
        QDir(hostile).removeRecursively();
        QFile::remove(path(QStringLiteral("outside.safetensors")));
    }
};

QTEST_GUILESS_MAIN(TestExportSafety)
#include "tst_export_safety.moc"
