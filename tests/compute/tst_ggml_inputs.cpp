// SPDX-License-Identifier: GPL-3.0-or-later
// Inputs rounded as ggml rounds them, against the bytes that it makes (tests/golden/make_encode_blocks.py).
#include "base/half.h"
#include "compute/ggml_inputs.h"

#include <QFile>
#include <QMap>
#include <QtTest>
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

template <class T>
T at(const QByteArray& bytes, qsizetype place)
{
    T value;
    std::memcpy(&value, bytes.constData() + place, sizeof value);
    return value;
}

Matrix input()
{
    const QByteArray bytes = records()[QStringLiteral("input")];
    Matrix x(1, bytes.size() / 4);
    std::memcpy(x.data(), bytes.constData(), static_cast<std::size_t>(bytes.size()));
    return x;
}

} // namespace

class TestGgmlInputs : public QObject
{
    Q_OBJECT
private slots:
    void runsOf32AreThoseOfGgml()
    {
        const QByteArray blocks = records()[QStringLiteral("Q8_0")];
        Matrix x = input();
        roundGgmlInputs(GgmlInputs::Runs32, x);
        for (Index i = 0; i < x.cols(); ++i) {
            const qsizetype block = i / 32 * 34;
            QCOMPARE(x(0, i), halfToFloat(at<std::uint16_t>(blocks, block)) * static_cast<float>(at<std::int8_t>(blocks, block + 2 + i % 32)));
        }
    }
    // A block of Q8_K: a scale of fp32, 256 codes, 16 sums.
    void runsOf256AreThoseOfGgml()
    {
        const QByteArray blocks = records()[QStringLiteral("inputs Q8_K")];
        QCOMPARE(blocks.size(), qsizetype{2 * 292});
        Matrix x = input();
        const Matrix before = x;
        roundGgmlInputs(GgmlInputs::Runs256, x);
        for (Index i = 0; i < x.cols(); ++i) {
            const qsizetype block = i / 256 * 292;
            const float expected = at<float>(blocks, block) * static_cast<float>(at<std::int8_t>(blocks, block + 4 + i % 256));
            QVERIFY2(std::abs(x(0, i) - expected) <= 1e-6f * std::abs(expected), qPrintable(QString::number(i)));
        }
        QVERIFY((x - before).cwiseAbs().maxCoeff() > 1e-4f); // it does round
    }
    void everyRowHasScalesOfItsOwn()
    {
        Matrix x(2, input().cols());
        x.row(0) = input();
        x.row(1) = 100 * input();
        Matrix first = input();
        roundGgmlInputs(GgmlInputs::Runs256, x);
        roundGgmlInputs(GgmlInputs::Runs256, first);
        QVERIFY(x.row(0) == first);
        QVERIFY((x.row(1) - 100 * first).cwiseAbs().maxCoeff() < 1e-4f * x.cwiseAbs().maxCoeff());
    }
    void halvesAreRounded()
    {
        Matrix x(1, 2), y(1, 2);
        x << 1.0001f, -3.14159f;
        y = x;
        roundGgmlInputs(GgmlInputs::Half, x);
        QCOMPARE(x(0, 0), 1.0f);
        QCOMPARE(x(0, 1), -3.140625f);
        roundGgmlInputs(GgmlInputs::Bfloat16, y);
        QCOMPARE(y(0, 1), -3.140625f);
        y << 1.01f, 0.1f;
        roundGgmlInputs(GgmlInputs::Bfloat16, y);
        QCOMPARE(y(0, 0), 1.0078125f);
    }
    void everyTypeHasItsInputs()
    {
        QCOMPARE(ggmlInputs(ElementType::F32), GgmlInputs::AsTheyAre);
        QCOMPARE(ggmlInputs(ElementType::F16), GgmlInputs::Half);
        QCOMPARE(ggmlInputs(ElementType::Q2_0), GgmlInputs::Runs32);
        for (const ElementTypeInfo& type : elementTypes())
            if (type.blockElements > 1)
                QCOMPARE(ggmlInputs(type.type), type.blockElements == 256 ? GgmlInputs::Runs256 : GgmlInputs::Runs32);
    }
};

QTEST_APPLESS_MAIN(TestGgmlInputs)
#include "tst_ggml_inputs.moc"
