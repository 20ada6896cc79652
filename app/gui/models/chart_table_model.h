// SPDX-License-Identifier: GPL-3.0-or-later
// The numbers of a chart as rows: for those who do not see it, and for CSV.
#pragma once

#include "widgets/chart_series.h"

#include <QAbstractTableModel>

namespace halftone {

class ChartTableModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { Series, Point, X, Y, Error, ColumnCount };

    using QAbstractTableModel::QAbstractTableModel;
    void show(const std::vector<ChartSeries>& series, const ChartText& text);

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

    /// With a point as decimal sign and a heading, for programs.
    QString csv() const;

private:
    struct Row
    {
        QString series;
        ChartPoint point;
    };
    std::vector<Row> m_rows;
    ChartText m_text;
};

} // namespace halftone
