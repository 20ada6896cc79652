// SPDX-License-Identifier: GPL-3.0-or-later
// Every verb on a Vulkan device (HALFTONE_TEST_DEVICE, else the first, which is lavapipe where there is
// no GPU), with the validation layer watching: one word from it fails the test. A processor that poses as a
// GPU has products and attention of its own; there both ways are held to the table.
#include "compute/parity_quantize.h"
#include "quantize/remote_layer.h"

#include "base/error.h"
#include "base/half.h"
#include "compute/cancel_watch.h"
#include "gpu/vulkan_backend.h"

#include <QtTest>
#include <bit>

using namespace halftone;
using namespace halftone::parity;

class TestVulkanBackend : public QObject
{
    Q_OBJECT
    std::vector<std::string> m_messages;
    std::unique_ptr<ComputeBackend> m_gpu;
    std::unique_ptr<ComputeBackend> m_asGpu; // of a processor: with the shaders of GPUs
    bool m_any = false;
    QTemporaryDir m_cache;

    static int deviceNumber() { return qEnvironmentVariableIntValue("HALFTONE_TEST_DEVICE"); }

    std::unique_ptr<ComputeBackend> make(bool asGpu = false)
    {
        VulkanOptions options;
        options.asGpu = asGpu;
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
        if (vulkanDevices()[static_cast<std::size_t>(deviceNumber())].software)
            m_asGpu = make(true);
        qInfo("device: %s", qPrintable(m_gpu->deviceName()));
    }
    void cleanup()
    {
        if (m_gpu)
            m_gpu->finish();
        if (m_asGpu)
            m_asGpu->finish();
        for (const std::string& message : m_messages)
            qWarning("%s", message.c_str());
        QVERIFY(m_messages.empty());
    }
    void cleanupTestCase()
    {
        m_gpu.reset();
        m_asGpu.reset();
    }

