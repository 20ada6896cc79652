// SPDX-License-Identifier: GPL-3.0-or-later
// Every method of the table over the same invariants, and what a person may set.
#include "base/error.h"
#include "compute/cpu_backend.h"
#include "quantize/quantize_matrix.h"
#include "quantize/quantizers.h"
#include "quantize/salience.h"

#include <Eigen/Eigenvalues>
#include <QSet>
#include <QtTest>
#include <cmath>
#include <cstring>
#include <random>

using namespace halftone;

namespace {

const auto backend = makeCpuBackend();

struct Layer
{
    Matrix weights;
    MatrixD hessian;
};

// Correlated inputs, so that compensation has something to work with.
Layer makeLayer(Index rows, Index columns, unsigned seed = 1)
{
    std::mt19937 random(seed);
    std::normal_distribution<double> normal;
    // A matrix at once: an expression would draw its numbers anew wherever it is used.
    auto numbers = [&](Index height, Index width) {
        MatrixD m(height, width);
        for (Index i = 0; i < m.size(); ++i)
            m.data()[i] = normal(random);
        return m;
    };
    const Index tokens = 3 * columns;
    const MatrixD mixing = numbers(columns, columns);
    const MatrixD x = numbers(tokens, columns) + numbers(tokens, columns) * mixing * .3;
    Layer layer;
    layer.weights = numbers(rows, columns).cast<float>() * .05f;
    layer.hessian = x.transpose() * x;
    return layer;
}

QuantizedMatrix run(const Quantizer& method, const Settings& settings, const Layer& layer)
{
    Progress progress;
    return quantizeMatrix(method, settings,
                          {QStringLiteral("w"), layer.weights, &layer.hessian, nullptr}, *backend,
                          progress);
}

QString complaint(const Quantizer& method, const Settings& settings, const Layer& layer)
{
    try {
        run(method, settings, layer);
    } catch (const Error& error) {
        return error.sentence();
    }
    return {};
}

// Each choice of each parameter once, the others at their standard values.
std::vector<Settings> variants(const Quantizer& method)
{
    std::vector<Settings> all{Settings::object()};
    for (const Parameter& p : method.parameters()) {
        std::vector<Settings> values;
        if (p.kind == Parameter::Kind::Boolean)
            values = {true, false};
        else if (p.kind == Parameter::Kind::Choice)
            for (const QString& c : p.choices)
                values.push_back(c.toStdString());
        else if (p.kind == Parameter::Kind::Integer)
            values = {static_cast<int>(p.minimum), static_cast<int>(p.maximum)};
        else
            values = {p.minimum, (p.minimum + p.maximum) / 2, p.maximum};
        for (const Settings& value : values)
            all.push_back({{p.id.toStdString(), value}});
    }
    return all;
}

void checkResult(const Layer& layer, const QuantizedMatrix& q, const QString& what)
{
    const QByteArray say = what.toUtf8();
    QVERIFY2(q.values.rows() == layer.weights.rows() && q.values.cols() == layer.weights.cols(), say);
    QVERIFY2(q.values.allFinite(), say);
    QVERIFY2(std::isfinite(q.loss) && q.loss >= 0, say);
    const PackedMatrix packed = PackedMatrix::pack(QStringLiteral("w"), q.coding, q.codes);
    const std::vector<std::byte> copy(packed.bytes.begin(), packed.bytes.end());
    const Matrix back = PackedMatrix::parse(QStringLiteral("w"), copy, nullptr).unpack();
    QVERIFY2(std::memcmp(back.data(), q.values.data(), static_cast<std::size_t>(back.size()) * 4) == 0,
             say);
    const BitCount bits = packed.bits();
    QVERIFY2(bits.disk() == static_cast<std::int64_t>(copy.size()) * 8, say);
}

} // namespace

