// SPDX-License-Identifier: GPL-3.0-or-later
// Products with packed matrices against the expanded floats: every way in which classes lie, every width
// and instruction set; and every method of the table.
#include "base/error.h"
#include "base/parallel.h"
#include "checkpoint/dequantize.h"
#include "compute/cpu_backend.h"
#include "compute/packed_product.h"
#include "export/encode_blocks.h"
#include "packed_case.h"
#include "quantize/quantize_matrix.h"
#include "quantize/quantizers.h"

#include <QtTest>
#include <cmath>
#include <cstring>

using namespace halftone;
using cpu::InstructionSet;

namespace {

Matrix product(const ResidentMatrix& weight, const Matrix& x, Activations activations, InstructionSet set)
{
    Matrix out(x.rows(), weight.rows);
    const cpu::PackedTask task{&weight, out.data()};
    cpu::multiplyPacked({&task, 1}, x.data(), x.rows(), activations, set, nullptr);
    return out;
}

std::vector<InstructionSet> instructionSets()
{
    std::vector<InstructionSet> sets;
    for (int set = 0; set <= static_cast<int>(cpu::bestInstructionSet()); ++set)
        sets.push_back(static_cast<InstructionSet>(set));
    return sets;
}

// Errors of the outputs, each as a share of the root of its sum of squares, where no weight's square counts for
// less than `least`.
Eigen::ArrayXXd errorsOf(const Matrix& got, const Matrix& x, const Matrix& weights, double least = 0)
{
    const MatrixD exact = x.cast<double>() * weights.cast<double>().transpose();
    const MatrixD size = (x.cast<double>().array().square().matrix() *
                          weights.cast<double>().array().square().max(least).matrix().transpose())
                             .array()
                             .sqrt()
                             .matrix();
    return (got.cast<double>() - exact).array().abs() / (size.array() + 1e-30);
}

double worstError(const Matrix& got, const Matrix& x, const Matrix& weights)
{
    return errorsOf(got, x, weights).maxCoeff();
}

// An 8-bit input is off by at most 1/254 of the largest of its run of 32, some 2.4 standard deviations: evenly
// spread, that is 1/254 * 2.4 / sqrt(3) = 0.0055 of a standard deviation, and so of the root sum of squares. The
// worst of thousands of outputs is four to six times that. Levels of tables are off by as much as 1/254 of their
// range besides.
// All outputs of a token share the errors of its inputs, so a few tokens tell the usual error only roughly.
constexpr double kInt8Usual = 0.009;
constexpr double kInt8Worst = 0.032;
constexpr double kTableWorst = 0.06;

void checkProducts(const PackedMatrix& packed, const QByteArray& what, bool tables)
{
    const Matrix weights = packed.unpack();
    const ResidentMatrix resident = ResidentMatrix::of(packed);
    for (const Index tokens : {1, 3, 9}) {
        const Matrix x = numbers(tokens, packed.columns, 5);
        QVERIFY2(worstError(product(resident, x, Activations::Float32, InstructionSet::Plain), x, weights) < 1e-4, what);
        const Matrix plain = product(resident, x, Activations::Int8, InstructionSet::Plain);
        // The error of a level does not shrink with the level.
        const double least = tables ? weights.cast<double>().array().square().mean() : 0;
        const Eigen::ArrayXXd errors = errorsOf(plain, x, weights, least);
        QVERIFY2(errors.maxCoeff() < (tables ? kTableWorst : kInt8Worst),
                 what + ' ' + QByteArray::number(errors.maxCoeff()));
        const double usual = std::sqrt(errors.square().mean());
        QVERIFY2(tables || errors.size() < 100 || usual < kInt8Usual, what + ' ' + QByteArray::number(usual));
        for (const InstructionSet set : instructionSets()) {
            const Matrix other = product(resident, x, Activations::Int8, set);
            const float apart = (other - plain).cwiseAbs().maxCoeff();
            QVERIFY2(apart <= 2e-5f * (1 + weights.cwiseAbs().maxCoeff()) *
                                  static_cast<float>(packed.columns),
                     what + ' ' + cpu::nameOf(set).toUtf8() + ' ' + QByteArray::number(double{apart}));
        }
    }
}

} // namespace

