// SPDX-License-Identifier: GPL-3.0-or-later
#include "compute/cpu_backend.h"
#include "quantize/quantize_matrix.h"
#include "quantize/quantizers.h"
#include "quantize/row_sample.h"

#include <QtTest>
#include <cmath>
#include <numeric>
#include <random>
#include <set>

using namespace halftone;

namespace {

struct Layer
{
    Matrix weights;
    MatrixD hessian;
};

Layer makeLayer(Index rows, Index columns, unsigned seed)
{
    std::mt19937 random(seed);
    std::normal_distribution<double> draw(0, 1);
    Layer layer;
    layer.weights.resize(rows, columns);
    for (Index r = 0; r < rows; ++r)
        for (Index c = 0; c < columns; ++c)
            layer.weights(r, c) = float(0.02 * draw(random) * (1 + double(r % 7)));
    MatrixD inputs(4 * columns, columns);
    for (Index i = 0; i < inputs.size(); ++i)
        inputs.data()[i] = draw(random);
    for (Index t = 0; t < inputs.rows(); ++t)
        inputs.row(t) *= 1 + 3 * (t % 3);
    for (Index c = 1; c < columns; ++c)
        inputs.col(c) += 0.7 * inputs.col(c - 1);
    layer.hessian = inputs.transpose() * inputs;
    return layer;
}

std::vector<double> keysOf(const Layer& layer)
{
    std::vector<double> keys;
    for (Index r = 0; r < layer.weights.rows(); ++r)
        keys.push_back(layer.weights.row(r).cast<double>().array().square().matrix().dot(layer.hessian.diagonal()));
    return keys;
}

Matrix rowsOfSample(const Matrix& weights, const RowSample& sample)
{
    Matrix some(Index(sample.rows.size()), weights.cols());
    for (std::size_t i = 0; i < sample.rows.size(); ++i)
        some.row(Index(i)) = weights.row(sample.rows[i]);
    return some;
}

} // namespace

class RowSampleTest : public QObject
{
    Q_OBJECT

private slots:
    void takesTwoRowsFromEachStratum()
    {
        std::vector<double> keys;
        for (int i = 0; i < 100; ++i)
            keys.push_back(double((i * 37) % 100));
        const RowSample sample = stratifiedRows(keys, 25);
        QCOMPARE(sample.rows.size(), std::size_t(25)); // 9 pairs of 93 rows and the largest 7
        QCOMPARE(std::set(sample.rows.begin(), sample.rows.end()).size(), std::size_t(25));
        QCOMPARE(sample.pairs, std::int64_t(9));
        for (std::size_t i = 0; i < 18; ++i) {
            const double key = keys[std::size_t(sample.rows[i])];
            QVERIFY(key >= double(i / 2 * 93 / 9) && key < double((i / 2 + 1) * 93 / 9));
        }
        for (std::size_t i = 18; i < 25; ++i)
            QVERIFY(keys[std::size_t(sample.rows[i])] >= 93);
        QCOMPARE(std::accumulate(sample.weights.begin(), sample.weights.end(), 0.0), 100.0);
        QVERIFY(stratifiedRows(keys, 100).complete());
        QVERIFY(stratifiedRows(keys, 1000).complete());
    }

    void energiesAreThoseOfTheFormula()
    {
        const Layer layer = makeLayer(9, 24, 3);
        const auto backend = makeCpuBackend();
        const Array hessian = backend->upload(Matrix(layer.hessian.cast<float>()));
        const VectorD energies = rowEnergies(layer.weights, hessian, *backend);
        const VectorD plain = rowEnergies(layer.weights, {}, *backend);
        for (Index r = 0; r < 9; ++r) {
            const VectorD w = layer.weights.row(r).cast<double>();
            const double exact = w.dot(layer.hessian * w);
            QVERIFY(std::abs(energies[r] - exact) < 1e-5 * exact);
            QVERIFY(std::abs(plain[r] - w.squaredNorm()) < 1e-12);
        }
    }

    // What the preview says against what a run finds: within three standard errors nearly always, and the
    // standard error is no more than it has to be.
    void tellsTheLossOfTheWholeWithItsError()
    {
        const auto backend = makeCpuBackend();
        Progress progress;
        // Without salient weights no threshold joins the rows.
        const Quantizer& method = quantizer(QStringLiteral("pb-llm"));
        const nlohmann::json settings{{"salient_ratio", 0.0}};
        int within = 0, trials = 12;
        for (int trial = 0; trial < trials; ++trial) {
            Layer layer = makeLayer(160, 48, 100 + unsigned(trial));
            // One row that holds much of the energy and is unlike the others, as in real models.
            layer.weights.row(40 + trial) *= 12;
            for (Index c = 0; c < 48; c += 3)
                layer.weights(40 + trial, c) = 0;
            const Array hessian = backend->upload(Matrix(layer.hessian.cast<float>()));
            const LayerProblem whole{QStringLiteral("layer"), layer.weights, &layer.hessian, nullptr};
            const QuantizedMatrix exact = quantizeMatrix(method, settings, whole, *backend, progress);
            const RowSample sample = stratifiedRows(keysOf(layer), 32);
            const Matrix some = rowsOfSample(layer.weights, sample);
            const LayerProblem part{QStringLiteral("layer"), some, &layer.hessian, nullptr};
            const QuantizedMatrix coded = codeMatrix(method, settings, part, *backend, progress);
            QCOMPARE(coded.loss, 0.0);
            const SampledLoss loss = lossOfSample(sample, rowEnergies(some - coded.values, hessian, *backend),
                                                  rowEnergies(some, hessian, *backend));
            QVERIFY(loss.standardError > 0 && loss.standardError < 0.2 * loss.loss);
            within += std::abs(loss.loss - exact.loss) < 3 * loss.standardError;
        }
        QVERIFY2(within >= trials - 1, qPrintable(QString::number(within)));
    }

    void aCompleteSampleIsExact()
    {
        const auto backend = makeCpuBackend();
        Progress progress;
        const Layer layer = makeLayer(20, 32, 7);
        const Array hessian = backend->upload(Matrix(layer.hessian.cast<float>()));
        const LayerProblem problem{QStringLiteral("layer"), layer.weights, &layer.hessian, nullptr};
        const Quantizer& method = quantizer(QStringLiteral("pb-llm"));
        const QuantizedMatrix exact = quantizeMatrix(method, nullptr, problem, *backend, progress);
        const QuantizedMatrix coded = codeMatrix(method, nullptr, problem, *backend, progress);
        const RowSample sample = stratifiedRows(keysOf(layer), 20);
        const SampledLoss loss = lossOfSample(sample, rowEnergies(layer.weights - coded.values, hessian, *backend),
                                              rowEnergies(layer.weights, hessian, *backend));
        QVERIFY(std::abs(loss.loss - exact.loss) < 1e-5 * exact.loss);
        QCOMPARE(loss.standardError, 0.0);
    }
};

QTEST_APPLESS_MAIN(RowSampleTest)
#include "tst_row_sample.moc"