class TestQuantizers : public QObject
{
    Q_OBJECT
private slots:
    void everyMethodKeepsTheInvariants_data();
    void everyMethodKeepsTheInvariants();
    void parametersDescribeThemselves();
    void settingsAreChecked();
    void compensationLowersTheLoss();
    void ratiosAtTheEndsGiveOneClass();
    void saliencyThresholdFollowsTheReference();
    void columnsAreSelectedWhole();
    void deadInputsGetZeroWeights();
    void rowsOfZerosStayZero();
    void aFactorIsSharedBetweenLayers();
    void refusesWhatCannotBeQuantized();
    void raisesTheDampingBeforeGivingUp();
    void hugeWeightsNeedWiderScales();
    void everyMethodTakesPoorLayers_data();
    void everyMethodTakesPoorLayers();
    void everyMethodTellsItsSizeWithoutAHessian();
    void bitsFollowTheirFormulas_data();
    void bitsFollowTheirFormulas();
    void compensationHelpsEveryMethodThatHasIt();
};

void TestQuantizers::everyMethodTakesPoorLayers_data()
{
    QTest::addColumn<QString>("id");
    for (const Quantizer* method : quantizers())
        QTest::newRow(qPrintable(method->id())) << method->id();
}

// One direction only in the Hessian, none at all, blocks of zeros, weights all alike, dead inputs.
void TestQuantizers::everyMethodTakesPoorLayers()
{
    QFETCH(QString, id);
    const Quantizer& method = quantizer(id);
    const Layer good = makeLayer(9, 272);
    Layer poor = good;
    const VectorD direction = good.hessian.col(3);
    poor.hessian = direction * direction.transpose();
    checkResult(poor, run(method, nullptr, poor), QStringLiteral("one direction"));
    poor = good;
    poor.hessian.setZero();
    checkResult(poor, run(method, nullptr, poor), QStringLiteral("no input"));
    poor = good;
    poor.weights.middleCols(128, 128).setZero();
    checkResult(poor, run(method, nullptr, poor), QStringLiteral("a block of zeros"));
    poor = good;
    poor.weights.setConstant(.03f);
    checkResult(poor, run(method, nullptr, poor), QStringLiteral("all alike"));
    poor = good;
    for (const Index j : {0, 7, 130, 271}) {
        poor.hessian.row(j).setZero();
        poor.hessian.col(j).setZero();
    }
    checkResult(poor, run(method, nullptr, poor), QStringLiteral("dead inputs"));
}

void TestQuantizers::everyMethodTellsItsSizeWithoutAHessian()
{
    const Layer layer = makeLayer(48, 160);
    for (const Quantizer* method : quantizers()) {
        Progress progress;
        const QuantizedMatrix sized = quantizeMatrix(
            *method, nullptr, {QStringLiteral("w"), layer.weights, nullptr, nullptr, {}, true}, *backend, progress);
        const QuantizedMatrix real = run(*method, nullptr, layer);
        const auto bits = [](const QuantizedMatrix& q) {
            return PackedMatrix::pack(QStringLiteral("w"), q.coding, q.codes).bits().diskPerWeight();
        };
        // BiLLM's search picks other columns for other Hessians.
        QVERIFY2(std::abs(bits(sized) / bits(real) - 1) < .25, qPrintable(method->id()));
    }
}

void TestQuantizers::bitsFollowTheirFormulas_data()
{
    QTest::addColumn<QString>("id");
    QTest::addColumn<QString>("settings");
    QTest::addColumn<double>("nominal");
    QTest::addColumn<double>("disk");
    const auto row = [](const char* id, const Settings& settings, double nominal, double disk) {
        QTest::newRow(qPrintable(QStringLiteral("%1 %2").arg(QLatin1String(id),
                                                             QString::fromStdString(settings.dump()))))
            << QString::fromLatin1(id) << QString::fromStdString(settings.dump()) << nominal << disk;
    };
    const double perRow = 16. / 1024, perGroup = 16. / 128;
    row("rtn", {{"bits", 3}}, 3, 3 + 2 * perGroup);
    row("rtn", {{"bits", 4}, {"scope", "row"}, {"symmetric", true}}, 4, 4 + perRow);
    row("gptq", {{"bits", 4}}, 4, 4 + 2 * perGroup);
    row("gptq", {{"bits", 3}, {"symmetric", true}}, 3, 3 + perGroup);
    row("gptq", {{"bits", 4}, {"activation_order", true}}, 4, 4 + 2 * perGroup + 16. / 256);
    row("ternary", {{"scope", "row"}}, std::log2(3.), 1.6 + perRow);
    row("ternary", nullptr, std::log2(3.), 1.6 + perGroup);
    row("binarize", nullptr, 1, 1 + perRow);
    row("magnitude", {{"sparsity", .5}}, 8, 8 + 1 + perRow);
    row("magnitude", {{"sparsity", .5}, {"survivors", "4"}}, 2, 2 + 1 + 3 * perRow);
    row("sparsegpt", {{"pattern", "2:4"}}, 8, 8 + 1 + perRow);
    row("wanda", {{"sparsity", .75}}, 4, 4 + .83 + perRow);
    row("smoothquant", nullptr, 8, 8 + perRow + 16. / 256 + 255 * 32. / (256 * 1024));
    row("arb-llm", {{"variant", "plain"}, {"column_bitmap", false}, {"group_bitmap", false}}, 1,
        1 + 2 * perGroup);
    row("arb-llm", {{"variant", "rc"}, {"column_bitmap", false}, {"group_bitmap", false}}, 1,
        1 + perGroup + 16. / 256);
}

