// SPDX-License-Identifier: GPL-3.0-or-later
// A chart with the table of its numbers behind it, and both to be saved. Charts tell a screen reader
// nothing; the table and one summary sentence do.
#pragma once

#include "widgets/chart_series.h"

#include <QWidget>

class QLabel;
class QStackedWidget;
class QToolButton;

namespace halftone {

class ChartTableModel;
class ChartView;

class ChartPane : public QWidget
{
    Q_OBJECT

public:
    explicit ChartPane(const QString& name, QWidget* parent = nullptr);
    /// The summary says in one sentence what the chart shows.
    void show(const std::vector<ChartSeries>& series, const ChartText& text, const QString& summary);
    bool showsTable() const;

signals:
    void clicked(qint64 key);
    /// A file could not be written.
    void complained(const QString& sentence);

public slots:
    /// A .png or .svg with its caption and its numbers beside it, or a .csv.
    void write(const QString& path);

private:
    void save();

    QString m_name;
    ChartView* m_chart;
    ChartTableModel* m_model;
    QStackedWidget* m_stack;
    QLabel* m_summary;
};

} // namespace halftone
