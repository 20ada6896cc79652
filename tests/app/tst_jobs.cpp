// SPDX-License-Identifier: GPL-3.0-or-later
// The queue as a person uses it through the drawer, and the project that keeps it.
#include "base/error.h"
#include "job_journal.h"
#include "job_runner.h"
#include "look_lane.h"
#include "pages/model_page.h"
#include "panes/job_drawer.h"
#include "panes/job_strip.h"
#include "panes/sweep_dialog.h"
#include "pipeline/resources.h"
#include "project/project.h"
#include "run_order.h"
#include "session.h"

#include <QComboBox>
#include <QPlainTextEdit>
#include <QProcess>
#include <QTableView>
#include <QTemporaryDir>
#include <QToolButton>
#include <QtTest>
#include <cmath>

using namespace halftone;

namespace {

// A run that goes on until it is let go or cancelled.
struct Gate
{
    std::atomic<bool> open{false};
    std::mutex mutex;
    QStringList ran;

    RunFunction function()
    {
        return [this](const RunOrder& order, Progress& progress, const LayerListener& onLayer) {
            {
                std::lock_guard lock(mutex);
                ran += order.label;
            }
            LayerReport layer;
            layer.name = QStringLiteral("model.layers.0.mlp.up_proj.weight");
            layer.linear = QStringLiteral("up");
            layer.error = 0.25;
            onLayer(layer);
            while (!open) {
                progress.advance(QStringLiteral("Quantize"), order.label, 0.5);
                std::this_thread::sleep_for(std::chrono::milliseconds(1));
            }
            RunOutcome outcome;
            outcome.report.method = QStringLiteral("PB-LLM");
            return outcome;
        };
    }
};

RunOrder order(const char* label)
{
    RunOrder out;
    out.recipe.model = QStringLiteral("/models/small");
    out.out = QStringLiteral("/results/") + QLatin1String(label);
    out.label = QLatin1String(label);
    return out;
}

QToolButton* button(QWidget& in, const char* text)
{
    for (auto* each : in.findChildren<QToolButton*>())
        if (each->text() == QLatin1String(text))
            return each;
    return nullptr;
}

// A file system of its own of one megabyte.
class SmallDisk
{
public:
    explicit SmallDisk(const QString& path) : m_path(path), m_there(mount(QStringLiteral("size=1m"))) {}
    ~SmallDisk()
    {
        if (m_there)
            QProcess::execute(QStringLiteral("umount"), {m_path});
    }
    bool there() const { return m_there; }
    void grow() const { QVERIFY(mount(QStringLiteral("remount,size=64m"))); }

private:
    bool mount(const QString& options) const
    {
        QProcess program;
        program.start(QStringLiteral("mount"), {QStringLiteral("-t"), QStringLiteral("tmpfs"), QStringLiteral("-o"),
                                                options, QStringLiteral("tmpfs"), m_path});
        return program.waitForFinished() && program.exitStatus() == QProcess::NormalExit && program.exitCode() == 0;
    }

    QString m_path;
    bool m_there;
};

} // namespace

class JobsTest : public QObject
{
    Q_OBJECT

private slots:
    void drawerShowsPausesReordersAndCancels()
    {
        Gate gate;
        LookLane look;
        JobRunner jobs(gate.function());
        Session session(look, jobs);
        JobDrawer drawer(session);
        drawer.show();
        auto* table = drawer.findChild<QTableView*>(QStringLiteral("jobs"));
        for (const char* label : {"one", "two", "three"})
            jobs.start(order(label));
        QCOMPARE(table->model()->rowCount(), 3);
        QTRY_VERIFY(table->model()->index(0, 1).data().toString().startsWith(QLatin1String("Quantize")));
        QCOMPARE(table->model()->index(1, 1).data().toString(), QStringLiteral("Waiting"));

        table->selectRow(2);
        QTest::mouseClick(button(drawer, "Earlier"), Qt::LeftButton);
        QCOMPARE(table->model()->index(1, 0).data().toString(), QStringLiteral("three"));
        QCOMPARE(table->currentIndex().row(), 1);

        table->selectRow(2); // "two"
        QTest::mouseClick(button(drawer, "Pause"), Qt::LeftButton);
        QVERIFY(button(drawer, "Resume"));
        QTest::mouseClick(button(drawer, "Cancel"), Qt::LeftButton);
        QTRY_VERIFY(table->model()->index(2, 1).data().toString().startsWith(QLatin1String("Cancelled")));

        table->selectRow(0);
        QTRY_VERIFY(drawer.findChild<QPlainTextEdit*>()->toPlainText().contains(QLatin1String("up_proj")));
        QTest::mouseClick(button(drawer, "Pause"), Qt::LeftButton);
        QVERIFY(jobs.paused());
        QTest::mouseClick(button(drawer, "Resume"), Qt::LeftButton);
        gate.open = true;
        QTRY_COMPARE(jobs.running(), nullptr);
        std::lock_guard lock(gate.mutex);
        QCOMPARE(gate.ran, (QStringList{QStringLiteral("one"), QStringLiteral("three")}));
        QTest::mouseClick(button(drawer, "Clear ended"), Qt::LeftButton);
        QCOMPARE(table->model()->rowCount(), 0);
    }

