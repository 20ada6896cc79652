// SPDX-License-Identifier: GPL-3.0-or-later
#include "checkpoint/dequantize.h"

#include "base/error.h"
#include "checkpoint/checkpoint.h"
#include "checkpoint/make_files.h"

#include <QtTest>
#include <bit>
#include <limits>

using namespace halftone;

namespace {
struct Record
{
    QString name;
    QByteArray bytes;
    std::vector<float> floats;
};

// The layout is described in make_dequantize.py.
std::vector<Record> records(const QString& fileName)
{
    QFile file(QStringLiteral(HALFTONE_GOLDEN "/") + fileName);
    if (!file.open(QIODevice::ReadOnly))
        qFatal("golden file is missing");
    const auto number = [&] {
        std::uint32_t value = 0;
        file.read(reinterpret_cast<char*>(&value), sizeof value);
        return value;
    };
    std::vector<Record> all;
    while (!file.atEnd()) {
        Record record;
        record.name = QString::fromUtf8(file.read(number()));
        const auto bytes = number();
        record.floats.resize(number());
        record.bytes = file.read(bytes);
        file.read(reinterpret_cast<char*>(record.floats.data()),
                  static_cast<qint64>(record.floats.size() * sizeof(float)));
        all.push_back(std::move(record));
    }
    return all;
}

void compareBits(std::span<const float> values, std::span<const float> reference)
{
    for (std::size_t i = 0; i < reference.size(); ++i)
        QVERIFY2(std::bit_cast<std::uint32_t>(values[i]) == std::bit_cast<std::uint32_t>(reference[i]),
                 qPrintable(QStringLiteral("element %1: %2, reference %3")
                                .arg(i).arg(values[i]).arg(reference[i])));
}

ElementType typeNamed(const QString& wanted)
{
    for (const auto& type : elementTypes())
        if (wanted == QLatin1String(type.name))
            return type.type;
    qFatal("no such type");
}
} // namespace

class TestDequantize : public QObject
{
    Q_OBJECT
private slots:
    void decodesEveryTypeBitForBitLikeTheReference_data()
    {
        QTest::addColumn<int>("index");
        const auto all = records(QStringLiteral("dequantize.bin"));
        for (std::size_t i = 0; i < all.size(); ++i)
            QTest::newRow(qPrintable(all[i].name)) << static_cast<int>(i);
    }
    void decodesEveryTypeBitForBitLikeTheReference()
    {
        QFETCH(int, index);
        const Record record = records(QStringLiteral("dequantize.bin"))[static_cast<std::size_t>(index)];
        std::vector<float> out(record.floats.size());
        // One byte off every alignment: nothing promises that mapped blocks are aligned.
        const QByteArray shifted = 'x' + record.bytes;
        dequantize(typeNamed(record.name), made::bytesOf(shifted).subspan(1), out);
        compareBits(out, record.floats);
    }
    void everyBlockTypeHasAGolden()
    {
        QStringList names;
        for (const auto& record : records(QStringLiteral("dequantize.bin")))
            names += record.name;
        for (const auto& type : elementTypes())
            if (type.blockElements > 1)
                QVERIFY2(names.contains(QLatin1String(type.name)), type.name);
    }
    void decodesRowsOfARealModelLikeTheReference()
    {
        // The whole file is too large for the tree; with it the rows are also found by name.
        const QString path = qEnvironmentVariable("HALFTONE_SMOLLM2");
        const auto model = path.isEmpty() ? nullptr : Checkpoint::open(path);
        for (const Record& record : records(QStringLiteral("smollm2_rows.bin"))) {
            const QStringList parts = record.name.split(QLatin1Char(' '));
            std::vector<float> out(record.floats.size());
            dequantize(typeNamed(parts[0]), made::bytesOf(record.bytes), out);
            compareBits(out, record.floats);
            if (model) {
                const TensorView& tensor = model->require(parts[1]);
                QCOMPARE(name(tensor.type), parts[0]);
                model->readRows(tensor, parts[2].toLongLong(), 1, out);
                compareBits(out, record.floats);
            }
        }
        if (!model)
            QWARN("HALFTONE_SMOLLM2 is not set to SmolLM2-135M-Instruct.Q4_1.gguf: file not opened");
    }
    void decodesPlainTypes()
    {
        float out[2];
        const std::array doubles{0.1, -2.0};
        const std::array floats{0.1f, 3.0f};
        const std::array<std::uint16_t, 2> halves{0x3c00, 0xfc00};
        dequantize(ElementType::F64, std::as_bytes(std::span(doubles)), out);
        QCOMPARE(out[0], 0.1f);
        QCOMPARE(out[1], -2.0f);
        dequantize(ElementType::F32, std::as_bytes(std::span(floats)), out);
        QCOMPARE(out[0], 0.1f);
        dequantize(ElementType::F16, std::as_bytes(std::span(halves)), out);
        QCOMPARE(out[0], 1.0f);
        QCOMPARE(out[1], -std::numeric_limits<float>::infinity());
    }
    void refusesIntegersPackedAndWrongSizes()
    {
        const std::array<std::byte, 64> bytes{};
        std::array<float, 64> out{};
        for (const auto type : {ElementType::I8, ElementType::U8, ElementType::Bool, ElementType::Packed})
            HALFTONE_REFUSES(dequantize(type, bytes, out), "cannot be decoded");
        HALFTONE_REFUSES(dequantize(ElementType::F16, bytes, out), "cannot be decoded");
        HALFTONE_REFUSES(dequantize(ElementType::Q8_0, bytes, out), "cannot be decoded");
        HALFTONE_REFUSES(dequantize(ElementType::Q8_0, std::span(bytes).first(34), std::span(out).first(33)),
                         "cannot be decoded");
    }
};

QTEST_APPLESS_MAIN(TestDequantize)
#include "tst_dequantize.moc"
