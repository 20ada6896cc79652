// SPDX-License-Identifier: GPL-3.0-or-later
#include "checkpoint/gguf.h"

#include "base/error.h"
#include "checkpoint/make_files.h"

#include <QTemporaryDir>
#include <QtTest>

using namespace halftone;
using made::ggufText;
using made::littleEndian;

namespace {
GgufContent parse(const QByteArray& file)
{
    return parseGguf(made::bytesOf(file), QStringLiteral("'x'"));
}

GgufContent parseTensor(const std::vector<std::uint64_t>& extents, std::uint32_t type, int bytes)
{
    return parse(made::Gguf().filled("w", extents, type, QByteArray(bytes, '\0')).whole());
}
} // namespace

class TestGguf : public QObject
{
    Q_OBJECT
private slots:
    void readsEveryKindOfMetadata()
    {
        const auto& values = parse(made::smallGguf().whole()).metadata;
        QCOMPARE(values["general.architecture"], "llama");
        QCOMPARE(values["a.u8"], 200);
        QCOMPARE(values["a.i8"], -5);
        QCOMPARE(values["a.u16"], 60000);
        QCOMPARE(values["a.i16"], -300);
        QCOMPARE(values["a.u32"], 4000000000u);
        QCOMPARE(values["a.i32"], -70000);
        QCOMPARE(values["a.f32"], 0.5);
        QCOMPARE(values["a.bool"], true);
        QCOMPARE(values["a.u64"], 1);
        QCOMPARE(values["a.i64"], -1);
        QCOMPARE(values["a.f64"], 0.25);
        QCOMPARE(values["a.texts"], nlohmann::json::array({"x", "yz"}));
        QCOMPARE(values["a.nested"], nlohmann::json::array({nlohmann::json::array({1, 2})}));
    }
    void readsTensorsWithTheirShapesTurnedRound()
    {
        QTemporaryDir folder;
        for (const std::uint32_t version : {2u, 3u}) {
            auto file = made::smallGguf();
            file.version = version;
            const auto model =
                Checkpoint::open(made::write(folder.filePath(QStringLiteral("m")), file.whole()));
            const auto& embedding = model->require(QStringLiteral("token_embd.weight"));
            QCOMPARE(embedding.shape, (std::vector<std::int64_t>{2, 3}));
            QCOMPARE(model->readMatrix(embedding)(1, 2), 5.0f);
            const auto& output = model->require(QStringLiteral("output.weight"));
            QCOMPARE(output.type, ElementType::Q8_0);
            QCOMPARE(model->readMatrix(output)(0, 31), 7.5f);
        }
    }
    void obeysTheAlignment()
    {
        made::Gguf file;
        file.alignment = 64;
        file.pair("general.alignment", 4, littleEndian<std::uint32_t>(64));
        file.filled("a", {1}, 0, littleEndian(1.0f)).filled("b", {1}, 0, littleEndian(2.0f));
        const QByteArray bytes = file.whole();
        const auto content = parse(bytes);
        QCOMPARE(content.alignment, std::uint64_t{64});
        float value;
        std::memcpy(&value, content.tensors[1].bytes.data(), sizeof value);
        QCOMPARE(value, 2.0f);
        for (const std::uint32_t bad : {0u, 24u}) {
            made::Gguf other;
            other.pair("general.alignment", 4, littleEndian(bad));
            HALFTONE_REFUSES(parse(other.whole()), "power of two");
        }
    }
    void refusesOtherVersionsByName()
    {
        auto file = made::smallGguf();
        file.version = 1;
        HALFTONE_REFUSES(parse(file.whole()), "version 1");
        file.version = 4;
        HALFTONE_REFUSES(parse(file.whole()), "version 4");
        file.version = 0x03000000;
        HALFTONE_REFUSES(parse(file.whole()), "big-endian");
    }
    void readsEveryTypeItNamesAndRefusesOthersByName()
    {
        for (const auto& type : ggmlTypes()) {
            const QString sentence = made::errorOf([&] { parseTensor({256}, type.number, 4096); });
            if (type.type)
                QVERIFY2(sentence.isEmpty(), qPrintable(sentence));
            else
                QVERIFY2(sentence.contains(QLatin1String(type.name)), qPrintable(sentence));
        }
        HALFTONE_REFUSES(parseTensor({256}, 37, 4096), "type number 37");
        HALFTONE_REFUSES(parseTensor({256}, 4000000000u, 4096), "type number 4000000000");
    }
    void tellsForksNumbersBySize()
    {
        HALFTONE_REFUSES(parseTensor({1024, 8}, 40, 1024 * 8 / 32 * 6), "Q1_0 / 32");
        HALFTONE_REFUSES(parseTensor({1024, 8}, 40, 1024 * 8 / 64 * 36), "NVFP4");
        HALFTONE_REFUSES(parseTensor({1024, 8}, 42, 1024 * 8 / 128 * 34), "Q2_0 / 128");
        QCOMPARE(parseTensor({1024, 8}, 42, 1024 * 8 / 64 * 18).tensors[0].type, ElementType::Q2_0);
        QCOMPARE(parseTensor({1024, 8}, 41, 1024 * 8 / 128 * 18).tensors[0].type, ElementType::Q1_0);
    }
    void refusesCountsThatLie()
    {
        auto file = made::smallGguf();
        file.tensorCount = UINT64_MAX;
        HALFTONE_REFUSES(parse(file.whole()), "more than can be in it");
        file = made::smallGguf();
        file.pairCount = std::uint64_t{1} << 60;
        HALFTONE_REFUSES(parse(file.whole()), "more than can be in it");
        made::Gguf array;
        array.pair("k", 9, littleEndian<std::uint32_t>(8) + littleEndian(UINT64_MAX / 8));
        HALFTONE_REFUSES(parse(array.whole()), "values in 'k'");
        made::Gguf text;
        text.pair("k", 8, littleEndian(UINT64_MAX) + "abc");
        HALFTONE_REFUSES(parse(text.whole()), "ends too early");
    }
    void refusesDeepNestingAndUnknownKinds()
    {
        made::Gguf deep;
        QByteArray value;
        for (int i = 0; i < 2000; ++i)
            value += littleEndian<std::uint32_t>(9) + littleEndian<std::uint64_t>(1);
        HALFTONE_REFUSES(parse(deep.pair("k", 9, value).whole()), "levels deep");
        HALFTONE_REFUSES(parse(made::Gguf().pair("k", 13, QByteArray(64, '\0')).whole()), "unknown type 13");
        HALFTONE_REFUSES(
            parse(made::Gguf().pair("k", 9, littleEndian<std::uint32_t>(77) + littleEndian<std::uint64_t>(1) + "xx").whole()),
            "unknown type 77");
    }
    void refusesDuplicateKeysAndNames()
    {
        made::Gguf file;
        file.pair("k", 0, "a").pair("k", 0, "b");
        HALFTONE_REFUSES(parse(file.whole()), "'k' twice");
        HALFTONE_REFUSES(parse(made::Gguf().pair("", 0, "a").whole()), "empty");
        HALFTONE_REFUSES(parse(made::Gguf().pair("\xff", 0, "a").whole()), "not UTF-8");
        QTemporaryDir folder;
        made::Gguf twice;
        twice.filled("w", {1}, 0, "aaaa").filled("w", {1}, 0, "bbbb");
        const QString path = made::write(folder.filePath(QStringLiteral("m")), twice.whole());
        HALFTONE_REFUSES(Checkpoint::open(path), "'w' appears twice");
    }
    void refusesTensorsOutsideTheFileOrOnTopOfEachOther()
    {
        made::Gguf file;
        file.filled("a", {16}, 0, QByteArray(64, '\0')).tensor("b", {1}, 0, 32);
        HALFTONE_REFUSES(parse(file.whole()), "another begins at 32");
        HALFTONE_REFUSES(parse(made::Gguf().filled("a", {16}, 0, QByteArray(64, '\0')).tensor("b", {1}, 0, 96).whole()),
                         "cut short");
        HALFTONE_REFUSES(parse(made::Gguf().tensor("b", {1}, 0, UINT64_MAX - 31).whole()), "cut short");
        HALFTONE_REFUSES(parse(made::Gguf().filled("a", {16}, 0, QByteArray(64, '\0')).tensor("b", {1}, 0, 33).whole()),
                         "not a multiple of 32");
        HALFTONE_REFUSES(parse(made::Gguf().tensor("b", {1}, 0, 0).whole()), "cut short");
    }
    void refusesShapesThatOverflowOrDoNotDivide()
    {
        HALFTONE_REFUSES(parseTensor({1ull << 40, 1ull << 40}, 0, 32), "product is too large");
        HALFTONE_REFUSES(parseTensor({1ull << 40, 1ull << 40, 0}, 0, 32), "product is too large");
        HALFTONE_REFUSES(parseTensor({0, 1ull << 40, 1ull << 40}, 0, 32), "product is too large");
        HALFTONE_REFUSES(parseTensor({UINT64_MAX}, 0, 32), "product is too large");
        HALFTONE_REFUSES(parseTensor({1ull << 62}, 28, 32), "rows of");
        HALFTONE_REFUSES(parseTensor({1ull << 60}, 0, 32), "cut short");
        HALFTONE_REFUSES(parseTensor({33}, 8, 68), "multiple of the 32");
        HALFTONE_REFUSES(parseTensor({1, 1, 1, 1, 1}, 0, 32), "5 dimensions");
        QCOMPARE(parseTensor({0, 7}, 0, 0).tensors[0].rows(), 0);
        QCOMPARE(parseTensor({}, 0, 4).tensors[0].elements(), 1);
    }
    void refusesPartsOfSplitModels()
    {
        QTemporaryDir folder;
        auto file = made::smallGguf();
        file.pair("split.count", 2, littleEndian<std::uint16_t>(2));
        const QString path = made::write(folder.filePath(QStringLiteral("m")), file.whole());
        HALFTONE_REFUSES(Checkpoint::open(path), "split model");
    }
    void everyPrefixIsRefused()
    {
        auto builder = made::smallGguf();
        builder.data.truncate(32 + 34); // without the padding behind the last tensor
        const QByteArray file = builder.whole();
        parse(file);
        for (qsizetype length = 0; length < file.size(); ++length) {
            const std::vector<std::byte> cut(made::bytesOf(file).begin(), made::bytesOf(file).begin() + length);
            QVERIFY2(!made::errorOf([&] { parseGguf(cut, QString()); }).isEmpty(),
                     qPrintable(QString::number(length)));
        }
    }
    void everyFlippedByteIsReadOrRefused()
    {
        const QByteArray file = made::smallGguf().whole();
        for (qsizetype i = 0; i < file.size(); ++i)
            for (const int change : {1, 0x20, 0x80, 0xff}) {
                QByteArray changed = file;
                changed[i] = static_cast<char>(changed[i] ^ change);
                made::errorOf([&] { parse(changed); });
            }
    }
};

QTEST_APPLESS_MAIN(TestGguf)
#include "tst_gguf.moc"
