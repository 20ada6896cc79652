// SPDX-License-Identifier: GPL-3.0-or-later
// The three journeys that the window exists for, made with mouse and keys as a person makes them. Each act
// counts as a step, and a journey that needs more steps than it may fails.
#include "app/own_settings.h"
#include "job_runner.h"
#include "look_lane.h"
#include "main_window.h"
#include "pages/compare_page.h"
#include "panes/budget_field.h"
#include "panes/lesson_panel.h"
#include "panes/sweep_dialog.h"
#include "pipeline/resources.h"
#include "project/project.h"
#include "run_order.h"
#include "session.h"
#include "widgets/chart_pane.h"
#include "widgets/ratio_slider.h"

#include <QAbstractItemView>
#include <QComboBox>
#include <QDesktopServices>
#include <QDropEvent>
#include <QLabel>
#include <QLineEdit>
#include <QMimeData>
#include <QPushButton>
#include <QRegularExpression>
#include <QSettings>
#include <QStyleOptionSlider>
#include <QTableView>
#include <QTemporaryDir>
#include <QtTest>

using namespace halftone;

namespace {

constexpr int kLong = 300000;

// What a hand does, and how often.
struct Hand
{
    int steps = 0;

    void drop(QWidget& onto, const QString& path)
    {
        ++steps;
        QMimeData data;
        data.setUrls({QUrl::fromLocalFile(path)});
        QDragEnterEvent enter(QPoint(50, 50), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QCoreApplication::sendEvent(&onto, &enter);
        QDropEvent event(QPointF(50, 50), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QCoreApplication::sendEvent(&onto, &event);
    }
    void click(QWidget* on, QPoint at = {})
    {
        ++steps;
        QTest::mouseClick(on, Qt::LeftButton, {}, at);
    }
    void doubleClick(QWidget* on, QPoint at)
    {
        ++steps;
        QTest::mouseClick(on, Qt::LeftButton, {}, at);
        QTest::mouseDClick(on, Qt::LeftButton, {}, at);
    }
    void type(QWidget* into, const QString& text) // follows a click, or what the window focused itself
    {
        QTest::keyClicks(into, text);
    }
    void drag(QSlider* slider, int from, int to)
    {
        ++steps;
        const QPoint begin = handleAt(slider, from), end = handleAt(slider, to);
        QTest::mousePress(slider, Qt::LeftButton, {}, begin);
        for (int i = 1; i <= 5; ++i)
            QTest::mouseMove(slider, begin + (end - begin) * i / 5);
        QTest::mouseRelease(slider, Qt::LeftButton, {}, end);
    }
    // Press on the list, release on its row: one stroke of the hand.
    void choose(QComboBox* list, int row)
    {
        ++steps;
        QTest::mousePress(list, Qt::LeftButton);
        QVERIFY(list->view()->isVisible());
        QTest::qWait(QApplication::doubleClickInterval() + 50); // a faster release leaves the list open
        QWidget* rows = list->view()->viewport();
        const QPoint at = list->view()->visualRect(list->model()->index(row, 0)).center();
        QTest::mouseMove(rows, at);
        QTest::mouseRelease(rows, Qt::LeftButton, {}, at);
    }

private:
    static QPoint handleAt(QSlider* slider, int value)
    {
        QStyleOptionSlider option;
        option.initFrom(slider);
        option.orientation = Qt::Horizontal;
        option.subControls = QStyle::SC_All;
        option.minimum = slider->minimum();
        option.maximum = slider->maximum();
        option.sliderPosition = option.sliderValue = value;
        return slider->style()->subControlRect(QStyle::CC_Slider, &option, QStyle::SC_SliderHandle, slider).center();
    }
};

struct Program
{
    QTemporaryDir home;
    LookLane look;
    JobRunner jobs{runOrder};
    Session session{look, jobs};
    MainWindow window{session};
    Hand hand;

    Program()
    {
        qputenv("HOME", home.path().toUtf8());
        window.show();
        session.project().open(home.filePath(QStringLiteral("p.halftone")));
        // A run of the sample in seconds; nobody counts the wait.
        Recipe quick;
        quick.calibration.windows = quick.evaluation.windows = 4;
        quick.calibration.context = quick.evaluation.context = 256;
        session.setRecipe(quick, QStringLiteral("quick"));
    }
    template <typename T> T* find(const char* name) { return window.findChild<T*>(QLatin1String(name)); }
    int runs() { return int(session.project().runs().size()); }
};

QUrl opened;

} // namespace

class OpenedFolders : public QObject
{
    Q_OBJECT

public slots:
    void open(const QUrl& url) { opened = url; }
};

class JourneysTest : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase()
    {
        keepSettingsIn(m_settings.path());
    }

    void init() { QSettings().clear(); }

