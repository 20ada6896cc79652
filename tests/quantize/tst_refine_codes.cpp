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

// selectSalientBounded in the words of its header: each run of columns gets as many as exceed a threshold, within
// its bounds, and the threshold is the least at which there are not too many.
CodeMatrix boundedByDefinition(const Matrix& saliency, double ratio, Index blockColumns, double spread)
{
    const auto wanted = static_cast<Index>(std::llround(ratio * static_cast<double>(saliency.size())));
    std::vector<float> thresholds(saliency.data(), saliency.data() + saliency.size());
    thresholds.push_back(-1);
    std::sort(thresholds.begin(), thresholds.end());
    const auto countsAt = [&](float threshold) {
        std::vector<Index> counts;
        for (Index begin = 0; begin < saliency.cols(); begin += blockColumns) {
            const auto run = saliency.middleCols(begin, std::min(blockColumns, saliency.cols() - begin));
            const auto size = static_cast<double>(run.size());
            const auto most = static_cast<Index>(std::floor(size * std::min(1.0, ratio * spread)));
            const auto least = std::min(most, static_cast<Index>(std::ceil(size * ratio / spread)));
            counts.push_back(std::clamp<Index>((run.array() > threshold).count(), least, most));
        }
        return counts;
    };
    const auto fits = [&](float threshold) {
        const auto counts = countsAt(threshold);
        return std::accumulate(counts.begin(), counts.end(), Index{0}) <= wanted;
    };
    const std::vector<Index> counts = countsAt(*std::ranges::partition_point(thresholds, std::not_fn(fits)));
    CodeMatrix marks = CodeMatrix::Zero(saliency.rows(), saliency.cols());
    for (Index begin = 0, at = 0; begin < saliency.cols(); begin += blockColumns, ++at) {
        std::vector<std::pair<float, Index>> order; // greatest first, among equals the first
        for (Index r = 0; r < saliency.rows(); ++r)
            for (Index j = begin; j < std::min(begin + blockColumns, saliency.cols()); ++j)
                order.emplace_back(-saliency(r, j), r * saliency.cols() + j);
        std::stable_sort(order.begin(), order.end());
        for (Index i = 0; i < counts[static_cast<std::size_t>(at)]; ++i)
            marks.data()[order[static_cast<std::size_t>(i)].second] = 1;
    }
    return marks;
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
        const Quantizer& method = quantizer(QStringLiteral("pb-plus"));
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
    void salientSharesStayWithinTheirBounds()
    {
        Matrix saliency = Matrix::Constant(10, 512, 1);
        for (Index i = 0; i < saliency.size(); ++i)
            saliency.data()[i] += static_cast<float>(i % 97) * .01f;
        saliency.leftCols(128).array() += 100; // would take all
        const CodeMatrix marks = selectSalientBounded(saliency, .1, 128, 2);
        for (Index begin = 0; begin < 512; begin += 128) {
            const double share = marks.middleCols(begin, 128).cast<double>().mean();
            QVERIFY(share >= .05 - 1e-3 && share <= .2 + 1e-3);
        }
        QVERIFY(marks.leftCols(128).cast<double>().mean() > .19);
        QVERIFY(std::abs(marks.cast<double>().mean() - .1) < .01);
        QVERIFY(selectSalientBounded(saliency, 0, 128, 2).maxCoeff() == 0);
        QVERIFY(selectSalientBounded(saliency, 1, 128, 2).minCoeff() == 1);
    }
    void boundedSharesFollowTheirDefinition()
    {
        std::mt19937 random(3);
        std::normal_distribution<double> normal;
        for (const double grain : {0.0, 0.25}) // with 0.25, few values and many equals
            for (const double ratio : {0.01, 0.1, 0.5, 0.93})
                for (const double spread : {1.0, 2.0, 100.0}) {
                    Matrix saliency(37, 300);
                    for (Index i = 0; i < saliency.size(); ++i) {
                        const double v = std::abs(normal(random)) * (i % 300 < 100 ? 4 : 1);
                        saliency.data()[i] = static_cast<float>(grain > 0 ? std::floor(v / grain) * grain : v);
                    }
                    const CodeMatrix marks = selectSalientBounded(saliency, ratio, 128, spread);
                    QVERIFY2(marks == boundedByDefinition(saliency, ratio, 128, spread),
                             qPrintable(QStringLiteral("%1 %2 %3").arg(grain).arg(ratio).arg(spread)));
                }
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
