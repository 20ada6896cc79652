// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/error.h"
#include "base/parallel.h"
#include "inspect/salience_curve.h"

#include <QtTest>
#include <algorithm>
#include <cmath>
#include <random>

using namespace halftone;

namespace {

Matrix bell(Index rows, Index columns)
{
    std::mt19937 random(11);
    std::normal_distribution<double> draw(0, 0.02);
    Matrix matrix(rows, columns);
    for (Index i = 0; i < matrix.size(); ++i)
        matrix.data()[i] = float(draw(random));
    return matrix;
}

std::vector<double> ramp(Index columns, double from, double to)
{
    std::vector<double> values;
    for (Index c = 0; c < columns; ++c)
        values.push_back(from + (to - from) * double(c) / double(columns));
    return values;
}

// PB-LLM's rounding as written in the paper's code, weight by weight, in double.
double naiveError(const Matrix& matrix, const SalienceSettings& settings, double ratio)
{
    const MatrixD w = matrix.cast<double>();
    MatrixD saliency = w.array().abs();
    if (!settings.columnWeights.empty())
        for (Index c = 0; c < w.cols(); ++c)
            saliency.col(c) = w.col(c).array().square() * settings.columnWeights[std::size_t(c)];
    std::vector<double> sorted(saliency.data(), saliency.data() + saliency.size());
    std::sort(sorted.begin(), sorted.end());
    const auto low = std::size_t(std::llround((1 - ratio) * double(sorted.size())));
    const double threshold = low == 0 ? -1 : sorted[low - 1];
    double error = 0, energy = 0;
    for (Index r = 0; r < w.rows(); ++r) {
        double mu = 0, alpha = 0, minimum = 0, maximum = 0;
        for (Index c = 0; c < w.cols(); ++c) {
            mu += saliency(r, c) <= threshold ? w(r, c) / double(w.cols()) : 0;
            minimum = std::min(minimum, w(r, c));
            maximum = std::max(maximum, w(r, c));
        }
        for (Index c = 0; c < w.cols(); ++c)
            alpha += std::abs((saliency(r, c) <= threshold ? w(r, c) : 0) - mu) / double(w.cols());
        const double step = (maximum - minimum) / 255;
        const double zero = std::round(-minimum / step);
        for (Index c = 0; c < w.cols(); ++c) {
            const double d = settings.errorWeights.empty() ? 1 : settings.errorWeights[std::size_t(c)];
            const double coded = saliency(r, c) <= threshold
                                     ? mu + (w(r, c) < mu ? -alpha : alpha)
                                     : step * (std::clamp(std::round(w(r, c) / step) + zero, 0.0, 255.0) - zero);
            error += d * (w(r, c) - coded) * (w(r, c) - coded);
            energy += d * w(r, c) * w(r, c);
        }
    }
    return error / energy;
}

} // namespace

class SalienceCurveTest : public QObject
{
    Q_OBJECT

private slots:
    void cleanup() { setThreadCount(0); }

    void agreesWithRoundingEveryWeight_data()
    {
        QTest::addColumn<bool>("hessian");
        QTest::addColumn<double>("ratio");
        for (bool hessian : {false, true})
            for (double ratio : {0.0, 0.01, 0.05, 0.1, 0.237, 0.5, 0.63, 0.75, 0.9, 0.95})
                QTest::addRow("%s %g", hessian ? "hessian" : "magnitude", ratio) << hessian << ratio;
    }

    void agreesWithRoundingEveryWeight()
    {
        QFETCH(bool, hessian);
        QFETCH(double, ratio);
        // So many weights that the luck of rounding them, of mean step^2 / 12, averages out.
        const Matrix matrix = bell(600, 1040);
        const auto columnWeights = ramp(1040, 0.5, 30);
        const auto errorWeights = ramp(1040, 8, 0.2);
        SalienceSettings settings;
        if (hessian) {
            settings.columnWeights = columnWeights;
            settings.errorWeights = errorWeights;
        }
        Progress progress;
        const SalienceCurve curve = SalienceCurve::build(rowsOf(matrix), settings, progress);
        const double found = curve.at(ratio).error;
        const double expected = naiveError(matrix, settings, ratio);
        QVERIFY2(std::abs(found - expected) < 0.004 * expected,
                 qPrintable(QStringLiteral("%1, not %2").arg(found).arg(expected)));
        QCOMPARE(curve.dataFree(), !hessian);
    }

    void thresholdLeavesTheRatio()
    {
        const Matrix matrix = bell(200, 500);
        Progress progress;
        const SalienceCurve curve = SalienceCurve::build(rowsOf(matrix), {}, progress);
        for (double ratio : {0.02, 0.1, 0.3, 0.7}) {
            const auto threshold = float(curve.at(ratio).threshold);
            const double share =
                double((matrix.array().abs() >= threshold).count()) / double(matrix.size());
            QVERIFY(std::abs(share - ratio) < 0.004);
        }
    }

    void countsBitsAsThePaperAndAsTheDisk()
    {
        const Matrix matrix = bell(4, 4096);
        Progress progress;
        const SalienceCurve curve = SalienceCurve::build(rowsOf(matrix), {}, progress);
        QVERIFY(std::abs(curve.at(0.1).nominalBits - 2.7) < 1e-12);
        // 0.8 + 0.9 + H2(0.1) + 56 / 4096
        QVERIFY(std::abs(curve.at(0.1).diskBits - (1.7 + 0.4689955936 + 0.013671875)) < 1e-9);
        QCOMPARE(curve.at(-3).ratio, 0.0);
        QCOMPARE(curve.at(7).nominalBits, 9.0);
    }

    void standsTiesAndZeros()
    {
        Progress progress;
        const Matrix zeros = Matrix::Zero(3, 5);
        QCOMPARE(SalienceCurve::build(rowsOf(zeros), {}, progress).at(0.3).error, 0.0);
        const Matrix same = Matrix::Constant(4, 8, -0.5f);
        const SalienceCurve curve = SalienceCurve::build(rowsOf(same), {}, progress);
        for (double ratio : {0.0, 0.4, 1.0})
            QVERIFY(std::isfinite(curve.at(ratio).error));
        QVERIFY(curve.at(0).error < 1e-12);
        QCOMPARE(SalienceCurve::build(rowsOf(Matrix(0, 0)), {}, progress).at(0.5).error, 0.0);
    }

    void refusesColumnWeightsOfAnotherWidth()
    {
        const Matrix matrix = bell(2, 6);
        const std::vector<double> five(5, 1.0);
        SalienceSettings settings;
        settings.errorWeights = five;
        Progress progress;
        QVERIFY_EXCEPTION_THROWN(SalienceCurve::build(rowsOf(matrix), settings, progress), Error);
    }

    void doesNotDependOnTheNumberOfThreads()
    {
        const Matrix matrix = bell(1400, 700);
        Progress progress;
        setThreadCount(1);
        const auto one = SalienceCurve::build(rowsOf(matrix), {}, progress);
        setThreadCount(5);
        const auto five = SalienceCurve::build(rowsOf(matrix), {}, progress);
        for (double ratio : {0.03, 0.2, 0.6})
            QVERIFY(one.at(ratio).error == five.at(ratio).error);
    }
};

QTEST_GUILESS_MAIN(SalienceCurveTest)
#include "tst_salience_curve.moc"
