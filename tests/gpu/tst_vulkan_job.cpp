// SPDX-License-Identifier: GPL-3.0-or-later
// The whole job on a Vulkan device (HALFTONE_TEST_DEVICE, else vulkan:0, which is lavapipe where there is no
// GPU) against the CPU's, and the command line on a machine without Vulkan.
#include "../cli/run_cli.h"
#include "gpu/vulkan_backend.h"

#include "pipeline/estimate.h"

#include <QElapsedTimer>
#include <sys/resource.h>

using namespace halftone;

class TestVulkanJob : public QObject
{
    Q_OBJECT
    QTemporaryDir m_dir;

    static QString device()
    {
        return QStringLiteral("vulkan:%1").arg(qEnvironmentVariableIntValue("HALFTONE_TEST_DEVICE"));
    }
    static Said withEnvironment(const QStringList& arguments, const QString& name, const QString& value)
    {
        QProcess process;
        QProcessEnvironment environment = cliEnvironment();
        environment.insert(name, value);
        process.setProcessEnvironment(environment);
        process.start(QStringLiteral(HALFTONE_CLI), arguments);
        process.waitForFinished(60000);
        return {process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -2,
                QString::fromUtf8(process.readAllStandardOutput()), QString::fromUtf8(process.readAllStandardError())};
    }

private slots:
    void programStartsWithoutALoader()
    {
        QTemporaryDir broken; // libraries of this name that no loader can load
        for (const char* name : {"libvulkan.so.1", "libvulkan.so"}) {
            QFile file(broken.filePath(QLatin1String(name)));
            QVERIFY(file.open(QIODevice::WriteOnly));
            file.write("not a library, and long enough for its header to be read as one: no ELF here at all");
        }
        const QString variable = QStringLiteral("LD_LIBRARY_PATH");
        const Said listed = withEnvironment({QStringLiteral("devices"), QStringLiteral("--json")}, variable, broken.path());
        QCOMPARE(listed.code, 0);
        QCOMPARE(listed.json().at("devices").size(), std::size_t(1));
        QVERIFY2(listed.error.contains(QLatin1String("No Vulkan device was found")), qPrintable(listed.error));
        const Said refused = withEnvironment({QStringLiteral("estimate"), QStringLiteral("sample"), QStringLiteral("--backend"),
                                              QStringLiteral("vulkan:0")}, variable, broken.path());
        QCOMPARE(refused.code, 1);
        QVERIFY2(refused.error.contains(QLatin1String("no Vulkan on this system")), qPrintable(refused.error));
    }
    void deviceThatIsNotThereIsRefusedInOneSentence()
    {
        for (const char* choice : {"vulkan:99", "vulkan:x", "vulkanus"}) {
            const Said said = cli({QStringLiteral("estimate"), QStringLiteral("sample"), QStringLiteral("--backend"),
                                   QLatin1String(choice)});
            QCOMPARE(said.code, 1);
            QVERIFY2(said.error.contains(QLatin1String("vulkan")) || said.error.contains(QLatin1String("Vulkan")),
                     qPrintable(said.error));
        }
    }
    void autoIsNeverAProcessorThatPosesAsAGpu()
    {
        const auto all = vulkanDevices();
        const bool gpu = std::any_of(all.begin(), all.end(), [](const auto& d) { return !d.software; });
        const Said said = cli({QStringLiteral("estimate"), QStringLiteral("sample"), QStringLiteral("--backend"),
                               QStringLiteral("vulkan")});
        QCOMPARE(said.code, gpu ? 0 : 1);
    }
    void wholeJobEqualsTheCpus()
    {
        if (vulkanDevices().empty())
            QSKIP("there is no Vulkan device");
        Recipe recipe = smallRecipe(makeSmallSample(m_dir.filePath(QStringLiteral("model"))));
        const auto gpu = makeVulkanBackend(qEnvironmentVariableIntValue("HALFTONE_TEST_DEVICE"));
        Progress progress;
        QElapsedTimer timer;
        timer.start();
        const RunResult there = runPipeline(recipe, m_dir.filePath(QStringLiteral("gpu")), *gpu, progress);
        const double seconds = static_cast<double>(timer.elapsed()) / 1000;
        const RunResult here = runTo(recipe, m_dir.filePath(QStringLiteral("cpu")));
        const Evaluation &gpuSays = *there.report.evaluation, &cpuSays = *here.report.evaluation;
        qInfo("perplexity %.5f there, %.5f here; %.1f s there", gpuSays.perplexity.value, cpuSays.perplexity.value,
              seconds);
        // Compensation spreads rounding: other codes, as good as these.
        QVERIFY(std::abs(gpuSays.perplexity.value - cpuSays.perplexity.value) < 0.01 * cpuSays.perplexity.value);
        QVERIFY(std::abs(gpuSays.referencePerplexity->value - cpuSays.referencePerplexity->value) <
                1e-4 * cpuSays.referencePerplexity->value);
        QCOMPARE(there.report.backends, QStringList{device()});
    }
    void jobOfALostDeviceGoesOnElsewhere()
    {
        if (vulkanDevices().empty())
            QSKIP("there is no Vulkan device");
        const Recipe recipe = smallRecipe(makeSmallSample(m_dir.filePath(QStringLiteral("lost-model"))));
        const QString out = m_dir.filePath(QStringLiteral("lost"));
        bool lost = false;
        VulkanOptions options;
        options.isLost = [&] { return lost; };
        const auto gpu = makeVulkanBackend(qEnvironmentVariableIntValue("HALFTONE_TEST_DEVICE"), options);
        Progress progress;
        RunOptions run;
        run.onLayer = [&](const LayerReport&) { lost = true; }; // once the first block is on disk
        try {
            runPipeline(recipe, out, *gpu, progress, run);
            QFAIL("the job ended on a device that is not there");
        } catch (const Error& e) {
            QVERIFY2(e.sentence().contains(QLatin1String("device lost")), qPrintable(e.sentence()));
        }
        const RunResult rest = runTo(recipe, out);
        QVERIFY(rest.resumed);
        QCOMPARE(rest.report.backends, (QStringList{device(), QStringLiteral("cpu")}));
    }
    void jobThatTheValidationFaultsGoesOnElsewhere()
    {
        if (vulkanDevices().empty())
            QSKIP("there is no Vulkan device");
        const Recipe recipe = smallRecipe(makeSmallSample(m_dir.filePath(QStringLiteral("faulty-model"))));
        const QString out = m_dir.filePath(QStringLiteral("faulty"));
        bool faulty = false;
        std::vector<std::string> messages;
        VulkanOptions options;
        options.validate = true;
        options.onMessage = [&](const std::string& message) { messages.push_back(message); };
        options.isFaulty = [&] { return std::exchange(faulty, false); };
        const auto gpu = makeVulkanBackend(qEnvironmentVariableIntValue("HALFTONE_TEST_DEVICE"), options);
        Progress progress;
        RunOptions run;
        run.onLayer = [&](const LayerReport&) { faulty = true; }; // once the first block is on disk
        try {
            runPipeline(recipe, out, *gpu, progress, run);
            QFAIL("the job ended as if nothing had been found");
        } catch (const Error& e) {
            QVERIFY2(e.sentence().contains(QLatin1String("validation layer found a fault")), qPrintable(e.sentence()));
        }
        QCOMPARE(messages.size(), std::size_t(1));
        QVERIFY(!QFileInfo::exists(out));
        const RunResult rest = runTo(recipe, out);
        QVERIFY(rest.resumed);
        QCOMPARE(rest.report.backends, (QStringList{device(), QStringLiteral("cpu")}));
    }
    void jobThatFillsTheDeviceGoesOnElsewhere()
    {
        if (vulkanDevices().empty())
            QSKIP("there is no Vulkan device");
        const Recipe recipe = smallRecipe(makeSmallSample(m_dir.filePath(QStringLiteral("large-model"))));
        const QString out = m_dir.filePath(QStringLiteral("full"));
        VulkanOptions options;
        options.memoryLimit = std::int64_t{18} << 20;
        const auto gpu = makeVulkanBackend(qEnvironmentVariableIntValue("HALFTONE_TEST_DEVICE"), options);
        Progress progress;
        try {
            runPipeline(recipe, out, *gpu, progress);
            QFAIL("the job found room in 18 MiB");
        } catch (const Error& e) {
            QVERIFY2(e.sentence().contains(QLatin1String("memory is full")), qPrintable(e.sentence()));
        }
        QVERIFY(!QFileInfo::exists(out)); // nothing that looks finished
        const RunResult rest = runTo(recipe, out);
        const RunResult whole = runTo(recipe, m_dir.filePath(QStringLiteral("never-full")));
        QCOMPARE(rest.report.evaluation->referencePerplexity->value, whole.report.evaluation->referencePerplexity->value);
        QVERIFY(std::abs(rest.report.evaluation->perplexity.value - whole.report.evaluation->perplexity.value) <
                0.01 * whole.report.evaluation->perplexity.value);
    }
    void estimateOfAUsualJobIsQuickWithoutAGpu()
    {
        if (vulkanDevices().empty())
            QSKIP("there is no Vulkan device");
        Recipe recipe;
        recipe.model = sampleFile(QString());
        recipe.calibration = {sampleFile(QStringLiteral("calibration.txt")), 16, 512};
        recipe.evaluation = {sampleFile(QStringLiteral("held_out.txt")), 2, 512};
        const auto gpu = makeVulkanBackend(qEnvironmentVariableIntValue("HALFTONE_TEST_DEVICE"), {});
        Progress progress;
        const auto busy = [] { // seconds of all cores: others may be at work on them too
            rusage used{};
            getrusage(RUSAGE_SELF, &used);
            return static_cast<double>(used.ru_utime.tv_sec + used.ru_stime.tv_sec);
        };
        const double before = busy();
        const Estimate estimate = estimateRun(recipe, *gpu, progress);
        qInfo("estimate of %.0f s in %.0f s of processor time", estimate.seconds, busy() - before);
        QVERIFY(estimate.seconds > 0);
        QVERIFY(busy() - before < 60);
    }
};

QTEST_GUILESS_MAIN(TestVulkanJob)
#include "tst_vulkan_job.moc"
