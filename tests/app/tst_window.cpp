// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/own_settings.h"
#include "job_runner.h"
#include "look_lane.h"
#include "main_window.h"
#include "measurements.h"
#include "pages/page_list.h"
#include "pages/result_page.h"
#include "pipeline/resources.h"
#include "run_order.h"
#include "session.h"
#include "test_data.h"
#include "widgets/heatmap_view.h"
#include "widgets/histogram_view.h"
#include "widgets/message_bar.h"
#include "widgets/ratio_slider.h"

#include <QComboBox>
#include <QDropEvent>
#include <QElapsedTimer>
#include <QLabel>
#include <QLineEdit>
#include <QMimeData>
#include <QPushButton>
#include <QSettings>
#include <QSlider>
#include <QTableView>
#include <QTemporaryDir>
#include <QTreeView>
#include <QtTest>

using namespace halftone;

namespace {

const auto kModel = "model-tinystories-656k-llama-safetensors";

struct Program
{
    LookLane look;
    JobRunner jobs{runOrder};
    Session session{look, jobs};
    MainWindow window{session};

    Program() { window.show(); }
    void openSample() { window.findChild<QPushButton*>(QStringLiteral("sample"))->click(); }
    QTreeView* tree() { return window.findChild<QTreeView*>(); }
    MessageBar* messages() { return window.findChild<MessageBar*>(); }
};

// Times every event of the GUI thread. What it waited for a core is not its own doing, so that a busy
// machine fails no test; what it waited for a lock or a disk is.
class HandlerWatch : public QApplication
{
public:
    struct Stretch
    {
        double wall = 0, own = 0; // milliseconds
    };
    using QApplication::QApplication;

    static Stretch& worst()
    {
        static Stretch stretch;
        return stretch;
    }

    bool notify(QObject* receiver, QEvent* event) override
    {
        if (QThread::currentThread() != thread() || m_depth > 0)
            return QApplication::notify(receiver, event);
        ++m_depth;
        const double queued = queuedMs();
        QElapsedTimer timer;
        timer.start();
        const bool handled = QApplication::notify(receiver, event);
        const double wall = double(timer.nsecsElapsed()) / 1e6;
        worst().wall = std::max(worst().wall, wall);
        if (wall > worst().own)
            worst().own = std::max(worst().own, wall - (queuedMs() - queued));
        --m_depth;
        return handled;
    }

private:
    // Time this thread was ready but had no core: the second number of the kernel's account.
    static double queuedMs()
    {
        QFile account(QStringLiteral("/proc/thread-self/schedstat"));
        return account.open(QIODevice::ReadOnly) ? account.readAll().split(' ').value(1).toDouble() / 1e6 : 0;
    }

