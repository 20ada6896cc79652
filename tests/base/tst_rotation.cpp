// SPDX-License-Identifier: GPL-3.0-or-later
// The turn of any width is orthogonal, comes back, mixes every input, and is the same everywhere.
#include "base/rotation.h"

#include <QtTest>
#include <bit>
#include <random>

using namespace halftone;

namespace {

MatrixD matrixOf(const Rotation& rotation, Index width)
{
    MatrixD r = MatrixD::Identity(width, width);
    for (Index i = 0; i < width; ++i)
        rotate(rotation, {r.data() + i * width, static_cast<std::size_t>(width)});
    return r;
}

} // namespace

class TestRotation : public QObject
{
    Q_OBJECT
private slots:
    void isOrthogonalAndComesBack_data()
    {
        QTest::addColumn<int>("width");
        QTest::addColumn<int>("block");
        for (const int width : {1, 2, 3, 9, 64, 65, 192, 577, 576, 1536})
            for (const int block : {0, 64, 100})
                QTest::addRow("%d by %d", width, block) << width << block;
    }
    void isOrthogonalAndComesBack()
    {
        QFETCH(int, width);
        QFETCH(int, block);
        const Rotation rotation{true, static_cast<std::uint32_t>(block), 77};
        const MatrixD r = matrixOf(rotation, width);
        QVERIFY((r * r.transpose() - MatrixD::Identity(width, width)).cwiseAbs().maxCoeff() < 1e-12);
        MatrixD back = r;
        for (Index i = 0; i < width; ++i)
            unrotate(rotation, {back.data() + i * width, static_cast<std::size_t>(width)});
        QVERIFY((back - MatrixD::Identity(width, width)).cwiseAbs().maxCoeff() < 1e-12);
    }
    // 576 = 512 + 64: a weight that stands out is spread over at least 512 columns, so that none of them
    // holds much of it, and columns of both ends are mixed with the others.
    void noInputStandsOut_data()
    {
        QTest::addColumn<int>("width");
        for (const int width : {128, 576, 577, 1000, 1536})
            QTest::addRow("%d", width) << width;
    }
    void noInputStandsOut()
    {
        QFETCH(int, width);
        const MatrixD r = matrixOf({true, 0, 3}, width);
        const double half = static_cast<double>(std::bit_floor(static_cast<unsigned>(width)));
        QVERIFY(r.cwiseAbs().maxCoeff() < 6 / std::sqrt(half));
        QVERIFY((r.array() != 0).cast<int>().rowwise().sum().minCoeff() >= static_cast<int>(half) / 2);
    }
    void seedsAndBlocksDiffer()
    {
        const MatrixD a = matrixOf({true, 0, 1}, 96);
        QVERIFY(matrixOf({true, 0, 1}, 96) == a);
        QVERIFY(matrixOf({true, 0, 2}, 96) != a);
        const MatrixD blocks = matrixOf({true, 32, 1}, 96);
        QCOMPARE(blocks.block(0, 32, 32, 64).cwiseAbs().maxCoeff(), 0.0);
        QVERIFY(matrixOf({}, 96) == MatrixD::Identity(96, 96));
    }
    // tests/golden/read_packed.py computes the same numbers from the description of the format.
    void signsAreThoseOfTheFormat()
    {
        const MatrixD r = matrixOf({true, 0, 1}, 4); // one Hadamard matrix of 4 behind the signs
        const double expected[4] = {0.5, 0.5, 0.5, 0.5};
        for (Index i = 0; i < 4; ++i)
            QCOMPARE(std::abs(r(i, 0)), expected[i]);
        // splitmix64(1) & 1, splitmix64(3) & 1, ...: from the published generator.
        const double signs[4] = {r(0, 0), r(1, 0), r(2, 0), r(3, 0)};
        const auto mixed = [](std::uint64_t x) {
            x += 0x9e3779b97f4a7c15u;
            x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9u;
            x = (x ^ (x >> 27)) * 0x94d049bb133111ebu;
            return x ^ (x >> 31);
        };
        for (std::uint64_t i = 0; i < 4; ++i)
            QCOMPARE(signs[i] < 0, (mixed(1 + 2 * i) & 1) == 1);
    }
    void momentsTurnWithTheirInputs()
    {
        std::mt19937 random(4);
        std::normal_distribution<double> normal;
        MatrixD x(200, 72);
        for (Index i = 0; i < x.size(); ++i)
            x.data()[i] = normal(random);
        const Rotation rotation{true, 0, 5};
        const MatrixD turned = x * matrixOf(rotation, 72);
        const MatrixD expected = turned.transpose() * turned;
        QVERIFY((rotatedBothSides(rotation, x.transpose() * x) - expected).cwiseAbs().maxCoeff() < 1e-9);
        const Matrix w = x.topRows(9).cast<float>();
        QVERIFY((unrotatedRows(rotation, rotatedRows(rotation, w)) - w).cwiseAbs().maxCoeff() < 1e-5f);
    }
};

QTEST_APPLESS_MAIN(TestRotation)
#include "tst_rotation.moc"