class TestPackedProduct : public QObject
{
    Q_OBJECT

private slots:
    void everyShapeOfClassesGivesTheFloatProduct_data()
    {
        QTest::addColumn<QList<int>>("levels");
        QTest::addColumn<QList<double>>("shares");
        QTest::addColumn<QList<int>>("groups");
        QTest::addColumn<bool>("byColumn");
        using Ints = QList<int>;
        using Shares = QList<double>;
        for (int bits = 0; bits <= 8; ++bits) {
            QTest::addRow("%d bits", bits) << Ints{1 << bits} << Shares{1} << Ints{0} << false;
            QTest::addRow("%d bits in groups of 64", bits) << Ints{1 << bits} << Shares{1} << Ints{64} << false;
        }
        QTest::addRow("three levels") << Ints{3} << Shares{1} << Ints{128} << false;
        QTest::addRow("groups of 40") << Ints{4} << Shares{1} << Ints{40} << false;
        QTest::addRow("groups of 5") << Ints{16} << Shares{1} << Ints{5} << false;
        QTest::addRow("table of 4") << Ints{-4} << Shares{1} << Ints{0} << false;
        QTest::addRow("table of 16 in groups") << Ints{-16} << Shares{1} << Ints{32} << false;
        QTest::addRow("table of 200") << Ints{-200} << Shares{1} << Ints{0} << false;
        QTest::addRow("a tenth salient") << Ints{2, 256} << Shares{.9, .1} << Ints{0, 0} << false;
        QTest::addRow("a third salient") << Ints{2, 256} << Shares{.65, .35} << Ints{0, 0} << false;
        QTest::addRow("mostly salient") << Ints{2, 256} << Shares{.2, .8} << Ints{0, 0} << false;
        QTest::addRow("salient in groups") << Ints{2, 16} << Shares{.95, .05} << Ints{128, 64} << false;
        QTest::addRow("salient table") << Ints{2, -16} << Shares{.95, .05} << Ints{0, 0} << false;
        QTest::addRow("pruned few") << Ints{4, 1} << Shares{.95, .05} << Ints{0, 0} << false;
        QTest::addRow("two binaries") << Ints{2, 2} << Shares{.5, .5} << Ints{128, 128} << false;
        QTest::addRow("three classes, symbols") << Ints{2, 2, 4} << Shares{.45, .45, .1} << Ints{128, 128, 0} << false;
        QTest::addRow("four classes, wide symbols") << Ints{16, 16, 3, 8} << Shares{.3, .3, .2, .2} << Ints{0, 0, 0, 0} << false;
        QTest::addRow("columns") << Ints{2, 16} << Shares{.8, .2} << Ints{0, 0} << true;
        QTest::addRow("columns in groups") << Ints{2, 16, 256} << Shares{.7, .2, .1} << Ints{64, 0, 128} << true;
    }
    void everyShapeOfClassesGivesTheFloatProduct()
    {
        QFETCH(QList<int>, levels);
        QFETCH(QList<double>, shares);
        QFETCH(QList<int>, groups);
        QFETCH(bool, byColumn);
        bool tables = levels.size() > 1; // symbols are rounded as tables are
        for (const int count : levels)
            tables = tables || count < 0;
        for (const auto& [rows, columns] : {std::pair<Index, Index>{1, 40}, {37, 1}, {33, 65}, {64, 144}, {70, 608}})
            for (const int parameterBits : {16, 32})
                checkProducts(packedCase(rows, columns, {levels.begin(), levels.end()},
                                         {shares.begin(), shares.end()}, {groups.begin(), groups.end()}, byColumn,
                                         parameterBits),
                              QStringLiteral("%1x%2, %3").arg(rows).arg(columns).arg(parameterBits).toUtf8(), tables);
    }

    void everyMethodOfTheTableRunsPacked_data()
    {
        QTest::addColumn<QString>("id");
        QTest::addColumn<int>("rows");
        QTest::addColumn<int>("columns");
        for (const Quantizer* method : quantizers())
            for (const auto& [rows, columns] : {std::pair{1, 40}, {37, 1}, {33, 65}, {64, 144}, {5, 300}})
                QTest::newRow(qPrintable(QStringLiteral("%1 %2x%3").arg(method->id()).arg(rows).arg(columns)))
                    << method->id() << rows << columns;
    }
    void everyMethodOfTheTableRunsPacked()
    {
        QFETCH(QString, id);
        QFETCH(int, rows);
        QFETCH(int, columns);
        const Matrix weights = numbers(rows, columns, 3) * .05f;
        const MatrixD x = numbers(3 * columns, columns, 4).cast<double>();
        const MatrixD hessian = x.transpose() * x;
        const auto backend = makeCpuBackend();
        Progress progress;
        const QuantizedMatrix q = quantizeMatrix(quantizer(id), Settings::object(),
                                                 {QStringLiteral("w"), weights, &hessian, nullptr}, *backend, progress);
        const PackedMatrix packed = PackedMatrix::pack(QStringLiteral("w"), q.coding, q.codes);
        // ARB-LLM's classes of single weights have scales of columns each of their own.
        bool expanded = q.coding.classes.rows() > 1 && q.coding.grids.front().columnScale.size() > 0;
        for (const Grid& grid : q.coding.grids)
            expanded = expanded || grid.raw;
        QVERIFY(ResidentMatrix::holds(packed) || expanded);
        if (ResidentMatrix::holds(packed))
            checkProducts(packed, id.toUtf8(), true);
        else
            QVERIFY_EXCEPTION_THROWN(ResidentMatrix::of(packed), Error);
    }

