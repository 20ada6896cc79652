// SPDX-License-Identifier: GPL-3.0-or-later
// A layer that is coded where it lies ends with the codes that the host gives it. On the CPU, whose verbs
// are the definitions: to the bit. (tst_vulkan_backend has the same cases on a device.)
#include "base/error.h"
#include "remote_layer.h"

#include <QtTest>
#include <limits>

using namespace halftone;

class TestQuantizeRemotely : public QObject
{
    Q_OBJECT
    std::unique_ptr<ComputeBackend> m_cpu = makeCpuBackend();

private slots:
    void codesAndValuesAreTheHosts_data()
    {
        QTest::addColumn<int>("row");
        for (std::size_t i = 0; i < remoteCases().size(); ++i)
            QTest::newRow(remoteCases()[i].name) << static_cast<int>(i);
    }
    void codesAndValuesAreTheHosts()
    {
        QFETCH(int, row);
        const BothWays both = codedBothWays(remoteCases()[static_cast<std::size_t>(row)], RemoteExample(), *m_cpu);
        QCOMPARE(both.remote.codes, both.host.codes);
        QCOMPARE(both.remote.coding.classes, both.host.coding.classes);
        QCOMPARE(both.remote.coding.grids.size(), both.host.coding.grids.size());
        for (std::size_t g = 0; g < both.host.coding.grids.size(); ++g) {
            const Grid &there = both.remote.coding.grids[g], &here = both.host.coding.grids[g];
            QCOMPARE(there.scale, here.scale);
            QCOMPARE(there.offset, here.offset);
            QCOMPARE(there.table, here.table);
            QCOMPARE(there.groupColumns, here.groupColumns);
            QCOMPARE(there.role, here.role);
        }
        QCOMPARE(both.remoteValues, both.host.values);
        QVERIFY(std::abs(both.remote.loss - both.host.loss) <= 1e-6 * both.host.loss);
        QCOMPARE(both.remote.damping, both.host.damping);
    }
    void damagedLayersAreRefusedInTheHostsWords()
    {
        Progress progress;
        const Quantizer& method = quantizer(QStringLiteral("rtn"));
        RemoteExample e;
        e.weights(5, 7) = std::numeric_limits<float>::quiet_NaN();
        try {
            quantizeRemotely(method, {}, {QStringLiteral("w"), m_cpu->upload(e.weights), {}, nullptr}, *m_cpu, progress);
            QFAIL("a weight that is not finite was taken");
        } catch (const Error& error) {
            QVERIFY(error.sentence().contains(QLatin1String("row 5")));
        }
        e.hessian(2, 2) = std::numeric_limits<double>::infinity();
        QVERIFY_EXCEPTION_THROWN(remoteFactorFor(quantizer(QStringLiteral("gptq")), {}, QStringLiteral("w"),
                                                 m_cpu->upload(e.hessian), *m_cpu, progress), Error);
    }
    void methodsThatNeedTheHostSaySo()
    {
        Progress progress;
        const RemoteExample e;
        const Settings search{{"clip_search", true}};
        QVERIFY(!quantizeRemotely(quantizer(QStringLiteral("rtn")), search,
                                  {QStringLiteral("w"), m_cpu->upload(e.weights), {}, nullptr}, *m_cpu, progress));
        QVERIFY(!codesRemotely(quantizer(QStringLiteral("rtn")), {}, {}, *m_cpu)); // nothing to gain here
    }
};

QTEST_GUILESS_MAIN(TestQuantizeRemotely)
#include "tst_quantize_remotely.moc"
