// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/error.h"
#include "base/half.h"
#include "base/parallel.h"
#include "packed/bit_stream.h"
#include "packed/golden_matrices.h"
#include "packed/packed_matrix.h"
#include "packed/rice_mask.h"

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

// shares: of each class; levels: of each class, negative for a table.
Case makeCase(Index rows, Index columns, const std::vector<double>& shares,
              const std::vector<int>& levels, Index group, int parameterBits, bool byColumn)
{
    std::mt19937 random(static_cast<unsigned>(rows * 131 + columns + group));
    std::normal_distribution<float> normal;
    Case c;
    c.coding.rows = rows;
    c.coding.columns = columns;
    std::discrete_distribution<int> pick(shares.begin(), shares.end());
    if (shares.size() > 1)
        c.coding.classes = CodeMatrix::NullaryExpr(byColumn ? 1 : rows, columns, [&](Index) {
            return static_cast<std::uint8_t>(pick(random));
        });
    for (const int level : levels) {
        Grid grid;
        grid.count = std::abs(level);
        grid.groupColumns = group;
        grid.parameterBits = parameterBits;
        grid.role = QStringLiteral("class %1").arg(c.coding.grids.size());
        const Index groups = group > 0 ? (columns + group - 1) / group : 1;
        auto value = [&](Index) {
            const float v = normal(random);
            return parameterBits == 16 ? roundToHalf(v) : v;
        };
        grid.scale = Matrix::NullaryExpr(rows, groups, value);
        if (c.coding.grids.size() != 2)
            grid.offset = Matrix::NullaryExpr(rows, groups, value);
        for (int i = 0; level < 0 && i < grid.count; ++i)
            grid.table.push_back(static_cast<float>(i) * 1.37f - 2.f);
        c.coding.grids.push_back(grid);
    }
    c.codes.resize(rows, columns);
    for (Index r = 0; r < rows; ++r)
        for (Index j = 0; j < columns; ++j) {
            const int count = c.coding.grids[static_cast<std::size_t>(c.coding.classOf(r, j))].count;
            c.codes(r, j) = static_cast<std::uint8_t>(random() % static_cast<unsigned>(count));
        }
    return c;
}

Matrix valuesOf(const Case& c)
{
    Matrix values(c.coding.rows, c.coding.columns);
    for (Index r = 0; r < values.rows(); ++r)
        for (Index j = 0; j < values.cols(); ++j)
            values(r, j) = weightValue(c.coding, r, j, c.codes(r, j));
    return values;
}

// Classes with all that version 2 adds: two planes with column scales in whole columns, three levels in
// listed groups, raw numbers, pruned.
Case makeRichCase(Index rows, Index columns, int parameterBits)
{
    Case c = makeCase(rows, columns, {.1, .4, .3, .2}, {4, 3, 1, 1}, std::min<Index>(32, columns),
                      parameterBits, false);
    std::mt19937 random(7);
    std::normal_distribution<float> normal;
    auto value = [&](Index) {
        const float v = normal(random);
        return parameterBits == 16 ? roundToHalf(v) : v;
    };
    Grid& planes = c.coding.grids[0];
    planes.second = Matrix::NullaryExpr(planes.scale.rows(), planes.scale.cols(), value);
    planes.columnScale = Matrix::NullaryExpr(1, columns, value);
    if (rows % 2 == 1) // around zero
        planes.offset.resize(0, 0);
    Grid& listed = c.coding.grids[1];
    listed.columnScale = Matrix::NullaryExpr(1, columns, value);
    for (Index j = 0; j < columns; ++j)
        listed.columnGroup.push_back(static_cast<std::uint16_t>(random() % static_cast<unsigned>(listed.scale.cols())));
    Grid raw;
    raw.count = 1;
    raw.raw = true;
    raw.parameterBits = parameterBits;
    c.coding.grids[2] = raw;
    c.coding.raw = Matrix::NullaryExpr(rows, columns, value);
    for (Index j = 0; j < columns; ++j) // class 0 takes whole columns
        for (Index r = 0; r < rows; ++r) {
            std::uint8_t& k = c.coding.classes(r, j);
            k = j % 7 == 3 ? 0 : k == 0 ? 1 : k;
            c.codes(r, j) = static_cast<std::uint8_t>(
                random() % static_cast<unsigned>(c.coding.grids[k].count));
        }
    return c;
}

