// SPDX-License-Identifier: GPL-3.0-or-later
// Hessians against plain sums over what an observer sees, and drift correction against its formula.
#include "base/error.h"
#include "calibrate/observe_block.h"
#include "compute/cpu_backend.h"
#include "quantize/drift_correction.h"

#include <Eigen/LU>
#include <QtTest>
#include <algorithm>
#include <random>

using namespace halftone;

namespace {

double worst(const MatrixD& a, const MatrixD& b)
{
    return (a - b).cwiseAbs().maxCoeff() / std::max(1e-12, b.cwiseAbs().maxCoeff());
}

} // namespace

class TestObserveBlock : public QObject
{
    Q_OBJECT
    std::unique_ptr<ComputeBackend> m_backend = makeCpuBackend();
    Transformer m_model{Checkpoint::open(QStringLiteral(HALFTONE_RESOURCES "/sample")), *m_backend};
    Block m_block = m_model.loadBlock(0);
    Block m_other = m_model.loadBlock(1);
    Streams m_streams;

    std::array<MatrixD, kStages.size()> inputs(const Block& block, const Array& hidden)
    {
        std::array<MatrixD, kStages.size()> out;
        const Stage last = kStages.back();
        m_model.runBlock(block, hidden, [&](Stage stage, const Array& x, const Array&) {
            out[static_cast<std::size_t>(stage)] = m_backend->downloadMatrix(x).cast<double>();
        }, &last);
        return out;
    }

private slots:
    void init()
    {
        m_streams = {};
        for (int w = 0; w < 3; ++w) {
            std::vector<int> tokens;
            for (int t = 0; t < 20; ++t)
                tokens.push_back((w * 977 + t * 131) % 4096);
            m_streams.coded.push_back(m_model.embed(tokens));
        }
    }

    void gramSumsOverAllWindows()
    {
        const Matrix before = m_backend->downloadMatrix(m_streams.coded[1]);
        int windows = 0;
        const auto observed = observeBlock(m_model, m_block, nullptr, m_streams, kStages, {Scalar::F64},
                                           [&](Index) { ++windows; });
        QCOMPARE(windows, 3);
        QVERIFY(m_backend->downloadMatrix(m_streams.coded[1]) == before);
        for (Stage stage : kStages) {
            const auto s = static_cast<std::size_t>(stage);
            MatrixD sum;
            for (const Array& hidden : m_streams.coded) {
                const MatrixD x = inputs(m_block, hidden)[s];
                sum = sum.size() == 0 ? MatrixD(x.transpose() * x) : MatrixD(sum + x.transpose() * x);
            }
            QVERIFY(worst(m_backend->downloadMatrixD(observed[s].gram), sum) < 1e-12);
            QCOMPARE(observed[s].tokens, Index{60});
            QVERIFY(!observed[s].cross);
        }
    }
    void onlyTheWantedStageIsObserved()
    {
        const Stage wanted = kStages[1];
        const auto one = observeBlock(m_model, m_block, nullptr, m_streams, {&wanted, 1}, {Scalar::F64}, {});
        const auto all = observeBlock(m_model, m_block, nullptr, m_streams, kStages, {Scalar::F64}, {});
        QVERIFY(!one[0].gram && one[1].gram && !one[2].gram && !one[3].gram);
        QVERIFY(m_backend->downloadMatrixD(one[1].gram) == m_backend->downloadMatrixD(all[1].gram));
    }
    void stagesInTurnGoOnFromEachOtherToTheSameNumbers()
    {
        for (const Array& hidden : m_streams.coded) {
            m_streams.original.push_back(m_backend->allocate(Scalar::F32, hidden.rows, hidden.columns));
            m_backend->copy(m_streams.original.back(), hidden);
            m_model.runBlock(m_other, m_streams.original.back());
        }
        Streams inTurn = m_streams;
        for (const Array& hidden : m_streams.coded) {
            inTurn.codedBetween.push_back(m_model.makeBetween(hidden.rows));
            inTurn.originalBetween.push_back(m_model.makeBetween(hidden.rows));
        }
        Block changing = m_block;
        for (Stage stage : kStages) {
            const auto s = static_cast<std::size_t>(stage);
            const auto again = observeBlock(m_model, changing, &m_other, m_streams, {&stage, 1}, {Scalar::F64}, {});
            const auto onward = observeBlock(m_model, changing, &m_other, inTurn, {&stage, 1}, {Scalar::F64}, {});
            QVERIFY(m_backend->downloadMatrixD(again[s].gram) == m_backend->downloadMatrixD(onward[s].gram));
            QVERIFY(m_backend->downloadMatrixD(again[s].cross) == m_backend->downloadMatrixD(onward[s].cross));
            for (Linear linear : linearsOf(stage)) // the stage is coded, say
                changing.weight(linear) = m_other.weight(linear);
        }
        for (std::size_t w = 0; w < 3; ++w) {
            const Array end = m_backend->allocate(Scalar::F32, m_streams.coded[w].rows, m_streams.coded[w].columns);
            m_backend->copy(end, m_streams.coded[w]);
            m_model.runBlock(changing, end);
            m_model.finishBlock(changing, inTurn.coded[w], inTurn.codedBetween[w]);
            QVERIFY(m_backend->downloadMatrix(end) == m_backend->downloadMatrix(inTurn.coded[w]));
        }
    }
    void crossIsTheDriftTimesTheInput()
    {
        for (const Array& hidden : m_streams.coded) {
            m_streams.original.push_back(m_backend->allocate(Scalar::F32, hidden.rows, hidden.columns));
            m_backend->copy(m_streams.original.back(), hidden);
            m_model.runBlock(m_other, m_streams.original.back()); // any other activations
        }
        const auto observed =
            observeBlock(m_model, m_block, &m_other, m_streams, kStages, {Scalar::F64}, {});
        for (Stage stage : kStages) {
            const auto s = static_cast<std::size_t>(stage);
            MatrixD sum;
            for (std::size_t w = 0; w < 3; ++w) {
                const MatrixD x = inputs(m_block, m_streams.coded[w])[s];
                const MatrixD o = inputs(m_other, m_streams.original[w])[s];
                const MatrixD part = (o - x).transpose() * x;
                sum = sum.size() == 0 ? part : MatrixD(sum + part);
            }
            QVERIFY(worst(m_backend->downloadMatrixD(observed[s].cross), sum) < 1e-6); // o - x is fp32
        }
    }
    void residualIsTheDriftOfTheStream()
    {
        for (const Array& hidden : m_streams.coded) {
            m_streams.original.push_back(m_backend->allocate(Scalar::F32, hidden.rows, hidden.columns));
            m_backend->copy(m_streams.original.back(), hidden);
            m_model.runBlock(m_other, m_streams.original.back());
        }
        const auto observed =
            observeBlock(m_model, m_block, &m_other, m_streams, kStages, {Scalar::F64}, {});
        QVERIFY(!observed[0].residual && observed[1].residual && !observed[2].residual && observed[3].residual);
        // What Output adds to is the block's input.
        MatrixD sum = MatrixD::Zero(observed[1].residual.rows, observed[1].residual.columns);
        for (std::size_t w = 0; w < 3; ++w) {
            const MatrixD drift = (m_backend->downloadMatrix(m_streams.original[w]) -
                                   m_backend->downloadMatrix(m_streams.coded[w])).cast<double>();
            sum += drift.transpose() * inputs(m_block, m_streams.coded[w])[1];
        }
        QVERIFY(worst(m_backend->downloadMatrixD(observed[1].residual), sum) < 1e-6);
    }
    void enormousTokensAreClipped()
    {
        const double clip = 0.9; // every second token has more than the median
        const auto observed =
            observeBlock(m_model, m_block, nullptr, m_streams, kStages, {Scalar::F64, clip}, {});
        MatrixD sum;
        for (const Array& hidden : m_streams.coded) {
            MatrixD x = inputs(m_block, hidden)[3];
            VectorD energy = x.rowwise().squaredNorm();
            std::vector<double> sorted(energy.begin(), energy.end());
            std::sort(sorted.begin(), sorted.end());
            for (Index t = 0; t < x.rows(); ++t)
                x.row(t) *= std::sqrt(std::min(1.0, clip * sorted[sorted.size() / 2] / energy[t]));
            sum = sum.size() == 0 ? MatrixD(x.transpose() * x) : MatrixD(sum + x.transpose() * x);
        }
        QVERIFY(worst(m_backend->downloadMatrixD(observed[3].gram), sum) < 1e-5);
    }
    void noDriftNoCross()
    {
        for (const Array& hidden : m_streams.coded) {
            m_streams.original.push_back(m_backend->allocate(Scalar::F32, hidden.rows, hidden.columns));
            m_backend->copy(m_streams.original.back(), hidden);
        }
        const auto observed =
            observeBlock(m_model, m_block, &m_block, m_streams, kStages, {Scalar::F64}, {});
        for (const StageHessian& h : observed)
            QCOMPARE(m_backend->downloadMatrixD(h.cross).cwiseAbs().maxCoeff(), 0.0);
    }

