// SPDX-License-Identifier: GPL-3.0-or-later
// Written folders open again as checkpoints and give the same numbers.
#include "base/error.h"
#include "checkpoint/checkpoint.h"
#include "checkpoint/make_files.h"
#include "checkpoint/packed_folder.h"
#include "export/packed_safetensors.h"
#include "export/safe_file.h"

#include <QDir>
#include <QTemporaryDir>
#include <QtTest>
#include <cstring>

using namespace halftone;

namespace {

PackedMatrix smallPacked(const QString& name)
{
    Coding coding;
    coding.rows = 6;
    coding.columns = 40;
    Grid binary;
    binary.scale = Matrix::Constant(6, 1, .5f);
    binary.offset = Matrix::Constant(6, 1, -.25f);
    Grid salient = binary;
    salient.count = 256;
    salient.scale.setConstant(.0078125f);
    coding.grids = {binary, salient};
    coding.classes = CodeMatrix::NullaryExpr(
        6, 40, [](Index r, Index j) { return static_cast<std::uint8_t>((r + j) % 9 == 0); });
    const CodeMatrix codes = CodeMatrix::NullaryExpr(6, 40, [&](Index r, Index j) {
        return static_cast<std::uint8_t>(coding.classes(r, j) ? 3 * j : (r * j) % 2);
    });
    return PackedMatrix::pack(name, coding, codes);
}

class Folder
{
public:
    QString path(const char* name) const { return m_dir.filePath(QString::fromLatin1(name)); }
    QString path() const { return m_dir.path(); }
    void config(const QByteArray& quantization = "{\"quant_method\":\"halftone\",\"format_version\":1}")
    {
        made::write(path("config.json"),
                    "{\"model_type\":\"llama\",\"quantization_config\":" + quantization + "}");
    }
    // Two shards: a packed matrix in each, a plain vector in the first.
    void model()
    {
        config();
        const std::vector<float> norm{1, 2, 3};
        SafetensorsWriter first(path("block-0000.safetensors"));
        first.add(QStringLiteral("a.weight"), smallPacked(QStringLiteral("a.weight")));
        first.add(QStringLiteral("norm"), ElementType::F32, {3}, std::as_bytes(std::span(norm)));
        first.finish();
        SafetensorsWriter second(path("block-0001.safetensors"));
        second.add(QStringLiteral("b.weight"), smallPacked(QStringLiteral("b.weight")));
        second.setMetadata(QStringLiteral("format"), QStringLiteral("pt"));
        second.finish();
        std::map<QString, QString> files;
        for (const QString& name : first.names())
            files[name] = QStringLiteral("block-0000.safetensors");
        for (const QString& name : second.names())
            files[name] = QStringLiteral("block-0001.safetensors");
        writeSafetensorsIndex(path(), files, first.dataBytes() + second.dataBytes());
    }

private:
    QTemporaryDir m_dir;
};

} // namespace

class TestPackedSafetensors : public QObject
{
    Q_OBJECT
private slots:
    void aWrittenFolderReadsLikeTheOriginal();
    void anyOfItsFilesOpensIt();
    void refusesDamagedAndNewerFolders();
    void refusesWrongTensors();
    void writesTheSameBytesAgain();
    void leavesNothingHalfWritten();
};

void TestPackedSafetensors::aWrittenFolderReadsLikeTheOriginal()
{
    Folder folder;
    folder.model();
    const auto model = Checkpoint::open(folder.path());
    QCOMPARE(model->format(), QStringLiteral("halftone"));
    QCOMPARE(model->tensors().size(), std::size_t{3});
    const TensorView& tensor = model->require(QStringLiteral("b.weight"));
    QVERIFY(tensor.type == ElementType::Packed);
    QCOMPARE(tensor.shape, (std::vector<std::int64_t>{6, 40}));
    QVERIFY(tensor.bytes.empty());
    const Matrix expected = smallPacked(QStringLiteral("b.weight")).unpack();
    QVERIFY(model->readMatrix(tensor) == expected);
    std::vector<float> rows(80);
    model->readRows(tensor, 3, 2, rows);
    QVERIFY(std::memcmp(rows.data(), expected.data() + 120, 320) == 0);
    QVERIFY(model->packed(tensor) != nullptr);
    QVERIFY(model->packed(model->require(QStringLiteral("norm"))) == nullptr);
    QCOMPARE(model->readMatrix(model->require(QStringLiteral("norm")))(0, 2), 3.f);
}

