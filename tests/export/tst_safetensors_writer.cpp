// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/error.h"
#include "checkpoint/checkpoint.h"
#include "checkpoint/strict_json.h"
#include "export/safetensors_writer.h"

#include <QDir>
#include <QProcess>
#include <QTemporaryDir>
#include <QtTest>
#include <cstring>

using namespace halftone;

class TestSafetensorsWriter : public QObject
{
    Q_OBJECT
    QTemporaryDir m_dir;
    const std::vector<float> m_floats{1.5f, -2, 0, 3.25f, 1e-30f, -1e30f};
    const std::vector<std::uint8_t> m_bytes{0, 1, 254, 255, 7};

    std::vector<SafetensorsEntry> entries() const
    {
        return {{QStringLiteral("b.weight"), "F32", {2, 3}, std::as_bytes(std::span(m_floats))},
                {QStringLiteral("a \"söme\" name"), "U8", {5}, std::as_bytes(std::span(m_bytes))},
                {QStringLiteral("empty"), "F32", {0, 4}, {}}};
    }
    QString written(const char* name) const
    {
        const QString path = m_dir.filePath(QString::fromLatin1(name));
        writeSafetensors(path, entries(), {{"key", "a \"text\""}});
        return path;
    }
    static QByteArray contents(const QString& path)
    {
        QFile file(path);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }

private slots:
    void readsBack()
    {
        const QString path = written("a.safetensors");
        const auto read = Checkpoint::open(path);
        QCOMPARE(read->tensors().size(), std::size_t{3});
        const TensorView& t = read->require(QStringLiteral("b.weight"));
        QCOMPARE(t.rows(), std::int64_t{2});
        const Matrix m = read->readMatrix(t);
        QVERIFY(std::memcmp(m.data(), m_floats.data(), 24) == 0);
        const TensorView& b = read->require(QStringLiteral("a \"söme\" name"));
        QVERIFY(std::memcmp(b.bytes.data(), m_bytes.data(), 5) == 0 && b.bytes.size() == 5);
        QCOMPARE(read->metadata().at("key"), nlohmann::json("a \"text\""));
        QCOMPARE(read->fileBytes(), QFileInfo(path).size());
    }
    void dataBeginsAligned()
    {
        const QByteArray bytes = contents(written("aligned.safetensors"));
        std::uint64_t header = 0;
        std::memcpy(&header, bytes.constData(), 8);
        QCOMPARE((header + 8) % 64, std::uint64_t{0});
        QCOMPARE(static_cast<std::uint64_t>(bytes.size()), header + 8 + 24 + 5);
    }
    void equalInputGivesEqualBytes()
    {
        QCOMPARE(contents(written("one.safetensors")), contents(written("two.safetensors")));
        const QString path = m_dir.filePath(QStringLiteral("three.safetensors"));
        const std::int64_t size = writeSafetensors(path, entries(), {});
        QCOMPARE(QFileInfo(path).size(), size);
    }
    void failureLeavesNothingBehind()
    {
        const QString path = m_dir.filePath(QStringLiteral("no/such/folder.safetensors"));
        try {
            writeSafetensors(path, entries(), {});
            QFAIL("wrote into a folder that is not there");
        } catch (const Error& e) {
            QVERIFY2(e.sentence().contains(path), qPrintable(e.sentence()));
        }
        QVERIFY(QDir().mkpath(m_dir.filePath(QStringLiteral("taken"))));
        QVERIFY_EXCEPTION_THROWN(writeSafetensors(m_dir.filePath(QStringLiteral("taken")), entries(), {}), Error);
        QVERIFY(QDir(m_dir.path()).entryList({QStringLiteral("taken.*"), QStringLiteral("no*")}).isEmpty());
    }
    void indexNamesEveryShard()
    {
        const QByteArray index = shardIndex({{"a", "1.safetensors"}, {"b", "2.safetensors"}}, 77);
        const auto parsed = nlohmann::json::parse(index.toStdString());
        QCOMPARE(parsed.at("metadata").at("total_size"), nlohmann::json(77));
        QCOMPARE(parsed.at("weight_map").at("b"), nlohmann::json("2.safetensors"));
    }
    void referenceLibraryReadsTheSame()
    {
        const QString python = qEnvironmentVariable("HALFTONE_PEER_PYTHON",
                                                    QStringLiteral(HALFTONE_PEER_PYTHON));
        QProcess peer;
        peer.start(python, {QStringLiteral("-c"), QStringLiteral("import safetensors.numpy")});
        if (python.isEmpty() || !peer.waitForFinished(60000) || peer.exitCode() != 0)
            QSKIP("no Python with safetensors and numpy (set HALFTONE_PEER_PYTHON)");
        const QString script = QStringLiteral(
            "import sys, safetensors.numpy as s; t = s.load_file(sys.argv[1]); "
            "print(sorted(t), t['b.weight'].tolist(), t['a \"s\\u00f6me\" name'].tolist(), t['empty'].shape)");
        peer.start(python, {QStringLiteral("-c"), script, written("peer.safetensors")});
        QVERIFY(peer.waitForFinished(60000));
        const QString said = QString::fromUtf8(peer.readAllStandardOutput()).trimmed();
        QCOMPARE(said, QStringLiteral("['a \"söme\" name', 'b.weight', 'empty'] "
                                      "[[1.5, -2.0, 0.0], [3.25, 1.0000000031710769e-30, "
                                      "-1.0000000150474662e+30]] [0, 1, 254, 255, 7] (0, 4)"));
    }
};

QTEST_GUILESS_MAIN(TestSafetensorsWriter)
#include "tst_safetensors_writer.moc"
