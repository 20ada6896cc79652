// SPDX-License-Identifier: GPL-3.0-or-later
// Products with packed matrices on a Vulkan device against the definition on the CPU, in every way in which classes
// lie, with the validation layer watching; and a model that writes from its packed bits there.
#include "compute/packed_case.h"
#include "compute/packed_product.h"
#include "gpu/vulkan_backend.h"
#include "packed/resident_matrix.h"

#include "base/error.h"

#include <QtTest>

using namespace halftone;

class TestVulkanPacked : public QObject
{
    Q_OBJECT
    std::vector<std::string> m_messages;
    std::unique_ptr<ComputeBackend> m_gpu;
    QTemporaryDir m_cache;

    Matrix product(const ResidentMatrix& weight, const Matrix& x)
    {
        const Array out = m_gpu->allocate(Scalar::F32, x.rows(), weight.rows);
        const PackedProduct task{out, &weight};
        m_gpu->multiplyPacked({&task, 1}, m_gpu->upload(x), Activations::Int8);
        return m_gpu->downloadMatrix(out);
    }
    static Matrix definition(const ResidentMatrix& weight, const Matrix& x)
    {
        Matrix out(x.rows(), weight.rows);
        const cpu::PackedTask task{&weight, out.data()};
        cpu::multiplyPacked({&task, 1}, x.data(), x.rows(), Activations::Int8, cpu::InstructionSet::Plain, nullptr);
        return out;
    }
    // The largest difference as a share of an output's usual size. A device may divide a little otherwise, so that an
    // input now and then is rounded to the neighbour: 1/127 of the largest of 32 in one of many columns. A weight of
    // zero is what is left of an origin and a level that cancel, so its size is a thousandth of the largest weight's:
    // fp32 rounds those two.
    static double apart(const Matrix& got, const Matrix& want, const Matrix& weights, const Matrix& x)
    {
        const double least = 1e-3 * double{weights.cwiseAbs().maxCoeff()};
        const MatrixD size = (x.cast<double>().array().square().matrix() *
                              weights.cast<double>().array().square().max(least * least).matrix().transpose())
                                 .array().sqrt().matrix();
        return ((got - want).cast<double>().array().abs() / (size.array() + 1e-6)).maxCoeff();
    }

private slots:
    void initTestCase()
    {
        qputenv("XDG_CACHE_HOME", m_cache.path().toLocal8Bit());
        if (vulkanDevices().empty()) {
            qInfo("ALL-SKIPPED: there is no Vulkan device");
            QSKIP("there is no Vulkan device");
        }
        VulkanOptions options;
        options.validate = qEnvironmentVariableIsEmpty("HALFTONE_TEST_UNVALIDATED");
        options.onMessage = [this](const std::string& message) { m_messages.push_back(message); };
        m_gpu = makeVulkanBackend(qEnvironmentVariableIntValue("HALFTONE_TEST_DEVICE"), options);
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

    void everyShapeOfClassesFollowsTheDefinition_data()
    {
        QTest::addColumn<int>("row");
        for (int i = 0; i < static_cast<int>(kPackedCases.size()); ++i)
            QTest::newRow(kPackedCases[static_cast<std::size_t>(i)].name) << i;
    }
    void everyShapeOfClassesFollowsTheDefinition()
    {
        QFETCH(int, row);
        const PackedCase& c = kPackedCases[static_cast<std::size_t>(row)];
        for (const auto& [rows, columns] : {std::pair<Index, Index>{1, 40}, {37, 1}, {33, 65}, {70, 608}, {19, 2500}})
            for (const int parameterBits : {16, 32}) {
                const PackedMatrix packed =
                    packedCase(rows, columns, c.levels, c.shares, c.groups, c.byColumn, parameterBits);
                const Matrix weights = packed.unpack();
                const ResidentMatrix resident = ResidentMatrix::of(packed);
                for (const Index tokens : {1, 3}) {
                    const Matrix x = numbers(tokens, columns, 5);
                    const double off = apart(product(resident, x), definition(resident, x), weights, x);
                    QVERIFY2(off < 3e-3, qPrintable(QStringLiteral("%1x%2, %3 tokens: %4").arg(rows).arg(columns).arg(tokens).arg(off)));
                }
            }
    }
    void productsThatShareInputsRunTogether()
    {
        const ResidentMatrix a = ResidentMatrix::of(packedCase(50, 256, {4}, {1}, {128}, false, 16));
        const ResidentMatrix b = ResidentMatrix::of(packedCase(20, 256, {2, 256}, {.9, .1}, {0, 0}, false, 16));
        const Matrix x = numbers(2, 256, 8);
        const Array first = m_gpu->allocate(Scalar::F32, 2, 50), second = m_gpu->allocate(Scalar::F32, 2, 20);
        const std::vector<PackedProduct> tasks{{first, &a}, {second, &b}};
        for (int round = 0; round < 2; ++round) // the second finds both on the device
            m_gpu->multiplyPacked(tasks, m_gpu->upload(x), Activations::Int8);
        QCOMPARE(m_gpu->downloadMatrix(first), product(a, x));
        QCOMPARE(m_gpu->downloadMatrix(second), product(b, x));
    }
    void inputsThatMustNotBeRoundedAreRefused()
    {
        const ResidentMatrix a = ResidentMatrix::of(packedCase(5, 64, {4}, {1}, {0}, false, 16));
        const PackedProduct task{m_gpu->allocate(Scalar::F32, 1, 5), &a};
        QVERIFY_EXCEPTION_THROWN(
            m_gpu->multiplyPacked({&task, 1}, m_gpu->upload(numbers(1, 64, 1)), Activations::Float32), Error);
    }
};

QTEST_GUILESS_MAIN(TestVulkanPacked)
#include "tst_vulkan_packed.moc"
