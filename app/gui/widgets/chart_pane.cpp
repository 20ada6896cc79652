// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/chart_pane.h"

#include "base/error.h"
#include "models/chart_table_model.h"
#include "widgets/chart_view.h"
#include "widgets/save_picture.h"

#include <QFileDialog>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QStackedWidget>
#include <QTableView>
#include <QToolButton>

namespace halftone {

ChartPane::ChartPane(const QString& name, QWidget* parent)
    : QWidget(parent), m_name(name), m_chart(new ChartView), m_model(new ChartTableModel(this)),
      m_stack(new QStackedWidget), m_summary(new QLabel)
{
    auto* table = new QTableView;
    table->setModel(m_model);
    table->setAccessibleName(tr("%1, as a table").arg(name));
    table->setObjectName(QStringLiteral("chartTable"));
    table->setTabKeyNavigation(false);
    table->verticalHeader()->hide();
    table->horizontalHeader()->setSectionResizeMode(QHeaderView::Stretch);
    m_chart->setAccessibleName(name);
    m_stack->addWidget(m_chart);
    m_stack->addWidget(table);
    m_summary->setObjectName(QStringLiteral("summary"));
    m_summary->setForegroundRole(QPalette::PlaceholderText);
    m_summary->setWordWrap(true);
    m_summary->setAccessibleDescription(tr("What the chart shows"));
    auto* swap = new QToolButton;
    swap->setText(tr("Table"));
    swap->setCheckable(true);
    swap->setToolTip(tr("Shows the numbers of the chart"));
    auto* save = new QToolButton;
    save->setText(tr("Save…"));
    save->setToolTip(tr("Saves the picture (PNG, SVG) with its numbers beside it, or the numbers alone (CSV)"));
    auto* foot = new QHBoxLayout;
    foot->addWidget(m_summary, 1);
    foot->addWidget(swap);
    foot->addWidget(save);
    auto* rows = new QVBoxLayout(this);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(4);
    rows->addWidget(m_stack, 1);
    rows->addLayout(foot);
    connect(swap, &QToolButton::toggled, this, [this](bool on) { m_stack->setCurrentIndex(on ? 1 : 0); });
    connect(save, &QToolButton::clicked, this, &ChartPane::save);
    connect(m_chart, &ChartView::clicked, this, &ChartPane::clicked);
}

void ChartPane::show(const std::vector<ChartSeries>& series, const ChartText& text, const QString& summary)
{
    m_chart->show(series, text);
    m_chart->setAccessibleDescription(summary);
    m_model->show(series, text);
    m_summary->setText(summary);
}

bool ChartPane::showsTable() const
{
    return m_stack->currentIndex() == 1;
}

void ChartPane::save()
{
    auto* dialog = new QFileDialog(this, tr("Save chart"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setNameFilters({tr("Picture (*.png)"), tr("Drawing (*.svg)"), tr("Numbers (*.csv)")});
    dialog->setDefaultSuffix(QStringLiteral("png"));
    connect(dialog, &QFileDialog::filterSelected, dialog, [dialog](const QString& filter) {
        dialog->setDefaultSuffix(filter.section(QStringLiteral("*."), 1).chopped(1));
    });
    connect(dialog, &QFileDialog::fileSelected, this, &ChartPane::write);
    dialog->open();
}

// The summary goes under the figure and its data beside it.
void ChartPane::write(const QString& path)
{
    try {
        const QString caption = m_name + QLatin1Char('\n') + m_summary->text();
        if (path.endsWith(QLatin1String(".csv"), Qt::CaseInsensitive))
            saveText(m_model->csv(), path);
        else
            savePicture(*m_chart, {caption, m_model->csv()}, path);
    } catch (const Error& error) {
        emit complained(error.sentence());
    }
}

} // namespace halftone
