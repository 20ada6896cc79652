// SPDX-License-Identifier: GPL-3.0-or-later
// Every verb on a Vulkan device (HALFTONE_TEST_DEVICE, else the first, which is lavapipe where there is
// no GPU), with the validation layer watching: one word from it fails the test.
#include "compute/parity_quantize.h"

#include "base/error.h"
#include "compute/cancel_watch.h"
#include "gpu/vulkan_backend.h"

#include <QtTest>

using namespace halftone;
using namespace halftone::parity;

class TestVulkanBackend : public QObject
{
    Q_OBJECT
    std::vector<std::string> m_messages;
    std::unique_ptr<ComputeBackend> m_gpu;
    bool m_any = false;
    QTemporaryDir m_cache;

    static int deviceNumber() { return qEnvironmentVariableIntValue("HALFTONE_TEST_DEVICE"); }

    std::unique_ptr<ComputeBackend> make()
    {
        VulkanOptions options;
        options.validate = qEnvironmentVariableIsEmpty("HALFTONE_TEST_UNVALIDATED");
        options.onMessage = [this](const std::string& message) { m_messages.push_back(message); };
        return makeVulkanBackend(deviceNumber(), options);
    }

private slots:
    void initTestCase()
    {
        qputenv("XDG_CACHE_HOME", m_cache.path().toLocal8Bit());
        m_any = !vulkanDevices().empty();
        if (!m_any) {
            qInfo("ALL-SKIPPED: there is no Vulkan device");
            QSKIP("there is no Vulkan device");
        }
        m_gpu = make();
        qInfo("device: %s", qPrintable(m_gpu->deviceName()));
    }
    void cleanup()
    {
        if (m_gpu)
            m_gpu->finish();
        for (const std::string& message : m_messages)
            qWarning("%s", message.c_str());
        QVERIFY(m_messages.empty());
    }
    void cleanupTestCase() { m_gpu.reset(); }

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
        const double deviation = entry.deviation(*m_gpu);
        qInfo("%s: largest deviation %.3g (at most %.3g)", entry.verb, deviation, entry.tolerance);
        QVERIFY(deviation <= entry.tolerance);
    }
    void resultsRepeatToTheByte()
    {
        const auto once = [this] {
            Progress progress;
            const Matrix x = randomMatrix(300, 200, 60);
            const Array sum = m_gpu->upload(MatrixD(MatrixD::Identity(200, 200)));
            m_gpu->addGram(sum, m_gpu->upload(x));
            m_gpu->inverseUpperFactor(sum, progress);
            const MatrixD upper = m_gpu->downloadMatrixD(sum);
            return std::pair{upper, walk<double>(*m_gpu, x, upper, makeCoding(x, Classes::PerWeight, 64), {0, 200})};
        };
        const auto first = once(), second = once();
        QCOMPARE(first.first, second.first);
        QCOMPARE(first.second.weights, second.second.weights);
        QCOMPARE(first.second.codes, second.second.codes);
    }
    void matrixThatIsNotPositiveDefiniteIsRefused()
    {
        Progress progress;
        MatrixD h = randomHessian(70, 61);
        h(40, 40) = -1;
        QVERIFY(!m_gpu->cholesky(m_gpu->upload(h), progress));
        QVERIFY(!m_gpu->inverseUpperFactor(m_gpu->upload(h), progress));
    }
    void arraysMoveWhole()
    {
        // Larger than both halves of the staging memory, and than any one binding of lavapipe.
        const Index rows = 4099, columns = 8209;
        Matrix m(rows, columns);
        for (Index i = 0; i < m.size(); ++i)
            m.data()[i] = static_cast<float>(i % 65521);
        const Array a = m_gpu->upload(m);
        const Array b = m_gpu->allocate(Scalar::F32, rows, columns);
        m_gpu->copy(b, a);
        m_gpu->fillZero(a.rowRange(7, 1));
        QCOMPARE(m_gpu->downloadMatrix(b), m);
        m.row(7).setZero();
        QCOMPARE(m_gpu->downloadMatrix(a), m);
    }
    void workStopsWhenItsJobIsCancelled()
    {
        Progress job;
        const CancelWatch watch(*m_gpu, job);
        const Array x = m_gpu->upload(randomMatrix(8, 64, 51)), sum = m_gpu->allocate(Scalar::F64, 64, 64);
        job.cancel();
        QVERIFY_EXCEPTION_THROWN(m_gpu->multiplyTransposed(m_gpu->allocate(Scalar::F32, 8, 8), x, x), Cancelled);
        QVERIFY_EXCEPTION_THROWN(m_gpu->addGram(sum, x), Cancelled);
        QVERIFY_EXCEPTION_THROWN(m_gpu->cholesky(sum, job), Cancelled);
    }
    void damagedPipelineCacheIsIgnored()
    {
        const QDir cache(m_cache.path() + QStringLiteral("/halftone"));
        const auto use = [this] {
            const auto gpu = make();
            const Array a = gpu->upload(randomMatrix(3, 5, 62));
            gpu->add(a, a);
            gpu->finish();
        };
        use();
        const QStringList files = cache.entryList(QDir::Files);
        QCOMPARE(files.size(), 1);
        QFile file(cache.filePath(files.front()));
        QVERIFY(file.open(QIODevice::ReadWrite));
        QVERIFY(file.seek(file.size() - 1));
        file.write("?");
        file.close();
        use();
        QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Truncate));
        file.write("no cache");
        file.close();
        use();
    }
    void foreignArraysAreRefused()
    {
        const auto other = make();
        const Array a = other->upload(randomMatrix(2, 2, 63));
        QVERIFY_EXCEPTION_THROWN(m_gpu->add(a, a), Error);
    }
};

QTEST_GUILESS_MAIN(TestVulkanBackend)
#include "tst_vulkan_backend.moc"
