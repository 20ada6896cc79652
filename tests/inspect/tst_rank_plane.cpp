// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/error.h"
#include "base/parallel.h"
#include "inspect/rank_plane.h"
#include "quantize/salience.h"

#include <QtTest>
#include <cmath>
#include <random>

using namespace halftone;

namespace {

Matrix bell(Index rows, Index columns)
{
    std::mt19937 random(5);
    std::normal_distribution<double> draw(0, 0.02);
    Matrix matrix(rows, columns);
    for (Index i = 0; i < matrix.size(); ++i)
        matrix.data()[i] = float(draw(random));
    return matrix;
}

VectorD diagonal(Index columns)
{
    VectorD d(columns);
    for (Index c = 0; c < columns; ++c)
        d[c] = 0.2 + double(c % 17) / 5;
    return d;
}

std::vector<double> weightsOf(const VectorD& d)
{
    std::vector<double> weights;
    for (Index c = 0; c < d.size(); ++c)
        weights.push_back(1 / (d[c] * d[c]));
    return weights;
}

// Share of weights on which the plane and the quantizer's own selection disagree.
double disagreement(const RankPlane& plane, const CodeMatrix& marks, double ratio)
{
    Index different = 0;
    for (Index r = 0; r < plane.rows(); ++r)
        for (Index c = 0; c < plane.columns(); ++c)
            different += plane.salient(r, c, ratio) != (marks(marks.rows() == 1 ? 0 : r, c) == 1);
    return double(different) / double(plane.rows() * plane.columns());
}

} // namespace

class RankPlaneTest : public QObject
{
    Q_OBJECT

private slots:
    void cleanup() { setThreadCount(0); }

    void masksAreTheQuantizersOwnButForTies_data()
    {
        QTest::addColumn<bool>("hessian");
        QTest::addColumn<bool>("columns");
        QTest::addColumn<int>("group");
        QTest::addColumn<double>("allowed");
        QTest::newRow("magnitude") << false << false << 0 << 0.001;
        QTest::newRow("Hessian") << true << false << 0 << 0.001;
        QTest::newRow("groups") << true << false << 96 << 0.004;
        QTest::newRow("columns") << true << true << 0 << 0.01;
    }

    void masksAreTheQuantizersOwnButForTies()
    {
        QFETCH(bool, hessian);
        QFETCH(bool, columns);
        QFETCH(int, group);
        QFETCH(double, allowed);
        const Matrix weights = bell(123, 410);
        const VectorD d = diagonal(weights.cols());
        const std::vector<double> columnWeights = weightsOf(d);
        Progress progress;
        RankSettings settings;
        if (hessian)
            settings.columnWeights = columnWeights;
        settings.wholeColumns = columns;
        settings.groupColumns = group;
        const RankPlane plane = RankPlane::build(rowsOf(weights), settings, progress);
        QCOMPARE(plane.rows(), std::int64_t(weights.rows()));
        const Matrix saliency = hessian ? hessianSaliency(weights, d) : magnitudeSaliency(weights);
        for (const double ratio : {0.0, 0.01, 0.05, 0.137, 0.3, 0.5, 0.9, 1.0}) {
            const CodeMatrix marks =
                selectSalient(saliency, ratio, columns ? Selection::Column : Selection::Element, group);
            const double off = disagreement(plane, marks, ratio);
            QVERIFY2(off <= allowed, qPrintable(QStringLiteral("%1 at a ratio of %2").arg(off).arg(ratio)));
        }
    }

    void ranksCountTheMoreSalient()
    {
        const Matrix weights = bell(40, 50);
        Progress progress;
        const RankPlane plane = RankPlane::build(rowsOf(weights), {}, progress);
        for (Index i = 0; i < weights.size(); i += 13) {
            Index above = 0;
            for (Index j = 0; j < weights.size(); ++j)
                above += std::abs(weights.data()[j]) > std::abs(weights.data()[i]);
            const double rank = plane.rank(i / weights.cols(), i % weights.cols());
            QVERIFY(std::abs(rank - double(above) / double(weights.size())) < 0.004);
        }
    }