    void theModelMapFillsWhileARunGoes()
    {
        // One layer, and the next only when it is asked for.
        std::atomic<int> wanted{0};
        LookLane look;
        JobRunner jobs([&](const RunOrder&, Progress& progress, const LayerListener& onLayer) {
            for (int block = 0; block < 7; ++block) {
                while (wanted <= block) {
                    progress.check();
                    std::this_thread::sleep_for(std::chrono::milliseconds(1));
                }
                LayerReport layer;
                layer.name = QStringLiteral("model.layers.%1.mlp.up_proj.weight").arg(block);
                layer.linear = QStringLiteral("up");
                layer.block = block;
                layer.error = 0.01 * (block + 1);
                onLayer(layer);
            }
            return RunOutcome{};
        });
        Session session(look, jobs);
        ModelPage page(session);
        page.show();
        session.open(resourcePath(QStringLiteral("sample")));
        QTRY_VERIFY(session.checkpoint());
        auto* map = page.findChild<QTableView*>(QStringLiteral("modelMap"));
        const auto known = [map] {
            int cells = 0;
            for (int row = 0; row < map->model()->rowCount(); ++row)
                for (int column = 0; column < map->model()->columnCount(); ++column)
                    cells += !std::isnan(map->model()->index(row, column).data(Qt::UserRole).toDouble());
            return cells;
        };
        RunOrder mine = order("mine");
        mine.recipe.model = session.checkpoint()->path();
        jobs.start(mine);
        QCOMPARE(page.findChild<QComboBox*>(QStringLiteral("mapFigure"))->currentText(), QStringLiteral("Layer error of the run"));
        QCOMPARE(known(), 0);
        for (int layers : {1, 4}) {
            wanted = layers;
            QTRY_COMPARE(known(), layers);
        }
        // A map that is opened during the run shows what is coded already.
        ModelPage late(session);
        session.open(session.checkpoint()->path());
        QTRY_VERIFY(!session.opening());
        QCOMPARE(known(), 4);
        wanted = 7;
        QTRY_COMPARE(jobs.running(), nullptr);
        QCOMPARE(known(), 7);
        // Of another model nothing is shown.
        wanted = 0;
        RunOrder other = order("other");
        jobs.start(other);
        wanted = 7;
        QTRY_COMPARE(jobs.running(), nullptr);
        QCOMPARE(known(), 7);
    }

    void cancelledJobsStartAgain()
    {
        Gate gate;
        JobRunner jobs(gate.function());
        const int id = jobs.start(order("one"));
        QTRY_VERIFY(jobs.job(id)->moment.stage == QLatin1String("Quantize"));
        jobs.cancel(id);
        QTRY_VERIFY(jobs.job(id)->state == Job::State::Cancelled);
        gate.open = true;
        jobs.again(id);
        QTRY_VERIFY(jobs.job(id)->state == Job::State::Finished);
        QCOMPARE(jobs.job(id)->layers.size(), std::size_t(1));
    }

    void cancellingRightAfterStartCancelsThatOne()
    {
        Gate gate;
        gate.open = true;
        JobRunner jobs(gate.function());
        for (int round = 0; round < 50; ++round) {
            const int id = jobs.start(order("one"));
            jobs.cancel(id);
            QTRY_VERIFY(!jobs.job(id)->open());
            QVERIFY(!jobs.busy());
        }
    }