void TestQuantizers::bitsFollowTheirFormulas()
{
    QFETCH(QString, id);
    QFETCH(QString, settings);
    QFETCH(double, nominal);
    QFETCH(double, disk);
    static const Layer layer = makeLayer(256, 1024);
    Progress progress;
    const QuantizedMatrix q =
        quantizeMatrix(quantizer(id), Settings::parse(settings.toStdString()),
                       {QStringLiteral("w"), layer.weights, nullptr, nullptr, {}, true}, *backend, progress);
    const BitCount bits = PackedMatrix::pack(QStringLiteral("w"), q.coding, q.codes).bits();
    QVERIFY2(std::abs(bits.nominalPerWeight() - nominal) < .003, qPrintable(QString::number(bits.nominalPerWeight())));
    QVERIFY2(std::abs(bits.diskPerWeight() - disk) < .02, qPrintable(QString::number(bits.diskPerWeight())));
}

void TestQuantizers::compensationHelpsEveryMethodThatHasIt()
{
    const Layer layer = makeLayer(48, 288);
    for (const Quantizer* method : quantizers()) {
        bool has = false;
        for (const Parameter& p : method->parameters())
            has = has || p.id == QLatin1String("compensation");
        if (has)
            QVERIFY2(run(*method, nullptr, layer).loss <
                         run(*method, {{"compensation", false}}, layer).loss,
                     qPrintable(method->id()));
    }
}

void TestQuantizers::everyMethodKeepsTheInvariants_data()
{
    QTest::addColumn<QString>("id");
    QTest::addColumn<int>("rows");
    QTest::addColumn<int>("columns");
    for (const Quantizer* method : quantizers())
        for (const auto& [rows, columns] : {std::pair{1, 40}, {37, 1}, {33, 65}, {64, 144}, {5, 300}})
            QTest::newRow(qPrintable(QStringLiteral("%1 %2x%3").arg(method->id()).arg(rows).arg(columns)))
                << method->id() << rows << columns;
}

void TestQuantizers::everyMethodKeepsTheInvariants()
{
    QFETCH(QString, id);
    QFETCH(int, rows);
    QFETCH(int, columns);
    const Quantizer& method = quantizer(id);
    const Layer layer = makeLayer(rows, columns);
    for (const Settings& settings : variants(method))
        checkResult(layer, run(method, settings, layer), QString::fromStdString(settings.dump()));
}

void TestQuantizers::parametersDescribeThemselves()
{
    QSet<QString> ids;
    for (const Quantizer* method : quantizers()) {
        QVERIFY(!ids.contains(method->id()));
        ids.insert(method->id());
        QVERIFY(!method->title().isEmpty() && !method->paper().isEmpty());
        for (const Parameter& p : method->parameters()) {
            QVERIFY2(!p.title.isEmpty() && !p.why.isEmpty(), qPrintable(p.id));
            // The standard value passes the method's own check.
            completeSettings(*method, {{p.id.toStdString(), p.standard}});
        }
    }
    QVERIFY_EXCEPTION_THROWN(quantizer(QStringLiteral("none")), Error);
}

