// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/error.h"
#include "base/parallel.h"
#include "inspect/tensor_stats.h"

#include <QtTest>
#include <cmath>
#include <limits>
#include <random>

using namespace halftone;

namespace {

Matrix heavyTailed(Index rows, Index columns)
{
    std::mt19937 random(7);
    std::student_t_distribution<double> draw(5);
    Matrix matrix(rows, columns);
    for (Index i = 0; i < matrix.size(); ++i)
        matrix.data()[i] = float(0.02 * draw(random) + 0.001);
    for (Index i = 0; i < matrix.size(); i += 17)
        matrix.data()[i] = 0;
    return matrix;
}

TensorStats statsOf(const Matrix& matrix)
{
    Progress progress;
    return computeStats(rowsOf(matrix), progress);
}

} // namespace

class TensorStatsTest : public QObject
{
    Q_OBJECT

private slots:
    void cleanup() { setThreadCount(0); }

    void agreesWithTheDefinition_data()
    {
        QTest::addColumn<int>("rows");
        QTest::addColumn<int>("columns");
        QTest::newRow("one weight") << 1 << 1;
        QTest::newRow("one row") << 1 << 1000;
        QTest::newRow("odd") << 33 << 7;
        QTest::newRow("several tiles") << 1501 << 577;
    }

    void agreesWithTheDefinition()
    {
        QFETCH(int, rows);
        QFETCH(int, columns);
        const Matrix matrix = heavyTailed(rows, columns);
        const TensorStats stats = statsOf(matrix);
        const MatrixD exact = matrix.cast<double>();
        const double mean = exact.mean();
        const auto centred = (exact.array() - mean).eval();
        const double variance = centred.square().mean();
        QCOMPARE(stats.count, std::int64_t(matrix.size()));
        QCOMPARE(stats.minimum, exact.minCoeff());
        QCOMPARE(stats.maximum, exact.maxCoeff());
        QVERIFY(std::abs(stats.mean - mean) < 1e-14);
        QVERIFY(std::abs(stats.deviation - std::sqrt(variance)) < 1e-12);
        if (variance > 0) {
            const double kurtosis = centred.square().square().mean() / (variance * variance) - 3;
            QVERIFY(std::abs(stats.excessKurtosis - kurtosis) < 1e-9 * (1 + std::abs(kurtosis)));
        }
        QCOMPARE(stats.zeroCount, std::int64_t((exact.array() == 0).count()));
        QCOMPARE(stats.outlierCount,
                 std::int64_t((centred.abs() > kOutlierDeviations * std::sqrt(variance)).count()));
        std::int64_t total = 0;
        for (auto count : stats.histogram.counts)
            total += count;
        QCOMPARE(total, stats.count);
    }

    void putsEachValueInItsBin()
    {
        Matrix matrix(1, 257);
        for (Index i = 0; i < 257; ++i)
            matrix(0, i) = float(i);
        const Histogram histogram = statsOf(matrix).histogram;
        QCOMPARE(histogram.low, 0.0);
        QCOMPARE(histogram.high, 256.0);
        for (std::size_t i = 0; i + 1 < histogram.counts.size(); ++i)
            QCOMPARE(histogram.counts[i], std::int64_t(1));
        QCOMPARE(histogram.counts.back(), std::int64_t(2));
    }

    // Of a bell the share beyond its 99.5 % quantile z = 2.5758 on both sides: 2 (z phi(z) + 1 - Phi(z)).
    void tellsHowMuchTheLargestHold()
    {
        std::mt19937 random(3);
        std::normal_distribution<double> draw(0, 0.02);
        Matrix bell(600, 1000);
        for (Index i = 0; i < bell.size(); ++i)
            bell.data()[i] = float(draw(random));
        Progress progress;
        const double share = computeStats(rowsOf(bell), progress).topShare;
        QVERIFY2(std::abs(share - 0.08449) < 0.004, qPrintable(QString::number(share)));
        const Matrix even = Matrix::Constant(100, 100, -2.0f);
        QVERIFY(std::abs(computeStats(rowsOf(even), progress).topShare - 0.01) < 1e-9);
        QCOMPARE(computeStats(rowsOf(Matrix(Matrix::Zero(4, 4))), progress).topShare, 0.0);
    }

    void leavesOutWhatIsNotFinite()
    {
        Matrix matrix = heavyTailed(40, 50);
        const TensorStats clean = statsOf(matrix);
        Matrix wider(40, 52);
        wider.leftCols(50) = matrix;
        wider.col(50).setConstant(std::numeric_limits<float>::quiet_NaN());
        wider.col(51).setConstant(-std::numeric_limits<float>::infinity());
        const TensorStats stats = statsOf(wider);
        QCOMPARE(stats.nanCount, std::int64_t(40));
        QCOMPARE(stats.infiniteCount, std::int64_t(40));
        QCOMPARE(stats.finiteCount(), clean.count);
        QCOMPARE(stats.minimum, clean.minimum);
        QVERIFY(std::abs(stats.deviation - clean.deviation) < 1e-12);
        QCOMPARE(stats.histogram.counts, clean.histogram.counts);
    }

    void survivesNothingToCount()
    {
        QCOMPARE(statsOf(Matrix(0, 5)).count, std::int64_t(0));
        Matrix nans = Matrix::Constant(2, 3, std::numeric_limits<float>::quiet_NaN());
        QCOMPARE(statsOf(nans).nanCount, std::int64_t(6));
        QVERIFY(statsOf(nans).histogram.counts.empty());
        const TensorStats flat = statsOf(Matrix::Constant(3, 3, 2.5f));
        QCOMPARE(flat.deviation, 0.0);
        QCOMPARE(flat.histogram.counts.front(), std::int64_t(9));
    }

    void doesNotDependOnTheNumberOfThreads()
    {
        const Matrix matrix = heavyTailed(1501, 577);
        setThreadCount(1);
        const TensorStats one = statsOf(matrix);
        setThreadCount(5);
        const TensorStats five = statsOf(matrix);
        QVERIFY(one.mean == five.mean && one.deviation == five.deviation);
        QVERIFY(one.excessKurtosis == five.excessKurtosis);
        QCOMPARE(one.histogram.counts, five.histogram.counts);
    }

    void stopsWhenCancelled()
    {
        Progress progress;
        progress.cancel();
        const Matrix matrix = heavyTailed(10, 10);
        QVERIFY_EXCEPTION_THROWN(computeStats(rowsOf(matrix), progress), Cancelled);
    }
};

QTEST_GUILESS_MAIN(TensorStatsTest)
#include "tst_tensor_stats.moc"
