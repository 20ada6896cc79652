// SPDX-License-Identifier: GPL-3.0-or-later
// What refinement promises for every method: no step raises the loss, and the result is one that no
// single change of a code betters. And what rotation and rates change.
#include "base/error.h"
#include "checkpoint/ggml_codes.h"
#include "compute/cpu_backend.h"
#include "quantize/gaussian_levels.h"
#include "quantize/quantize_matrix.h"
#include "quantize/quantizers.h"
#include "quantize/salience.h"

#include <QtTest>
#include <algorithm>
#include <cmath>
#include <cstring>
#include <functional>
#include <numeric>
#include <random>
#include <utility>

using namespace halftone;

namespace {

const auto backend = makeCpuBackend();

struct Layer
{
    Matrix weights;
    MatrixD hessian;
};

Layer makeLayer(Index rows, Index columns, bool outliers = false)
{
    std::mt19937 random(3);
    std::normal_distribution<double> normal;
    const auto numbers = [&](Index height, Index width) {
        MatrixD m(height, width);
        for (Index i = 0; i < m.size(); ++i)
            m.data()[i] = normal(random);
        return m;
    };
    const MatrixD mixing = numbers(columns, columns);
    const MatrixD x = numbers(3 * columns, columns) + numbers(3 * columns, columns) * mixing * .3;
    Layer layer;
    layer.weights = numbers(rows, columns).cast<float>() * .05f;
    if (outliers)
        for (Index j = 0; j < columns; j += 16)
            layer.weights.col(j) *= 8;
    layer.hessian = x.transpose() * x;
    return layer;
}

QuantizedMatrix run(const Quantizer& method, const Settings& settings, const Layer& layer,
                    const Treatment& treatment = {})
{
    Progress progress;
    const MatrixD hessian = rotatedBothSides(treatment.rotation, layer.hessian);
    return quantizeMatrix(method, settings, {QStringLiteral("w"), layer.weights, &hessian, nullptr, treatment},
                          *backend, progress);
}

StoredScales storedScales(const QString& id, Index columns)
{
    return quantizer(id).storedScales(columns, completeSettings(quantizer(id), nullptr));
}

Treatment refined(int rounds)
{
    Treatment t;
    t.refinement.rounds = rounds;
    return t;
}

} // namespace

