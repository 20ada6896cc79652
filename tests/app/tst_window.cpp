// SPDX-License-Identifier: GPL-3.0-or-later
#include "job_runner.h"
#include "look_lane.h"
#include "main_window.h"
#include "measurements.h"
#include "run_order.h"
#include "session.h"
#include "test_data.h"
#include "widgets/heatmap_view.h"
#include "widgets/histogram_view.h"
#include "widgets/message_bar.h"

#include <QDropEvent>
#include <QElapsedTimer>
#include <QLineEdit>
#include <QMimeData>
#include <QSettings>
#include <QStackedWidget>
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
    QTreeView* tree() { return window.findChild<QTreeView*>(); }
    MessageBar* messages() { return window.findChild<MessageBar*>(); }
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
        QSettings::setDefaultFormat(QSettings::IniFormat);
        QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, m_settings.path());
        QCoreApplication::setOrganizationName(QStringLiteral("Halftone"));
        QCoreApplication::setApplicationName(QStringLiteral("HalftoneTest"));
    }

    void init() { QSettings().clear(); }

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
        program.window.showPage(MainWindow::Matrix);
        auto* map = program.window.findChild<HeatmapView*>();
        // The tree selects its first tensor by itself when it gets the focus, so begin with that one.
        for (int tensor : {0, 1, 2, 3}) {
            program.session.select(tensor);
            QTRY_VERIFY(map->showsPicture());
        }
        QTRY_VERIFY(!program.window.findChild<HistogramView*>()->accessibleDescription().isEmpty());
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

    void answersWhileARunGoes()
    {
        HALFTONE_NEED_DATA(model, "model-stories260k-gguf/stories260K.gguf");
        HALFTONE_NEED_DATA(text, "text-calibration/c4.utf8");
        // Another program on the same cores may cost a gap of its own; the window's own would recur.
        qint64 longest = 0;
        for (int attempt = 0; attempt < 5; ++attempt) {
            longest = longestGapOfARun(model, text);
            QVERIFY(longest >= 0);
            if (longest < 50)
                break;
        }
        QVERIFY2(longest < 50, qPrintable(QStringLiteral("the event loop stood still for %1 ms").arg(longest)));
    }

private:
    qint64 longestGapOfARun(const QString& model, const QString& text)
    {
        QTemporaryDir folder;
        Program program;
        program.session.open(model);
        if (!QTest::qWaitFor([&] { return program.session.checkpoint() != nullptr; }))
            return -1;
        program.window.showPage(MainWindow::Matrix);
        RunOrder order{program.session.recipe(), folder.filePath(QStringLiteral("out"))};
        order.recipe.calibration.text = text;
        order.recipe.calibration.windows = 8;
        order.recipe.calibration.context = 256;
        order.recipe.judge = false;
        qint64 longest = 0;
        QElapsedTimer since;
        QTimer tick;
        connect(&tick, &QTimer::timeout, this, [&] { longest = std::max(longest, since.restart()); });
        bool ended = false, failed = false;
        connect(&program.session, &Session::outcomeChanged, this, [&] { ended = true; });
        connect(&program.session, &Session::complained, this, [&](const QString& sentence) {
            qWarning("%s", qPrintable(sentence));
            failed = true;
            ended = true;
        });
        since.start();
        tick.start(2);
        program.jobs.start(order);
        int tensor = 0;
        while (!ended) {
            program.session.select(++tensor % int(program.session.checkpoint()->tensors().size()));
            QTest::qWait(20);
        }
        return failed ? -1 : longest;
    }

    QTemporaryDir m_settings;
};

QTEST_MAIN(WindowTest)
#include "tst_window.moc"
