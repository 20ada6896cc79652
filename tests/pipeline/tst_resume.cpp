// SPDX-License-Identifier: GPL-3.0-or-later
// A run that stops and goes on ends with the bytes of one that never stopped, and a folder that holds
// something else is left alone.
#include "base/error.h"
#include "pipeline/run_store.h"
#include "small_sample.h"

#include <QTemporaryDir>
#include <thread>

using namespace halftone;
using nlohmann::json;

class TestResume : public QObject
{
    Q_OBJECT
    QTemporaryDir m_dir;
    Recipe m_recipe;
    QString out(const char* name) const { return m_dir.filePath(QString::fromLatin1(name)); }

    // Runs until `layers` layers are coded, then cancels.
    void stopAfter(const QString& folder, int layers)
    {
        const auto backend = makeCpuBackend();
        Progress progress;
        RunOptions options;
        int coded = 0;
        options.onLayer = [&](const LayerReport&) {
            if (++coded == layers)
                progress.cancel();
        };
        QVERIFY_EXCEPTION_THROWN(runPipeline(m_recipe, folder, *backend, progress, options), Cancelled);
        QVERIFY(!QFileInfo::exists(folder));
        QVERIFY(QFileInfo(folder + QStringLiteral(".partial")).isDir());
    }

private slots:
    void initTestCase()
    {
        m_recipe = smallRecipe(makeSmallSample(m_dir.filePath(QStringLiteral("model"))));
        m_recipe.drift.strength = 0.5;
        runTo(m_recipe, out("whole"));
    }