    // What a crash leaves is what was saved while the job ran: closing without a word is the same.
    void unfinishedJobsStandAfterTheProgramEnded()
    {
        QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("p.halftone"));
        {
            Gate gate;
            LookLane look;
            JobRunner jobs(gate.function());
            Session session(look, jobs);
            QSignalSpy opened(&session.project(), &Project::opened);
            session.project().open(path);
            QTRY_COMPARE(opened.count(), 1);
            jobs.start(order("one"));
            jobs.start(order("two"));
            QTRY_VERIFY(jobs.busy());
        }
        Gate gate;
        gate.open = true;
        LookLane look;
        JobRunner jobs(gate.function());
        Session session(look, jobs);
        session.project().open(path);
        QTRY_COMPARE(jobs.jobs().size(), std::size_t(2));
        QTest::qWait(50);
        for (const auto& job : jobs.jobs())
            QVERIFY(job->state == Job::State::Held);
        QVERIFY(gate.ran.isEmpty());
        QCOMPARE(jobs.jobs()[0]->order.out, QStringLiteral("/results/one"));
        jobs.setPaused(jobs.jobs()[1]->id, false);
        QTRY_VERIFY(jobs.jobs()[1]->state == Job::State::Finished);
        QVERIFY(jobs.jobs()[0]->state == Job::State::Held);
        QCOMPARE(session.project().runs().size(), std::size_t(1));
    }

    // A disk of a megabyte, full in the middle of a real run; then there is room, and the job goes on.
    void aJobStandsWhileTheDiskIsFullAndLosesNothing()
    {
        QTemporaryDir folder;
        const QString small = folder.filePath(QStringLiteral("small"));
        QDir().mkdir(small);
        const SmallDisk disk(small);
        if (!disk.there())
            QSKIP("only root can make a small disk");
        LookLane look;
        JobRunner jobs{runOrder};
        Session session(look, jobs);
        JobDrawer drawer(session);
        JobStrip strip(session);
        drawer.show();
        QSignalSpy opened(&session.project(), &Project::opened);
        session.project().open(folder.filePath(QStringLiteral("p.halftone")));
        QTRY_COMPARE(opened.count(), 1);
        RunOrder run;
        run.recipe.model = resourcePath(QStringLiteral("sample"));
        run.recipe.calibration.windows = 2;
        run.recipe.calibration.context = 64;
        run.recipe.judge = false;
        run.out = small + QStringLiteral("/out");
        RunOrder roomy = run;
        roomy.out = folder.filePath(QStringLiteral("roomy"));
        QSignalSpy complained(&session, &Session::complained);
        const int id = jobs.start(run);
        jobs.start(roomy);
        QTRY_VERIFY_WITH_TIMEOUT(jobs.job(id)->state == Job::State::Held || !jobs.job(id)->open(), 120000);
        QVERIFY2(jobs.job(id)->state == Job::State::Held, qPrintable(jobs.job(id)->sentence));
        QCOMPARE(complained.count(), 1);
        const QString sentence = complained[0][0].toString();
        QVERIFY2(sentence.contains(small) && sentence.contains(QLatin1String("the disk is full")), qPrintable(sentence));
        auto* table = drawer.findChild<QTableView*>(QStringLiteral("jobs"));
        QVERIFY(table->model()->index(0, 1).data().toString().contains(sentence));
        QTRY_VERIFY_WITH_TIMEOUT(jobs.jobs()[1]->state == Job::State::Finished, 120000); // the queue went on
        disk.grow();
        table->selectRow(0);
        QTest::mouseClick(button(drawer, "Resume"), Qt::LeftButton);
        QTRY_VERIFY_WITH_TIMEOUT(jobs.job(id)->state == Job::State::Finished, 120000);
        QVERIFY(!jobs.job(id)->log.filter(QLatin1String("the disk is full")).isEmpty());
        const auto weights = [](const QString& out) {
            QByteArray all;
            for (const QString& name : QDir(out).entryList({QStringLiteral("*.safetensors")}, QDir::Files, QDir::Name)) {
                QFile file(QDir(out).filePath(name));
                if (file.open(QIODevice::ReadOnly))
                    all += file.readAll();
            }
            return all;
        };
        QVERIFY(!weights(run.out).isEmpty());
        QVERIFY(weights(run.out) == weights(roomy.out)); // as if it had never stopped
    }

    void ordersSurviveBeingWritten()
    {
        RunOrder before = order("one");
        before.recipe.settings["salient_ratio"] = 0.3;
        before.exported = {QStringLiteral("gguf"), {{"type", "q8_0"}}, QStringLiteral("/results/one.gguf")};
        before.budget = {60, true};
        const RunOrder after = orderFromJson(orderJson(before));
        QCOMPARE(after.recipe.toJson(), before.recipe.toJson());
        QCOMPARE(after.exported.settings, before.exported.settings);
        QCOMPARE(after.exported.out, before.exported.out);
        QVERIFY(after.budget.value == 60 && after.budget.megabytes);
        nlohmann::json damaged = orderJson(before);
        damaged.erase("export");
        QVERIFY_EXCEPTION_THROWN(orderFromJson(damaged), Error);
    }

    void sweepReadsRatiosAsPeopleWriteThem()
    {
        using V = std::vector<double>;
        QCOMPARE(SweepDialog::ratiosIn(QStringLiteral("20 5; 10 %")), (V{0.05, 0.1, 0.2}));
        QCOMPARE(SweepDialog::ratiosIn(QStringLiteral("2,5 5")), (V{0.025, 0.05}));
        QCOMPARE(SweepDialog::ratiosIn(QStringLiteral("5, 10,20.5")).size(), std::size_t(0));
        QCOMPARE(SweepDialog::ratiosIn(QStringLiteral("5, 10, 10")), (V{0.05, 0.1}));
        QVERIFY(SweepDialog::ratiosIn(QStringLiteral("ten")).empty());
        QVERIFY(SweepDialog::ratiosIn(QStringLiteral("120")).empty());
    }
};

QTEST_MAIN(JobsTest)
#include "tst_jobs.moc"