    void cellsShareTheirSalientWeights()
    {
        const Matrix weights = bell(97, 131);
        Progress progress;
        const RankPlane plane = RankPlane::build(rowsOf(weights), {}, progress);
        const HeatWindow window{3, 6, 4, 30, 40}; // beyond both far edges
        const std::vector<HeatCell> cells = plane.maskCells(window, 0.2);
        for (Index r = 0; r < window.rows; ++r)
            for (Index c = 0; c < window.columns; ++c) {
                double salient = 0, all = 0;
                for (Index y = 3 + 4 * r; y < std::min<Index>(97, 7 + 4 * r); ++y)
                    for (Index x = 6 + 4 * c; x < std::min<Index>(131, 10 + 4 * c); ++x) {
                        salient += plane.salient(y, x, 0.2);
                        ++all;
                    }
                const float share = cells[std::size_t(r * window.columns + c)].mean;
                QVERIFY(all == 0 ? std::isnan(share) : share == float(salient / all));
            }
        // Every third row of a cell, as it is looked at in haste.
        const std::vector<HeatCell> some = plane.maskCells(window, 0.2, 3);
        for (Index r = 0; r < window.rows; ++r) {
            double salient = 0, all = 0;
            for (Index y = 3 + 4 * r; y < std::min<Index>(97, 7 + 4 * r); y += 3)
                for (Index x = 6; x < 10; ++x) {
                    salient += plane.salient(y, x, 0.2);
                    ++all;
                }
            const float share = some[std::size_t(r * window.columns)].mean;
            QVERIFY(all == 0 ? std::isnan(share) : share == float(salient / all));
        }
        const HeatWindow magnified{10, 20, 0.25, 8, 8};
        const std::vector<HeatCell> near = plane.maskCells(magnified, 0.2);
        QCOMPARE(near[0].mean, float(plane.salient(10, 20, 0.2)));
        QCOMPARE(near[63].mean, float(plane.salient(11, 21, 0.2)));
    }

    void rowsTellTheirOwnShare()
    {
        const Matrix weights = bell(20, 30);
        Progress progress;
        const RankPlane plane = RankPlane::build(rowsOf(weights), {}, progress);
        const std::vector<std::int64_t> rows{3, 17};
        int salient = 0;
        for (const std::int64_t row : rows)
            for (Index c = 0; c < weights.cols(); ++c)
                salient += plane.salient(row, c, 0.4);
        QCOMPARE(plane.salientShare(rows, 0.4), salient / 60.0);
    }

    void doesNotDependOnThreadsAndSurvivesWhatIsNotFinite()
    {
        Matrix weights = bell(700, 600); // several tiles
        weights(5, 5) = std::numeric_limits<float>::quiet_NaN();
        weights(6, 6) = std::numeric_limits<float>::infinity();
        Progress progress;
        const RankPlane many = RankPlane::build(rowsOf(weights), {}, progress);
        setThreadCount(1);
        const RankPlane one = RankPlane::build(rowsOf(weights), {}, progress);
        for (Index r = 0; r < weights.rows(); ++r)
            for (Index c = 0; c < weights.cols(); ++c)
                QCOMPARE(one.rank(r, c), many.rank(r, c));
        QVERIFY(one.rank(5, 5) > 0.99);
    }

    void refusesColumnWeightsOfAnotherWidth()
    {
        const Matrix weights = bell(4, 6);
        const std::vector<double> five(5, 1.0);
        Progress progress;
        QVERIFY_EXCEPTION_THROWN(RankPlane::build(rowsOf(weights), {five, false, 0}, progress), Error);
    }
};

QTEST_APPLESS_MAIN(RankPlaneTest)
#include "tst_rank_plane.moc"