    int m_depth = 0;
};

void drop(QWidget& widget, const QString& path)
{
    QMimeData data;
    data.setUrls({QUrl::fromLocalFile(path)});
    QDragEnterEvent enter(QPoint(50, 50), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(&widget, &enter);
    QDropEvent event(QPointF(50, 50), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(&widget, &event);
}

} // namespace

class WindowTest : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase()
    {
        keepSettingsIn(m_settings.path());
    }

    void init() { QSettings().clear(); }

    void fitsASmallScreen()
    {
        Program program;
        program.openSample();
        QTRY_VERIFY(program.session.checkpoint());
        for (int page = 0; page < int(pageRows().size()); ++page) {
            program.window.showPage(MainWindow::Page(page));
            QTest::qWait(50);
            const QSize least = program.window.minimumSizeHint();
            QVERIFY2(least.width() <= 1280 && least.height() <= 720,
                     qPrintable(QStringLiteral("page %1: %2 x %3").arg(page).arg(least.width()).arg(least.height())));
        }
    }

    void aPresentedLessonFitsAProjector()
    {
        Program program;
        program.window.findChild<QAction*>(QStringLiteral("lessons"))->trigger();
        QTRY_VERIFY(program.session.checkpoint());
        program.window.findChild<QAction*>(QStringLiteral("presenter"))->trigger();
        program.window.showPage(MainWindow::Matrix);
        QTest::qWait(100);
        const QSize least = program.window.minimumSizeHint();
        QVERIFY2(least.width() <= 1280 && least.height() <= 800, qPrintable(QStringLiteral("%1 x %2").arg(least.width()).arg(least.height())));
    }

    void opensAModelAndRemembersIt()
    {
        HALFTONE_NEED_DATA(path, "model-tinystories-656k-llama-safetensors");
        Program program;
        program.session.open(path);
        QTRY_VERIFY(program.session.checkpoint());
        QVERIFY(program.window.windowTitle().startsWith(QLatin1String(kModel)));
        QVERIFY(program.tree()->isVisible());
        QVERIFY(program.tree()->model()->rowCount() > 0);
        QTRY_COMPARE(program.session.recentPaths().size(), 1);
        // Small models are measured unasked.
        QTRY_COMPARE(program.session.measurements().measured(), program.session.measurements().measurable());
    }

    void searchKeepsWhatMatches()
    {
        HALFTONE_NEED_DATA(path, "model-tinystories-656k-llama-safetensors");
        Program program;
        program.session.open(path);
        QTRY_VERIFY(program.session.checkpoint());
        auto* search = program.window.findChild<QLineEdit*>(QStringLiteral("search"));
        QTest::keyClicks(search, QStringLiteral("DOWN 1"));
        const auto* model = program.tree()->model();
        QCOMPARE(model->rowCount(), 1);
        QCOMPARE(model->rowCount(model->index(0, 0)), 1);
        QTest::keyClicks(search, QStringLiteral(" nothing like it"));
        QCOMPARE(model->rowCount(), 0);
        search->clear();
        QVERIFY(model->rowCount() > 1);
    }

    void selectingShowsMapHistogramAndHistory()
    {
        HALFTONE_NEED_DATA(path, "model-tinystories-656k-llama-safetensors");
        Program program;
        program.session.open(path);
        QTRY_VERIFY(program.session.checkpoint());
        // The tree selects its first tensor by itself when it gets the focus, the page a linear layer when
        // nothing is selected, so begin with that one.
        program.session.select(0);
        program.window.showPage(MainWindow::Matrix);
        auto* map = program.window.findChild<HeatmapView*>();
        for (int tensor : {0, 1, 2, 3}) {
            program.session.select(tensor);
            QTRY_VERIFY(map->showsPicture());
        }
        QTRY_VERIFY(!program.window.findChild<HistogramView*>(QStringLiteral("histogram"))->accessibleDescription().isEmpty());
        program.session.goBack();
        program.session.goBack();
        program.session.goBack();
        QCOMPARE(program.session.selected(), 0);
        QVERIFY(!program.session.canGoBack());
        program.session.goForward();
        QCOMPARE(program.session.selected(), 1);
        program.session.select(5);
        QVERIFY(!program.session.canGoForward());
        QVERIFY(program.tree()->currentIndex().isValid());
    }

    void droppingWhatIsNoModelSaysSoInPlace()
    {
        QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("letter.txt"));
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("Dear model, where are you?");
        file.close();
        Program program;
        drop(program.window, path);
        QTRY_VERIFY(!program.messages()->message().isEmpty());
        QVERIFY(!program.session.checkpoint());
        QVERIFY(program.session.recentPaths().isEmpty());
        QVERIFY(!QApplication::activeModalWidget());

        HALFTONE_NEED_DATA(model, "model-stories260k-gguf/stories260K.gguf");
        drop(program.window, model);
        QTRY_VERIFY(program.session.checkpoint());
        QVERIFY(program.messages()->message().isEmpty());
        drop(program.window, path);
        QTRY_VERIFY(!program.messages()->message().isEmpty());
        QVERIFY(program.session.checkpoint());
    }

    void saysWhatARunWouldCostBeforeIt()
    {
        Program program;
        program.openSample();
        QTRY_VERIFY(program.session.checkpoint());
        const auto* line = program.window.findChild<QLabel*>(QStringLiteral("estimate"));
        QTRY_VERIFY_WITH_TIMEOUT(line->text().contains(QLatin1String("memory<br>")), 60000);
        const QString atTenPercent = line->text();
        program.session.setSetting(QStringLiteral("salient_ratio"), 0.5);
        QVERIFY(!line->text().contains(QLatin1String("memory<br>")));
        QTRY_VERIFY_WITH_TIMEOUT(line->text().contains(QLatin1String("memory<br>")), 60000);
        QVERIFY(line->text() != atTenPercent);
    }

