// SPDX-License-Identifier: GPL-3.0-or-later
// Seeing and tuning as a person does it, on the sample model.
#include "app/own_settings.h"
#include "export/targets.h"
#include "export_model.h"
#include "job_runner.h"
#include "look_lane.h"
#include "main_window.h"
#include "measurements.h"
#include "models/model_map_model.h"
#include "original_hessians.h"
#include "panes/budget_dialog.h"
#include "panes/inspector.h"
#include "panes/job_drawer.h"
#include "panes/preferences_dialog.h"
#include "panes/row_inspector.h"
#include "pipeline/hessian_cache.h"
#include "pipeline/presets.h"
#include "pipeline/resources.h"
#include "quantize/quantizers.h"
#include "recipe_command.h"
#include "preview.h"
#include "run_order.h"
#include "session.h"
#include "widgets/heatmap_view.h"
#include "widgets/histogram_view.h"
#include "widgets/message_bar.h"
#include "widgets/parameter_form.h"
#include "widgets/ratio_slider.h"

#include <QAction>
#include <QApplication>
#include <QCheckBox>
#include <QClipboard>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QDropEvent>
#include <QLabel>
#include <QMimeData>
#include <QProcess>
#include <QPushButton>
#include <QSettings>
#include <QSpinBox>
#include <QTabBar>
#include <QTableView>
#include <QTableWidget>
#include <QTemporaryDir>
#include <QToolButton>
#include <QtTest>
#include <cmath>
#include <set>

using namespace halftone;

namespace {

const auto kLayer = QStringLiteral("model.layers.0.mlp.down_proj.weight");
constexpr int kLong = 120000; // milliseconds, for machines that others use too

struct Program
{
    LookLane look;
    JobRunner jobs{runOrder};
    Session session{look, jobs};
    MainWindow window{session};