bool sameBits(const Matrix& a, const Matrix& b)
{
    if (a.rows() != b.rows() || a.cols() != b.cols())
        return false;
    return a.size() == 0 ||
           std::memcmp(a.data(), b.data(), static_cast<std::size_t>(a.size()) * 4) == 0;
}

Case usualCase()
{
    return makeCase(150, 700, {.9, .1}, {2, 256}, 0, 16, false);
}

double entropy(double r)
{
    return -r * std::log2(r) - (1 - r) * std::log2(1 - r);
}

} // namespace

class TestPackedMatrix : public QObject
{
    Q_OBJECT
private slots:
    void unpacksBitForBit_data();
    void unpacksBitForBit();
    void unpacksWhatVersionTwoAdds();
    void wholeColumnsCostOneBitEach();
    void threeLevelsTakeAFifthOfAByte();
    void unpacksAnyRows();
    void packsTheSameBytesOnAnyNumberOfThreads();
    void bitsAddUpToTheBytes();
    void masksCostLittleMoreThanTheirEntropy_data();
    void masksCostLittleMoreThanTheirEntropy();
    void refusesCodesOutsideTheirGrid();
    void refusesScalesThatDoNotFit();
    void everyPrefixIsRefused();
    void changedBytesNeverCrash_data();
    void changedBytesNeverCrash();
    void refusesNewerVersions();
    void streamsHoldCodesOfEveryWidth();
    void gapsOfAnyLengthComeBack();
    void keepsTheBytesThatAnotherReaderHasRead();
};

void TestPackedMatrix::unpacksBitForBit_data()
{
    QTest::addColumn<int>("rows");
    QTest::addColumn<int>("columns");
    QTest::addColumn<std::vector<double>>("shares");
    QTest::addColumn<std::vector<int>>("levels");
    QTest::addColumn<int>("group");
    QTest::addColumn<int>("parameterBits");
    QTest::addColumn<bool>("byColumn");
    using D = std::vector<double>;
    using I = std::vector<int>;
    QTest::newRow("binary and salient") << 150 << 700 << D{.9, .1} << I{2, 256} << 0 << 16 << false;
    QTest::newRow("salient is the larger") << 33 << 257 << D{.2, .8} << I{2, 16} << 0 << 32 << false;
    QTest::newRow("halves, grouped") << 40 << 1000 << D{.5, .5} << I{2, 4} << 128 << 16 << false;
    QTest::newRow("one class") << 70 << 999 << D{1} << I{16} << 128 << 16 << false;
    QTest::newRow("one weight") << 1 << 1 << D{1} << I{2} << 0 << 16 << false;
    QTest::newRow("one row") << 1 << 301 << D{.7, .3} << I{2, 256} << 0 << 16 << true;
    QTest::newRow("one column") << 301 << 1 << D{.7, .3} << I{2, 256} << 0 << 16 << false;
    QTest::newRow("by column") << 90 << 801 << D{.9, .1} << I{2, 256} << 0 << 16 << true;
    QTest::newRow("three by column") << 9 << 801 << D{.6, .3, .1} << I{2, 8, 1} << 32 << 16 << true;
    QTest::newRow("pruned and tables") << 150 << 700 << D{.5, .3, .2} << I{1, -5, -16} << 0 << 16 << false;
    QTest::newRow("four classes") << 131 << 517 << D{.1, .5, .1, .3} << I{3, 2, 200, -7} << 64 << 32 << false;
    QTest::newRow("wider than a tile") << 3 << 70001 << D{.97, .03} << I{2, 256} << 0 << 16 << false;
    QTest::newRow("a class nobody is in") << 50 << 300 << D{1, 0} << I{2, 256} << 0 << 16 << false;
    QTest::newRow("everyone is in the second") << 50 << 300 << D{0, 1} << I{2, 256} << 0 << 16 << false;
}

void TestPackedMatrix::unpacksBitForBit()
{
    QFETCH(int, rows);
    QFETCH(int, columns);
    QFETCH(std::vector<double>, shares);
    QFETCH(std::vector<int>, levels);
    QFETCH(int, group);
    QFETCH(int, parameterBits);
    QFETCH(bool, byColumn);
    const Case c = makeCase(rows, columns, shares, levels, group, parameterBits, byColumn);
    const PackedMatrix packed = PackedMatrix::pack(QStringLiteral("w"), c.coding, c.codes);
    const std::vector<std::byte> copy(packed.bytes.begin(), packed.bytes.end());
    const PackedMatrix again = PackedMatrix::parse(QStringLiteral("w"), copy, nullptr);
    QVERIFY(sameBits(again.unpack(), valuesOf(c)));
    CodeMatrix codes;
    const Coding coding = again.unpackCodes(codes);
    QVERIFY(codes == c.codes);
    QVERIFY(coding.classes == c.coding.classes);
    QCOMPARE(coding.grids.size(), c.coding.grids.size());
    for (std::size_t i = 0; i < coding.grids.size(); ++i)
        QCOMPARE(coding.grids[i].role, c.coding.grids[i].role);
}

