// SPDX-License-Identifier: GPL-3.0-or-later
// Encoded blocks against the bytes that ggml makes (tests/golden/make_encode_blocks.py).
#include "base/error.h"
#include "checkpoint/dequantize.h"
#include "export/encode_blocks.h"

#include <QFile>
#include <QMap>
#include <QtTest>
#include <cmath>
#include <cstring>

using namespace halftone;

namespace {

QMap<QString, QByteArray> records()
{
    QFile file(QStringLiteral(HALFTONE_GOLDEN "/encode_blocks.bin"));
    if (!file.open(QIODevice::ReadOnly))
        qFatal("encode_blocks.bin cannot be read");
    QMap<QString, QByteArray> out;
    const auto number = [&] {
        quint32 n = 0;
        file.read(reinterpret_cast<char*>(&n), 4);
        return n;
    };
    while (!file.atEnd()) {
        const QString name = QString::fromLatin1(file.read(number()));
        out[name] = file.read(number());
    }
    return out;
}

std::vector<float> input()
{
    const QByteArray bytes = records()[QStringLiteral("input")];
    std::vector<float> x(static_cast<std::size_t>(bytes.size()) / 4);
    std::memcpy(x.data(), bytes.data(), static_cast<std::size_t>(bytes.size()));
    return x;
}

std::vector<std::byte> encoded(ElementType type, const std::vector<float>& x)
{
    const auto count = static_cast<std::int64_t>(x.size());
    std::vector<std::byte> out(static_cast<std::size_t>(storedBytes(type, count, count).value()));
    encodeBlocks(type, x, out);
    return out;
}

double squaredError(ElementType type, std::span<const std::byte> bytes, const std::vector<float>& x)
{
    std::vector<float> back(x.size());
    dequantize(type, bytes, back);
    double error = 0;
    for (std::size_t i = 0; i < x.size(); ++i)
        error += std::pow(double{x[i]} - double{back[i]}, 2);
    return error;
}

} // namespace

class TestEncodeBlocks : public QObject
{
    Q_OBJECT
private slots:
    void givesTheBytesOfGgml_data()
    {
        QTest::addColumn<bool>("exact");
        for (const char* name : {"Q8_0", "Q4_0", "Q4_1", "TQ1_0", "TQ2_0", "Q1_0"})
            QTest::newRow(name) << true;
        for (const char* name : {"Q2_0", "Q4_K", "Q6_K"})
            QTest::newRow(name) << false;
    }
    // Where the scales are searched for, the error may not exceed that of ggml's search by over 2 %.
    void givesTheBytesOfGgml()
    {
        QFETCH(bool, exact);
        const QString name = QString::fromLatin1(QTest::currentDataTag());
        const ElementType type = encodableType(name);
        const std::vector<float> x = input();
        const std::vector<std::byte> ours = encoded(type, x);
        const QByteArray theirs = records()[name];
        QCOMPARE(ours.size(), static_cast<std::size_t>(theirs.size()));
        if (exact)
            QVERIFY(std::memcmp(ours.data(), theirs.data(), ours.size()) == 0);
        const double mine = squaredError(type, ours, x);
        const double golden = squaredError(
            type, {reinterpret_cast<const std::byte*>(theirs.data()), static_cast<std::size_t>(theirs.size())}, x);
        QVERIFY2(mine <= 1.02 * golden, qPrintable(QStringLiteral("%1, not %2").arg(mine).arg(golden)));
    }
    void everyTypeKeepsZerosAndItsOwnValues()
    {
        for (const ElementType type : encodableTypes()) {
            const std::vector<float> zeros(512, 0.0f);
            const auto nothing = encoded(type, zeros);
            QVERIFY2(squaredError(type, nothing, zeros) == 0, qPrintable(name(type)));
            // Numbers that the type holds exactly come back as they were.
            std::vector<float> held(512);
            dequantize(type, encoded(type, input()), held);
            const double moved = squaredError(type, encoded(type, held), held);
            double size = 0;
            for (const float v : held)
                size += double{v} * double{v};
            const bool ternaryMean = type == ElementType::Q1_0; // a mean may differ in its last bit
            QVERIFY2(moved <= (ternaryMean ? 1e-6 : 1e-5) * size,
                     qPrintable(QStringLiteral("%1: %2 of %3").arg(name(type)).arg(moved).arg(size)));
        }
    }
    void refusesWhatItCannotWrite()
    {
        QVERIFY_EXCEPTION_THROWN(encodableType(QStringLiteral("iq2_xs")), Error);
        std::vector<float> x(32);
        std::vector<std::byte> out(64);
        QVERIFY_EXCEPTION_THROWN(encodeBlocks(ElementType::Q5_K, x, out), Error);
        QVERIFY_EXCEPTION_THROWN(encodeBlocks(ElementType::Q8_0, x, out), Error);
        QVERIFY_EXCEPTION_THROWN(encodeBlocks(ElementType::TQ2_0, x, out), Error);
    }
};

QTEST_GUILESS_MAIN(TestEncodeBlocks)
#include "tst_encode_blocks.moc"
