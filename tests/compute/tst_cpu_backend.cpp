// SPDX-License-Identifier: GPL-3.0-or-later
#include "parity_quantize.h"

#include "base/error.h"
#include "base/parallel.h"
#include "compute/cancel_watch.h"
#include "compute/cpu_backend.h"

#include <QtTest>
#include <thread>

using namespace halftone;
using namespace halftone::parity;

class TestCpuBackend : public QObject
{
    Q_OBJECT
    std::unique_ptr<ComputeBackend> m_cpu = makeCpuBackend();

    // Everything that is cut into tiles, as bytes.
    std::vector<MatrixD> runEverything()
    {
        Progress progress;
        std::vector<MatrixD> results;
        const Matrix x = randomMatrix(1200, 600, 1);
        const auto keep = [&](const Array& a) {
            results.push_back(a.scalar == Scalar::F64 ? m_cpu->downloadMatrixD(a)
                                                      : MatrixD(m_cpu->downloadMatrix(a).cast<double>()));
        };
        const Array product = m_cpu->allocate(Scalar::F32, 1200, 1200);
        m_cpu->multiplyTransposed(product, m_cpu->upload(x), m_cpu->upload(x));
        keep(product);
        const Array attended = m_cpu->allocate(Scalar::F32, 1200, 600);
        m_cpu->attention(attended, m_cpu->upload(x), m_cpu->upload(x), m_cpu->upload(x), {6, 6, 100, 0.1f, 0, 0});
        keep(attended);
        const Array gram = m_cpu->upload(MatrixD(MatrixD::Identity(600, 600)));
        m_cpu->addGram(gram, m_cpu->upload(x));
        keep(gram);
        const Array lower = m_cpu->upload(m_cpu->downloadMatrixD(gram));
        m_cpu->cholesky(lower, progress);
        keep(lower);
        const Array solved = m_cpu->upload(MatrixD(x.cast<double>()));
        m_cpu->solveRight(solved, lower);
        keep(solved);
        m_cpu->inverseUpperFactor(gram, progress);
        keep(gram);
        const Coding coding = makeCoding(x, Classes::PerWeight, 128);
        for (const WalkResult& w : {walk<double>(*m_cpu, x, m_cpu->downloadMatrixD(gram), coding, {0, 600}),
                                    walk<float>(*m_cpu, x, m_cpu->downloadMatrixD(gram), coding, {0, 600})}) {
            results.push_back(w.weights);
            results.push_back(w.coded);
            results.push_back(w.loss);
        }
        return results;
    }

private slots:
    void cleanup() { setThreadCount(0); }

