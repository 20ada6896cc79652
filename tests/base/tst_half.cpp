// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/half.h"

#include <QtTest>
#include <cmath>
#include <limits>
#include <vector>

using namespace halftone;

class TestHalf : public QObject
{
    Q_OBJECT
private slots:
    void everyHalfSurvivesTheWayThereAndBack()
    {
        for (std::uint32_t bits = 0; bits <= 0xffff; ++bits) {
            const auto half = static_cast<std::uint16_t>(bits);
            const float value = halfToFloat(half);
            if (std::isnan(value))
                continue;
            QCOMPARE(floatToHalf(value), half);
            float fromBytes = 0;
            halfToFloat(std::as_bytes(std::span(&half, 1)), std::span(&fromBytes, 1));
            QVERIFY(fromBytes == value);
        }
    }
    void arraysGiveWhatSingleNumbersDo()
    {
        std::vector<std::uint16_t> halves(0x10000 + 5); // the last ones fill no register
        for (std::size_t i = 0; i < halves.size(); ++i)
            halves[i] = static_cast<std::uint16_t>(i);
        std::vector<float> floats(halves.size());
        halfToFloat(std::as_bytes(std::span(halves)), floats);
        for (std::size_t i = 0; i < halves.size(); ++i) {
            const float alone = halfToFloat(halves[i]);
            QVERIFY2(std::isnan(alone) ? std::isnan(floats[i]) : floats[i] == alone && std::signbit(floats[i]) == std::signbit(alone),
                     qPrintable(QString::number(halves[i], 16)));
        }
    }
    void roundsToNearestEven()
    {
        QCOMPARE(floatToHalf(1.0f + 0x1p-11f), std::uint16_t{0x3c00});
        QCOMPARE(floatToHalf(1.0f + 3 * 0x1p-11f), std::uint16_t{0x3c02});
        QCOMPARE(floatToHalf(65520.0f), std::uint16_t{0x7c00});
        QCOMPARE(floatToBfloat16(1.0f + 0x1p-8f), std::uint16_t{0x3f80});
        QCOMPARE(floatToBfloat16(1.0f + 3 * 0x1p-8f), std::uint16_t{0x3f82});
    }
    void keepsInfinityAndNotANumber()
    {
        const float infinity = std::numeric_limits<float>::infinity();
        QCOMPARE(roundToHalf(infinity), infinity);
        QVERIFY(std::isnan(roundToHalf(std::numeric_limits<float>::quiet_NaN())));
        QVERIFY(std::isnan(bfloat16ToFloat(
            floatToBfloat16(std::numeric_limits<float>::quiet_NaN()))));
    }
};

QTEST_APPLESS_MAIN(TestHalf)
#include "tst_half.moc"