void TestPackedMatrix::unpacksWhatVersionTwoAdds()
{
    for (const auto& [rows, columns, parameterBits] :
         {std::tuple{150, 700, 16}, {33, 257, 32}, {5, 40, 16}, {2, 8, 32}}) {
        const Case c = makeRichCase(rows, columns, parameterBits);
        const PackedMatrix packed = PackedMatrix::pack(QStringLiteral("w"), c.coding, c.codes);
        QCOMPARE(static_cast<int>(packed.bytes[4]), 2);
        const std::vector<std::byte> copy(packed.bytes.begin(), packed.bytes.end());
        const PackedMatrix again = PackedMatrix::parse(QStringLiteral("w"), copy, nullptr);
        QVERIFY(sameBits(again.unpack(), valuesOf(c)));
        CodeMatrix codes;
        const Coding coding = again.unpackCodes(codes);
        QVERIFY(codes == c.codes && coding.classes == c.coding.classes);
        QVERIFY(sameBits(PackedMatrix::pack(QStringLiteral("w"), coding, codes).unpack(), valuesOf(c)));
        QCOMPARE(packed.bits().disk(), static_cast<std::int64_t>(packed.bytes.size()) * 8);
        std::vector<std::byte> older = copy; // a version 1 cannot have such parts
        older[4] = std::byte{1};
        QVERIFY_EXCEPTION_THROWN(PackedMatrix::parse(QStringLiteral("w"), older, nullptr), Error);
    }
}

void TestPackedMatrix::wholeColumnsCostOneBitEach()
{
    Case c = makeCase(64, 512, {.6, .4}, {2, 2}, 0, 16, false);
    c.coding.grids.push_back(c.coding.grids[0]);
    for (Index j = 0; j < 512; j += 10)
        c.coding.classes.col(j).setConstant(2);
    const BitCount bits = PackedMatrix::pack(QStringLiteral("w"), c.coding, c.codes).bits();
    // 512 bits for the columns, about one for each weight that is left.
    QVERIFY(bits.masks < 64 * 462 * 1.01 + 512 + 64);
}

void TestPackedMatrix::threeLevelsTakeAFifthOfAByte()
{
    const Case c = makeCase(200, 500, {1}, {3}, 0, 16, false);
    const BitCount bits = PackedMatrix::pack(QStringLiteral("w"), c.coding, c.codes).bits();
    QVERIFY(std::abs(static_cast<double>(bits.codes) / 1e5 - 1.6) < .001);
    QVERIFY(std::abs(bits.nominalPerWeight() - std::log2(3.)) < 1e-4);
}

void TestPackedMatrix::unpacksAnyRows()
{
    const Case c = makeCase(401, 700, {.8, .15, .05}, {2, 256, 4}, 0, 16, false);
    const PackedMatrix packed = PackedMatrix::pack(QStringLiteral("w"), c.coding, c.codes);
    const Matrix all = valuesOf(c);
    for (const Index begin : {Index{0}, Index{1}, Index{92}, Index{93}, Index{94}, Index{200}, Index{400}})
        for (const Index count : {Index{0}, Index{1}, Index{2}, Index{94}, Index{401} - begin}) {
            if (begin + count > 401)
                continue;
            Matrix part(count, 700);
            packed.unpackRows(begin, count, {part.data(), static_cast<std::size_t>(part.size())});
            QVERIFY(sameBits(part, all.middleRows(begin, count)));
        }
    std::vector<float> out(700);
    QVERIFY_EXCEPTION_THROWN(packed.unpackRows(401, 1, out), Error);
    QVERIFY_EXCEPTION_THROWN(packed.unpackRows(-1, 1, out), Error);
    QVERIFY_EXCEPTION_THROWN(packed.unpackRows(0, 2, out), Error);
}

