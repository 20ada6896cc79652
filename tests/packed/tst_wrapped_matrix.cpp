// SPDX-License-Identifier: GPL-3.0-or-later
// Rotated and entropy-coded matrices come back bit for bit, are as small as they say, and damaged ones
// are refused.
#include "base/error.h"
#include "base/half.h"
#include "packed/golden_matrices.h"
#include "packed/packed_matrix.h"
#include "packed/range_coder.h"
#include "packed/wrapped_matrix.h"

#include <QtTest>
#include <cmath>
#include <cstring>
#include <random>

using namespace halftone;

namespace {

struct Case
{
    Coding coding;
    CodeMatrix codes;
};

// Codes near the middle of each grid, nearer in some columns than in others.
Case makeCase(Index rows, Index columns, const std::vector<int>& counts, const std::vector<double>& shares,
              bool rotated, bool coded, bool byColumn = false)
{
    std::mt19937 random(static_cast<unsigned>(rows * 7 + columns));
    std::normal_distribution<double> normal;
    std::discrete_distribution<int> pick(shares.begin(), shares.end());
    Case c;
    c.coding.rows = rows;
    c.coding.columns = columns;
    c.coding.rotation = {rotated, 0, 9};
    c.coding.entropyCoded = coded;
    if (counts.size() > 1) {
        c.coding.classes.resize(byColumn ? 1 : rows, columns);
        for (Index i = 0; i < c.coding.classes.size(); ++i)
            c.coding.classes.data()[i] = static_cast<std::uint8_t>(pick(random));
    }
    for (const int count : counts) {
        Grid grid;
        grid.count = count;
        grid.scale.resize(rows, 1);
        for (Index r = 0; r < rows; ++r)
            grid.scale(r, 0) = roundToHalf(static_cast<float>(normal(random)));
        grid.offset = -grid.scale;
        c.coding.grids.push_back(grid);
    }
    c.codes.resize(rows, columns);
    for (Index r = 0; r < rows; ++r)
        for (Index j = 0; j < columns; ++j) {
            const int count = c.coding.grids[static_cast<std::size_t>(c.coding.classOf(r, j))].count;
            const double wide = count * (j % 4 == 0 ? 0.25 : 0.05);
            c.codes(r, j) = static_cast<std::uint8_t>(
                std::clamp(std::lround((count - 1) / 2.0 + wide * normal(random)), 0l, count - 1l));
        }
    return c;
}

Matrix expectedValues(const Case& c)
{
    Matrix v(c.coding.rows, c.coding.columns);
    for (Index r = 0; r < v.rows(); ++r)
        for (Index j = 0; j < v.cols(); ++j)
            v(r, j) = static_cast<float>(codeValue(
                c.coding.grids[static_cast<std::size_t>(c.coding.classOf(r, j))], r, j, c.codes(r, j)));
    return c.coding.rotation.active ? unrotatedRows(c.coding.rotation, v) : v;
}

QString complaint(std::span<const std::byte> bytes)
{
    try {
        PackedMatrix::parse(QStringLiteral("w"), bytes, nullptr).unpack();
    } catch (const Error& e) {
        return e.sentence();
    }
    return {};
}

} // namespace

