// SPDX-License-Identifier: GPL-3.0-or-later
#include "checkpoint/checkpoint.h"

#include "base/error.h"
#include "base/parallel.h"
#include "checkpoint/formats.h"
#include "checkpoint/make_files.h"
#include "test_data.h"

#include <QDir>
#include <QTemporaryDir>
#include <QtTest>
#include <sys/stat.h>
#include <unistd.h>

using namespace halftone;

class TestCheckpoint : public QObject
{
    Q_OBJECT
    std::unique_ptr<QTemporaryDir> m_folder;

    QString path(const QString& name) const { return m_folder->filePath(name); }
    QString write(const char* name, const QByteArray& bytes) const
    {
        return made::write(path(QString::fromLatin1(name)), bytes);
    }
    /// Two shards, config and index; the tensors are a, b and c, d.
    void writeSharded(const QByteArray& map = "\"a\":\"m-1.safetensors\",\"b\":\"m-1.safetensors\","
                                              "\"c\":\"m-2.safetensors\",\"d\":\"m-2.safetensors\"") const
    {
        write("m-1.safetensors", made::smallSafetensors("a", "b"));
        write("m-2.safetensors", made::smallSafetensors("c", "d"));
        write("config.json", "{\"hidden_size\": 3}");
        write("model.safetensors.index.json", "{\"metadata\":{\"total_size\":64},\"weight_map\":{" + map + "}}");
    }
    void refusesIndex(const QByteArray& map, const QString& words) const
    {
        writeSharded(map);
        const QString sentence = made::errorOf([&] { Checkpoint::open(m_folder->path()); });
        QVERIFY2(sentence.contains(words), qPrintable(sentence));
    }

private slots:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }

    void opensTheGgufModelOfTheSharedData()
    {
        HALFTONE_NEED_DATA(file, "model-stories260k-gguf/stories260K.gguf");
        const auto model = Checkpoint::open(file);
        QCOMPARE(model->format(), QStringLiteral("gguf"));
        QCOMPARE(model->metadata()["llama.block_count"], 5);
        QCOMPARE(model->metadata()["tokenizer.ggml.tokens"].size(), std::size_t{512});
        QVERIFY(model->config().is_null());
        QVERIFY(model->folder().isEmpty());
        QCOMPARE(model->files(), QStringList{file});
        const auto& tensor = model->require(QStringLiteral("token_embd.weight"));
        QCOMPARE(tensor.shape, (std::vector<std::int64_t>{512, 64}));
        QVERIFY(model->readMatrix(tensor).allFinite());
    }
    void opensTheFolderOfTheSharedData()
    {
        HALFTONE_NEED_DATA(folder, "model-tinystories-656k-llama-safetensors");
        const auto model = Checkpoint::open(folder);
        QCOMPARE(model->format(), QStringLiteral("huggingface"));
        QVERIFY(model->config().contains("hidden_size"));
        QVERIFY(!model->tensors().empty());
        QVERIFY(model->readMatrix(model->tensors().front()).allFinite());
        const auto lone = Checkpoint::open(folder + QStringLiteral("/model.safetensors"));
        QCOMPARE(lone->format(), QStringLiteral("safetensors"));
        QCOMPARE(lone->config(), model->config());
        QCOMPARE(lone->tensors().size(), model->tensors().size());
    }
    void opensAShardedFolderByAnyOfItsFiles()
    {
        writeSharded();
        for (const QString& name : {QStringLiteral("."), QStringLiteral("m-1.safetensors"),
                                    QStringLiteral("m-2.safetensors"),
                                    QStringLiteral("model.safetensors.index.json")}) {
            const auto model = Checkpoint::open(path(name));
            QCOMPARE(model->format(), QStringLiteral("huggingface"));
            QCOMPARE(model->tensors().size(), std::size_t{4});
            QCOMPARE(model->files().size(), 2);
            QCOMPARE(model->fileBytes(), 2 * made::smallSafetensors().size());
            QCOMPARE(model->config()["hidden_size"], 3);
            QCOMPARE(model->metadata()["format"], "pt");
            QCOMPARE(model->require(QStringLiteral("c")).file, 1);
            QCOMPARE(model->readMatrix(model->require(QStringLiteral("c")))(1, 2), 5.0f);
            QVERIFY(QDir(model->folder()) == QDir(m_folder->path()));
        }
    }
    void opensASymlinkFarm()
    {
        QDir(m_folder->path()).mkpath(QStringLiteral("blobs"));
        QDir(m_folder->path()).mkpath(QStringLiteral("snapshots/1"));
        QFile::link(QStringLiteral("../../blobs/aa"), path(QStringLiteral("snapshots/1/model.safetensors")));
        QFile::link(QStringLiteral("../../blobs/bb"), path(QStringLiteral("snapshots/1/config.json")));
        write("blobs/aa", made::smallSafetensors());
        write("blobs/bb", "{\"hidden_size\": 3}");
        for (const QString& name : {QStringLiteral("snapshots/1"), QStringLiteral("snapshots/1/model.safetensors")})
            QCOMPARE(Checkpoint::open(path(name))->config()["hidden_size"], 3);
        QFile::remove(path(QStringLiteral("blobs/aa")));
        HALFTONE_REFUSES(Checkpoint::open(path(QStringLiteral("snapshots/1"))), "has no safetensors file");
        HALFTONE_REFUSES(Checkpoint::open(path(QStringLiteral("snapshots/1/model.safetensors"))), "cannot be opened");
    }
    void decidesByContentNotByName()
    {
        QCOMPARE(Checkpoint::open(write("a.gguf", made::smallSafetensors()))->format(), QStringLiteral("safetensors"));
        QCOMPARE(Checkpoint::open(write("a.bin", made::smallGguf().whole()))->format(), QStringLiteral("gguf"));
    }
    void opensALoneFileWithoutConfig()
    {
        const auto model = Checkpoint::open(write("x.safetensors", made::smallSafetensors()));
        QVERIFY(model->config().is_null());
        QVERIFY(model->metadata().is_object());
        QVERIFY(!model->find(QStringLiteral("nothing")));
        HALFTONE_REFUSES(model->require(QStringLiteral("nothing")), "Tensor 'nothing' is missing");
    }
    void refusesAnIndexThatLies()
    {
        refusesIndex("\"a\":\"m-1.safetensors\",\"q\":\"m-1.safetensors\"", QStringLiteral("tensor 'q'"));
        refusesIndex("\"a\":\"m-1.safetensors\",\"b\":\"m-2.safetensors\"", QStringLiteral("tensor 'b'"));
        refusesIndex("\"a\":\"m-3.safetensors\"", QStringLiteral("missing"));
        refusesIndex("\"a\":5", QStringLiteral("names no file"));
        for (const char* name : {"../m-1.safetensors", "/m-1.safetensors", "x/../m-1.safetensors", "",
                                 "..\\\\m-1.safetensors", "m\\u0000"})
            refusesIndex("\"a\":\"" + QByteArray(name) + '"', QStringLiteral("not a file within"));
        refusesIndex("\"a\":\"m-1.safetensors\",\"a\":\"m-1.safetensors\"", QStringLiteral("appears twice"));
        write("model.safetensors.index.json", "{\"metadata\":{}}");
        HALFTONE_REFUSES(Checkpoint::open(m_folder->path()), "no 'weight_map'");
    }
    void refusesATensorInTwoShards()
    {
        writeSharded();
        write("m-2.safetensors", made::smallSafetensors("c", "a"));
        HALFTONE_REFUSES(Checkpoint::open(m_folder->path()), "Tensor 'a' is both in");
    }
    void refusesFoldersItCannotMakeSenseOf()
    {
        HALFTONE_REFUSES(Checkpoint::open(m_folder->path()), "holds no model");
        write("config.json", "{}");
        HALFTONE_REFUSES(Checkpoint::open(m_folder->path()), "has no safetensors file");
        HALFTONE_REFUSES(Checkpoint::open(path(QStringLiteral("config.json"))), "Open its folder instead");
        write("a.safetensors", made::smallSafetensors());
        QCOMPARE(Checkpoint::open(m_folder->path())->tensors().size(), std::size_t{2});
        write("b.safetensors", made::smallSafetensors());
        HALFTONE_REFUSES(Checkpoint::open(m_folder->path()), "has 2 safetensors files");
        write("config.json", "{\"a\":1,\"a\":2}");
        HALFTONE_REFUSES(Checkpoint::open(m_folder->path()), "appears twice");
    }
    void refusesWhatIsNotAModel()
    {
        HALFTONE_REFUSES(Checkpoint::open(path(QStringLiteral("absent"))), "There is no file or folder");
        HALFTONE_REFUSES(Checkpoint::open(QString()), "There is no file or folder");
        HALFTONE_REFUSES(Checkpoint::open(write("text", "Once upon a time there was no model.")), "is not a model");
        HALFTONE_REFUSES(Checkpoint::open(write("empty", {})), "is not a model");
        HALFTONE_REFUSES(Checkpoint::open(write("zip", QByteArray("PK\3\4") + QByteArray(100, '\0'))), "is not a model");
        HALFTONE_REFUSES(Checkpoint::open(QStringLiteral("/dev/zero")), "not a regular file");
    }
    void refusesPlacesWithoutRights()
    {
        writeSharded();
        // The superuser may read everything, so the test becomes somebody else for a moment.
        const bool superuser = geteuid() == 0;
        chmod(qPrintable(path(QStringLiteral("m-1.safetensors"))), 0);
        chmod(qPrintable(m_folder->path()), 0755);
        if (superuser)
            QCOMPARE(seteuid(65534), 0);
        const QString file = made::errorOf([&] { Checkpoint::open(m_folder->path()); });
        if (superuser)
            QCOMPARE(seteuid(0), 0);
        chmod(qPrintable(m_folder->path()), 0);
        if (superuser)
            QCOMPARE(seteuid(65534), 0);
        const QString folder = made::errorOf([&] { Checkpoint::open(m_folder->path()); });
        if (superuser)
            QCOMPARE(seteuid(0), 0);
        chmod(qPrintable(m_folder->path()), 0755);
        QVERIFY2(file.contains(QStringLiteral("m-1.safetensors")), qPrintable(file));
        QVERIFY2(folder.contains(QStringLiteral("may not be read")), qPrintable(folder));
    }
    void refusesIntegersAndRowsOutsideTheTensor()
    {
        const auto model = Checkpoint::open(write("x.safetensors", made::safetensors(
            "{\"i\":{\"dtype\":\"I8\",\"shape\":[4],\"data_offsets\":[0,4]},"
            "\"f\":{\"dtype\":\"F16\",\"shape\":[4,2],\"data_offsets\":[4,20]}}", QByteArray(20, '\0'))));
        std::vector<float> out(4);
        HALFTONE_REFUSES(model->readRows(model->require(QStringLiteral("i")), 0, 1, out), "not floating-point");
        const auto& tensor = model->require(QStringLiteral("f"));
        model->readRows(tensor, 2, 2, out);
        HALFTONE_REFUSES(model->readRows(tensor, 3, 2, out), "were asked for");
        HALFTONE_REFUSES(model->readRows(tensor, -1, 2, out), "were asked for");
        HALFTONE_REFUSES(model->readRows(tensor, 5, 0, {}), "were asked for");
        HALFTONE_REFUSES(model->readRows(tensor, 0, 1, out), "were asked for");
        QVERIFY(!model->packed(tensor));
    }
    void matricesDoNotDependOnTheNumberOfThreads()
    {
        QByteArray data;
        for (int i = 0; i < 700 * 1000; ++i)
            data += made::littleEndian(static_cast<std::uint16_t>(i % 0x7c00));
        const auto model = Checkpoint::open(write("x.safetensors", made::safetensors(
            "{\"w\":{\"dtype\":\"F16\",\"shape\":[7,100,1000],\"data_offsets\":[0,1400000]}}", data)));
        const auto& tensor = model->require(QStringLiteral("w"));
        setThreadCount(1);
        const Matrix one = model->readMatrix(tensor);
        setThreadCount(3);
        const Matrix three = model->readMatrix(tensor);
        setThreadCount(0);
        QCOMPARE(one.rows(), Index{700});
        QVERIFY(one == three);
        std::vector<float> row(1000);
        model->readRows(tensor, 699, 1, row);
        QVERIFY(one.row(699) == Eigen::Map<Eigen::RowVectorXf>(row.data(), 1000));
    }
    void everyFormatHasANameOfItsOwn()
    {
        QStringList names;
        for (const auto& format : checkpointFormats())
            names += QString::fromLatin1(format.name);
        QCOMPARE(names.removeDuplicates(), 0);
    }
};

QTEST_APPLESS_MAIN(TestCheckpoint)
#include "tst_checkpoint.moc"