    void everyVerbFollowsItsDefinition_data()
    {
        QTest::addColumn<int>("row");
        QTest::addColumn<bool>("asGpu");
        const auto table = parityTable();
        for (int i = 0; i < static_cast<int>(table.size()); ++i) {
            const char* verb = table[static_cast<std::size_t>(i)].verb;
            QTest::newRow(verb) << i << false;
            if (m_asGpu)
                QTest::addRow("%s as on a GPU", verb) << i << true;
        }
    }
    void everyVerbFollowsItsDefinition()
    {
        QFETCH(int, row);
        QFETCH(bool, asGpu);
        const Row entry = parityTable()[static_cast<std::size_t>(row)];
        const double deviation = entry.deviation(asGpu ? *m_asGpu : *m_gpu);
        qInfo("%s: largest deviation %.3g (at most %.3g)", entry.verb, deviation, entry.tolerance);
        QVERIFY(deviation <= entry.tolerance);
    }
    void layersAreCodedWhereTheyLieAsOnTheHost_data()
    {
        QTest::addColumn<int>("row");
        for (std::size_t i = 0; i < remoteCases().size(); ++i)
            QTest::newRow(remoteCases()[i].name) << static_cast<int>(i);
    }
    void layersAreCodedWhereTheyLieAsOnTheHost()
    {
        QFETCH(int, row);
        const BothWays both = codedBothWays(remoteCases()[static_cast<std::size_t>(row)], RemoteExample(), *m_gpu);
        QCOMPARE(both.remote.coding.grids.size(), both.host.coding.grids.size());
        const auto differing = static_cast<double>((both.remote.codes.array() != both.host.codes.array()).count());
        const double share = differing / static_cast<double>(both.host.codes.size());
        qInfo("%.4f %% of the codes differ, loss %.6f there, %.6f here", 100 * share, both.remote.loss, both.host.loss);
        QVERIFY(share < 0.01); // compensation spreads the rounding of sums
        QVERIFY(std::abs(both.remote.loss - both.host.loss) <= 2e-3 * both.host.loss);
        Coding coding = both.remote.coding;
        for (Index i = 0; i < both.remoteValues.rows(); ++i)
            for (Index j = 0; j < both.remoteValues.cols(); ++j)
                QCOMPARE(both.remoteValues(i, j), weightValue(coding, i, j, both.remote.codes(i, j)));
    }
    void storedNumbersAreWidenedOnTheWay()
    {
        const std::vector<std::uint16_t> bits{0x0000, 0x8000, 0x3c00, 0x0001, 0xfbff, 0x3555, 0xc248};
        for (const ElementType type : {ElementType::F16, ElementType::BF16}) {
            const Array to = m_gpu->allocate(Scalar::F32, 1, static_cast<Index>(bits.size()));
            QVERIFY(m_gpu->uploadStored(to, type, std::as_bytes(std::span(bits))));
            const Matrix got = m_gpu->downloadMatrix(to);
            for (std::size_t i = 0; i < bits.size(); ++i) {
                const float want = type == ElementType::F16 ? halfToFloat(bits[i])
                                                            : std::bit_cast<float>(std::uint32_t{bits[i]} << 16);
                QCOMPARE(got(0, static_cast<Index>(i)), want);
            }
            QVERIFY(!m_gpu->uploadStored(to, ElementType::Q4_0, std::as_bytes(std::span(bits))));
        }
    }
    // So many tiles, and so deep, that another shader takes them; neither rows nor columns nor depth are whole tiles.
    void largeProductsFollowTheirDefinition()
    {
        ComputeBackend& gpu = m_asGpu ? *m_asGpu : *m_gpu;
        const Index rows = 1412, columns = 1540, depth = 260;
        const Matrix x = randomMatrix(rows, depth, 65), w = randomMatrix(columns, depth, 66);
        const Array out = gpu.allocate(Scalar::F32, rows, columns), sum = gpu.allocate(Scalar::F32, rows, columns);
        gpu.multiplyTransposed(out, gpu.upload(x), gpu.upload(w));
        QVERIFY(deviation(gpu, out, x.cast<double>() * w.cast<double>().transpose()) <= 2e-6);
        const Matrix a = randomMatrix(depth + 1, rows, 67), b = randomMatrix(depth + 1, columns, 68);
        gpu.copy(sum, out);
        gpu.addCrossGram(sum, gpu.upload(a), gpu.upload(b));
        const MatrixD want = x.cast<double>() * w.cast<double>().transpose() + a.cast<double>().transpose() * b.cast<double>();
        QVERIFY(deviation(gpu, sum, want) <= 2e-6);
    }
    // Factors of 11 bits: sums of as many terms as here stay within a few thousandths of the largest.
    void factorsInHalvesComeClose()
    {
        const VulkanDeviceInfo info = vulkanDevices()[static_cast<std::size_t>(deviceNumber())];
        if (info.matrixUnits == VulkanDeviceInfo::MatrixUnits::None)
            QSKIP("this device has no matrix units");
        VulkanOptions options;
        options.halves = true;
        const auto gpu = makeVulkanBackend(deviceNumber(), options);
        for (const auto& [rows, columns, depth] : {std::tuple<Index, Index, Index>{64, 16, 32}, {192, 208, 96}, {336, 144, 2720},
                                                   {128, 128, 4100}, {80, 400, 33}}) {
            const Matrix x = randomMatrix(rows, depth, 71), w = randomMatrix(columns, depth, 72);
            const Array out = gpu->allocate(Scalar::F32, rows, columns);
            gpu->project(out, gpu->upload(x), gpu->upload(w));
            const double off = deviation(*gpu, out, x.cast<double>() * w.cast<double>().transpose());
            qInfo("%d x %d x %d: off by %.1e", static_cast<int>(rows), static_cast<int>(columns), static_cast<int>(depth), off);
            QVERIFY(off < 3e-3);
        }
        const Matrix x = randomMatrix(304, 224, 73), y = randomMatrix(304, 160, 74);
        const MatrixD gram = x.cast<double>().transpose() * x.cast<double>(), cross = x.cast<double>().transpose() * y.cast<double>();
        for (const Scalar scalar : {Scalar::F32, Scalar::F64}) {
            const Array sum = gpu->allocate(scalar, 224, 224), other = gpu->allocate(scalar, 224, 160);
            gpu->fillZero(sum);
            gpu->fillZero(other);
            for (int i = 0; i < 2; ++i) {
                gpu->addGram(sum, gpu->upload(x));
                gpu->addCrossGram(other, gpu->upload(x), gpu->upload(y));
            }
            QVERIFY(deviation(*gpu, sum, 2 * gram) < 3e-3);
            QVERIFY(deviation(*gpu, other, 2 * cross) < 3e-3);
        }
        for (const Index window : {0, 100}) {
            const AttentionShape shape{6, 2, 64, 0.125f, 0, window};
            const Matrix q = randomMatrix(320, 6 * 64, 75), k = randomMatrix(320, 2 * 64, 76), v = randomMatrix(320, 2 * 64, 77);
            const Array out = gpu->allocate(Scalar::F32, 320, 6 * 64);
            gpu->attention(out, gpu->upload(q), gpu->upload(k), gpu->upload(v), shape);
            const double off = deviation(*gpu, out, naiveAttention(q, k, v, shape));
            qInfo("attention, window %d: off by %.1e", static_cast<int>(window), off);
            QVERIFY(off < 3e-3);
        }
    }
    void memoryThatRunsOutIsSaidInOneSentence()
    {
        VulkanOptions options;
        options.memoryLimit = std::int64_t{96} << 20;
        const auto small = makeVulkanBackend(deviceNumber(), options);
        const Array first = small->allocate(Scalar::F32, 1024, 4096);
        try {
            small->allocate(Scalar::F32, 8192, 8192);
            QFAIL("there was room for everything");
        } catch (const Error& e) {
            QVERIFY(e.sentence().contains(QLatin1String("memory is full")));
        }
        small->fillZero(first); // and what was there still is
        small->finish();
    }
    void whatLiesAsideLeavesTheDeviceWithinItsBudget()
    {
        VulkanOptions options;
        options.memoryLimit = std::int64_t{96} << 20;
        options.asideBudget = std::int64_t{8} << 20;
        const auto small = makeVulkanBackend(deviceNumber(), options);
        const Matrix m = randomMatrix(1024, 1024, 64);
        std::vector<Array> windows; // of 4 MiB each: more than the device may give
        for (int w = 0; w < 40; ++w) {
            windows.push_back(small->allocateAside(Scalar::F32, m.rows(), m.cols()));
            small->upload(windows.back(), m.data());
        }
        for (std::size_t w = 1; w < windows.size(); ++w)
            small->add(windows[w], windows[w - 1]);
        QCOMPARE(small->downloadMatrix(windows[1]), Matrix(m + m));
        QCOMPARE(small->downloadMatrix(windows[3]), Matrix(m + (m + (m + m))));
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