void TestPackedMatrix::packsTheSameBytesOnAnyNumberOfThreads()
{
    const Case c = usualCase();
    setThreadCount(1);
    const PackedMatrix one = PackedMatrix::pack(QStringLiteral("w"), c.coding, c.codes);
    setThreadCount(5);
    const PackedMatrix five = PackedMatrix::pack(QStringLiteral("w"), c.coding, c.codes);
    setThreadCount(0);
    QVERIFY(std::ranges::equal(one.bytes, five.bytes));
}

void TestPackedMatrix::bitsAddUpToTheBytes()
{
    const Case c = usualCase();
    const PackedMatrix packed = PackedMatrix::pack(QStringLiteral("w"), c.coding, c.codes);
    const BitCount bits = packed.bits();
    const std::int64_t salient = c.coding.classes.cast<std::int64_t>().sum();
    QCOMPARE(bits.weights, std::int64_t{150 * 700});
    QCOMPARE(bits.nominal, 150 * 700 - salient + 8 * salient);
    QCOMPARE(bits.scales, std::int64_t{4 * 150 * 16});
    QCOMPARE(bits.disk(), static_cast<std::int64_t>(packed.bytes.size()) * 8);
    QVERIFY(bits.codes - bits.nominal < 2 * 2 * 8);
    QVERIFY(bits.layout > 0 && bits.layout < 2000);
}

void TestPackedMatrix::masksCostLittleMoreThanTheirEntropy_data()
{
    QTest::addColumn<double>("share");
    for (const double share : {.01, .05, .1, .2, .3, .5, .7, .9})
        QTest::newRow(qPrintable(QString::number(share))) << share;
}

void TestPackedMatrix::masksCostLittleMoreThanTheirEntropy()
{
    QFETCH(double, share);
    const Case c = makeCase(512, 1024, {1 - share, share}, {2, 256}, 0, 16, false);
    const BitCount bits = PackedMatrix::pack(QStringLiteral("w"), c.coding, c.codes).bits();
    const double perWeight = static_cast<double>(bits.masks) / (512. * 1024.);
    QVERIFY2(perWeight < 1.03 * entropy(share) + .002, qPrintable(QString::number(perWeight)));
}

void TestPackedMatrix::refusesCodesOutsideTheirGrid()
{
    Case c = usualCase();
    c.coding.grids[1].count = 200;
    c.codes(140, 3) = 200;
    c.coding.classes(140, 3) = 1;
    QVERIFY_EXCEPTION_THROWN(PackedMatrix::pack(QStringLiteral("w"), c.coding, c.codes), Error);
    c = usualCase();
    c.coding.classes(0, 0) = 2;
    QVERIFY_EXCEPTION_THROWN(PackedMatrix::pack(QStringLiteral("w"), c.coding, c.codes), Error);
}

void TestPackedMatrix::refusesScalesThatDoNotFit()
{
    Case c = usualCase();
    c.coding.grids[0].scale(7, 0) = 1.0001f;
    QVERIFY_EXCEPTION_THROWN(PackedMatrix::pack(QStringLiteral("w"), c.coding, c.codes), Error);
    c = usualCase();
    c.coding.grids[0].offset(7, 0) = INFINITY;
    QVERIFY_EXCEPTION_THROWN(PackedMatrix::pack(QStringLiteral("w"), c.coding, c.codes), Error);
    c = usualCase();
    c.coding.grids[0].scale.resize(150, 2);
    QVERIFY_EXCEPTION_THROWN(PackedMatrix::pack(QStringLiteral("w"), c.coding, c.codes), Error);
}

void TestPackedMatrix::everyPrefixIsRefused()
{
    const Case c = makeCase(20, 40, {.7, .2, .1}, {2, 256, -3}, 16, 16, false);
    const PackedMatrix packed = PackedMatrix::pack(QStringLiteral("w"), c.coding, c.codes);
    for (std::size_t size = 0; size < packed.bytes.size(); ++size) {
        const std::vector<std::byte> part(packed.bytes.begin(),
                                          packed.bytes.begin() + static_cast<std::ptrdiff_t>(size));
        QVERIFY_EXCEPTION_THROWN(PackedMatrix::parse(QStringLiteral("w"), part, nullptr), Error);
    }
}

void TestPackedMatrix::changedBytesNeverCrash_data()
{
    QTest::addColumn<bool>("rich");
    QTest::newRow("plain") << false;
    QTest::newRow("rich") << true;
}