    void everyVerbFollowsItsDefinition_data()
    {
        QTest::addColumn<int>("row");
        const auto table = parityTable();
        for (int i = 0; i < static_cast<int>(table.size()); ++i)
            QTest::newRow(table[static_cast<std::size_t>(i)].verb) << i;
    }
    void everyVerbFollowsItsDefinition()
    {
        QFETCH(int, row);
        const Row entry = parityTable()[static_cast<std::size_t>(row)];
        setThreadCount(3);
        const double deviation = entry.deviation(*m_cpu);
        qInfo("%s: largest deviation %.3g (at most %.3g)", entry.verb, deviation, entry.tolerance);
        QVERIFY(deviation <= entry.tolerance);
    }
    void resultsDoNotDependOnTheNumberOfThreads()
    {
        setThreadCount(1);
        const auto one = runEverything();
        for (int threads : {2, 3, 7}) {
            setThreadCount(threads);
            const auto many = runEverything();
            for (std::size_t i = 0; i < one.size(); ++i)
                QVERIFY2((one[i].array() == many[i].array()).all(), QByteArray::number(int(i)));
        }
    }
    void callersOnManyThreadsGetTheSameNumbers()
    {
        setThreadCount(2);
        const auto alone = runEverything();
        std::atomic<int> wrong{0};
        std::vector<std::thread> threads;
        for (int t = 0; t < 4; ++t)
            threads.emplace_back([&] {
                const auto together = runEverything();
                for (std::size_t i = 0; i < alone.size(); ++i)
                    wrong += !(alone[i].array() == together[i].array()).all();
            });
        for (auto& thread : threads)
            thread.join();
        QCOMPARE(wrong.load(), 0);
    }
    void walkingInPartsGivesTheSameBits_data()
    {
        QTest::addColumn<bool>("wide");
        QTest::newRow("F64") << true;
        QTest::newRow("F32") << false;
    }
    void walkingInPartsGivesTheSameBits()
    {
        QFETCH(bool, wide);
        const Matrix weights = randomMatrix(70, 1300, 41);
        const MatrixD upper = MatrixD(randomHessian(1300, 42).inverse()).llt().matrixU();
        const Coding coding = makeCoding(weights, Classes::PerWeight, 128);
        const auto run = [&](const std::vector<Index>& cuts) {
            return wide ? walk<double>(*m_cpu, weights, upper, coding, cuts)
                        : walk<float>(*m_cpu, weights, upper, coding, cuts);
        };
        const WalkResult whole = run({0, 1300});
        const WalkResult parts = run({0, 128, 256, 640, 1280, 1300});
        QVERIFY((whole.codes.array() == parts.codes.array()).all());
        QVERIFY((whole.coded.array() == parts.coded.array()).all());
        QVERIFY((whole.weights.array() == parts.weights.array()).all());
        QVERIFY(parity::deviation(parts.loss, whole.loss) < 1e-14);
    }
    void walkLossIsTheLayersOutputError()
    {
        const Matrix weights = randomMatrix(50, 700, 43);
        const MatrixD h = randomHessian(700, 44);
        Progress progress;
        const Array factor = m_cpu->upload(h);
        QVERIFY(m_cpu->inverseUpperFactor(factor, progress));
        const WalkResult result = walk<double>(*m_cpu, weights, m_cpu->downloadMatrixD(factor),
                                               makeCoding(weights, Classes::PerWeight, 128), {0, 700});
        const MatrixD error = weights.cast<double>() - result.coded;
        const MatrixD want = ((error * h).array() * error.array()).rowwise().sum().matrix();
        QVERIFY(parity::deviation(result.loss, want) < 1e-10);
    }
    void walkRoundsLikeNearestCode()
    {
        Matrix weights = randomMatrix(40, 300, 45);
        weights(3, 5) = std::numeric_limits<float>::infinity();
        weights(39, 299) = std::numeric_limits<float>::quiet_NaN();
        Coding coding = makeCoding(weights, Classes::PerWeight, 64);
        coding.grids[1].scale.setConstant(0.5f);
        coding.grids[1].offset.setConstant(0);
        for (Index i = 0; i < 40; ++i)
            weights(i, i) = 0.25f; // a tie of the binary grid
        for (bool wide : {true, false}) {
            const WalkResult got = wide ? walk<double>(*m_cpu, weights, {}, coding, {0, 300})
                                        : walk<float>(*m_cpu, weights, {}, coding, {0, 300});
            for (Index i = 0; i < 40; ++i)
                for (Index j = 0; j < 300; ++j) {
                    const Grid& grid = coding.grids[static_cast<std::size_t>(coding.classOf(i, j))];
                    const int code = nearestCode(grid, i, j, static_cast<double>(weights(i, j)));
                    const double value = codeValue(grid, i, j, code);
                    QCOMPARE(static_cast<int>(got.codes(i, j)), code);
                    QCOMPARE(got.coded(i, j), wide ? value : static_cast<double>(static_cast<float>(value)));
                }
        }
    }
    void notPositiveDefiniteAnswersFalse()
    {
        Progress progress;
        for (Index size : {1, 129, 300}) {
            MatrixD indefinite = randomHessian(size, 46);
            indefinite(size - 1, size - 1) = -1;
            MatrixD broken = randomHessian(size, 47);
            broken(size / 2, size / 2) = std::numeric_limits<double>::quiet_NaN();
            for (const MatrixD& m : {indefinite, broken, MatrixD(MatrixD::Zero(size, size))}) {
                QVERIFY(!m_cpu->cholesky(m_cpu->upload(m), progress));
                QVERIFY(!m_cpu->inverseUpperFactor(m_cpu->upload(m), progress));
                QVERIFY(!m_cpu->cholesky(m_cpu->upload(Matrix(m.cast<float>())), progress));
                QVERIFY(!m_cpu->inverseUpperFactor(m_cpu->upload(Matrix(m.cast<float>())), progress));
            }
        }
    }
    void triangleOutsideTheFactorIsZero()
    {
        Progress progress;
        const Array lower = m_cpu->upload(randomHessian(300, 48));
        const Array upper = m_cpu->upload(randomHessian(300, 48));
        QVERIFY(m_cpu->cholesky(lower, progress) && m_cpu->inverseUpperFactor(upper, progress));
        const MatrixD l = m_cpu->downloadMatrixD(lower);
        const MatrixD u = m_cpu->downloadMatrixD(upper);
        QVERIFY((l.triangularView<Eigen::StrictlyUpper>().toDenseMatrix().array() == 0).all());
        QVERIFY((u.triangularView<Eigen::StrictlyLower>().toDenseMatrix().array() == 0).all());
    }
    void cancelledWorkThrows()
    {
        Progress progress;
        progress.cancel();
        const Matrix weights = randomMatrix(4, 200, 49);
        QVERIFY_EXCEPTION_THROWN(m_cpu->cholesky(m_cpu->upload(randomHessian(200, 50)), progress), Cancelled);
        QVERIFY_EXCEPTION_THROWN(m_cpu->inverseUpperFactor(m_cpu->upload(randomHessian(200, 50)), progress), Cancelled);
        const Array w = m_cpu->upload(weights);
        QVERIFY_EXCEPTION_THROWN(
            m_cpu->walkColumns(w, {}, makeCoding(weights, Classes::One, 0), 0, 200, w,
                               m_cpu->allocate(Scalar::U8, 4, 200), m_cpu->allocate(Scalar::F64, 4, 1), progress),
            Cancelled);
    }
    void verbsStopWhenTheWatchedJobIsCancelled()
    {
        Progress job;
        const Array x = m_cpu->upload(randomMatrix(8, 64, 51)), sum = m_cpu->allocate(Scalar::F64, 64, 64);
        const Array product = m_cpu->allocate(Scalar::F32, 8, 8), lower = m_cpu->upload(randomHessian(64, 52));
        const Array context = m_cpu->allocate(Scalar::F32, 8, 64), wide = m_cpu->allocate(Scalar::F64, 8, 64);
        m_cpu->fillZero(sum);
        {
            const CancelWatch watch(*m_cpu, job);
            m_cpu->addGram(sum, x);
            job.cancel();
            Progress inner; // of a part of the job: nobody cancels it
            const CancelWatch within(*m_cpu, inner);
            QVERIFY_EXCEPTION_THROWN(m_cpu->multiplyTransposed(product, x, x), Cancelled);
            QVERIFY_EXCEPTION_THROWN(m_cpu->attention(context, x, x, x, {2, 2, 32, 1, 0, 0}), Cancelled);
            QVERIFY_EXCEPTION_THROWN(m_cpu->addGram(sum, x), Cancelled);
            QVERIFY_EXCEPTION_THROWN(m_cpu->addCrossGram(sum, x, x), Cancelled);
            QVERIFY_EXCEPTION_THROWN(m_cpu->solveRight(wide, lower), Cancelled);
        }
        m_cpu->addGram(sum, x);
    }
};

QTEST_APPLESS_MAIN(TestCpuBackend)
#include "tst_cpu_backend.moc"