    void keepsWhatIsShownWhenTheFileVanishes()
    {
        QTemporaryDir folder;
        const QString copy = folder.filePath(QStringLiteral("model.safetensors"));
        QVERIFY(QFile::copy(resourcePath(QStringLiteral("sample/model.safetensors")), copy));
        Program program;
        program.session.open(copy);
        QTRY_VERIFY(program.session.checkpoint());
        program.window.showPage(MainWindow::Matrix);
        QFile file(copy);
        QVERIFY(file.resize(20000));
        auto* map = program.window.findChild<HeatmapView*>();
        program.session.select(int(program.session.checkpoint()->tensors().size()) - 2);
        QTRY_VERIFY(map->showsPicture() || !program.messages()->message().isEmpty());
        QVERIFY(program.session.checkpoint());
        QVERIFY(file.remove());
        program.messages()->hide();
        program.jobs.start({program.session.recipe(), folder.filePath(QStringLiteral("out"))});
        QTRY_VERIFY_WITH_TIMEOUT(!program.messages()->message().isEmpty(), 60000);
        QVERIFY(!program.messages()->message().contains(QLatin1String("std::")));
        QVERIFY(!QFileInfo::exists(folder.filePath(QStringLiteral("out"))));
    }

    void reopensAModelThatVanishedWithNothingLost()
    {
        QTemporaryDir folder;
        const QDir sample(resourcePath(QStringLiteral("sample")));
        for (const QString& file : sample.entryList({QStringLiteral("*.json"), QStringLiteral("*.safetensors")}, QDir::Files))
            QVERIFY(QFile::copy(sample.filePath(file), folder.filePath(file)));
        const QString file = folder.filePath(QStringLiteral("model.safetensors"));
        Program program;
        program.session.open(folder.path());
        QTRY_VERIFY(program.session.checkpoint());
        program.window.showPage(MainWindow::Matrix);
        program.session.select(5);
        const QString name = program.session.selectedTensor()->name;
        program.session.setScope(Scope::Layer);
        program.session.setSetting(QStringLiteral("salient_ratio"), 0.3);
        const auto opened = program.session.checkpoint();
        auto* cure = program.messages()->findChild<QPushButton*>(QStringLiteral("cure"));
        QTest::qWait(200); // the watcher is told of the files behind the opening

        QVERIFY(QFile::rename(file, file + QStringLiteral(".away")));
        QTRY_VERIFY(program.messages()->message().contains(QLatin1String("model.safetensors")));
        QVERIFY(cure->isVisible());
        QVERIFY(!QApplication::activeModalWidget());
        cure->click(); // still away: it says so and offers it again
        QTRY_VERIFY(!program.session.opening());
        QTRY_VERIFY(cure->isVisible());
        QCOMPARE(program.session.checkpoint(), opened);

        QVERIFY(QFile::rename(file + QStringLiteral(".away"), file));
        QTRY_VERIFY(program.messages()->message().isEmpty()); // the very same file: nothing to be done

        QFile changed(file);
        QVERIFY(changed.open(QIODevice::ReadWrite));
        QVERIFY(changed.setFileTime(QDateTime::currentDateTime().addSecs(-5000), QFileDevice::FileModificationTime));
        changed.close();
        QTRY_VERIFY(program.messages()->message().contains(QLatin1String("model.safetensors")));
        cure->click();
        QTRY_VERIFY(program.session.checkpoint() != opened);
        QVERIFY(program.messages()->message().isEmpty());
        QCOMPARE(program.session.selectedTensor()->name, name);
        QCOMPARE(program.session.recipe().settingsFor(name)["salient_ratio"], nlohmann::json(0.3));
        QCOMPARE(program.session.undoStack().count(), 1);
        QVERIFY(program.window.findChild<HeatmapView*>()->isVisible());
    }

