// SPDX-License-Identifier: GPL-3.0-or-later
// Packed folders that were written open again as checkpoints and give the same numbers.
#include "base/error.h"
#include "checkpoint/checkpoint.h"
#include "checkpoint/make_files.h"
#include "checkpoint/packed_folder.h"
#include "export/safetensors_writer.h"
#include "packed/packed_matrix.h"

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
    QString path() const { return m_dir.path(); }
    QString path(const char* name) const { return m_dir.filePath(QString::fromLatin1(name)); }
    void config(const QByteArray& quantization)
    {
        made::write(path("config.json"), "{\"quantization_config\":" + quantization + "}");
    }
    void shard(const char* file, std::span<const std::byte> packed, const QString& name)
    {
        const std::vector<float> norm{1, 2, 3};
        const std::vector<SafetensorsEntry> entries{
            {name + kPackedEnding, "U8", {static_cast<std::int64_t>(packed.size())}, packed},
            {name + QStringLiteral("_norm"), "F32", {3}, std::as_bytes(std::span(norm))}};
        writeSafetensors(path(file), entries, {});
    }
    // Two shards and their index.
    void model()
    {
        config("{\"quant_method\":\"halftone\",\"version\":1}");
        shard("one.safetensors", smallPacked(QStringLiteral("a")).bytes, QStringLiteral("a"));
        shard("two.safetensors", smallPacked(QStringLiteral("b")).bytes, QStringLiteral("b"));
        made::write(path("model.safetensors.index.json"),
                    shardIndex({{"a.halftone", "one.safetensors"}, {"b.halftone", "two.safetensors"}}, 1));
    }

private:
    QTemporaryDir m_dir;
};

} // namespace

class TestPackedFolder : public QObject
{
    Q_OBJECT
private slots:
    void readsLikeTheOriginal();
    void anyOfItsFilesOpensIt();
    void refusesOtherVersions();
    void refusesDamagedMatrices();
    void leavesNothingHalfWritten();
};

void TestPackedFolder::readsLikeTheOriginal()
{
    Folder folder;
    folder.model();
    const auto model = Checkpoint::open(folder.path());
    QCOMPARE(model->format(), QStringLiteral("halftone"));
    QCOMPARE(model->tensors().size(), std::size_t{4});
    const TensorView& tensor = model->require(QStringLiteral("b"));
    QVERIFY(tensor.type == ElementType::Packed && tensor.bytes.empty());
    QCOMPARE(tensor.shape, (std::vector<std::int64_t>{6, 40}));
    const Matrix expected = smallPacked(QStringLiteral("b")).unpack();
    QVERIFY(model->readMatrix(tensor) == expected);
    std::vector<float> rows(80);
    model->readRows(tensor, 3, 2, rows);
    QVERIFY(std::memcmp(rows.data(), expected.data() + 120, 320) == 0);
    QVERIFY(model->packed(tensor) != nullptr);
    QCOMPARE(model->storedBytes(tensor), std::int64_t(smallPacked(QStringLiteral("b")).bytes.size()));
    const TensorView& plain = model->require(QStringLiteral("a_norm"));
    QCOMPARE(model->storedBytes(plain), std::int64_t(plain.bytes.size()));
    QVERIFY(!plain.bytes.empty());
    QVERIFY(model->packed(model->require(QStringLiteral("a_norm"))) == nullptr);
    QCOMPARE(model->readMatrix(model->require(QStringLiteral("a_norm")))(0, 2), 3.f);
}

void TestPackedFolder::anyOfItsFilesOpensIt()
{
    Folder folder;
    folder.model();
    for (const char* file : {"model.safetensors.index.json", "two.safetensors"})
        QCOMPARE(Checkpoint::open(folder.path(file))->format(), QStringLiteral("halftone"));
}

void TestPackedFolder::refusesOtherVersions()
{
    Folder folder;
    folder.model();
    for (const char* version : {"2", "\"1\"", "null", "[]"}) {
        folder.config(QByteArray("{\"quant_method\":\"halftone\",\"version\":") + version + "}");
        HALFTONE_REFUSES(Checkpoint::open(folder.path()), "version");
    }
    folder.config("{\"quant_method\":\"halftone\"}");
    HALFTONE_REFUSES(Checkpoint::open(folder.path()), "version");
}

void TestPackedFolder::refusesDamagedMatrices()
{
    Folder folder;
    folder.model();
    const PackedMatrix whole = smallPacked(QStringLiteral("a"));
    for (std::size_t size = 0; size < whole.bytes.size(); size += 7) {
        folder.shard("one.safetensors", whole.bytes.first(size), QStringLiteral("a"));
        HALFTONE_REFUSES(Checkpoint::open(folder.path()), "'a'");
    }
}

void TestPackedFolder::leavesNothingHalfWritten()
{
    Folder folder;
    const std::vector<SafetensorsEntry> entries{{QStringLiteral("x"), "U8", {0}, {}}};
    HALFTONE_REFUSES(writeSafetensors(folder.path("no/such/place"), entries, {}), "no/such/place");
    QVERIFY(QDir(folder.path()).isEmpty());
}

QTEST_APPLESS_MAIN(TestPackedFolder)
#include "tst_packed_folder.moc"
