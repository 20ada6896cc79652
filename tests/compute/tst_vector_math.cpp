// SPDX-License-Identifier: GPL-3.0-or-later
#include "compute/vector_math.h"

#include <QtTest>
#include <cmath>
#include <limits>

using namespace halftone;

class TestVectorMath : public QObject
{
    Q_OBJECT
private slots:
    void singleExponentialIsWithinTwoUlp()
    {
        double worst = 0;
        for (float x = -87.0f; x <= 88.0f; x += 0.000713f) {
            const double want = std::exp(static_cast<double>(x));
            const float rounded = static_cast<float>(want);
            const double ulp = std::nextafter(rounded, HUGE_VALF) - rounded;
            worst = std::max(worst, std::abs(static_cast<double>(cpu::fastExp(x)) - want) / ulp);
        }
        qInfo("largest error %.3f ulp", worst);
        QVERIFY(worst < 2);
    }
    void doubleExponentialIsWithinTwoUlp()
    {
        double worst = 0;
        for (double x = -708.0; x <= 709.0; x += 0.00317) {
            const double want = std::exp(x);
            const double ulp = std::nextafter(want, HUGE_VAL) - want;
            worst = std::max(worst, std::abs(cpu::fastExp(x) - want) / ulp);
        }
        qInfo("largest error %.3f ulp", worst);
        QVERIFY(worst < 2);
    }
    void farBelowIsZeroAndZeroIsOne()
    {
        QCOMPARE(cpu::fastExp(0.0f), 1.0f);
        QCOMPARE(cpu::fastExp(0.0), 1.0);
        QCOMPARE(cpu::fastExp(-std::numeric_limits<float>::infinity()), 0.0f);
        QCOMPARE(cpu::fastExp(-std::numeric_limits<double>::infinity()), 0.0);
        QCOMPARE(cpu::fastExp(-1000.0f), 0.0f);
    }
};

QTEST_APPLESS_MAIN(TestVectorMath)
#include "tst_vector_math.moc"
