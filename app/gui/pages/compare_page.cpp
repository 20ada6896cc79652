// SPDX-License-Identifier: GPL-3.0-or-later
#include "pages/compare_page.h"

#include "models/run_table_model.h"
#include "pages/result_page.h"
#include "panes/sweep_dialog.h"
#include "project/project.h"
#include "run_comparison.h"
#include "session.h"
#include "texts.h"
#include "widgets/chart_pane.h"
#include "widgets/save_picture.h"

#include <QCheckBox>
#include <QComboBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QScrollArea>
#include <QSettings>
#include <QSortFilterProxyModel>
#include <QSplitter>
#include <QStackedWidget>
#include <QStandardItemModel>
#include <QTabWidget>
#include <QTableView>

namespace halftone {

namespace {

const auto kColumnsKey = QStringLiteral("compare/columns 2");
constexpr int kHiddenAtFirst[] = {RunTableModel::Method, RunTableModel::PerplexityError, RunTableModel::SameTop, RunTableModel::Seed};

// Saves as CSV under its name, by its own menu.
QTableView* plainTable(QAbstractItemModel* model, const QString& name)
{
    auto* table = new QTableView;
    table->setModel(model);
    table->setAccessibleName(name);
    table->setSelectionBehavior(QAbstractItemView::SelectRows);
    table->setAlternatingRowColors(true);
    table->setShowGrid(false);
    table->setTabKeyNavigation(false);
    table->verticalHeader()->hide();
    table->verticalHeader()->setDefaultSectionSize(table->fontMetrics().height() + 8);
    table->horizontalHeader()->setHighlightSections(false);
    addTableSaving(*table, [name] { return name; });
    return table;
}

} // namespace

ComparePage::ComparePage(Session& session, QWidget* parent)
    : QWidget(parent), m_session(session), m_runs(new RunTableModel(session.project(), this)),
      m_sorted(new QSortFilterProxyModel(this)), m_stack(new QStackedWidget)
{
    m_sorted->setSourceModel(m_runs);
    m_sorted->setSortRole(RunTableModel::SortRole);
    m_chart = new ChartPane(tr("Quality against size"));
    auto* halves = new QSplitter(Qt::Vertical);
    auto* above = new QSplitter;
    above->addWidget(m_chart);
    above->addWidget(makeDetails());
    above->setChildrenCollapsible(false);
    above->setStretchFactor(0, 1);
    above->setStretchFactor(1, 1);
    m_chart->setObjectName(QStringLiteral("pareto"));
    m_chart->setMinimumWidth(320);
    above->setSizes({500, 500});
    halves->addWidget(above);
    halves->addWidget(makeTable());
    halves->setChildrenCollapsible(false);
    halves->setSizes({420, 260});
    auto* empty = new QLabel(tr("No runs yet. Start one on the right, or press Sweep… to compare several salient ratios at once."));
    empty->setAlignment(Qt::AlignCenter);
    empty->setWordWrap(true);
    m_stack->addWidget(empty);
    m_stack->addWidget(halves);
    auto* rows = new QVBoxLayout(this);
    rows->setContentsMargins(12, 8, 12, 8);
    rows->addWidget(makeHead());
    rows->addWidget(m_stack, 1);
    connect(&session.project(), &Project::runsChanged, this, &ComparePage::follow);
    connect(&session.project(), &Project::runAdded, this, &ComparePage::select);
    connect(m_chart, &ChartPane::clicked, this, &ComparePage::select);
    for (ChartPane* chart : {m_chart, m_layers})
        connect(chart, &ChartPane::complained, &session, &Session::complained);
    follow();
}

QWidget* ComparePage::makeHead()
{
    m_size = new QComboBox;
    m_size->addItem(tr("Size on disk"), int(SizeFigure::Bytes));
    m_size->addItem(tr("Bits per weight on disk"), int(SizeFigure::DiskBits));
    m_size->setAccessibleName(tr("Size figure"));
    m_quality = new QComboBox;
    m_quality->addItem(tr("Perplexity"), int(QualityFigure::Perplexity));
    m_quality->addItem(tr("KL divergence"), int(QualityFigure::Divergence));
    m_quality->setAccessibleName(tr("Quality figure"));
    m_published = new QCheckBox(tr("Published figures"));
    m_published->setToolTip(tr("Hollow marks from papers, of their models and texts, at the bits as stored. They show on bits per "
                               "weight and perplexity."));
    auto* sweep = new QPushButton(tr("Sweep…"));
    sweep->setObjectName(QStringLiteral("sweep"));
    sweep->setToolTip(tr("Runs the recipe at several salient ratios"));
    auto* head = new QWidget;
    auto* row = new QHBoxLayout(head);
    row->setContentsMargins(0, 0, 0, 0);
    row->addWidget(m_quality);
    row->addWidget(new QLabel(tr("against")));
    row->addWidget(m_size);
    row->addWidget(m_published);
    row->addStretch(1);
    row->addWidget(sweep);
    connect(m_size, &QComboBox::currentIndexChanged, this, &ComparePage::showChart);
    connect(m_quality, &QComboBox::currentIndexChanged, this, &ComparePage::showChart);
    connect(m_published, &QCheckBox::toggled, this, [this](bool on) {
        if (on) {
            m_size->setCurrentIndex(1);
            m_quality->setCurrentIndex(0);
        }
        showChart();
    });
    connect(sweep, &QPushButton::clicked, this, &ComparePage::askForSweep);
    return head;
}

QWidget* ComparePage::makeTable()
{
    m_table = plainTable(m_sorted, tr("Runs"));
    m_table->setObjectName(QStringLiteral("runs"));
    m_table->setSortingEnabled(true);
    m_table->sortByColumn(RunTableModel::Made, Qt::DescendingOrder);
    m_table->setEditTriggers(QAbstractItemView::DoubleClicked | QAbstractItemView::EditKeyPressed);
    QHeaderView* header = m_table->horizontalHeader();
    header->setStretchLastSection(true);
    header->setSectionsMovable(true);
    header->setContextMenuPolicy(Qt::CustomContextMenu);
    header->setToolTip(tr("Right-click to choose columns"));
    header->resizeSection(RunTableModel::Pin, 40);
    header->resizeSection(RunTableModel::Label, 200);
    if (!header->restoreState(QSettings().value(kColumnsKey).toByteArray()))
        for (int column : kHiddenAtFirst)
            header->hideSection(column);
    connect(header, &QHeaderView::customContextMenuRequested, this,
            [this, header](const QPoint& place) { chooseColumns(header->mapToGlobal(place)); });
    connect(m_table->selectionModel(), &QItemSelectionModel::selectionChanged, this, &ComparePage::showDetails);
    auto* columns = new QPushButton(tr("Columns"));
    auto* forget = new QPushButton(tr("Forget"));
    forget->setToolTip(tr("Takes the selected runs out of the project; their folders stay"));
    auto* foot = new QHBoxLayout;
    foot->addWidget(new QLabel(tr("Select several runs to see how they differ. Names and notes are edited with F2.")), 1);
    foot->addWidget(columns);
    foot->addWidget(forget);
    auto* pane = new QWidget;
    auto* rows = new QVBoxLayout(pane);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->addWidget(m_table, 1);
    rows->addLayout(foot);
    connect(columns, &QPushButton::clicked, this, [this, columns] { chooseColumns(columns->mapToGlobal(QPoint(0, columns->height()))); });
    connect(forget, &QPushButton::clicked, this, &ComparePage::forget);
    return pane;
}

QWidget* ComparePage::makeDetails()
{
    m_result = new ResultPage(m_session);
    m_layers = new ChartPane(tr("Errors of the layers, run by run"));
    m_recipes = new QStandardItemModel(this);
    m_recipesText = new QLabel;
    m_recipesText->setWordWrap(true);
    auto* recipes = new QWidget;
    auto* rows = new QVBoxLayout(recipes);
    rows->setContentsMargins(0, 4, 0, 0);
    rows->addWidget(m_recipesText);
    rows->addWidget(plainTable(m_recipes, tr("Choices in which the runs differ")), 1);
    auto* tabs = new QTabWidget;
    tabs->setDocumentMode(true);
    auto* scroll = new QScrollArea;
    scroll->setWidget(m_result);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    tabs->addTab(scroll, tr("Result"));
    tabs->addTab(m_layers, tr("Layers"));
    tabs->addTab(recipes, tr("Recipes"));
    return tabs;
}

void ComparePage::chooseColumns(const QPoint& place)
{
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    QHeaderView* header = m_table->horizontalHeader();
    for (int column = 0; column < RunTableModel::ColumnCount; ++column) {
        QAction* action = menu->addAction(m_runs->headerData(column, Qt::Horizontal, Qt::DisplayRole).toString());
        action->setCheckable(true);
        action->setChecked(!header->isSectionHidden(column));
        action->setEnabled(column != RunTableModel::Label);
        connect(action, &QAction::toggled, header, [header, column](bool on) {
            header->setSectionHidden(column, !on);
            QSettings().setValue(kColumnsKey, header->saveState());
        });
    }
    menu->popup(place);
}

void ComparePage::askForSweep()
{
    auto* dialog = new SweepDialog(m_session, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->open();
}

void ComparePage::forget()
{
    for (const Run& run : selectedRuns())
        m_session.project().remove(run->id);
}

void ComparePage::follow()
{
    m_stack->setCurrentIndex(m_session.project().runs().empty() ? 0 : 1);
    showChart();
    if (selectedRuns().empty() && m_sorted->rowCount() > 0)
        m_table->selectRow(0);
    showDetails();
}

void ComparePage::select(qint64 id)
{
    for (int row = 0; row < m_sorted->rowCount(); ++row)
        if (m_sorted->index(row, 0).data(RunTableModel::IdRole).toLongLong() == id)
            m_table->selectRow(row);
}

std::vector<ComparePage::Run> ComparePage::selectedRuns() const
{
    std::vector<Run> runs;
    for (const QModelIndex& index : m_table->selectionModel()->selectedRows())
        if (const Run run = m_session.project().run(index.data(RunTableModel::IdRole).toLongLong()))
            runs.push_back(run);
    return runs;
}

void ComparePage::showChart()
{
    const auto size = SizeFigure(m_size->currentData().toInt());
    const auto quality = QualityFigure(m_quality->currentData().toInt());
    const auto series = paretoSeries(m_session.project().runs(), size, quality, m_published->isChecked());
    ChartText text{size == SizeFigure::Bytes ? tr("size on disk, MB") : tr("bits per weight on disk"),
                   m_quality->currentText(), false, true, false,
                   tr("Runs that judged their result appear here.")};
    const ChartPoint* best = nullptr;
    int points = 0;
    for (const ChartSeries& each : series)
        for (const ChartPoint& point : each.points)
            if (point.key != 0) {
                ++points;
                best = !best || point.y < best->y ? &point : best;
            }
    QString summary = best ? tr("Best of %n: '%1' with %2 at %3.", nullptr, points)
                                 .arg(best->name, numberText(best->y), numberText(best->x))
                           : QString();
    const auto repeats = repeatsIn(m_session.project().runs());
    if (repeats.size() < m_session.project().runs().size())
        summary += QLatin1Char(' ') + tr("Runs that differ in their seed alone are one mark: their mean, with a bar of one "
                                         "standard deviation between them.");
    m_chart->show(series, text, summary);
}

void ComparePage::showDetails()
{
    const std::vector<Run> runs = selectedRuns();
    if (!runs.empty())
        m_result->showRun(runs.front()->report, runs.front()->times, runs.front()->folder);
    m_layers->show(layerSeries(runs), {tr("layer"), tr("error, %"), false, true, true, tr("Select runs below.")},
                   tr("Errors within one method can be compared; across methods, perplexity and divergence decide."));
    showRecipes(runs);
}

void ComparePage::showRecipes(const std::vector<Run>& runs)
{
    m_recipes->clear();
    const auto differences = recipeDifferences(runs);
    QStringList titles{tr("Choice")};
    for (const Run& run : runs)
        titles += run->label;
    m_recipes->setHorizontalHeaderLabels(titles);
    for (const RecipeDifference& difference : differences) {
        QList<QStandardItem*> row{new QStandardItem(difference.choice)};
        for (const QString& value : difference.values)
            row += new QStandardItem(value);
        for (QStandardItem* item : row)
            item->setEditable(false);
        m_recipes->appendRow(row);
    }
    m_recipesText->setText(runs.size() < 2 ? tr("Select two runs or more to see in which choices they differ.")
                           : differences.empty() ? tr("These runs were made with the same choices.")
                                                 : tr("Choices in which these runs differ:"));
}

} // namespace halftone
