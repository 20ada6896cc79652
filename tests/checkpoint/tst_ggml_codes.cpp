// SPDX-License-Identifier: GPL-3.0-or-later
// Codes that go into ggml's blocks come out of its decoder as what they mean, for every type that holds
// them; what a type cannot hold is not put into it.
#include "base/half.h"
#include "checkpoint/dequantize.h"
#include "checkpoint/ggml_codes.h"

#include <QtTest>
#include <random>

using namespace halftone;

namespace {

// A grid of `levels` whose zero is code `zero`, with groups of `group` columns.
Coding grid(int levels, double zero, Index group, Index columns, bool anyOffset = false)
{
    Coding coding;
    coding.rows = 3;
    coding.columns = columns;
    Grid g;
    g.count = levels;
    g.groupColumns = group;
    const Index groups = group > 0 ? columns / group : 1;
    std::mt19937 random(static_cast<unsigned>(levels * 7 + group));
    g.scale.resize(3, groups);
    g.offset.resize(3, groups);
    for (Index r = 0; r < 3; ++r)
        for (Index i = 0; i < groups; ++i) {
            g.scale(r, i) = roundToHalf(0.01f + static_cast<float>(random() % 1000) * 1e-4f);
            g.offset(r, i) = anyOffset ? roundToHalf(-0.3f - static_cast<float>(random() % 100) * 1e-3f)
                                       : static_cast<float>(-zero) * g.scale(r, i);
        }
    coding.grids.push_back(g);
    return coding;
}

CodeMatrix randomCodes(const Coding& coding)
{
    std::mt19937 random(3);
    return CodeMatrix::NullaryExpr(coding.rows, coding.columns, [&](Index, Index) {
        return static_cast<std::uint8_t>(random() % static_cast<unsigned>(coding.grids[0].count));
    });
}

} // namespace

class TestGgmlCodes : public QObject
{
    Q_OBJECT

    static void comesBack(ElementType type, const Coding& coding)
    {
        QVERIFY2(ggmlHolds(type, coding), qPrintable(name(type)));
        const CodeMatrix codes = randomCodes(coding);
        const std::vector<std::byte> bytes = ggmlBlocks(type, coding, codes);
        Matrix back(coding.rows, coding.columns);
        dequantize(type, bytes, {back.data(), static_cast<std::size_t>(back.size())});
        for (Index r = 0; r < coding.rows; ++r)
            for (Index j = 0; j < coding.columns; ++j) {
                const auto meant = static_cast<float>(codeValue(coding.grids[0], r, j, codes(r, j)));
                if (std::abs(back(r, j) - meant) > 1e-6f * std::abs(meant) + 1e-7f)
                    QFAIL(qPrintable(QStringLiteral("%1 at %2,%3: %4, not %5").arg(name(type)).arg(r).arg(j)
                                         .arg(double{back(r, j)}).arg(double{meant})));
            }
    }

private slots:
    void everyTypeGivesBackWhatWasPutIn()
    {
        comesBack(ElementType::Q1_0, grid(2, 0.5, 128, 256));
        comesBack(ElementType::Q1_0, grid(2, 0.5, 0, 384));
        comesBack(ElementType::TQ1_0, grid(3, 1, 256, 512));
        comesBack(ElementType::TQ2_0, grid(3, 1, 256, 512));
        comesBack(ElementType::TQ2_0, grid(2, 0.5, 256, 512)); // -d and d are ternary too
        comesBack(ElementType::Q2_0, grid(4, 1, 64, 192));
        comesBack(ElementType::Q2_0, grid(3, 1, 0, 192));
        comesBack(ElementType::Q4_0, grid(16, 8, 32, 96));
        comesBack(ElementType::Q4_0, grid(4, 2, 64, 192));
        comesBack(ElementType::Q4_1, grid(16, 0, 32, 96, true));
        comesBack(ElementType::Q5_0, grid(32, 16, 32, 96));
        comesBack(ElementType::Q5_1, grid(32, 0, 32, 96, true));
        comesBack(ElementType::Q8_0, grid(256, 128, 32, 96));
    }
    void superBlocksGiveBackWhatWasPutIn_data()
    {
        QTest::addColumn<int>("type");
        QTest::newRow("Q2_K") << static_cast<int>(ElementType::Q2_K);
        QTest::newRow("Q4_K") << static_cast<int>(ElementType::Q4_K);
    }
    void superBlocksGiveBackWhatWasPutIn()
    {
        QFETCH(int, type);
        const bool two = static_cast<ElementType>(type) == ElementType::Q2_K;
        const int most = two ? 15 : 63;
        Coding coding = grid(two ? 4 : 16, 0, two ? 16 : 32, 512);
        std::mt19937 random(11);
        for (Index r = 0; r < 3; ++r)
            for (Index i = 0; i < coding.grids[0].scale.cols(); ++i) {
                const float d = roundToHalf(0.0021f * static_cast<float>(r + 1)), least = roundToHalf(0.0017f * static_cast<float>(r + 2));
                const auto any = [&] { return static_cast<float>(random() % static_cast<unsigned>(most + 1)); };
                coding.grids[0].scale(r, i) = d * any();
                coding.grids[0].offset(r, i) = -(least * any());
            }
        comesBack(static_cast<ElementType>(type), coding);
        coding.grids[0].scale(1, 3) = 0.00313f; // no whole multiple
        QVERIFY(!ggmlHolds(static_cast<ElementType>(type), coding));
    }
    void theSmallestTypeIsFound()
    {
        QVERIFY(exactGgmlType(grid(2, 0.5, 128, 256)) == ElementType::Q1_0);
        QVERIFY(exactGgmlType(grid(3, 1, 0, 256)) == ElementType::TQ1_0);
        QVERIFY(exactGgmlType(grid(4, 1, 64, 192)) == ElementType::Q2_0);
        QVERIFY(exactGgmlType(grid(16, 8, 32, 96)) == ElementType::Q4_0);
        QVERIFY(exactGgmlType(grid(16, 0, 128, 256, true)) == ElementType::Q4_1); // an offset
        QVERIFY(exactGgmlType(grid(64, 5, 128, 256)) == ElementType::Q8_0);
        QVERIFY(!exactGgmlType(grid(64, 5.3, 128, 256))); // zero is no level
    }
    void whatDoesNotFitIsRefused()
    {
        QVERIFY(!ggmlHolds(ElementType::Q1_0, grid(2, 0.5, 64, 256)));  // groups smaller than a block
        QVERIFY(!ggmlHolds(ElementType::Q1_0, grid(2, 0.4, 128, 256))); // not symmetric
        QVERIFY(!ggmlHolds(ElementType::Q1_0, grid(2, 0, 128, 256)));   // 0 and d
        QVERIFY(!ggmlHolds(ElementType::TQ2_0, grid(3, 1, 0, 192)));    // rows of no whole blocks
        QVERIFY(!ggmlHolds(ElementType::Q2_0, grid(4, 2, 64, 192)));    // its codes go from -1 to 2
        Coding coding = grid(16, 8, 32, 96);
        coding.grids[0].scale(0, 0) = 0.0100001f; // no fp16 number
        QVERIFY(!ggmlHolds(ElementType::Q4_0, coding));
        coding = grid(4, 1, 64, 192);
        coding.grids[0].table = {0, 1, 2, 4};
        QVERIFY(!exactGgmlType(coding));
    }
};

QTEST_APPLESS_MAIN(TestGgmlCodes)
#include "tst_ggml_codes.moc"
