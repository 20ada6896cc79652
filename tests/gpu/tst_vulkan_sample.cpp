// SPDX-License-Identifier: GPL-3.0-or-later
// The sample model's whole job on a Vulkan device (HALFTONE_TEST_DEVICE, else vulkan:0, which is lavapipe where
// there is no GPU), the validation layer watching: as good as the CPU's, and on two cores within three minutes.
#include "../cli/run_cli.h"
#include "gpu/vulkan_backend.h"

#include <QElapsedTimer>
#include <sys/resource.h>

using namespace halftone;

class TestVulkanSample : public QObject
{
    Q_OBJECT
    QTemporaryDir m_dir;

    // Seconds of all cores: others may be at work on them too.
    static double busy()
    {
        rusage used{};
        getrusage(RUSAGE_SELF, &used);
        return static_cast<double>(used.ru_utime.tv_sec + used.ru_stime.tv_sec);
    }

private slots:
    void sampleModelsJobTakesMinutesEvenWithoutAGpu()
    {
        if (vulkanDevices().empty()) {
            qInfo("ALL-SKIPPED: there is no Vulkan device");
            QSKIP("there is no Vulkan device");
        }
        Recipe recipe;
        recipe.model = sampleFile(QString());
        recipe.method = QStringLiteral("pb-llm");
        recipe.settings = {{"salient_ratio", 0.1}, {"saliency", "hessian"}};
        recipe.calibration = {sampleFile(QStringLiteral("calibration.txt")), 16, 512};
        recipe.evaluation = {sampleFile(QStringLiteral("held_out.txt")), 4, 512};
        std::vector<std::string> messages;
        VulkanOptions options;
        options.validate = true;
        options.onMessage = [&](const std::string& message) { messages.push_back(message); };
        const auto gpu = makeVulkanBackend(qEnvironmentVariableIntValue("HALFTONE_TEST_DEVICE"), options);
        Progress progress;
        QElapsedTimer timer;
        timer.start();
        const double before = busy();
        const RunResult there = runPipeline(recipe, m_dir.filePath(QStringLiteral("gpu")), *gpu, progress);
        const double seconds = static_cast<double>(timer.elapsed()) / 1000, used = busy() - before;
        qInfo("%s: %.1f s, %.1f s of all cores", qPrintable(gpu->deviceName()), seconds, used);
        const RunResult here = runTo(recipe, m_dir.filePath(QStringLiteral("cpu")));
        const Evaluation &gpuSays = *there.report.evaluation, &cpuSays = *here.report.evaluation;
        qInfo("perplexity %.5f there, %.5f here, of the original %.5f", gpuSays.perplexity.value,
              cpuSays.perplexity.value, cpuSays.referencePerplexity->value);
        for (const std::string& message : messages)
            qWarning("%s", message.c_str());
        QVERIFY(messages.empty());
        // Compensation spreads rounding: other codes, as good as these.
        QVERIFY(std::abs(gpuSays.perplexity.value - cpuSays.perplexity.value) < 0.02 * cpuSays.perplexity.value);
        QVERIFY(std::abs(gpuSays.referencePerplexity->value - cpuSays.referencePerplexity->value) <
                1e-4 * cpuSays.referencePerplexity->value);
        QVERIFY(used < 2 * 180);
    }
};

QTEST_GUILESS_MAIN(TestVulkanSample)
#include "tst_vulkan_sample.moc"