class TestWrappedMatrix : public QObject
{
    Q_OBJECT
private slots:
    void comesBackBitForBit_data()
    {
        QTest::addColumn<int>("rows");
        QTest::addColumn<int>("columns");
        QTest::addColumn<std::vector<int>>("counts");
        QTest::addColumn<bool>("byColumn");
        using I = std::vector<int>;
        QTest::newRow("uniform levels") << 150 << 576 << I{9} << false;
        QTest::newRow("partial binarization") << 150 << 577 << I{2, 16} << false;
        QTest::newRow("four classes") << 61 << 203 << I{2, 16, 1, 256} << false;
        QTest::newRow("by column") << 61 << 203 << I{2, 16} << true;
        QTest::newRow("one row") << 1 << 4000 << I{7} << false;
        QTest::newRow("one weight") << 1 << 1 << I{7} << false;
        QTest::newRow("one level") << 40 << 300 << I{1} << false;
        QTest::newRow("wider than a stream") << 3 << 70001 << I{5} << false;
    }
    void comesBackBitForBit()
    {
        QFETCH(int, rows);
        QFETCH(int, columns);
        QFETCH(std::vector<int>, counts);
        QFETCH(bool, byColumn);
        for (const bool rotated : {false, true})
            for (const bool coded : {false, true}) {
                const Case c = makeCase(rows, columns, counts,
                                        std::vector<double>(counts.size(), 1.0), rotated, coded, byColumn);
                const PackedMatrix packed = PackedMatrix::pack(QStringLiteral("w"), c.coding, c.codes);
                const std::vector<std::byte> copy(packed.bytes.begin(), packed.bytes.end());
                const PackedMatrix again = PackedMatrix::parse(QStringLiteral("w"), copy, nullptr);
                const Matrix back = again.unpack(), expected = expectedValues(c);
                QVERIFY(std::memcmp(back.data(), expected.data(), 4u * static_cast<std::size_t>(back.size())) == 0);
                CodeMatrix codes;
                const Coding coding = again.unpackCodes(codes);
                QVERIFY(codes == c.codes);
                QVERIFY(coding.classes == c.coding.classes);
                QVERIFY(coding.rotation == c.coding.rotation || !rotated);
                const BitCount bits = again.bits();
                QCOMPARE(bits.disk(), static_cast<std::int64_t>(copy.size()) * 8);
                QVERIFY(bits.layout >= 0);
            }
    }
    void columnsWithUnitsComeBackAndAreCoded()
    {
        for (const bool rotated : {false, true}) {
            Case c = makeCase(150, 576, {9}, {1}, rotated, true);
            Matrix& unit = c.coding.grids[0].columnScale;
            unit.resize(1, 576);
            for (Index j = 0; j < 576; ++j)
                unit(0, j) = roundToHalf(static_cast<float>(std::exp2(j % 5 - 2.3)));
            const PackedMatrix packed = PackedMatrix::pack(QStringLiteral("w"), c.coding, c.codes);
            const std::vector<std::byte> copy(packed.bytes.begin(), packed.bytes.end());
            const PackedMatrix again = PackedMatrix::parse(QStringLiteral("w"), copy, nullptr);
            QVERIFY(again.unpack() == expectedValues(c));
            CodeMatrix codes;
            QVERIFY(again.unpackCodes(codes).grids[0].columnScale == unit);
            QVERIFY(codes == c.codes);
            c.coding.entropyCoded = false;
            QVERIFY(copy.size() < PackedMatrix::pack(QStringLiteral("w"), c.coding, c.codes).bytes.size());
        }
    }
    void unpacksAnyRows()
    {
        const Case c = makeCase(201, 700, {9}, {1}, true, true);
        const PackedMatrix packed = PackedMatrix::pack(QStringLiteral("w"), c.coding, c.codes);
        const Matrix all = expectedValues(c);
        for (const auto& [begin, count] : {std::pair<Index, Index>{0, 1}, {93, 4}, {150, 51}}) {
            Matrix part(count, 700);
            packed.unpackRows(begin, count, {part.data(), static_cast<std::size_t>(part.size())});
            QVERIFY(part == all.middleRows(begin, count));
        }
    }
    // Columns of two kinds, a quarter of them the other: contexts are quarters of the columns, and with
    // them the file is smaller than one table for all could make it.
    void takesTheEntropyOfEachContext()
    {
        const Case c = makeCase(512, 1000, {15}, {1}, false, true);
        double withContexts = 0;
        std::vector<double> all(15, 0);
        for (const int kind : {0, 1}) {
            std::vector<double> counts(15, 0);
            double sum = 0;
            for (Index r = 0; r < 512; ++r)
                for (Index j = 0; j < 1000; ++j)
                    if ((j % 4 == 0) == (kind == 1)) {
                        ++counts[c.codes(r, j)];
                        ++all[c.codes(r, j)];
                        ++sum;
                    }
            for (const double n : counts)
                withContexts -= n > 0 ? n * std::log2(n / sum) : 0;
        }
        double without = 0;
        for (const double n : all)
            without -= n > 0 ? n * std::log2(n / 512000) : 0;
        const BitCount bits = PackedMatrix::pack(QStringLiteral("w"), c.coding, c.codes).bits();
        QVERIFY(static_cast<double>(bits.codes) < 1.01 * withContexts + 8192);
        QVERIFY(static_cast<double>(bits.codes) < 0.97 * without);
    }
    void symbolsAreLeftOutWhereTheyDoNotPay()
    {
        Case c = makeCase(64, 256, {16}, {1}, false, true);
        std::mt19937 random(1);
        for (Index i = 0; i < c.codes.size(); ++i)
            c.codes.data()[i] = static_cast<std::uint8_t>(random() % 16);
        const PackedMatrix packed = PackedMatrix::pack(QStringLiteral("w"), c.coding, c.codes);
        QVERIFY(packed.symbolBytes == 0 && !isWrapped(packed.bytes));
    }
    void everyPrefixIsRefused()
    {
        for (const bool coded : {false, true}) {
            const Case c = makeCase(40, 90, {2, 16}, {.8, .2}, true, coded);
            const PackedMatrix packed = PackedMatrix::pack(QStringLiteral("w"), c.coding, c.codes);
            QVERIFY(complaint(packed.bytes).isEmpty());
            for (std::size_t size = 0; size < packed.bytes.size(); size += size < 300 ? 1 : 13)
                QVERIFY(complaint(packed.bytes.first(size)).contains(QStringLiteral("'w'")));
        }
    }
    void changedBytesNeverCrash()
    {
        const Case c = makeCase(40, 90, {2, 16}, {.8, .2}, true, true);
        const PackedMatrix packed = PackedMatrix::pack(QStringLiteral("w"), c.coding, c.codes);
        std::mt19937 random(2);
        int refused = 0;
        for (int round = 0; round < 3000; ++round) {
            std::vector<std::byte> bytes(packed.bytes.begin(), packed.bytes.end());
            const std::size_t reach = round % 2 ? bytes.size() : 200;
            bytes[random() % reach] ^= static_cast<std::byte>(1 + random() % 255);
            refused += !complaint(bytes).isEmpty();
        }
        QVERIFY(refused > 1500); // a changed scale or seed is a matrix, too
    }
    void rangeCoderKeepsRareSymbols()
    {
        std::vector<std::uint64_t> counts{1000000, 1, 0, 3};
        const Frequencies f = frequenciesOf(counts);
        QVERIFY(f[1] >= 1 && f[2] == 0 && f[3] >= 1);
        QCOMPARE(f[0] + f[1] + f[2] + f[3], int(kFrequencySum));
        std::vector<std::uint16_t> symbols(5000, 0);
        symbols[17] = 1;
        symbols[4999] = 3;
        const std::vector<std::uint8_t> contexts(5000, 0);
        const std::vector<std::byte> stream = writeSymbols(symbols, contexts, std::span(&f, 1));
        const SymbolTable table(f);
        std::vector<std::uint16_t> back(5000);
        QVERIFY(readSymbols(stream, contexts, std::span(&table, 1), back));
        QVERIFY(back == symbols);
        QVERIFY(stream.size() < 12);
        QVERIFY(!readSymbols(std::span(stream).first(stream.size() - 1), contexts, std::span(&table, 1), back));
    }
    void keepsTheBytesThatAnotherReaderHasRead();
};