void TestPackedMatrix::changedBytesNeverCrash()
{
    QFETCH(bool, rich);
    const Case c =
        rich ? makeRichCase(20, 40, 16) : makeCase(20, 40, {.7, .2, .1}, {2, 200, -4}, 16, 16, false);
    const PackedMatrix packed = PackedMatrix::pack(QStringLiteral("w"), c.coding, c.codes);
    int refused = 0;
    for (std::size_t at = 0; at < packed.bytes.size(); ++at)
        for (const int flip : {1, 0x40, 0xff}) {
            std::vector<std::byte> changed(packed.bytes.begin(), packed.bytes.end());
            changed[at] ^= static_cast<std::byte>(flip);
            try {
                const PackedMatrix parsed = PackedMatrix::parse(QStringLiteral("w"), changed, nullptr);
                if (parsed.rows * parsed.columns < 100000)
                    parsed.unpack();
            } catch (const Error&) {
                ++refused;
            }
        }
    QVERIFY(refused > 300);
}

void TestPackedMatrix::refusesNewerVersions()
{
    const Case c = makeCase(2, 4, {1}, {2}, 0, 16, false);
    const PackedMatrix packed = PackedMatrix::pack(QStringLiteral("w"), c.coding, c.codes);
    std::vector<std::byte> changed(packed.bytes.begin(), packed.bytes.end());
    changed[4] = std::byte{9};
    try {
        PackedMatrix::parse(QStringLiteral("w"), changed, nullptr);
        QFAIL("version 9 was read");
    } catch (const Error& error) {
        QVERIFY(error.sentence().contains(QStringLiteral("version 9")));
    }
}

void TestPackedMatrix::streamsHoldCodesOfEveryWidth()
{
    std::mt19937 random(5);
    for (int bits = 0; bits <= 8; ++bits)
        for (std::size_t count = 0; count < 40; ++count) {
            std::vector<std::uint8_t> codes(count), back(count, 99);
            for (auto& code : codes)
                code = static_cast<std::uint8_t>(random() & ((1u << bits) - 1));
            std::vector<std::byte> stream(
                static_cast<std::size_t>(streamBytes(static_cast<std::int64_t>(count), bits)));
            writeCodes(codes, bits, stream);
            readCodes(stream, bits, back);
            QCOMPARE(back, codes);
        }
}

void TestPackedMatrix::gapsOfAnyLengthComeBack()
{
    std::mt19937 random(6);
    for (int k = 0; k < kRiceBits; ++k)
        for (const unsigned reach : {1u, 3u, 70u, 500u, 60000u}) {
            std::vector<std::uint32_t> gaps(50), back(50);
            for (auto& gap : gaps)
                gap = static_cast<std::uint32_t>(random() % reach);
            std::vector<std::byte> stream;
            writeGaps(gaps, k, stream);
            QVERIFY(readGaps(stream, k, 60000, back));
            QCOMPARE(back, gaps);
            stream.push_back(std::byte{0});
            QVERIFY(!readGaps(stream, k, 60000, back));
            const auto cut = std::span(stream).first(stream.size() - 2);
            QVERIFY(!readGaps(cut, k, 60000, back));
        }
}

// golden/packed_matrices.safetensors holds packed matrices and their values, which read_packed.py has
// compared. Made anew by HALFTONE_WRITE_GOLDEN=path for a new version of the format.
void TestPackedMatrix::keepsTheBytesThatAnotherReaderHasRead()
{
    const std::vector<Case> cases{
        makeCase(60, 300, {.9, .1}, {2, 256}, 0, 16, false),
        makeCase(61, 203, {.4, .6}, {2, 8}, 64, 32, false),
        makeCase(9, 110, {.1, .5, .1, .3}, {3, 2, 200, -7}, 32, 32, false),
        makeCase(8, 90, {.6, .3, .1}, {2, 8, 1}, 32, 16, true),
        makeCase(1, 77, {1}, {16}, 0, 16, false),
        makeRichCase(40, 90, 16),
        makeRichCase(13, 70, 32)};
    std::vector<PackedMatrix> packed;
    std::vector<Matrix> values;
    for (const Case& c : cases) {
        const QString name = QStringLiteral("matrix%1").arg(packed.size());
        packed.push_back(PackedMatrix::pack(name, c.coding, c.codes));
        values.push_back(valuesOf(c));
    }
    QCOMPARE(firstUnlikeGolden(packed, values, QStringLiteral("packed_matrices.safetensors")), QString());
}

QTEST_APPLESS_MAIN(TestPackedMatrix)
#include "tst_packed_matrix.moc"
