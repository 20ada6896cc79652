// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/error.h"
#include "compute/cpu_backend.h"

#include <QtTest>
#include <limits>

using namespace halftone;

class TestShapeCheck : public QObject
{
    Q_OBJECT
    std::unique_ptr<ComputeBackend> m_cpu = makeCpuBackend();
    Array f32(Index rows, Index columns) { return m_cpu->allocate(Scalar::F32, rows, columns); }
    Array f64(Index rows, Index columns) { return m_cpu->allocate(Scalar::F64, rows, columns); }

private slots:
    void namesVerbAndBothShapes()
    {
        try {
            m_cpu->multiplyTransposed(f32(3, 4), f32(3, 5), f32(4, 6));
            QFAIL("no error");
        } catch (const Error& error) {
            for (const char* part : {"multiplyTransposed", "3x5", "3x6"})
                QVERIFY2(error.sentence().contains(QLatin1String(part)), qPrintable(error.sentence()));
        }
    }
    void wrongShapesAreRefused()
    {
        Progress progress;
        const Array a = f32(3, 4);
        const std::array<int, 3> outside{0, 1, 4};
        const std::array<int, 2> tooFew{0, 1};
        QVERIFY_EXCEPTION_THROWN(m_cpu->addBias(a, f32(1, 3)), Error);
        QVERIFY_EXCEPTION_THROWN(m_cpu->add(a, f32(4, 3)), Error);
        QVERIFY_EXCEPTION_THROWN(m_cpu->subtract(a, f64(3, 4)), Error);
        QVERIFY_EXCEPTION_THROWN(m_cpu->swiGlu(a, Array{}), Error);
        QVERIFY_EXCEPTION_THROWN(m_cpu->rmsNorm(a, a, f32(1, 5), 0), Error);
        QVERIFY_EXCEPTION_THROWN(m_cpu->rotary(a, 3, f32(3, 1), f32(3, 1), RotaryStyle::Halves), Error);
        QVERIFY_EXCEPTION_THROWN(m_cpu->rotary(a, 2, f32(3, 2), f32(3, 2), RotaryStyle::Halves), Error);
        QVERIFY_EXCEPTION_THROWN(m_cpu->attention(a, a, a, a, {3, 2, 1, 1, 0, 0}), Error);
        QVERIFY_EXCEPTION_THROWN(m_cpu->attention(a, a, a, a, {2, 2, 2, 1, 1, 0}), Error);
        QVERIFY_EXCEPTION_THROWN(m_cpu->score(a, outside, {}), Error);
        QVERIFY_EXCEPTION_THROWN(m_cpu->score(a, tooFew, {}), Error);
        QVERIFY_EXCEPTION_THROWN(m_cpu->addGram(f64(3, 3), a), Error);
        QVERIFY_EXCEPTION_THROWN(m_cpu->addGram(m_cpu->allocate(Scalar::I32, 4, 4), a), Error);
        QVERIFY_EXCEPTION_THROWN(m_cpu->addCrossGram(f64(4, 3), a, f32(2, 3)), Error);
        QVERIFY_EXCEPTION_THROWN(m_cpu->cholesky(a, progress), Error);
        QVERIFY_EXCEPTION_THROWN(m_cpu->inverseUpperFactor(a, progress), Error);
        QVERIFY_EXCEPTION_THROWN(m_cpu->solveRight(a, f64(4, 4)), Error);
        QVERIFY_EXCEPTION_THROWN(m_cpu->copy(a, f32(4, 3)), Error);
        QVERIFY_EXCEPTION_THROWN(m_cpu->downloadMatrixD(a), Error);
    }
    void impossibleCodingsAreRefused()
    {
        const Array w = f32(2, 8);
        const Array codes = m_cpu->allocate(Scalar::U8, 2, 8);
        Grid grid;
        grid.scale = Matrix::Ones(2, 1);
        Coding good{2, 8, {grid}, {}};
        const auto walk = [&](const Coding& coding, Index begin, Index end) {
            Progress progress;
            m_cpu->walkColumns(w, {}, coding, begin, end, f32(2, 8), codes, f64(2, 1), progress);
        };
        m_cpu->fillZero(w);
        walk(good, 0, 8);
        QVERIFY_EXCEPTION_THROWN(walk(good, 4, 9), Error);
        QVERIFY_EXCEPTION_THROWN(walk(good, 5, 4), Error);
        for (int wrong = 0; wrong < 7; ++wrong) {
            Coding coding = good;
            Grid& g = coding.grids[0];
            switch (wrong) {
            case 0: g.count = 257; break;
            case 1: g.count = 0; break;
            case 2: g.table = {1.0f}; break;
            case 3: g.groupColumns = 4; break;
            case 4: g.offset = Matrix::Zero(1, 1); break;
            case 5: coding.grids.push_back(grid); break;
            case 6: coding.classes.setConstant(1, 8, 1); break;
            }
            QVERIFY_EXCEPTION_THROWN(walk(coding, 0, 8), Error);
        }
    }
    void arraysOutsideTheirStorageAreRefused()
    {
        const Array a = f32(3, 4);
        QVERIFY_EXCEPTION_THROWN(m_cpu->fillZero(a.rowRange(1, 3)), Error);
        QVERIFY_EXCEPTION_THROWN(m_cpu->fillZero(a.rowRange(-1, 1)), Error);
        QVERIFY_EXCEPTION_THROWN(m_cpu->fillZero(Array{}), Error);
        m_cpu->fillZero(a.rowRange(2, 1));
    }
    void arraysTooLargeToCountAreRefused()
    {
        QVERIFY_EXCEPTION_THROWN(f64(-1, 1), Error);
        QVERIFY_EXCEPTION_THROWN(f64(Index{1} << 40, Index{1} << 40), Error);
    }
    void numbersSurviveUploadCopyAndDownload()
    {
        const MatrixD m = MatrixD::Random(5, 7);
        const Array to = f64(5, 7);
        m_cpu->copy(to, m_cpu->upload(m));
        QVERIFY((m_cpu->downloadMatrixD(to).array() == m.array()).all());
        QVERIFY((m_cpu->downloadMatrixD(to.rowRange(2, 2)).array() == m.middleRows(2, 2).array()).all());
    }
};

QTEST_APPLESS_MAIN(TestShapeCheck)
#include "tst_shape_check.moc"