class TestRefineCodes : public QObject
{
    Q_OBJECT
private slots:
    void noStepRaisesTheLoss_data()
    {
        QTest::addColumn<QString>("id");
        QTest::addColumn<int>("rows");
        QTest::addColumn<int>("columns");
        for (const Quantizer* method : quantizers())
            for (const auto& [rows, columns] : {std::pair{1, 40}, {37, 1}, {33, 65}, {24, 300}, {9, 512}})
                QTest::addRow("%s %dx%d", qPrintable(method->id()), rows, columns)
                    << method->id() << rows << columns;
    }
    void noStepRaisesTheLoss()
    {
        QFETCH(QString, id);
        QFETCH(int, rows);
        QFETCH(int, columns);
        const Layer layer = makeLayer(rows, columns);
        QuantizedMatrix q = run(quantizer(id), nullptr, layer);
        Matrix hessian = layer.hessian.cast<float>();
        hessian.diagonal().array() += static_cast<float>(.01 * layer.hessian.diagonal().mean());
        Progress progress;
        const RefinedLoss loss = refineCodes(q.coding, q.codes, layer.weights, hessian, {3, 3, 0, false},
                                             storedScales(id, columns), *backend, progress);
        double before = loss.before;
        for (const double step : loss.steps) {
            QVERIFY2(step <= before * (1 + 1e-5) + 1e-12, qPrintable(QStringLiteral("%1 after %2").arg(step).arg(before)));
            before = step;
        }
        for (Index r = 0; r < rows; ++r)
            for (Index j = 0; j < columns; ++j)
                QVERIFY(q.codes(r, j) < q.coding.grids[static_cast<std::size_t>(q.coding.classOf(r, j))].count);
        const auto type = quantizer(id).storedAs(columns, completeSettings(quantizer(id), nullptr));
        QVERIFY2(!type || ggmlHolds(*type, q.coding), "scales left their blocks");
    }
    void refinementPays()
    {
        const Layer layer = makeLayer(48, 256);
        for (const auto& [id, settings, gain] :
             {std::tuple{"pb-llm", Settings{{"salient_ratio", .1}}, .95},
              {"pb-plus", Settings{{"salient_ratio", .1}}, .95},
              {"gaussian", Settings{{"spacing", "lloyd"}, {"levels", 2}}, .9},
              {"gguf-q1_0", Settings{}, .9},
              {"gguf-q2_0", Settings{}, .9},
              {"gguf-q2_k", Settings{}, .95},
              {"gguf-tq2_0", Settings{}, .9},
              {"gguf-q2_0", Settings{{"type", "q4_k"}}, .98}}) {
            const Quantizer& method = quantizer(QString::fromLatin1(id));
            QVERIFY(run(method, settings, layer, refined(2)).loss < gain * run(method, settings, layer).loss);
        }
    }
    // Where nothing is to be gained by the change of one code, the passes have done their work.
    void endsWhereNoSingleCodeHelps()
    {
        const Layer layer = makeLayer(6, 40);
        QuantizedMatrix q = run(quantizer(QStringLiteral("gaussian")), {{"target_bits", 1.5}}, layer);
        const Matrix hessian = layer.hessian.cast<float>();
        Progress progress;
        refineCodes(q.coding, q.codes, layer.weights, hessian, {1, 30, 0, false}, {}, *backend, progress);
        // The last step is a refit: codes may have a better neighbour again, but not by scales unchanged.
        CodeMatrix codes = q.codes;
        refineCodes(q.coding, codes, layer.weights, hessian, {1, 30, 0, false}, {}, *backend, progress);
        const auto lossOf = [&](const CodeMatrix& c) {
            MatrixD e(6, 40);
            for (Index r = 0; r < 6; ++r)
                for (Index j = 0; j < 40; ++j)
                    e(r, j) = layer.weights(r, j) - codeValue(q.coding.grids[0], r, j, c(r, j));
            return (e * layer.hessian).cwiseProduct(e).sum();
        };
        const double least = lossOf(codes);
        int better = 0;
        for (Index r = 0; r < 6; ++r)
            for (Index j = 0; j < 40; ++j)
                for (const int step : {-1, 1}) {
                    CodeMatrix other = codes;
                    const int code = codes(r, j) + step;
                    if (code < 0 || code >= q.coding.grids[0].count)
                        continue;
                    other(r, j) = static_cast<std::uint8_t>(code);
                    better += lossOf(other) < least * (1 - 1e-3);
                }
        QVERIFY2(better <= 5, qPrintable(QString::number(better))); // of 480
    }
    void aPriceOnBitsMakesTheFileSmaller()
    {
        const Layer layer = makeLayer(96, 256);
        const Quantizer& method = quantizer(QStringLiteral("gaussian"));
        double bits = 100, loss = 0;
        for (const double rate : {0., .5, 2.}) {
            Treatment t = refined(2);
            t.refinement.rate = rate;
            t.entropyCoded = true;
            const QuantizedMatrix q = run(method, {{"target_bits", 2}}, layer, t);
            const double disk = PackedMatrix::pack(QStringLiteral("w"), q.coding, q.codes).bits().diskPerWeight();
            QVERIFY(disk < bits && q.loss > loss);
            bits = disk;
            loss = q.loss;
        }
    }
    void weightsMayChangeTheirClass()
    {
        const Layer layer = makeLayer(48, 256);
        const Quantizer& method = quantizer(QStringLiteral("pb-llm"));
        Treatment fixed = refined(2), moving = refined(2);
        fixed.refinement.rate = moving.refinement.rate = .5;
        moving.refinement.moveClasses = true;
        const QuantizedMatrix a = run(method, nullptr, layer, fixed), b = run(method, nullptr, layer, moving);
        QVERIFY(a.coding.classes == run(method, nullptr, layer).coding.classes);
        QVERIFY(a.coding.classes != b.coding.classes);
    }
    void rotationHelpsUnevenWeightsAndComesBackExactly()
    {
        const Layer layer = makeLayer(48, 192, true);
        Treatment turned;
        turned.rotation = {true, 0, 1};
        turned.entropyCoded = true;
        for (const Quantizer* method : quantizers()) {
            const QuantizedMatrix q = run(*method, nullptr, layer, turned);
            const PackedMatrix packed = PackedMatrix::pack(QStringLiteral("w"), q.coding, q.codes);
            const std::vector<std::byte> copy(packed.bytes.begin(), packed.bytes.end());
            const Matrix back = PackedMatrix::parse(QStringLiteral("w"), copy, nullptr).unpack();
            QVERIFY2(std::memcmp(back.data(), q.values.data(), 4u * static_cast<std::size_t>(back.size())) == 0,
                     qPrintable(method->id()));
            const double seen = outputLoss(layer.weights - q.values, &layer.hessian, *backend) /
                                outputLoss(layer.weights, &layer.hessian, *backend);
            QVERIFY(std::abs(seen - q.loss) < 1e-3 * q.loss + 1e-7);
        }
        const Settings four{{"spacing", "lloyd"}, {"levels", 4}};
        const Quantizer& method = quantizer(QStringLiteral("gaussian"));
        QVERIFY(run(method, four, layer, turned).loss < .6 * run(method, four, layer).loss);
    }
    // The slider's share is that of the weights as they are; salient are the largest in their row's unit.
    void partialBinarizationKeepsTheLargestWeights()
    {
        Layer layer = makeLayer(48, 256);
        layer.weights.row(3).setZero();
        for (Index r = 20; r < 30; ++r)
            layer.weights.row(r) *= 4;
        const Quantizer& method = quantizer(QStringLiteral("pb-plus"));
        for (const double power : {0.0, 1.0})
            for (const double ratio : {.05, .2, .5}) {
                const QuantizedMatrix q = run(
                    method, {{"salient_ratio", ratio}, {"row_power", power}, {"compensation", false}}, layer);
                QCOMPARE(q.coding.grids.size(), std::size_t{2});
                QCOMPARE(q.coding.grids[0].role, QStringLiteral("binary"));
                double leastSalient = 1e9, mostBinary = 0;
                for (Index r = 0; r < 48; ++r) {
                    const double unit = power > 0 ? 1 : std::sqrt(layer.weights.row(r).squaredNorm() / 256);
                    for (Index j = 0; j < 256; ++j) {
                        const double size = std::abs(layer.weights(r, j)) / unit;
                        if (r == 3)
                            QCOMPARE(q.coding.classOf(r, j), 0);
                        else if (q.coding.classOf(r, j) == 0)
                            mostBinary = std::max(mostBinary, size);
                        else
                            leastSalient = std::min(leastSalient, size);
                    }
                }
                QVERIFY(mostBinary < 1.01 * leastSalient); // scales are halves
                const double share = q.coding.classes.cast<double>().mean() * 48 / 47;
                QVERIFY2(std::abs(share - ratio) < 0.002, qPrintable(QString::number(share)));
                // As many levels as the largest weight needs, no more.
                QVERIFY(q.coding.grids[1].count < 64);
                QVERIFY((q.values - layer.weights).cwiseAbs().maxCoeff() <
                        q.coding.grids[0].scale.maxCoeff() * (q.coding.grids[1].table.back() - 1));
            }
        for (const auto& [ratio, role] : {std::pair{0.0, "binary"}, {1.0, "salient"}}) {
            const QuantizedMatrix q = run(method, {{"salient_ratio", ratio}}, layer);
            QCOMPARE(q.coding.grids.size(), std::size_t{1});
            QCOMPARE(q.coding.grids[0].role, QLatin1String(role));
            QVERIFY(q.coding.classes.size() == 0);
        }
    }
    // Columns whose errors no later column makes up for count in smaller units, and so have more salient weights.
    void partialBinarizationKeepsMoreWhereItMatters()
    {
        Layer layer = makeLayer(64, 128);
        for (Index j = 0; j < 128; j += 4) {
            layer.hessian.row(j) *= 6;
            layer.hessian.col(j) *= 6;
        }
        const auto shareOfLoud = [&](double power) {
            const QuantizedMatrix q = run(quantizer(QStringLiteral("pb-plus")), {{"column_power", power}}, layer);
            double loud = 0;
            for (Index j = 0; j < 128; j += 4)
                loud += q.coding.classes.col(j).cast<double>().sum();
            return loud / q.coding.classes.cast<double>().sum();
        };
        QVERIFY(shareOfLoud(0) < .35);
        QVERIFY(shareOfLoud(.5) > .5);
    }
    // Max 1960, table I: levels and error of the best quantizer of a normal number.
    void lloydLevelsAreThePublishedOnes()
    {
        const std::vector<float> four = lloydLevels(4);
        QVERIFY(std::abs(four[2] - .4528f) < 2e-4f && std::abs(four[3] - 1.510f) < 1e-3f);
        const std::vector<float> eight = lloydLevels(8);
        QVERIFY(std::abs(eight[4] - .2451f) < 2e-4f && std::abs(eight[7] - 2.152f) < 1e-3f);
        QVERIFY(std::abs(lloydLevels(3)[2] - 1.224f) < 1e-3f && std::abs(lloydLevels(3)[1]) < 1e-6f);
        QVERIFY(std::abs(lloydLevels(2)[1] - .7979f) < 1e-4f);
    }
    // Of weights that are anything but Gaussian, too.
    void levelsHaveTheWishedEntropy()
    {
        Layer layer = makeLayer(96, 512);
        layer.weights.array() *= layer.weights.array().square();
        for (const double bits : {1., 2., 3.5}) {
            const QuantizedMatrix q = run(quantizer(QStringLiteral("gaussian")),
                                          {{"target_bits", bits}, {"compensation", false}}, layer);
            std::vector<double> counts(256, 0);
            for (Index i = 0; i < q.codes.size(); ++i)
                counts[q.codes.data()[i]] += 1;
            double entropy = 0;
            for (const double n : counts)
                entropy += n > 0 ? n / static_cast<double>(q.codes.size()) * std::log2(static_cast<double>(q.codes.size()) / n) : 0;
            QVERIFY2(std::abs(entropy - bits) < .1, qPrintable(QString::number(entropy)));
        }
    }
    void columnsInUnitsOfTheirOwn()
    {
        const Layer layer = makeLayer(48, 256);
        const Quantizer& method = quantizer(QStringLiteral("gaussian"));
        const QuantizedMatrix alike = run(method, {{"target_bits", 2.}}, layer, refined(1));
        const QuantizedMatrix own = run(method, {{"target_bits", 2.}, {"column_power", 1.}}, layer, refined(1));
        const Matrix& unit = own.coding.grids[0].columnScale;
        QVERIFY(alike.coding.grids[0].columnScale.size() == 0);
        QCOMPARE(unit.cols(), Index{256});
        QVERIFY(unit.minCoeff() > 0 && unit.maxCoeff() > 1.2f * unit.minCoeff());
        for (Index r = 0; r < 48; ++r)
            for (Index j = 0; j < 256; ++j)
                QCOMPARE(own.values(r, j), static_cast<float>(codeValue(own.coding.grids[0], r, j, own.codes(r, j))));
        QVERIFY2(own.loss < alike.loss, qPrintable(QStringLiteral("%1 and %2").arg(own.loss).arg(alike.loss)));
    }
    void stepsGiveTheWishedEntropy()
    {
        for (const double bits : {.3, 1., 2., 3.5, 7.})
            QVERIFY(std::abs(roundedEntropy(stepForEntropy(bits)) - bits) < 1e-6);
        // At high rates the entropy is that of the density less log2 of the step.
        QVERIFY(std::abs(roundedEntropy(.05) - (2.0471 - std::log2(.05))) < 1e-3);
    }
};

QTEST_APPLESS_MAIN(TestRefineCodes)
#include "tst_refine_codes.moc"
