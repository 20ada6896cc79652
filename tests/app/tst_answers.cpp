// SPDX-License-Identifier: GPL-3.0-or-later
// How quickly the window answers while a run goes on: gaps of the event loop, the mask and the figures
// under a dragged slider. Prints the histogram. What the window's thread waited for a core is told apart
// from its own doing, since other programs may use the machine too.
#include "app/own_settings.h"
#include "job_runner.h"
#include "look_lane.h"
#include "main_window.h"
#include "pipeline/resources.h"
#include "preview.h"
#include "run_order.h"
#include "session.h"
#include "widgets/heatmap_view.h"
#include "widgets/ratio_slider.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QFile>
#include <QLabel>
#include <QSettings>
#include <QTabBar>
#include <QTemporaryDir>
#include <QtTest>
#include <algorithm>

using namespace halftone;

namespace {

constexpr double kGapMs = 50, kMaskMs = 16, kFiguresMs = 100;

// Time this thread was ready but had no core: the second number of the kernel's account.
double queuedMs()
{
    QFile account(QStringLiteral("/proc/thread-self/schedstat"));
    return account.open(QIODevice::ReadOnly) ? account.readAll().split(' ').value(1).toDouble() / 1e6 : 0;
}

struct Stretch
{
    double wall = 0, own = 0; // milliseconds
};

// Times every event of the GUI thread: the event loop stands still that long.
class HandlerWatch : public QApplication
{
public:
    using QApplication::QApplication;
    std::vector<Stretch> stretches;

    bool notify(QObject* receiver, QEvent* event) override
    {
        if (QThread::currentThread() != thread() || m_inside)
            return QApplication::notify(receiver, event);
        m_inside = true;
        const double queued = queuedMs();
        QElapsedTimer timer;
        timer.start();
        const bool handled = QApplication::notify(receiver, event);
        const double wall = double(timer.nsecsElapsed()) / 1e6;
        stretches.push_back({wall, wall > 1 ? std::max(0.0, wall - (queuedMs() - queued)) : wall});
        m_inside = false;
        return handled;
    }

private:
    bool m_inside = false;
};

double share(std::vector<double> times, double part)
{
    std::sort(times.begin(), times.end());
    return times.empty() ? 0 : times[std::min(times.size() - 1, std::size_t(part * double(times.size())))];
}

void tell(const char* what, const std::vector<double>& times)
{
    qInfo("%-46s median %6.2f  95 %% %6.2f  worst %6.2f ms (%zu)", what, share(times, 0.5), share(times, 0.95),
          share(times, 1), times.size());
}

void tellHistogram(const std::vector<Stretch>& stretches)
{
    const double edges[] = {1, 2, 4, 8, 16, 25, 50, 1e9};
    double from = 0;
    qInfo("gaps of the event loop, ms        all     the window's own");
    for (const double to : edges) {
        const auto count = [&](double Stretch::*part) {
            return std::count_if(stretches.begin(), stretches.end(),
                                 [&](const Stretch& s) { return s.*part >= from && s.*part < to; });
        };
        const QString range = to > 1e8 ? QStringLiteral("%1 and more").arg(from) : QStringLiteral("%1 to %2").arg(from).arg(to);
        qInfo("  %-24s %10lld %14lld", qPrintable(range), static_cast<long long>(count(&Stretch::wall)),
              static_cast<long long>(count(&Stretch::own)));
        from = to;
    }
}

} // namespace

class AnswersTest : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase()
    {
        keepSettingsIn(m_settings.path());
    }

    void theWindowAnswersAndThePreviewKeepsItsTimesDuringARun()
    {
        auto& watch = static_cast<HandlerWatch&>(*qApp);
        QTemporaryDir folder;
        LookLane look;
        JobRunner jobs{runOrder};
        Session session{look, jobs};
        MainWindow window{session};
        window.resize(1600, 1000);
        window.show();
        session.open(resourcePath(QStringLiteral("sample")));
        QTRY_VERIFY(session.checkpoint());
        window.showPage(MainWindow::Matrix);
        const auto& tensors = session.checkpoint()->tensors();
        for (std::size_t i = 0; i < tensors.size(); ++i)
            if (tensors[i].name == QLatin1String("model.layers.3.mlp.down_proj.weight"))
                session.select(int(i));
        auto* map = window.findChild<HeatmapView*>();
        window.findChild<QTabBar*>(QStringLiteral("layers"))->setCurrentIndex(3); // the mask
        QTRY_VERIFY_WITH_TIMEOUT(map->showsPicture() && session.preview().ranks() && session.preview().curve(), 60000);

        Recipe recipe = session.recipe();
        recipe.calibration.windows = 16;
        recipe.calibration.context = 256;
        recipe.judge = false;
        QString complaint;
        bool ended = false;
        connect(&jobs, &JobRunner::finished, this, [&] { ended = true; });
        connect(&jobs, &JobRunner::failed, this, [&](const RunOrder&, const QString& sentence) {
            complaint = sentence;
            ended = true;
        });
        jobs.start({recipe, folder.filePath(QStringLiteral("out"))});
        QTRY_VERIFY(jobs.busy());
        QTest::qWait(200);
        auto* slider = window.findChild<RatioSlider*>(QStringLiteral("salient_ratio"))->findChild<ShareSlider*>();
        auto* figures = window.findChild<QLabel*>(QStringLiteral("previewFigures"));
        std::vector<double> masks, texts;
        const double queuedBefore = queuedMs();
        QElapsedTimer whole;
        whole.start();
        watch.stretches.clear();
        for (int turn = 0; !ended || turn == 0; ++turn) {
            slider->setSliderDown(true);
            for (int step = 0; step < 40 && (!ended || masks.empty()); ++step) {
                bool arrived = false;
                const auto connection = connect(map, &HeatmapView::pictureShown, this, [&] { arrived = true; });
                const QString before = figures->text();
                QElapsedTimer timer;
                timer.start();
                slider->setSliderPosition(20 + (step * 37 + turn) % 400);
                if (figures->text() != before)
                    texts.push_back(double(timer.nsecsElapsed()) / 1e6);
                while (!arrived && timer.elapsed() < 5000)
                    QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents, 1);
                masks.push_back(double(timer.nsecsElapsed()) / 1e6);
                disconnect(connection);
                QTest::qWait(10);
            }
            slider->setSliderDown(false);
            QTest::qWait(100);
        }
        const double waited = (queuedMs() - queuedBefore) / double(whole.elapsed());
        QVERIFY2(complaint.isEmpty(), qPrintable(complaint));
        tellHistogram(watch.stretches);
        tell("mask while dragging", masks);
        tell("figures while dragging", texts);
        qInfo("the window's thread waited for a core %.0f %% of the time", 100 * waited);

        double worst = 0;
        for (const Stretch& s : watch.stretches)
            worst = std::max(worst, s.own);
        QVERIFY2(worst < kGapMs, "the window stood still for more than 50 ms");
        QVERIFY(masks.size() > 20 && texts.size() > 20);
        QVERIFY2(share(texts, 0.95) < kFiguresMs, "the figures came late");
        if (waited > 0.05)
            QSKIP("other programs hold the cores: the time of the mask says nothing about this one");
        QVERIFY2(share(masks, 0.5) < kMaskMs, "the mask came late");
    }

private:
    QTemporaryDir m_settings;
};

int main(int argc, char** argv)
{
    HandlerWatch application(argc, argv);
    AnswersTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_answers.moc"