void TestQuantizers::settingsAreChecked()
{
    const Quantizer& method = quantizer(QStringLiteral("pb-llm"));
    QCOMPARE(completeSettings(method, nullptr).at("salient_bits").get<int>(), 8);
    QCOMPARE(completeSettings(method, {{"salient_bits", 4}}).at("salient_bits").get<int>(), 4);
    for (const Settings& bad :
         {Settings{{"salient_ratio", 1.5}}, Settings{{"salient_ratio", -.1}},
          Settings{{"salient_ratio", "much"}}, Settings{{"salient_ratio", NAN}},
          Settings{{"salient_bits", 4.5}}, Settings{{"salient_bits", 9}},
          Settings{{"parameter_bits", 24}}, Settings{{"saliency", "size"}},
          Settings{{"compensation", 1}}, Settings{{"group_size", 0}}, Settings{{"bits", 4}},
          Settings(3), Settings::array()})
        QVERIFY_EXCEPTION_THROWN(completeSettings(method, bad), Error);
}

void TestQuantizers::compensationLowersTheLoss()
{
    const Layer layer = makeLayer(48, 160);
    const Quantizer& method = quantizer(QStringLiteral("pb-llm"));
    for (const char* precision : {"fp64", "fp32"})
        for (const double ratio : {0., .1, .5, 1.}) {
            const Settings with{{"salient_ratio", ratio}, {"precision", precision}};
            Settings without = with;
            without["compensation"] = false;
            QVERIFY(run(method, with, layer).loss < .9 * run(method, without, layer).loss);
        }
}

void TestQuantizers::ratiosAtTheEndsGiveOneClass()
{
    const Layer layer = makeLayer(20, 64);
    const Quantizer& method = quantizer(QStringLiteral("pb-llm"));
    const QuantizedMatrix none = run(method, {{"salient_ratio", 0}}, layer);
    QCOMPARE(none.coding.grids.size(), std::size_t{1});
    QCOMPARE(none.coding.grids[0].count, 2);
    const QuantizedMatrix all = run(method, {{"salient_ratio", 1}}, layer);
    QCOMPARE(all.coding.grids.size(), std::size_t{1});
    QCOMPARE(all.coding.grids[0].count, 256);
    QVERIFY(all.loss < 1e-4 && none.loss > .05);
}

void TestQuantizers::saliencyThresholdFollowsTheReference()
{
    Matrix saliency(2, 5);
    saliency << 5, 1, 9, 3, 7, 2, 8, 4, 6, 0;
    // Sorted index floor(10 * .7) is 7: the values above 7 are 8 and 9.
    const CodeMatrix marks = selectSalient(saliency, .3, Selection::Element, 0);
    QCOMPARE(marks.cast<int>().sum(), 2);
    QVERIFY(marks(0, 2) == 1 && marks(1, 1) == 1);
    // 1 - .9 is just below .1; the index must still be 1.
    QCOMPARE(selectSalient(saliency, .9, Selection::Element, 0).cast<int>().sum(), 8);
    saliency.setConstant(3);
    QCOMPARE(selectSalient(saliency, .3, Selection::Element, 0).cast<int>().sum(), 0);
}

void TestQuantizers::columnsAreSelectedWhole()
{
    const Layer layer = makeLayer(30, 100);
    const Settings settings{{"selection", "column"}, {"salient_ratio", .2}};
    const QuantizedMatrix q = run(quantizer(QStringLiteral("pb-llm")), settings, layer);
    QCOMPARE(q.coding.classes.rows(), Index{1});
    QCOMPARE(q.coding.classes.cast<int>().sum(), 19);
    const BitCount bits = PackedMatrix::pack(QStringLiteral("w"), q.coding, q.codes).bits();
    QCOMPARE(bits.masks, std::int64_t{104});
}

void TestQuantizers::deadInputsGetZeroWeights()
{
    Layer layer = makeLayer(16, 48);
    for (const Index j : {0, 7, 47}) {
        layer.hessian.row(j).setZero();
        layer.hessian.col(j).setZero();
        layer.weights.col(j).setConstant(100);
    }
    for (const Quantizer* method : quantizers())
        checkResult(layer, run(*method, nullptr, layer), method->id());
    Layer without = layer;
    for (const Index j : {0, 7, 47})
        without.weights.col(j).setZero();
    const Settings own{{"salient_range", "salient"}};
    const Quantizer& method = quantizer(QStringLiteral("pb-llm"));
    const QuantizedMatrix a = run(method, own, layer);
    // Only the published range of the salient grid sees dead weights.
    QVERIFY(a.coding.grids[0].scale == run(method, own, without).coding.grids[0].scale);
    QVERIFY(run(method, nullptr, layer).coding.grids[1].scale.minCoeff() > .3f);
}

