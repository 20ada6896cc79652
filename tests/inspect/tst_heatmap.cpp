// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/error.h"
#include "base/parallel.h"
#include "inspect/heatmap.h"

#include <QtTest>
#include <atomic>
#include <cmath>
#include <limits>

using namespace halftone;

namespace {

Matrix wavy(Index rows, Index columns)
{
    Matrix matrix(rows, columns);
    for (Index r = 0; r < rows; ++r)
        for (Index c = 0; c < columns; ++c)
            matrix(r, c) = float(std::sin(0.37 * double(r) + 1.13 * double(c)) + 0.1 * double(r % 5));
    return matrix;
}

HeatCell naive(const Matrix& matrix, Index top, Index left, Index height, Index width)
{
    const MatrixD part = matrix
                             .block(top, left, std::min(height, matrix.rows() - top),
                                    std::min(width, matrix.cols() - left))
                             .cast<double>();
    return {float(part.minCoeff()), float(part.mean()), float(part.maxCoeff()),
            float(part.array().square().mean())};
}

bool close(const HeatCell& a, const HeatCell& b)
{
    return a.minimum == b.minimum && a.maximum == b.maximum && std::abs(a.mean - b.mean) < 2e-6f &&
           std::abs(a.meanSquare - b.meanSquare) < 2e-6f;
}

} // namespace

class HeatmapTest : public QObject
{
    Q_OBJECT

private slots:
    void cleanup() { setThreadCount(0); }

    void everyLevelReducesTheWeights_data()
    {
        QTest::addColumn<int>("rows");
        QTest::addColumn<int>("columns");
        QTest::newRow("one weight") << 1 << 1;
        QTest::newRow("one row") << 1 << 100;
        QTest::newRow("odd") << 67 << 129;
        QTest::newRow("power of two") << 64 << 128;
        QTest::newRow("several tiles") << 1030 << 523;
    }

    void everyLevelReducesTheWeights()
    {
        QFETCH(int, rows);
        QFETCH(int, columns);
        const Matrix matrix = wavy(rows, columns);
        Progress progress;
        const HeatPyramid pyramid = buildHeatPyramid(rowsOf(matrix), progress);
        QCOMPARE(pyramid.levels.front().side, std::int64_t(4));
        QCOMPARE(pyramid.levels.back().cells.size(), std::size_t(1));
        for (const HeatLevel& level : pyramid.levels)
            for (Index r = 0; r < level.rows; ++r)
                for (Index c = 0; c < level.columns; ++c)
                    QVERIFY(close(level.cells[std::size_t(r * level.columns + c)],
                                  naive(matrix, r * level.side, c * level.side, level.side,
                                        level.side)));
    }

    void keepsToTheCellBudget()
    {
        const Matrix matrix = wavy(400, 300);
        Progress progress;
        const HeatPyramid pyramid = buildHeatPyramid(rowsOf(matrix), progress, 1000);
        QCOMPARE(pyramid.levels.front().side, std::int64_t(16));
        QVERIFY(pyramid.levels.front().cells.size() <= 1000);
    }

    void fillsAlignedWindowsExactly_data()
    {
        QTest::addColumn<int>("weightsPerCell");
        for (int side : {1, 2, 3, 4, 8, 16})
            QTest::addRow("%d", side) << side;
    }

    void fillsAlignedWindowsExactly()
    {
        QFETCH(int, weightsPerCell);
        const Matrix matrix = wavy(130, 96);
        Progress progress;
        const RowSource source = rowsOf(matrix);
        const HeatPyramid pyramid = buildHeatPyramid(source, progress);
        const HeatWindow window{double(weightsPerCell), 0, double(weightsPerCell), 6, 5};
        const auto cells = fillHeatWindow(pyramid, source, window, progress);
        for (Index r = 0; r < window.rows; ++r)
            for (Index c = 0; c < window.columns; ++c)
                QVERIFY(close(cells[std::size_t(r * window.columns + c)],
                              naive(matrix, (r + 1) * weightsPerCell, c * weightsPerCell,
                                    weightsPerCell, weightsPerCell)));
    }

    void repeatsWeightsWhenMagnified()
    {
        const Matrix matrix = wavy(8, 8);
        Progress progress;
        const RowSource source = rowsOf(matrix);
        const HeatPyramid pyramid = buildHeatPyramid(source, progress);
        const auto cells = fillHeatWindow(pyramid, source, {2, 3, 0.25, 16, 16}, progress);
        for (Index r = 0; r < 16; ++r)
            for (Index c = 0; c < 16; ++c)
                QCOMPARE(cells[std::size_t(r * 16 + c)].mean, matrix(2 + r / 4, 3 + c / 4));
    }