    void stoppedRunEndsWithTheSameBytes_data()
    {
        QTest::addColumn<int>("layers");
        QTest::newRow("after block 1") << 7;
        QTest::newRow("after block 2") << 14;
    }
    void stoppedRunEndsWithTheSameBytes()
    {
        QFETCH(int, layers);
        const QString folder = out("stopped") + QString::number(layers);
        stopAfter(folder, layers);
        const RunResult result = runTo(m_recipe, folder);
        QVERIFY(result.resumed);
        QCOMPARE(result.report.layers.size(), std::size_t{14});
        QCOMPARE(differences(folder, out("whole")), QString());
    }
    void cancelWorksAtEachStage_data()
    {
        QTest::addColumn<QString>("stage");
        for (const char* stage : {"Calibrate", "Quantize", "Propagate", "Save", "Evaluate"})
            QTest::newRow(stage) << QString::fromLatin1(stage);
    }
    void cancelWorksAtEachStage()
    {
        QFETCH(QString, stage);
        const QString folder = out("at ") + stage;
        const auto backend = makeCpuBackend();
        Progress* self = nullptr;
        bool met = false;
        Progress progress([&](const ProgressMoment& m) {
            if (m.stage == stage) {
                met = true;
                self->cancel();
            }
        });
        self = &progress;
        QVERIFY_EXCEPTION_THROWN(runPipeline(m_recipe, folder, *backend, progress), Cancelled);
        QVERIFY(met);
        runTo(m_recipe, folder);
        QCOMPARE(differences(folder, out("whole")), QString());
    }
    void pausedRunWaitsAndGoesOn()
    {
        const auto backend = makeCpuBackend();
        std::atomic<int> moments{0};
        std::thread waker;
        Progress* self = nullptr;
        int during = -1;
        Progress progress([&](const ProgressMoment& m) {
            ++moments;
            if (m.stage == QLatin1String("Quantize") && !waker.joinable()) {
                self->setPaused(true);
                waker = std::thread([&] {
                    const int before = moments;
                    std::this_thread::sleep_for(std::chrono::milliseconds(300));
                    during = moments - before;
                    self->setPaused(false);
                });
            }
        });
        self = &progress;
        runPipeline(m_recipe, out("paused"), *backend, progress);
        waker.join();
        QCOMPARE(during, 0);
        QCOMPARE(differences(out("paused"), out("whole")), QString());
    }
    void pausedRunCanBeCancelled()
    {
        const auto backend = makeCpuBackend();
        std::thread waker;
        Progress* self = nullptr;
        Progress progress([&](const ProgressMoment& m) {
            if (m.stage == QLatin1String("Quantize") && !waker.joinable()) {
                self->setPaused(true);
                waker = std::thread([&] { self->cancel(); });
            }
        });
        self = &progress;
        QVERIFY_EXCEPTION_THROWN(runPipeline(m_recipe, out("paused, cancelled"), *backend, progress),
                                 Cancelled);
        waker.join();
    }
    void otherChoicesAreRefusedWithWhatDiffers()
    {
        const QString folder = out("other");
        stopAfter(folder, 7);
        const auto before = lastingFiles(folder + QStringLiteral(".partial"));
        Recipe other = m_recipe;
        other.settings["salient_ratio"] = 0.2;
        const QString told = sentenceOf([&] { runTo(other, folder); });
        QVERIFY2(told.contains(QLatin1String("salient_ratio was 0.3 and is now 0.2")), qPrintable(told));
        QVERIFY2(told.contains(QLatin1String("--restart")), qPrintable(told));
        QVERIFY(before == lastingFiles(folder + QStringLiteral(".partial")));
        RunOptions restart;
        restart.restart = true;
        const RunResult result = runTo(other, folder, restart);
        QVERIFY(!result.resumed);
        QCOMPARE(result.report.layers[0].settings.at("salient_ratio"), json(0.2));
    }
    void otherModelInTheSamePlaceIsRefused()
    {
        const QString folder = out("other model"), model = m_dir.filePath(QStringLiteral("changing"));
        Recipe recipe = smallRecipe(makeSmallSample(model));
        std::swap(recipe, m_recipe);
        stopAfter(folder, 7);
        std::swap(recipe, m_recipe);
        json config = readStrictJson(model + QStringLiteral("/config.json"));
        config["rope_theta"] = 5000.0;
        writeBytes(model + QStringLiteral("/config.json"), QByteArray::fromStdString(config.dump()));
        const QString told = sentenceOf([&] { runTo(recipe, folder); });
        QVERIFY2(told.contains(QLatin1String("config.rope_theta was 10000.0 and is now 5000.0")),
                 qPrintable(told));
    }
    void damagedShardIsNamed()
    {
        const QString folder = out("damaged");
        stopAfter(folder, 7);
        const QString shard = folder + QStringLiteral(".partial/model-00002-of-00003.safetensors");
        writeBytes(shard, bytesOf(shard).left(5000));
        const QString told = sentenceOf([&] { runTo(m_recipe, folder); });
        QVERIFY2(told.contains(QLatin1String("model-00002-of-00003.safetensors")), qPrintable(told));
        QVERIFY2(told.contains(QLatin1String("--restart")), qPrintable(told));
        RunOptions restart;
        restart.restart = true;
        runTo(m_recipe, folder, restart);
        QCOMPARE(differences(folder, out("whole")), QString());
    }
    void damagedStateIsRefused()
    {
        const QString folder = out("damaged state");
        stopAfter(folder, 7);
        writeBytes(folder + QStringLiteral(".partial/run-state.json"), "{\"identity\": ");
        const QString told = sentenceOf([&] { runTo(m_recipe, folder); });
        QVERIFY2(told.contains(QLatin1String("--restart")), qPrintable(told));
    }
    void leftoversOfAKilledWriteDisappear()
    {
        const QString folder = out("leftovers");
        stopAfter(folder, 7);
        for (const char* name : {"model-00003-of-00003.safetensors.AbCdEf", "run-state.json.AbCdEf"})
            writeBytes(folder + QStringLiteral(".partial/") + QLatin1String(name), "half");
        runTo(m_recipe, folder);
        QCOMPARE(differences(folder, out("whole")), QString());
    }
    void runKilledAtItsVeryBeginningGoesOn()
    {
        const QString folder = out("beginning");
        QVERIFY(QDir().mkpath(folder + QStringLiteral(".partial")));
        writeBytes(folder + QStringLiteral(".partial/run-state.json.AbCdEf"), "half");
        runTo(m_recipe, folder);
        QCOMPARE(differences(folder, out("whole")), QString());
    }
    void folderOfSomebodyElseIsLeftAlone()
    {
        const QString folder = out("foreign");
        QVERIFY(QDir().mkpath(folder + QStringLiteral(".partial")));
        writeBytes(folder + QStringLiteral(".partial/thesis.txt"), "years of work");
        for (bool startOver : {false, true}) {
            RunOptions options;
            options.restart = startOver;
            const QString told = sentenceOf([&] { runTo(m_recipe, folder, options); });
            QVERIFY2(told.contains(QLatin1String("in the way")), qPrintable(told));
        }
        QCOMPARE(bytesOf(folder + QStringLiteral(".partial/thesis.txt")), QByteArray("years of work"));
    }
    void secondRunIntoTheSameFolderIsRefused()
    {
        const RunStore first(out("locked"), {{"a", 1}}, 3, false);
        const QString told = sentenceOf([&] { RunStore(out("locked"), {{"a", 1}}, 3, false); });
        QVERIFY2(told.startsWith(QLatin1String("Another run is writing to")), qPrintable(told));
    }
    void anEmptyLockOfARunKilledWhileMakingItHoldsNobodyUp()
    {
        writeBytes(out("unlocked") + QStringLiteral(".partial.lock"), "");
        runTo(m_recipe, out("unlocked"));
        QCOMPARE(differences(out("unlocked"), out("whole")), QString());
    }
    void existingResultAndMissingParentAreRefused()
    {
        QString told = sentenceOf([&] { runTo(m_recipe, out("whole")); });
        QVERIFY2(told.contains(QLatin1String("exists already")), qPrintable(told));
        told = sentenceOf([&] { runTo(m_recipe, out("no/such/folder")); });
        QVERIFY2(told.contains(QLatin1String("does not exist")), qPrintable(told));
        QVERIFY(!QFileInfo::exists(out("no")));
    }
    void backendsAreRecordedInTheirOrder()
    {
        QCOMPARE(RunStore::backendOf(out("switched")), QString());
        {
            RunStore store(out("switched"), {{"a", 1}}, 3, false);
            store.recordBackend(QStringLiteral("cpu"), 0);
            store.recordBackend(QStringLiteral("cpu"), 1);
        }
        QCOMPARE(RunStore::backendOf(out("switched")), QStringLiteral("cpu"));
        RunStore store(out("switched"), {{"a", 1}}, 3, false);
        store.recordBackend(QStringLiteral("vulkan:0"), 2);
        QVERIFY(store.backends() == json::parse(R"([{"id":"cpu","from":0},{"id":"vulkan:0","from":2}])"));
        QCOMPARE(RunStore::backendOf(out("switched")), QStringLiteral("vulkan:0"));
    }
};

QTEST_APPLESS_MAIN(TestResume)
#include "tst_resume.moc"