    void turnedAndEntropyCodedMatricesRunPacked_data()
    {
        QTest::addColumn<QString>("id");
        QTest::addColumn<bool>("symbols");
        for (const char* id : {"rtn", "pb-llm", "gaussian"})
            for (const bool symbols : {false, true})
                QTest::addRow("%s%s", id, symbols ? ", entropy-coded" : "") << QString::fromLatin1(id) << symbols;
    }
    void turnedAndEntropyCodedMatricesRunPacked()
    {
        QFETCH(QString, id);
        QFETCH(bool, symbols);
        const Matrix weights = numbers(64, 208, 3) * .05f;
        const MatrixD x = numbers(600, 208, 4).cast<double>();
        const MatrixD hessian = x.transpose() * x;
        const auto backend = makeCpuBackend();
        Progress progress;
        for (const bool turned : {false, true}) {
            QuantizedMatrix q = quantizeMatrix(quantizer(id), Settings::object(),
                                               {QStringLiteral("w"), weights, &hessian, nullptr}, *backend, progress);
            q.coding.rotation = {turned, 64, 7}; // the codes of another matrix, then: what they stand for is all that counts
            q.coding.entropyCoded = symbols;
            checkProducts(PackedMatrix::pack(QStringLiteral("w"), q.coding, q.codes), id.toUtf8(), true);
        }
    }

    void threadsDoNotChangeTheProduct()
    {
        const ResidentMatrix weight =
            ResidentMatrix::of(packedCase(700, 300, {2, 256}, {.9, .1}, {0, 0}, false, 16));
        const Matrix x = numbers(5, 300, 6);
        setThreadCount(1);
        const Matrix one = product(weight, x, Activations::Int8, cpu::bestInstructionSet());
        setThreadCount(3);
        const Matrix three = product(weight, x, Activations::Int8, cpu::bestInstructionSet());
        setThreadCount(0);
        QVERIFY(one == three);
    }

    // By their gaps where columns fill blocks, else weight by weight: the same lists, also at the ends of tiles.
    void membersAreFoundByTheirGaps()
    {
        for (const auto& levels : {std::vector<int>{2, 256}, {4, 16}, {1, 4}, {16, 3}, {256, 2}})
            for (const Index rows : {1, 7, 300}) {
                const PackedMatrix packed = packedCase(rows, 608, levels, {.9, .1}, {0, 0}, false, 16);
                QVERIFY(packed.tiles() == (rows + 106) / 107);
                const Matrix x = Matrix::Identity(608, 608), weights = packed.unpack();
                QVERIFY(worstError(product(ResidentMatrix::of(packed), x, Activations::Float32, InstructionSet::Plain), x,
                                   weights) < 1e-5);
            }
    }
    void changedBytesNeverCrashTheProductsForm()
    {
        const PackedMatrix packed = packedCase(20, 64, {2, 256}, {.9, .1}, {0, 0}, false, 16);
        int refused = 0;
        for (std::size_t at = 0; at < packed.bytes.size(); ++at)
            for (const int flip : {1, 0x40, 0xff}) {
                std::vector<std::byte> changed(packed.bytes.begin(), packed.bytes.end());
                changed[at] ^= static_cast<std::byte>(flip);
                try {
                    const PackedMatrix parsed = PackedMatrix::parse(QStringLiteral("w"), changed, nullptr);
                    if (parsed.rows * parsed.columns < 100000 && ResidentMatrix::holds(parsed))
                        ResidentMatrix::of(parsed);
                } catch (const Error&) {
                    ++refused;
                }
            }
        QVERIFY2(refused > 100, qPrintable(QString::number(refused)));
    }

    void codesOfOneClassAreReadInPlace()
    {
        const PackedMatrix packed = packedCase(64, 256, {4}, {1}, {128}, false, 16);
        const std::vector<std::byte> copy(packed.bytes.begin(), packed.bytes.end());
        const auto owner = std::make_shared<int>(1);
        const PackedMatrix mapped = PackedMatrix::parse(QStringLiteral("w"), copy, owner);
        const ResidentMatrix resident = ResidentMatrix::of(mapped);
        QVERIFY(resident.parts.front().codes.data() >= copy.data() &&
                resident.parts.front().codes.data() < copy.data() + copy.size());
        QCOMPARE(owner.use_count(), 3L);
        const Matrix x = numbers(2, 256, 8);
        QVERIFY(product(resident, x, Activations::Int8, cpu::bestInstructionSet()) ==
                product(ResidentMatrix::of(packed), x, Activations::Int8, cpu::bestInstructionSet()));
        QVERIFY(worstError(product(resident, x, Activations::Float32, InstructionSet::Plain), x, packed.unpack()) < 1e-4);
    }