    void oneStartQuantizesVerifiesAndExports()
    {
        QTemporaryDir folder;
        Program program;
        program.openSample();
        QTRY_VERIFY(program.session.checkpoint());
        Recipe quick = program.session.recipe();
        quick.calibration.windows = 2;
        quick.calibration.context = 64;
        quick.judge = false;
        program.session.setRecipe(quick, QStringLiteral("quick"));
        auto* out = program.window.findChild<QLineEdit*>(QStringLiteral("resultFolder"));
        out->setText(folder.filePath(QStringLiteral("small")));
        auto* then = program.window.findChild<QComboBox*>(QStringLiteral("thenExport"));
        then->setCurrentIndex(then->findData(QStringLiteral("gguf")));
        std::shared_ptr<const RunOutcome> ended;
        connect(&program.jobs, &JobRunner::finished, this, [&](std::shared_ptr<const RunOutcome> outcome) { ended = outcome; });
        program.window.findChild<QPushButton*>(QStringLiteral("start"))->click();
        QTRY_VERIFY_WITH_TIMEOUT(ended, 300000);
        QVERIFY(QFileInfo::exists(folder.filePath(QStringLiteral("small/report.html"))));
        QVERIFY(ended->exported);
        QCOMPARE(ended->exported->path, folder.filePath(QStringLiteral("small.gguf")));
        QVERIFY(QFileInfo(ended->exported->path).size() > 1000000);
        QVERIFY2(ended->exported->facts.join(QLatin1Char(' ')).contains(QLatin1String("perplexity")),
                 qPrintable(ended->exported->facts.join(QLatin1Char(' '))));
        QVERIFY(program.window.findChild<QPushButton*>(QStringLiteral("openFolder"))->isVisible());
        QVERIFY(out->text() != folder.filePath(QStringLiteral("small"))); // the next run has a place of its own
    }

    void aFolderThatCannotBeWrittenIsNamedInPlace()
    {
        QTemporaryDir folder;
        QFile file(folder.filePath(QStringLiteral("file")));
        QVERIFY(file.open(QIODevice::WriteOnly));
        Program program;
        program.openSample();
        QTRY_VERIFY(program.session.checkpoint());
        const QString out = file.fileName() + QStringLiteral("/below");
        program.jobs.start({program.session.recipe(), out});
        QTRY_VERIFY_WITH_TIMEOUT(!program.messages()->message().isEmpty(), 60000);
        QVERIFY2(program.messages()->message().contains(file.fileName()), qPrintable(program.messages()->message()));
        QVERIFY(!program.jobs.busy());
        QVERIFY(!QApplication::activeModalWidget());
    }

    void answersWhileARunGoes()
    {
        QTemporaryDir folder;
        Program program;
        program.openSample();
        QTRY_VERIFY(program.session.checkpoint());
        program.window.showPage(MainWindow::Matrix);
        RunOrder order{program.session.recipe(), folder.filePath(QStringLiteral("out"))};
        order.recipe.calibration.windows = 4;
        order.recipe.calibration.context = 128;
        order.recipe.evaluation.windows = 2;
        order.recipe.evaluation.context = 128;
        bool ended = false;
        QString complaint;
        connect(&program.session, &Session::outcomeChanged, this, [&] { ended = true; });
        connect(&program.jobs, &JobRunner::failed, this, [&](const RunOrder&, const QString& sentence) {
            complaint = sentence;
            ended = true;
        });
        auto* slider = program.window.findChild<RatioSlider*>();
        HandlerWatch::worst() = {};
        program.jobs.start(order);
        const int tensors = int(program.session.checkpoint()->tensors().size());
        for (int step = 1; !ended; ++step) {
            program.session.select(step / 4 % tensors);
            slider->findChild<QSlider*>()->setValue(50 + step * 7 % 400);
            QTest::qWait(20);
        }
        const HandlerWatch::Stretch worst = HandlerWatch::worst();
        qInfo("worst gap of the event loop: %.1f ms, %.1f ms of them the window's own", worst.wall, worst.own);
        QVERIFY2(complaint.isEmpty(), qPrintable(complaint));
        QVERIFY2(worst.own < 50, "the window stood still for more than 50 ms");
        QVERIFY(program.window.findChild<QLabel*>(QStringLiteral("figures"))->text().contains(QLatin1String("KL")));
        QVERIFY(QFileInfo::exists(QDir(order.out).filePath(QStringLiteral("report.html"))));
        QCOMPARE(program.window.findChild<ResultPage*>()->findChild<QTableView*>()->model()->rowCount(),
                 int(program.session.outcome()->report.layers.size()));
    }

private:
    QTemporaryDir m_settings;
};

int main(int argc, char** argv)
{
    HandlerWatch application(argc, argv);
    WindowTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_window.moc"