void TestQuantizers::rowsOfZerosStayZero()
{
    Layer layer = makeLayer(8, 64);
    layer.weights.row(3).setZero();
    for (const Quantizer* method : quantizers()) {
        const QuantizedMatrix q = run(*method, nullptr, layer);
        QVERIFY2(q.values.row(3).isZero(0), qPrintable(method->id()));
    }
    layer.weights.setZero();
    for (const Quantizer* method : quantizers())
        QCOMPARE(run(*method, nullptr, layer).loss, 0.);
}

void TestQuantizers::aFactorIsSharedBetweenLayers()
{
    const Layer layer = makeLayer(24, 80);
    const Quantizer& method = quantizer(QStringLiteral("pb-llm"));
    Progress progress;
    const auto factor =
        factorFor(method, nullptr, QStringLiteral("w"), layer.hessian, *backend, progress);
    const QuantizedMatrix shared =
        quantizeMatrix(method, nullptr, {QStringLiteral("w"), layer.weights, &layer.hessian, factor},
                       *backend, progress);
    QVERIFY(shared.values == run(method, nullptr, layer).values);
    const Settings plain{{"compensation", false}, {"saliency", "magnitude"}};
    QVERIFY(!factorFor(method, plain, QStringLiteral("w"), layer.hessian, *backend, progress));
    quantizeMatrix(method, plain, {QStringLiteral("w"), layer.weights, nullptr, nullptr}, *backend,
                   progress);
}

void TestQuantizers::refusesWhatCannotBeQuantized()
{
    const Quantizer& method = quantizer(QStringLiteral("pb-llm"));
    const Layer good = makeLayer(6, 32);
    Layer bad = good;
    bad.weights(4, 9) = NAN;
    QVERIFY(complaint(method, nullptr, bad).contains(QStringLiteral("'w'")));
    bad = good;
    bad.hessian(3, 4) = INFINITY;
    QVERIFY(complaint(method, nullptr, bad).contains(QStringLiteral("not finite")));
    bad = good;
    bad.hessian.resize(31, 31);
    QVERIFY(complaint(method, nullptr, bad).contains(QStringLiteral("31 x 31")));
    bad = good;
    bad.hessian = -bad.hessian;
    QVERIFY(complaint(method, nullptr, bad).contains(QStringLiteral("not positive definite")));
    Progress progress;
    QVERIFY_EXCEPTION_THROWN(
        quantizeMatrix(method, nullptr, {QStringLiteral("w"), good.weights, nullptr, nullptr},
                       *backend, progress),
        Error);
}

void TestQuantizers::raisesTheDampingBeforeGivingUp()
{
    Layer layer = makeLayer(6, 32);
    QCOMPARE(run(quantizer(QStringLiteral("pb-llm")), nullptr, layer).damping, .01);
    // Negative in one direction by a twentieth of the mean diagonal.
    Eigen::SelfAdjointEigenSolver<MatrixD> solver(layer.hessian);
    VectorD values = solver.eigenvalues();
    values[0] = -.05 * layer.hessian.trace() / 32;
    layer.hessian = solver.eigenvectors() * values.asDiagonal() * solver.eigenvectors().transpose();
    QCOMPARE(run(quantizer(QStringLiteral("pb-llm")), nullptr, layer).damping, .1);
}

void TestQuantizers::hugeWeightsNeedWiderScales()
{
    Layer layer = makeLayer(6, 32);
    layer.weights *= 1e8f;
    const Quantizer& method = quantizer(QStringLiteral("pb-llm"));
    QVERIFY(complaint(method, nullptr, layer).contains(QStringLiteral("parameter_bits")));
    checkResult(layer, run(method, {{"parameter_bits", 32}}, layer), {});
}

QTEST_APPLESS_MAIN(TestQuantizers)
#include "tst_quantizers.moc"