// golden/wrapped_matrices.safetensors holds wrapped matrices and their values, which read_packed.py has
// compared. Made anew by HALFTONE_WRITE_GOLDEN=path for a new version of the format.
void TestWrappedMatrix::keepsTheBytesThatAnotherReaderHasRead()
{
    Case scaled = makeCase(40, 120, {2, 16}, {.8, .2}, false, true);
    for (Grid& grid : scaled.coding.grids) {
        grid.columnScale.resize(1, 120);
        for (Index j = 0; j < 120; ++j)
            grid.columnScale(0, j) = 0.5f + static_cast<float>(j % 8) / 8;
    }
    const std::vector<Case> cases{
        makeCase(60, 300, {9}, {1}, true, false),       makeCase(60, 300, {9}, {1}, true, true),
        makeCase(61, 203, {2, 16}, {.85, .15}, false, true), makeCase(61, 203, {2, 16}, {.5, .5}, true, true, true),
        makeCase(9, 64, {3, 2, 40, 7}, {.4, .3, .1, .2}, true, true), scaled};
    std::vector<PackedMatrix> packed;
    std::vector<Matrix> values;
    for (const Case& c : cases) {
        const QString name = QStringLiteral("matrix%1").arg(packed.size());
        packed.push_back(PackedMatrix::pack(name, c.coding, c.codes));
        values.push_back(expectedValues(c));
    }
    QCOMPARE(firstUnlikeGolden(packed, values, QStringLiteral("wrapped_matrices.safetensors")), QString());
}

QTEST_APPLESS_MAIN(TestWrappedMatrix)
#include "tst_wrapped_matrix.moc"