    void q8_0IsReadWhereItLies()
    {
        for (const auto& [rows, columns] : {std::pair<Index, Index>{1, 32}, {37, 96}, {70, 608}}) {
            const Matrix numbersIn = numbers(rows, columns, 11) * .1f;
            std::vector<std::byte> blocks(static_cast<std::size_t>(rows * columns / 32 * kQ8BlockBytes));
            Matrix weights(rows, columns);
            encodeBlocks(ElementType::Q8_0, {numbersIn.data(), static_cast<std::size_t>(numbersIn.size())}, blocks);
            dequantize(ElementType::Q8_0, blocks, {weights.data(), static_cast<std::size_t>(weights.size())});
            const ResidentMatrix resident =
                ResidentMatrix::mappedQ8(QStringLiteral("w"), rows, columns, blocks, std::make_shared<int>(1));
            QVERIFY(resident.parts.front().codes.data() == blocks.data());
            QVERIFY(resident.bytes() < static_cast<std::int64_t>(blocks.size()) + 12 * columns / 32 + 64);
            for (const Index tokens : {1, 3, 9}) {
                const Matrix x = numbers(tokens, columns, 5);
                QVERIFY(worstError(product(resident, x, Activations::Float32, InstructionSet::Plain), x, weights) < 1e-4);
                for (const InstructionSet set : instructionSets()) {
                    const Eigen::ArrayXXd errors = errorsOf(product(resident, x, Activations::Int8, set), x, weights);
                    QVERIFY2(errors.maxCoeff() < kInt8Worst, cpu::nameOf(set).toUtf8() + ' ' + QByteArray::number(errors.maxCoeff()));
                }
            }
            QVERIFY_EXCEPTION_THROWN(ResidentMatrix::mappedQ8(QStringLiteral("w"), rows + 1, columns, blocks, nullptr), Error);
        }
    }

    void scalesThatAreNotFiniteAreRefusedWithoutReadingCodes()
    {
        const PackedMatrix packed = packedCase(64, 256, {4}, {1}, {128}, false, 16);
        std::vector<std::byte> copy(packed.bytes.begin(), packed.bytes.end());
        const std::uint16_t infinite = 0x7c00;
        std::memcpy(copy.data() + 80, &infinite, 2); // the first scale, behind header and class
        QVERIFY_EXCEPTION_THROWN(ResidentMatrix::mapped(QStringLiteral("w"), copy, nullptr), Error);
        QVERIFY_EXCEPTION_THROWN(PackedMatrix::parse(QStringLiteral("w"), copy, nullptr), Error);
    }

    void floatsAreRoundedToTheWidthAskedFor_data()
    {
        QTest::addColumn<int>("bits");
        for (int bits = 2; bits <= 8; ++bits)
            QTest::addRow("%d", bits) << bits;
    }
    void floatsAreRoundedToTheWidthAskedFor()
    {
        QFETCH(int, bits);
        const Matrix weights = numbers(50, 200, 9);
        const ResidentMatrix resident = ResidentMatrix::rounded(
            QStringLiteral("head"), 50, 200, bits, [&](Index begin, Index count, std::span<float> out) {
                std::copy_n(weights.row(begin).data(), count * weights.cols(), out.begin());
            });
        const Matrix x = Matrix::Identity(200, 200);
        const Matrix back = product(resident, x, Activations::Float32, InstructionSet::Plain).transpose();
        for (Index r = 0; r < 50; ++r)
            for (Index g = 0; g < 200; g += 64) {
                const Index width = std::min<Index>(64, 200 - g);
                const float most = weights.block(r, g, 1, width).cwiseAbs().maxCoeff();
                // Half a step; with 8 bits one side reaches -128 steps, so steps are 1/127.
                const float step = bits == 8 ? most / 127 : 2 * most / static_cast<float>((1 << bits) - 1);
                QVERIFY((back - weights).block(r, g, 1, width).cwiseAbs().maxCoeff() <= step * .5001f);
            }
        const std::int64_t weightsBits = 50 * (7 * 32 * bits + 4 * 32);
        QVERIFY(resident.bytes() * 8 < weightsBits + 8 * 12 * 4 + 64);
    }
};

QTEST_APPLESS_MAIN(TestPackedProduct)
#include "tst_packed_product.moc"