    void driftCorrectionFollowsItsFormula()
    {
        std::mt19937 random(5);
        std::normal_distribution<double> normal;
        const auto number = [&](Index) { return normal(random); };
        const Index n = 24, m = 40;
        const Matrix w = MatrixD::NullaryExpr(n, m, number).cast<float>();
        const MatrixD x = MatrixD::NullaryExpr(200, m, number);
        const MatrixD h = x.transpose() * x;
        const MatrixD c = MatrixD::NullaryExpr(200, m, number).transpose() * x;
        Progress progress;
        const DriftCorrection drift(h, c, 0.3, QStringLiteral("w"), *m_backend, progress);
        const Matrix got = drift.corrected(w, {}, 0.6, 0);
        const MatrixD damped = h + 0.3 * h.diagonal().mean() * MatrixD::Identity(m, m);
        const MatrixD expected = w.cast<double>() + 0.6 * w.cast<double>() * c * damped.inverse();
        QVERIFY(worst(got.cast<double>(), expected) < 1e-5);
        const MatrixD d = MatrixD::NullaryExpr(n, m, number);
        const Matrix both = drift.corrected(w, d, 0.6, 0.7);
        QVERIFY(worst(both.cast<double>(), expected + 0.7 * d * damped.inverse()) < 1e-5);
        QVERIFY(drift.corrected(w, {}, 0, 0) == w);
        const DriftCorrection none(MatrixD::Zero(m, m), MatrixD::Zero(m, m), 1, QStringLiteral("w"), *m_backend,
                                   progress);
        QVERIFY(none.corrected(w, {}, 1, 0) == w);
    }
    void indefiniteHessianIsNamed()
    {
        Progress progress;
        MatrixD h(2, 2);
        h << 1, 10, 10, 1;
        try {
            const DriftCorrection drift(h, h, 0.1, QStringLiteral("layer 7"), *m_backend, progress);
            QFAIL("took a Hessian that is not positive definite");
        } catch (const Error& e) {
            QVERIFY2(e.sentence().contains(QLatin1String("layer 7")), qPrintable(e.sentence()));
        }
    }
};

QTEST_APPLESS_MAIN(TestObserveBlock)
#include "tst_observe_block.moc"
