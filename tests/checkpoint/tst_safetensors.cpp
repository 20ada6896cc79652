// SPDX-License-Identifier: GPL-3.0-or-later
#include "checkpoint/safetensors.h"

#include "base/error.h"
#include "checkpoint/make_files.h"

#include <QTemporaryDir>
#include <QtTest>

using namespace halftone;

namespace {
SafetensorsContent parse(const QByteArray& file)
{
    return parseSafetensors(made::bytesOf(file), QStringLiteral("'x'"));
}

/// A header whose one tensor "w" has these parts, with four bytes of data.
SafetensorsContent parseTensor(const QByteArray& parts, int dataBytes = 4)
{
    return parse(made::safetensors("{\"w\":{" + parts + "}}", QByteArray(dataBytes, '\0')));
}
} // namespace

class TestSafetensors : public QObject
{
    Q_OBJECT
private slots:
    void readsTensorsAndMetadata()
    {
        const QByteArray file = made::smallSafetensors();
        const auto content = parse(file);
        QCOMPARE(content.tensors.size(), std::size_t{2});
        QCOMPARE(content.tensors[0].name, QStringLiteral("a"));
        QCOMPARE(content.tensors[0].type, ElementType::F32);
        QCOMPARE(content.tensors[0].shape, (std::vector<std::int64_t>{2, 3}));
        QCOMPARE(content.tensors[0].bytes.size(), std::size_t{24});
        QCOMPARE(content.tensors[1].bytes.data() + 8, made::bytesOf(file).data() + file.size());
        QCOMPARE(content.metadata.at("format"), std::string("pt"));
    }
    void listsTensorsByPosition()
    {
        const auto content = parse(made::safetensors(
            "{\"z\":{\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[1,2]},"
            "\"a\":{\"shape\":[1],\"data_offsets\":[2,3],\"dtype\":\"BOOL\"},"
            "\"m\":{\"data_offsets\":[0,1],\"dtype\":\"I8\",\"shape\":[]}}",
            "123"));
        QCOMPARE(content.tensors[0].name, QStringLiteral("m"));
        QCOMPARE(content.tensors[2].name, QStringLiteral("a"));
        QCOMPARE(content.tensors[0].elements(), 1);
    }
    void acceptsEveryPlainTypeAndEmptyTensors()
    {
        for (const char* type : {"F64", "F32", "F16", "BF16", "I64", "I32", "I16", "I8", "U8", "BOOL"})
            QVERIFY(parseTensor(QByteArray("\"dtype\":\"") + type + "\",\"shape\":[0,5],\"data_offsets\":[0,0]", 0)
                        .tensors[0].bytes.empty());
        QVERIFY(parse(made::safetensors("{}", {})).tensors.empty());
    }
    void refusesUnknownTypesByName()
    {
        for (const char* type : {"F8_E4M3", "F4", "U16", "C64", "Q8_0", "PACKED", "f32"}) {
            const QString sentence = made::errorOf([&] {
                parseTensor(QByteArray("\"dtype\":\"") + type + "\",\"shape\":[1],\"data_offsets\":[0,4]");
            });
            QVERIFY2(sentence.contains(QLatin1Char('\'') + QLatin1String(type)), qPrintable(sentence));
        }
    }
    void rejectsHeaderLongerThanFile()
    {
        QByteArray file = made::smallSafetensors();
        HALFTONE_REFUSES(parse(made::littleEndian<std::uint64_t>(1000) + file.mid(8)), "claims 1000 bytes");
        HALFTONE_REFUSES(parse(made::littleEndian(UINT64_MAX) + file.mid(8)), "at most 100000000");
        HALFTONE_REFUSES(parse(made::littleEndian<std::uint64_t>(100000001) + file.mid(8)), "at most");
        HALFTONE_REFUSES(parse(made::littleEndian<std::uint64_t>(0) + file.mid(8)), "does not begin with '{'");
    }
    void rejectsWhatIsNotTheHeadersShape()
    {
        const QByteArray good = "\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]";
        QCOMPARE(parseTensor(good).tensors.size(), std::size_t{1});
        for (const char* bad :
             {"\"dtype\":\"F32\",\"shape\":[1]", "\"dtype\":5,\"shape\":[1],\"data_offsets\":[0,4]",
              "\"dtype\":\"F32\",\"shape\":1,\"data_offsets\":[0,4]",
              "\"dtype\":\"F32\",\"shape\":[-1],\"data_offsets\":[0,4]",
              "\"dtype\":\"F32\",\"shape\":[1.0],\"data_offsets\":[0,4]",
              "\"dtype\":\"F32\",\"shape\":[[1]],\"data_offsets\":[0,4]",
              "\"dtype\":\"F32\",\"shape\":[null],\"data_offsets\":[0,4]",
              "\"dtype\":\"F32\",\"shape\":\"1\",\"data_offsets\":[0,4]",
              "\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0]",
              "\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4,4]",
              "\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":{\"a\":1}",
              "\"dtype\":\"F32\",\"shape\":[1],\"offsets\":[0,4]",
              "\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4],\"more\":1"})
            QVERIFY2(!made::errorOf([&] { parseTensor(bad); }).isEmpty(), bad);
        for (const char* header : {"[]", "{\"w\":5}", "{\"w\":\"x\"}", "{\"w\":[1]}", "{\"__metadata__\":{\"a\":1}}",
                                   "{\"__metadata__\":{\"a\":{}}}", "{} {}", "{\"w\":{}}", "{\"w\":null}"})
            QVERIFY2(!made::errorOf([&] { parse(made::safetensors(header, {})); }).isEmpty(), header);
    }
    void rejectsDuplicates()
    {
        HALFTONE_REFUSES(parseTensor("\"dtype\":\"F32\",\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]"),
                         "'dtype' appears twice");
        HALFTONE_REFUSES(parse(made::safetensors("{\"__metadata__\":{\"a\":\"\",\"a\":\"\"}}", {})), "appears twice");
        HALFTONE_REFUSES(parse(made::safetensors("{\"__metadata__\":{},\"__metadata__\":{}}", {})), "appears twice");
        QTemporaryDir folder;
        const QString path = made::write(folder.filePath(QStringLiteral("x")), made::smallSafetensors("a", "a"));
        HALFTONE_REFUSES(Checkpoint::open(path), "Tensor 'a' appears twice");
    }
    void rejectsOverlapsHolesAndTails()
    {
        const auto two = [](const QByteArray& first, const QByteArray& second, int bytes) {
            return parse(made::safetensors(
                "{\"a\":{\"dtype\":\"U8\",\"shape\":[4],\"data_offsets\":" + first +
                    "},\"b\":{\"dtype\":\"U8\",\"shape\":[4],\"data_offsets\":" + second + "}}",
                QByteArray(bytes, '\0')));
        };
        QCOMPARE(two("[0,4]", "[4,8]", 8).tensors.size(), std::size_t{2});
        QCOMPARE(two("[4,8]", "[0,4]", 8).tensors.size(), std::size_t{2});
        HALFTONE_REFUSES(two("[0,4]", "[3,7]", 7), "begins at byte 3");
        HALFTONE_REFUSES(two("[0,4]", "[0,4]", 4), "begins at byte 0");
        HALFTONE_REFUSES(two("[0,4]", "[5,9]", 9), "begins at byte 5");
        HALFTONE_REFUSES(two("[1,5]", "[5,9]", 9), "begins at byte 1");
        HALFTONE_REFUSES(two("[0,4]", "[4,8]", 9), "end at byte 8");
        HALFTONE_REFUSES(two("[0,4]", "[4,8]", 7), "cut short");
        HALFTONE_REFUSES(two("[0,4]", "[8,4]", 8), "lies at bytes 8 to 4");
    }
    void rejectsSizesThatDoNotMatchOrOverflow()
    {
        HALFTONE_REFUSES(parseTensor("\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,4]"), "2 elements");
        HALFTONE_REFUSES(parseTensor("\"dtype\":\"F32\",\"shape\":[4611686018427387905],\"data_offsets\":[0,4]"),
                         "set aside");
        HALFTONE_REFUSES(parseTensor("\"dtype\":\"F32\",\"shape\":[4294967296,4294967296],\"data_offsets\":[0,0]", 0),
                         "product is too large");
        HALFTONE_REFUSES(
            parseTensor("\"dtype\":\"F32\",\"shape\":[4294967296,4294967296,0],\"data_offsets\":[0,0]", 0),
            "product is too large");
        HALFTONE_REFUSES(parseTensor("\"dtype\":\"F32\",\"shape\":[18446744073709551615],\"data_offsets\":[0,4]"),
                         "extent");
        HALFTONE_REFUSES(parseTensor("\"dtype\":\"F32\",\"shape\":[99999999999999999999],\"data_offsets\":[0,4]"),
                         "not a whole number");
    }
    void everyPrefixIsRefused()
    {
        const QByteArray file = made::smallSafetensors();
        for (qsizetype length = 0; length < file.size(); ++length) {
            const std::vector<std::byte> cut(made::bytesOf(file).begin(), made::bytesOf(file).begin() + length);
            QVERIFY2(!made::errorOf([&] { parseSafetensors(cut, QString()); }).isEmpty(),
                     qPrintable(QString::number(length)));
        }
    }
    void everyPrefixOnDiskIsRefused()
    {
        QTemporaryDir folder;
        const QByteArray file = made::smallSafetensors();
        for (qsizetype length = 0; length < file.size(); ++length) {
            const QString path = made::write(folder.filePath(QStringLiteral("cut")), file.left(length));
            QVERIFY(!made::errorOf([&] { Checkpoint::open(path); }).isEmpty());
        }
    }
    void everyFlippedByteIsReadOrRefused()
    {
        const QByteArray file = made::smallSafetensors();
        for (qsizetype i = 0; i < file.size(); ++i)
            for (const int change : {1, 0x20, 0x80, 0xff}) {
                QByteArray changed = file;
                changed[i] = static_cast<char>(changed[i] ^ change);
                made::errorOf([&] { parse(changed); });
            }
    }
};

QTEST_APPLESS_MAIN(TestSafetensors)
#include "tst_safetensors.moc"