    Program()
    {
        window.resize(1400, 900);
        window.show();
        session.open(resourcePath(QStringLiteral("sample")));
    }
    int tensor(const QString& name) const
    {
        const auto& tensors = session.checkpoint()->tensors();
        for (std::size_t i = 0; i < tensors.size(); ++i)
            if (tensors[i].name == name)
                return int(i);
        return -1;
    }
    template <class Widget>
    Widget* find(const QString& name = {}) { return window.findChild<Widget*>(name); }
    RatioSlider* slider() { return find<RatioSlider>(QStringLiteral("salient_ratio")); }
    double ratio() const { return session.preview().ratio(); }
};

#define OPENED(program)                                                                            \
    Program program;                                                                               \
    QTRY_VERIFY(program.session.checkpoint());                                                     \
    program.window.showPage(MainWindow::Matrix);                                                   \
    program.session.select(program.tensor(kLayer))

void dropOn(QWidget& widget, const QString& path)
{
    QMimeData data;
    data.setUrls({QUrl::fromLocalFile(path)});
    QDragEnterEvent enter(QPoint(5, 5), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(&widget, &enter);
    QDropEvent event(QPointF(5, 5), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(&widget, &event);
}

} // namespace

class SeeTest : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase()
    {
        keepSettingsIn(m_settings.path());
    }

    void everyLayerOfAMatrixIsShown()
    {
        OPENED(program);
        auto* map = program.find<HeatmapView>();
        auto* layers = program.find<QTabBar>(QStringLiteral("layers"));
        for (int layer = 0; layer < layers->count(); ++layer) {
            layers->setCurrentIndex(layer);
            QTRY_VERIFY2_WITH_TIMEOUT(map->showsPicture(), qPrintable(layers->tabText(layer)), kLong);
        }
        QTRY_VERIFY_WITH_TIMEOUT(program.session.preview().solved(), kLong);
        QVERIFY(program.session.preview().solution()->compensated);
    }

    void aRowShowsItsHistogramAndBothLevelsOfItsBinaryWeights()
    {
        QSettings().remove(QStringLiteral("matrix/row"));
        OPENED(program);
        auto* inspector = program.find<RowInspector>();
        QVERIFY(!inspector->isVisible()); // folded until wanted
        program.find<QToolButton>(QStringLiteral("showRow"))->click();
        QVERIFY(inspector->isVisible());
        QTRY_VERIFY_WITH_TIMEOUT(program.session.preview().solved(), kLong);
        const auto solution = program.session.preview().solution();
        auto* map = program.find<HeatmapView>();
        emit map->pointed(7, 3, {});
        QCOMPARE(program.find<QSpinBox>(QStringLiteral("row"))->value(), 7);
        auto* histogram = program.find<HistogramView>(QStringLiteral("rowHistogram"));
        const Matrix& coded = solution->coded->values;
        const Coding& coding = solution->coded->coding;
        std::set<float> levels;
        Index binary = 0;
        for (Index c = 0; c < coding.columns; ++c)
            if (coding.gridOf(7, c).count == 2) {
                levels.insert(coded(7, c));
                ++binary;
            }
        QCOMPARE(levels.size(), std::size_t(2));
        QTRY_COMPARE(histogram->marks().size(), std::size_t(2));
        QTRY_COMPARE(float(histogram->marks().front()), *levels.begin());
        QCOMPARE(float(histogram->marks().back()), *levels.rbegin());
        QCOMPARE(histogram->stats()->count, std::int64_t(coding.columns));
        QVERIFY2(program.find<QLabel>(QStringLiteral("rowSentence"))->text().contains(
                     QStringLiteral("%1 of %2 weights salient").arg(coding.columns - binary).arg(coding.columns)),
                 qPrintable(program.find<QLabel>(QStringLiteral("rowSentence"))->text()));
        // Another row has others; leaving the map keeps the last one.
        program.find<QSpinBox>(QStringLiteral("row"))->setValue(8);
        QTRY_VERIFY(float(histogram->marks().front()) != *levels.begin());
        emit map->pointed(-1, -1, {});
        QCOMPARE(program.find<QSpinBox>(QStringLiteral("row"))->value(), 8);
    }

    void aDraggedMaskIsQuickAndARestingOneWhole()
    {
        OPENED(program);
        program.window.resize(700, 560); // several weights a cell
        auto* map = program.find<HeatmapView>();
        program.find<QTabBar>(QStringLiteral("layers"))->setCurrentIndex(3);
        QTRY_VERIFY_WITH_TIMEOUT(map->showsPicture() && program.session.preview().ranks(), kLong);
        map->setFixedSize(150, 60);
        QTRY_VERIFY(map->width() == 150 && map->pixelsPerWeight() <= 0.25);
        auto* slider = program.slider()->findChild<ShareSlider*>();
        slider->setSliderDown(true);
        slider->setSliderPosition(300);
        QTRY_VERIFY(map->sampled());
        QVERIFY(map->stamp().contains(QLatin1String("until released")));
        slider->setSliderDown(false);
        QTRY_VERIFY(!map->sampled());
        QVERIFY(!map->stamp().contains(QLatin1String("until released")));
    }

    void tensorsThatARunLeavesAloneSaySo()
    {
        OPENED(program);
        program.session.select(program.tensor(QStringLiteral("model.embed_tokens.weight")));
        auto* map = program.find<HeatmapView>();
        QTRY_VERIFY(map->showsPicture());
        program.find<QTabBar>(QStringLiteral("layers"))->setCurrentIndex(1);
        QTRY_VERIFY(!map->showsPicture());
        program.find<QTabBar>(QStringLiteral("layers"))->setCurrentIndex(4);
        QTRY_VERIFY(map->showsPicture());
    }

    void theCursorReadsOutRankAndCode()
    {
        OPENED(program);
        auto* map = program.find<HeatmapView>();
        QTRY_VERIFY_WITH_TIMEOUT(program.session.preview().solved() && map->showsPicture(), kLong);
        map->setFocus();
        map->zoomBy(1e6, QRectF(map->rect()).center());
        QTRY_VERIFY(map->showsPicture());
        QTest::qWait(200);
        QTest::keyClick(map, Qt::Key_Right);
        const QString text = program.find<QLabel>(QStringLiteral("readout"))->text();
        for (const char* part : {"row ", "column ", "value ", "saliency among the top", "code "})
            QVERIFY2(text.contains(QLatin1String(part)), qPrintable(text));
        const auto& solution = *program.session.preview().solution();
        QVERIFY(text.contains(QStringLiteral("code %1 ").arg(int(solution.coded->codes(map->cursorRow(), map->cursorColumn())))));
    }

    void aDragIsOneStepOfUndo()
    {
        OPENED(program);
        auto* bar = program.slider()->findChild<ShareSlider*>();
        const double before = program.ratio();
        bar->setSliderDown(true);
        for (int tenths : {150, 200, 250, 300})
            bar->setSliderPosition(tenths);
        QVERIFY(program.session.dragging());
        QCOMPARE(program.ratio(), 0.3);
        bar->setSliderDown(false);
        QVERIFY(!program.session.dragging());
        QCOMPARE(program.session.undoStack().count(), 1);
        program.session.undoStack().undo();
        QCOMPARE(program.ratio(), before);
        QCOMPARE(bar->value(), int(before * 1000 + 0.5));
        program.session.undoStack().redo();
        QCOMPARE(program.ratio(), 0.3);
    }

    void aLayerOverridesItsKindAndItsKindTheModel()
    {
        OPENED(program);
        auto* scope = program.find<QTabBar>(QStringLiteral("scope"));
        auto* reset = program.find<QToolButton>(QStringLiteral("reset salient_ratio"));
        const int neighbour = program.tensor(QStringLiteral("model.layers.1.mlp.down_proj.weight"));
        scope->setCurrentIndex(2);
        program.slider()->findChild<QSlider*>()->setValue(300);
        QVERIFY(reset->isVisibleTo(&program.window));
        scope->setCurrentIndex(1);
        QVERIFY(!reset->isVisibleTo(&program.window));
        QCOMPARE(program.slider()->ratio(), 0.1); // a kind does not inherit from its layers
        program.slider()->findChild<QSlider*>()->setValue(200);
        QCOMPARE(program.ratio(), 0.3);
        program.session.select(neighbour);
        QCOMPARE(program.ratio(), 0.2);
        program.session.select(program.tensor(QStringLiteral("model.layers.0.mlp.up_proj.weight")));
        QCOMPARE(program.ratio(), 0.1);
        program.session.select(program.tensor(kLayer));
        scope->setCurrentIndex(2);
        auto* copy = program.find<QPushButton>(QStringLiteral("copyToKind"));
        QVERIFY(copy->isVisibleTo(&program.window));
        copy->click();
        program.session.select(neighbour);
        QCOMPARE(program.ratio(), 0.3);
        program.session.select(program.tensor(kLayer));
        auto* toBlock = program.find<QPushButton>(QStringLiteral("copyToBlock"));
        toBlock->click();
        QCOMPARE(program.session.recipe().settingsFor(QStringLiteral("model.layers.0.mlp.up_proj.weight"))["salient_ratio"],
                 nlohmann::json(0.3));
        QCOMPARE(program.session.recipe().settingsFor(QStringLiteral("model.layers.1.mlp.up_proj.weight"))["salient_ratio"],
                 nlohmann::json(0.1));
        program.session.undoStack().undo(); // all of the block at once
        program.find<QToolButton>(QStringLiteral("reset salient_ratio"))->click();
        QCOMPARE(program.session.recipe().overrides.size(), std::size_t(1));
        program.session.select(program.tensor(QStringLiteral("model.norm.weight")));
        QVERIFY(!scope->isTabEnabled(2));
        QCOMPARE(scope->currentIndex(), 0);
    }

    void theCopiedCommandMakesTheSameRecipe()
    {
        OPENED(program);
        program.session.setSetting(QStringLiteral("salient_bits"), 4);
        program.session.setSetting(QStringLiteral("selection"), "column");
        program.session.setScope(Scope::Kind);
        program.session.setSetting(QStringLiteral("salient_ratio"), 0.25);
        program.session.setScope(Scope::Layer);
        program.session.setSetting(QStringLiteral("compensation"), false);
        program.find<QAction>(QStringLiteral("copyAsCommand"))->trigger();
        QString command = QGuiApplication::clipboard()->text();
        QVERIFY2(command.startsWith(QLatin1String("halftone-cli quantize ")), qPrintable(command));
        // Ask the command line itself what it makes of the flags.
        command.replace(QLatin1String("halftone-cli quantize "), QStringLiteral(HALFTONE_CLI " recipe "));
        command = command.left(command.indexOf(QLatin1String(" --out ")));
        QProcess shell;
        shell.start(QStringLiteral("sh"), {QStringLiteral("-c"), command});
        QVERIFY(shell.waitForFinished(60000));
        QTemporaryDir folder;
        QFile file(folder.filePath(QStringLiteral("recipe.json")));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(shell.readAllStandardOutput());
        file.close();
        const Recipe made = Recipe::fromFile(file.fileName());
        for (const QString& layer : {kLayer, QStringLiteral("model.layers.4.mlp.down_proj.weight"),
                                     QStringLiteral("model.layers.4.self_attn.q_proj.weight")})
            QCOMPARE(made.settingsFor(layer).dump(), program.session.recipe().settingsFor(layer).dump());
    }

    void everyStateOfTheRecipeIsCopiedWhole()
    {
        std::vector<Recipe> states;
        for (const Preset& preset : presets()) {
            Recipe recipe;
            applyPreset(QString::fromLatin1(preset.id), recipe);
            states.push_back(recipe);
        }
        states.emplace_back();
        states.back().rotation.seed = 7; // has no flag
        states.back().overrides.push_back({QStringLiteral("*it's a tensor*"), {{"salient_ratio", 0.3}}});
        states.emplace_back();
        states.back().gpuPrecision = QStringLiteral("full");
        states.back().refine.rounds = 2;
        states.back().tokenClip = 3.5;
        for (Recipe& state : states) {
            state.model = modelPath(QStringLiteral("sample"));
            QString command = commandFor(state, QStringLiteral("out"), {2.5, true});
            QVERIFY2(command.contains(QLatin1String(" --budget-mb 2.5 --out out")), qPrintable(command));
            command.replace(QLatin1String("halftone-cli quantize "), QStringLiteral(HALFTONE_CLI " recipe "));
            command.remove(QLatin1String(" --budget-mb 2.5 --out out"));
            QProcess shell;
            shell.start(QStringLiteral("sh"), {QStringLiteral("-c"), command});
            QVERIFY(shell.waitForFinished(60000));
            QTemporaryDir folder;
            QFile file(folder.filePath(QStringLiteral("recipe.json")));
            QVERIFY(file.open(QIODevice::WriteOnly));
            file.write(shell.readAllStandardOutput());
            file.close();
            Recipe made = Recipe::fromFile(file.fileName());
            made.settings = completeSettings(quantizer(made.method), made.settings);
            state.settings = completeSettings(quantizer(state.method), state.settings);
            QCOMPARE(QString::fromStdString(made.toJson().dump(1)), QString::fromStdString(state.toJson().dump(1)));
        }
    }

    void theCopiedExportCommandIsUnderstood()
    {
        OPENED(program);
        QTemporaryDir folder;
        program.window.showPage(MainWindow::Export);
        for (const ExportTarget* target : exportTargets()) {
            ExportOrder order{target->id(), {{"type", target->types().front().id.toStdString()}},
                              folder.filePath(QStringLiteral("out"))};
            if (target->id() == QLatin1String("gguf"))
                order.settings["type_for"] = nlohmann::json::parse(R"([["*ffn_down*", "q6_k"], ["blk.0.*", "f16"]])");
            if (target->id() == QLatin1String("huggingface"))
                order.settings["turned"] = true;
            QString command = exportCommand(resourcePath(QStringLiteral("sample")), order);
            QVERIFY2(command.startsWith(QLatin1String("halftone-cli export ")), qPrintable(command));
            command.replace(QLatin1String("halftone-cli "), QStringLiteral(HALFTONE_CLI " "));
            QProcess shell;
            shell.start(QStringLiteral("sh"), {QStringLiteral("-c"), command + QStringLiteral(" --dry-run")});
            QVERIFY(shell.waitForFinished(60000));
            QVERIFY2(shell.exitCode() != 2, shell.readAllStandardError().constData()); // 2: it does not know the flags
            QVERIFY(shell.exitCode() == 0 || order.settings.size() == 1);
        }
    }

    void aDroppedRecipeIsTakenAndCanBeUndone()
    {
        OPENED(program);
        QTemporaryDir folder;
        Recipe recipe;
        recipe.model = QStringLiteral("elsewhere");
        recipe.settings = {{"salient_ratio", 0.33}};
        QFile file(folder.filePath(QStringLiteral("recipe.json")));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(commentedRecipe(recipe).toUtf8());
        file.close();
        dropOn(*program.find<Inspector>(), file.fileName());
        QTRY_COMPARE(program.ratio(), 0.33);
        QCOMPARE(program.session.recipe().model, program.session.checkpoint()->path());
        program.session.undoStack().undo();
        QCOMPARE(program.ratio(), 0.1);
        dropOn(program.window, file.fileName()); // anywhere else in the window
        QTRY_COMPARE(program.ratio(), 0.33);
        program.session.undoStack().undo();
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("{\"method\": 3");
        file.close();
        dropOn(*program.find<Inspector>(), file.fileName());
        QTRY_VERIFY(!program.find<MessageBar>()->message().isEmpty());
        QCOMPARE(program.ratio(), 0.1);
    }

    void aBudgetIsSpreadOverTheLayersAndCanBeUndone()
    {
        OPENED(program);
        Recipe quick = program.session.recipe();
        quick.calibration.windows = 2;
        quick.calibration.context = 64;
        program.session.setRecipe(quick, QStringLiteral("quick"));
        program.find<QAction>(QStringLiteral("budget"))->trigger();
        auto* dialog = program.find<BudgetDialog>();
        QVERIFY(dialog);
        auto* use = dialog->findChild<QPushButton*>(QStringLiteral("useBudget"));
        QVERIFY(!use->isEnabled());
        dialog->findChild<QDoubleSpinBox*>(QStringLiteral("budgetValue"))->setValue(2.6);
        dialog->findChild<QPushButton*>(QStringLiteral("spread"))->click();
        QTRY_VERIFY_WITH_TIMEOUT(use->isEnabled(), kLong);
        const QString said = dialog->findChild<QLabel*>(QStringLiteral("budgetSays"))->text();
        QVERIFY2(said.contains(QLatin1String("MB")), qPrintable(said));
        QCOMPARE(dialog->findChild<QTableWidget*>()->rowCount(), int(kLinears.size()));
        use->click();
        const Recipe& fitted = program.session.recipe();
        QCOMPARE(fitted.overrides.size(), std::size_t(49)); // each linear layer of the sample
        std::set<double> ratios;
        for (const LayerOverride& each : fitted.overrides)
            ratios.insert(each.settings.at("salient_ratio").get<double>());
        QVERIFY(ratios.size() > 5); // spread, not the same for all
        program.session.undoStack().undo();
        QVERIFY(program.session.recipe().overrides.empty());
    }

    void thePreferencesShowTheDevicesAndTheChoiceIsKept()
    {
        {
            OPENED(program);
            QCOMPARE(program.session.recipe().backend, QStringLiteral("auto"));
            QTest::keyClick(&program.window, Qt::Key_Comma, Qt::ControlModifier);
            auto* dialog = program.find<PreferencesDialog>();
            QVERIFY(dialog);
            auto* devices = dialog->findChild<QTableWidget*>(QStringLiteral("devices"));
            QTRY_VERIFY_WITH_TIMEOUT(devices->rowCount() >= 2, kLong);
            QCOMPARE(devices->currentRow(), 0); // the best one, until something else is chosen
            QTest::keyClick(devices, Qt::Key_Down);
            QVERIFY(!devices->item(1, 0)->text().isEmpty());
            QVERIFY(devices->item(1, 2)->text().contains(QLatin1String("threads"))); // as halftone-cli devices says it
            QTest::mouseClick(dialog->findChild<QDialogButtonBox*>()->button(QDialogButtonBox::Ok), Qt::LeftButton);
            QCOMPARE(program.session.recipe().backend, QStringLiteral("cpu"));
        }
        OPENED(program);
        QTRY_COMPARE_WITH_TIMEOUT(program.session.recipe().backend, QStringLiteral("cpu"), kLong);
        QVERIFY(program.window.findChild<JobDrawer*>()->findChild<QComboBox*>()->currentIndex() > 0);
        program.session.setBackend(QStringLiteral("auto"));
    }

    void aModelOpenedAgainIsNotMeasuredAgain()
    {
        QTemporaryDir folder;
        const auto cache = std::make_shared<HessianCache>(folder.path(), 1 << 28);
        std::vector<double> measured, kept;
        {
            Program program;
            program.session.hessians().keepIn(cache);
            QTRY_VERIFY(program.session.checkpoint());
            program.session.select(program.tensor(kLayer));
            QTRY_VERIFY_WITH_TIMEOUT(program.session.preview().evidence(), kLong);
            QVERIFY(program.session.hessians().state() != OriginalHessians::State::Kept);
            measured = program.session.preview().evidence()->diagonal;
            QTRY_VERIFY_WITH_TIMEOUT(cache->bytes() > 0, kLong);
        }
        Program program;
        program.session.hessians().keepIn(cache);
        QTRY_VERIFY(program.session.checkpoint());
        program.session.select(program.tensor(kLayer));
        QTRY_VERIFY_WITH_TIMEOUT(program.session.preview().evidence(), kLong);
        QCOMPARE(program.session.hessians().state(), OriginalHessians::State::Kept);
        kept = program.session.preview().evidence()->diagonal;
        QVERIFY(kept == measured);

        QTest::keyClick(&program.window, Qt::Key_Comma, Qt::ControlModifier);
        auto* dialog = program.find<PreferencesDialog>();
        QVERIFY(dialog);
        auto* clear = dialog->findChild<QPushButton*>(QStringLiteral("clearHessians"));
        QVERIFY(clear);
        QTRY_VERIFY(clear->isEnabled());
        QTest::mouseClick(clear, Qt::LeftButton);
        QTRY_COMPARE(cache->bytes(), std::int64_t(0));
        QTRY_VERIFY(!clear->isEnabled());
        dialog->reject();
        // A layer that is not there is measured, like any other.
        program.session.select(program.tensor(QStringLiteral("model.layers.0.self_attn.q_proj.weight")));
        QTRY_VERIFY_WITH_TIMEOUT(program.session.preview().evidence(), kLong);
        QVERIFY(program.session.hessians().state() != OriginalHessians::State::Kept);
    }

    void whatIsFoldedStaysFolded()
    {
        {
            OPENED(program);
            auto* histogram = program.find<HistogramView>(QStringLiteral("histogram"));
            QVERIFY(histogram->isVisible());
            const int before = program.find<HeatmapView>()->height();
            QTest::mouseClick(program.find<QToolButton>(QStringLiteral("showFigures")), Qt::LeftButton);
            QVERIFY(!histogram->isVisible());
            QTRY_VERIFY(program.find<HeatmapView>()->height() > before + 50); // the map has the room
        }
        OPENED(program);
        QVERIFY(!program.find<HistogramView>(QStringLiteral("histogram"))->isVisible());
        QTest::mouseClick(program.find<QToolButton>(QStringLiteral("showFigures")), Qt::LeftButton);
        QVERIFY(program.find<HistogramView>(QStringLiteral("histogram"))->isVisible());
    }

    void theModelMapFillsAndOpensWhatIsChosen()
    {
        OPENED(program);
        program.window.showPage(MainWindow::Model);
        auto* map = program.find<QTableView>(QStringLiteral("modelMap"));
        auto* model = qobject_cast<ModelMapModel*>(map->model());
        QCOMPARE(model->rowCount(), 7);
        QCOMPARE(model->columnCount(), 7);
        QCOMPARE(model->known(), 49); // planned bits
        auto* figure = program.find<QComboBox>(QStringLiteral("mapFigure"));
        figure->setCurrentIndex(1);
        QCOMPARE(model->known(), 0);
        LayerReport report;
        report.name = kLayer;
        report.error = 0.2;
        model->addLayer(report);
        QCOMPARE(model->known(), 1);
        figure->setCurrentIndex(int(ModelMapModel::Figure::Kurtosis));
        QTRY_COMPARE_WITH_TIMEOUT(model->known(), 49, kLong);
        QCOMPARE(map->currentIndex(), model->indexOf(program.tensor(kLayer)));
        map->setFocus();
        QTest::keyClick(map, Qt::Key_Right);
        QCOMPARE(program.session.selectedTensor()->name, QStringLiteral("model.layers.1.mlp.down_proj.weight"));
        QVERIFY(map->currentIndex().data(Qt::AccessibleTextRole).toString().contains(QLatin1String("layers.1.mlp.down_proj")));
        QTest::keyClick(map, Qt::Key_Return);
        QTRY_VERIFY(program.find<HeatmapView>()->isVisible());
        QTest::keyClick(&program.window, Qt::Key_Left, Qt::AltModifier);
        QTRY_COMPARE(program.session.selectedTensor()->name, kLayer);
    }

    void theModelMapShowsWhatTheModelFeelsOnceAsked()
    {
        OPENED(program);
        program.window.showPage(MainWindow::Model);
        auto* model = qobject_cast<ModelMapModel*>(program.find<QTableView>(QStringLiteral("modelMap"))->model());
        auto* measure = program.find<QPushButton>(QStringLiteral("measureSensitivity"));
        auto* says = program.find<QLabel>(QStringLiteral("sensitivitySays"));
        QVERIFY(!measure->isVisible());
        program.find<QComboBox>(QStringLiteral("mapFigure"))->setCurrentIndex(int(ModelMapModel::Figure::Sensitivity));
        QCOMPARE(model->known(), 0); // nothing is measured unasked
        QVERIFY(measure->isVisible());
        measure->click();
        QVERIFY(!measure->isVisible());
        QTRY_VERIFY_WITH_TIMEOUT(says->text().contains(QLatin1Char('%')), kLong);
        QTRY_COMPARE_WITH_TIMEOUT(model->known(), 49, kLong);
        QVERIFY(!measure->isVisible());
        // A layer counts as its block times its kind, and some matter more.
        const auto felt = [&](int kind, int block) { return model->index(kind, block).data(Qt::UserRole).toDouble(); };
        QVERIFY(felt(0, 0) > 0);
        QVERIFY(std::abs(felt(0, 0) * felt(6, 3) - felt(0, 3) * felt(6, 0)) < 1e-9 * felt(0, 0) * felt(6, 3));
        QVERIFY(std::abs(felt(0, 0) - felt(6, 3)) > 0.05 * felt(0, 0));
    }

    // The rows tell of the whole, and what they tell stands by its standard error.
    void theSampledErrorIsTheSolvedOneWithinItsError()
    {
        OPENED(program);
        for (const char* name : {"model.layers.0.mlp.down_proj.weight", "model.layers.1.mlp.down_proj.weight", "model.layers.3.mlp.up_proj.weight"}) {
            program.session.select(program.tensor(QLatin1String(name)));
            QTRY_VERIFY_WITH_TIMEOUT(program.session.preview().solved() && program.session.preview().sample(), kLong);
            const SampledPoint sampled = program.session.preview().sampledAt(program.ratio());
            const double solved = program.session.preview().solution()->loss;
            qInfo("%s: %.5f +- %.5f sampled, %.5f solved", name, sampled.loss, sampled.standardError, solved);
            QVERIFY(std::abs(sampled.loss - solved) < 4 * sampled.standardError + 0.01 * solved);
            const QString text = program.find<QLabel>(QStringLiteral("previewFigures"))->text();
            QVERIFY(text.contains(QLatin1String("rows; original's Hessian")));
            QVERIFY(text.contains(QLatin1String("exact; original's Hessian")));
        }
    }

    // The first block of a run sees what the original's first block sees: same windows, same error.
    void aRunFindsWhatThePreviewSolved()
    {
        OPENED(program);
        QTRY_VERIFY_WITH_TIMEOUT(program.session.preview().solved() && program.session.preview().solution()->compensated, kLong);
        QTemporaryDir folder;
        RunOrder order;
        order.recipe = program.session.recipe();
        order.out = folder.filePath(QStringLiteral("out"));
        order.recipe.calibration.windows = 8;
        order.recipe.calibration.context = 512;
        order.recipe.judge = false;
        program.jobs.start(order);
        QTRY_VERIFY_WITH_TIMEOUT(program.session.outcome(), kLong);
        const LayerSolution& solution = *program.session.preview().solution();
        for (const LayerReport& layer : program.session.outcome()->report.layers)
            if (layer.name == kLayer) {
                qInfo("error %.6f in the run, %.6f solved; %.4f and %.4f bits", layer.error, solution.loss, layer.diskBits,
                      solution.bits.diskPerWeight());
                QVERIFY(std::abs(layer.error - solution.loss) < 0.01 * layer.error);
                QVERIFY(std::abs(layer.diskBits - solution.bits.diskPerWeight()) < 0.002 * layer.diskBits);
                QVERIFY(std::abs(layer.nominalBits - solution.bits.nominalPerWeight()) < 1e-3);
            }
        const auto* model = qobject_cast<ModelMapModel*>(program.find<QTableView>(QStringLiteral("modelMap"))->model());
        QCOMPARE(model->known(), 49);
    }

private:
    QTemporaryDir m_settings;
};

QTEST_MAIN(SeeTest)
#include "tst_see.moc"