    void leavesTheOutsideEmpty()
    {
        const Matrix matrix = wavy(8, 8);
        Progress progress;
        const RowSource source = rowsOf(matrix);
        const HeatPyramid pyramid = buildHeatPyramid(source, progress);
        for (double weightsPerCell : {0.5, 1.0, 4.0, 64.0}) {
            const auto cells = fillHeatWindow(pyramid, source, {-64, -64, weightsPerCell, 1, 1}, progress);
            QVERIFY(std::isnan(cells[0].mean));
            const auto beyond = fillHeatWindow(pyramid, source, {8, 8, weightsPerCell, 1, 1}, progress);
            QVERIFY(std::isnan(beyond[0].mean));
        }
        QVERIFY(buildHeatPyramid(rowsOf(Matrix(0, 4)), progress).levels.empty());
    }

    void leavesOutWhatIsNotFinite()
    {
        Matrix matrix = Matrix::Constant(8, 8, 2.0f);
        matrix.topLeftCorner(4, 4).setConstant(std::numeric_limits<float>::quiet_NaN());
        matrix(7, 7) = std::numeric_limits<float>::infinity();
        Progress progress;
        const HeatPyramid pyramid = buildHeatPyramid(rowsOf(matrix), progress);
        QVERIFY(std::isnan(pyramid.levels[0].cells[0].mean));
        QCOMPARE(pyramid.levels[0].cells[3].maximum, 2.0f);
        QCOMPARE(pyramid.levels[1].cells[0].meanSquare, 4.0f);
    }

    void goesOnWhereItWasCancelled()
    {
        const Matrix matrix = wavy(2100, 523);
        std::atomic<int> reads{0};
        Progress stopping;
        RowSource source = rowsOf(matrix);
        source.read = [&, inner = source.read](std::int64_t begin, std::int64_t count, std::span<float> out) {
            if (++reads == 2)
                stopping.cancel();
            inner(begin, count, out);
        };
        setThreadCount(1);
        HeatPyramidBuilder builder(source);
        QVERIFY_EXCEPTION_THROWN(builder.build(stopping), Cancelled);
        const int before = reads;
        Progress progress;
        const HeatPyramid resumed = builder.build(progress);
        const HeatPyramid whole = buildHeatPyramid(rowsOf(matrix), progress);
        const std::int64_t tiles = (2100 + source.tileRows(4) - 1) / source.tileRows(4);
        QVERIFY(before < tiles);
        QCOMPARE(std::int64_t(reads), tiles); // none was read twice
        QVERIFY(std::memcmp(resumed.levels[0].cells.data(), whole.levels[0].cells.data(),
                            whole.levels[0].cells.size() * sizeof(HeatCell)) == 0);
        QVERIFY(resumed.columnEnergy == whole.columnEnergy);
    }

    void knowsTheEnergyOfRowsAndColumns()
    {
        Matrix matrix = wavy(1030, 523);
        matrix(7, 9) = std::numeric_limits<float>::infinity();
        Progress progress;
        const HeatPyramid pyramid = buildHeatPyramid(rowsOf(matrix), progress);
        QCOMPARE(pyramid.rowEnergy.size(), std::size_t(1030));
        QCOMPARE(pyramid.columnEnergy.size(), std::size_t(523));
        matrix(7, 9) = 0;
        for (Index r : {0, 7, 512, 1029}) {
            const double count = r == 7 ? 522 : 523;
            const double exact = matrix.row(r).cast<double>().squaredNorm() / count;
            QVERIFY(std::abs(double(pyramid.rowEnergy[std::size_t(r)]) - exact) < 1e-5 * exact);
        }
        for (Index c : {0, 9, 522}) {
            const double count = c == 9 ? 1029 : 1030;
            const double exact = matrix.col(c).cast<double>().squaredNorm() / count;
            QVERIFY(std::abs(double(pyramid.columnEnergy[std::size_t(c)]) - exact) < 1e-5 * exact);
        }
    }

    void aFirstLookReadsOneRowACell()
    {
        const Matrix matrix = wavy(1000, 400);
        std::atomic<std::int64_t> rows{0};
        RowSource source = rowsOf(matrix);
        source.read = [&, inner = source.read](std::int64_t begin, std::int64_t count, std::span<float> out) {
            rows += count;
            inner(begin, count, out);
        };
        Progress progress;
        const auto cells = sampleHeatWindow(source, {0, 0, 20, 50, 20}, progress);
        QCOMPARE(std::int64_t(rows), std::int64_t(50));
        const HeatCell expected = naive(matrix, 10, 40, 1, 20); // the middle row of the first row of cells
        QVERIFY(close(cells[2], expected));
    }

    void doesNotDependOnTheNumberOfThreads()
    {
        const Matrix matrix = wavy(1030, 523);
        Progress progress;
        setThreadCount(1);
        const HeatPyramid one = buildHeatPyramid(rowsOf(matrix), progress);
        setThreadCount(5);
        const HeatPyramid five = buildHeatPyramid(rowsOf(matrix), progress);
        for (std::size_t i = 0; i < one.levels.size(); ++i)
            QVERIFY(std::memcmp(one.levels[i].cells.data(), five.levels[i].cells.data(),
                                one.levels[i].cells.size() * sizeof(HeatCell)) == 0);
    }
};

QTEST_GUILESS_MAIN(HeatmapTest)
#include "tst_heatmap.moc"