    // Drop the folder, open a matrix, drag the ratio, sweep, name the ratios, start; then read the chart.
    void aResearcherSweepsInSixSteps()
    {
        Program p;
        p.hand.drop(p.window, modelPath(QStringLiteral("sample")));
        QTRY_VERIFY(p.session.checkpoint());
        auto* map = p.find<QTableView>("modelMap");
        QVERIFY(map->isVisible());
        p.hand.doubleClick(map->viewport(), map->visualRect(map->model()->index(6, 3)).center());
        QTRY_COMPARE(p.session.selectedTensor()->name, QStringLiteral("model.layers.3.mlp.down_proj.weight"));
        auto* slider = p.window.findChild<ShareSlider*>();
        QTRY_VERIFY(slider->isVisible());
        p.hand.drag(slider, slider->value(), 200);
        QTRY_VERIFY(std::abs(p.session.recipe().settings.at("salient_ratio").get<double>() - 0.2) < 0.02);
        p.hand.click(p.find<QPushButton>("sweepHere"));
        auto* dialog = p.window.findChild<SweepDialog*>();
        QVERIFY(dialog && dialog->isVisible());
        ++p.hand.steps; // the ratios are chosen already: typing replaces them
        p.hand.type(dialog->findChild<QLineEdit*>(QStringLiteral("ratios")), QStringLiteral("5 30"));
        QCOMPARE(dialog->findChild<QLineEdit*>(QStringLiteral("ratios"))->text(), QStringLiteral("5 30"));
        ++p.hand.steps;
        QTest::keyClick(dialog, Qt::Key_Return);
        QTRY_COMPARE_WITH_TIMEOUT(p.runs(), 2, kLong);
        auto* chart = p.window.findChild<ComparePage*>()->findChild<ChartPane*>(QStringLiteral("pareto"));
        QVERIFY(chart && chart->isVisible());
        const QString summary = chart->findChild<QLabel*>(QStringLiteral("summary"))->text();
        QVERIFY2(summary.startsWith(QLatin1String("Best of 2: ")), qPrintable(summary));
        QVERIFY2(p.hand.steps <= 6, qPrintable(QStringLiteral("%1 steps").arg(p.hand.steps)));
    }

    // Open, choose the target, say the budget, start, open the folder.
    void anEngineerExportsInFiveClicks()
    {
        OpenedFolders desktop;
        QDesktopServices::setUrlHandler(QStringLiteral("file"), &desktop, "open");
        Program p;
        p.hand.click(p.find<QPushButton>("sample"));
        QTRY_VERIFY(p.session.checkpoint());
        auto* target = p.find<QComboBox>("thenExport");
        p.hand.choose(target, target->findData(QStringLiteral("gguf")));
        QCOMPARE(target->currentData().toString(), QStringLiteral("gguf"));
        auto* fit = p.find<BudgetField>("fitIn");
        p.hand.click(fit);
        p.hand.type(fit, QStringLiteral("2.6 bits"));
        p.hand.click(p.find<QPushButton>("start"));
        auto* folder = p.find<QPushButton>("openFolder");
        QTRY_VERIFY_WITH_TIMEOUT(folder->isVisible(), kLong);
        p.hand.click(folder);
        QVERIFY(QFileInfo::exists(p.home.filePath(QStringLiteral("sample-halftone.gguf"))));
        QCOMPARE(QFileInfo(opened.toLocalFile()).canonicalFilePath(), QFileInfo(p.home.path()).canonicalFilePath());
        QCOMPARE(p.runs(), 1);
        const double bits = p.session.project().runs().front()->report.size.diskBits;
        QVERIFY2(std::abs(bits - 2.6) < 0.05, qPrintable(QString::number(bits)));
        // Verified on stories, of which the compressed model still knows something.
        const QString facts = p.session.outcome()->exported->facts.join(QLatin1Char(' '));
        const auto found = QRegularExpression(QStringLiteral("perplexity ([0-9.]+), before")).match(facts);
        QVERIFY2(found.hasMatch() && found.captured(1).toDouble() < 100, qPrintable(facts));
        QVERIFY2(p.hand.steps <= 5, qPrintable(QStringLiteral("%1 clicks").arg(p.hand.steps)));
        QDesktopServices::unsetUrlHandler(QStringLiteral("file"));
    }

    // Start the program, begin the lessons, drag: the weights split before the class's eyes.
    void aTeacherShowsBinarizationInThreeSteps()
    {
        Program p;
        ++p.hand.steps; // starting the program
        p.hand.click(p.find<QPushButton>("beginLessons"));
        auto* guide = p.window.findChild<LessonPanel*>();
        auto* slider = guide->findChild<QSlider*>();
        auto* live = guide->findChild<QLabel*>(QStringLiteral("live"));
        QTRY_VERIFY(slider->isVisible() && live->text().contains(QLatin1Char('%')));
        const QString before = live->text();
        p.hand.drag(slider, slider->value(), slider->maximum() / 3);
        QTRY_VERIFY(live->text() != before && live->text().contains(QLatin1Char('%')));
        QVERIFY2(p.hand.steps <= 3, qPrintable(QStringLiteral("%1 steps").arg(p.hand.steps)));
    }

    void budgetsAreUnderstoodAsTheyAreSaid()
    {
        const auto said = [](const char* text) { return BudgetField::budgetIn(QString::fromUtf8(text)); };
        QVERIFY(said("") && !said("")->wanted());
        QVERIFY(said("2.5 bits")->value == 2.5 && !said("2.5 bits")->megabytes);
        QVERIFY(said("2,5")->value == 2.5 && !said("2,5")->megabytes);
        QVERIFY(said("60 MB")->value == 60 && said("60 MB")->megabytes);
        QVERIFY(said("60")->megabytes);
        QCOMPARE(said("1.5 gb")->value, 1500.0);
        for (const char* wrong : {"much", "0", "-3", "40 bits", "3 apples", "1e3"})
            QVERIFY2(!said(wrong), wrong);
    }

private:
    QTemporaryDir m_settings;
};

QTEST_MAIN(JourneysTest)
#include "tst_journeys.moc"