void TestPackedSafetensors::anyOfItsFilesOpensIt()
{
    Folder folder;
    folder.model();
    for (const char* file : {"model.safetensors.index.json", "block-0001.safetensors"})
        QCOMPARE(Checkpoint::open(folder.path(file))->format(), QStringLiteral("halftone"));
}

void TestPackedSafetensors::refusesDamagedAndNewerFolders()
{
    Folder folder;
    folder.model();
    folder.config("{\"quant_method\":\"halftone\",\"format_version\":2}");
    HALFTONE_REFUSES(Checkpoint::open(folder.path()), "version 2");
    folder.config("{\"quant_method\":\"halftone\"}");
    HALFTONE_REFUSES(Checkpoint::open(folder.path()), "format_version");
    folder.config();
    PackedMatrix cut = smallPacked(QStringLiteral("a.weight"));
    cut.bytes = cut.bytes.first(cut.bytes.size() - 8);
    SafetensorsWriter writer(folder.path("block-0000.safetensors"));
    const std::vector<float> norm{1, 2, 3};
    writer.add(QStringLiteral("a.weight"), cut);
    writer.add(QStringLiteral("norm"), ElementType::F32, {3}, std::as_bytes(std::span(norm)));
    writer.finish();
    HALFTONE_REFUSES(Checkpoint::open(folder.path()), "'a.weight'");
}

void TestPackedSafetensors::refusesWrongTensors()
{
    Folder folder;
    SafetensorsWriter writer(folder.path("x.safetensors"));
    const std::vector<float> three{1, 2, 3};
    const auto bytes = std::as_bytes(std::span(three));
    HALFTONE_REFUSES(writer.add(QStringLiteral("x"), ElementType::F32, {4}, bytes), "'x'");
    HALFTONE_REFUSES(writer.add(QStringLiteral("x"), ElementType::F32, {-3}, bytes), "'x'");
    HALFTONE_REFUSES(writer.add(QStringLiteral("x"), ElementType::F32, {INT64_MAX, 3}, bytes), "'x'");
    HALFTONE_REFUSES(writer.add(QStringLiteral("x"), ElementType::Q4_0, {3}, bytes), "Q4_0");
    writer.add(QStringLiteral("x"), ElementType::F32, {3}, bytes);
    HALFTONE_REFUSES(writer.add(QStringLiteral("x"), ElementType::F32, {3}, bytes), "twice");
}

void TestPackedSafetensors::writesTheSameBytesAgain()
{
    auto content = [] {
        Folder folder;
        folder.model();
        QByteArray all;
        for (const char* name : {"block-0000.safetensors", "block-0001.safetensors",
                                 "model.safetensors.index.json"}) {
            QFile file(folder.path(name));
            if (file.open(QIODevice::ReadOnly))
                all += file.readAll();
        }
        return all;
    };
    const QByteArray first = content();
    QVERIFY(first.size() > 500);
    QCOMPARE(content(), first);
}

void TestPackedSafetensors::leavesNothingHalfWritten()
{
    Folder folder;
    const QString path = folder.path("file");
    writeSafely(path, "old");
    {
        SafeFile file(path);
        file.write(std::as_bytes(std::span("new", 3)));
    }
    QCOMPARE(QDir(folder.path()).entryList(QDir::Files), QStringList{QStringLiteral("file")});
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(file.readAll(), QByteArray("old"));
    HALFTONE_REFUSES(writeSafely(folder.path("no/such/place"), "x"), "no/such/place");
    if (QFileInfo::exists(QStringLiteral("/dev/full")))
        HALFTONE_REFUSES(
            {
                QFile::link(QStringLiteral("/dev/full"), folder.path("full.part"));
                writeSafely(folder.path("full"), QByteArray(100, 'x'));
            },
            "full");
}

QTEST_APPLESS_MAIN(TestPackedSafetensors)
#include "tst_packed_safetensors.moc"
