// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/chart_table_model.h"

#include "texts.h"

namespace halftone {

void ChartTableModel::show(const std::vector<ChartSeries>& series, const ChartText& text)
{
    beginResetModel();
    m_text = text;
    m_rows.clear();
    for (const ChartSeries& each : series)
        for (const ChartPoint& point : each.points)
            m_rows.push_back({each.name, point});
    endResetModel();
}

int ChartTableModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : int(m_rows.size());
}

int ChartTableModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : int(ColumnCount);
}

QVariant ChartTableModel::data(const QModelIndex& index, int role) const
{
    if (role == Qt::TextAlignmentRole && index.column() >= X)
        return int(Qt::AlignRight | Qt::AlignVCenter);
    if (role != Qt::DisplayRole)
        return {};
    const Row& row = m_rows[std::size_t(index.row())];
    switch (index.column()) {
    case Series:
        return row.series;
    case Point:
        return row.point.name;
    case X:
        return m_text.wholeX ? countText(std::int64_t(row.point.x)) : numberText(row.point.x);
    case Y:
        return numberText(row.point.y);
    default:
        return row.point.error > 0 ? numberText(row.point.error) : QString();
    }
}

QVariant ChartTableModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    const QString titles[] = {tr("Series"), tr("Point"), m_text.xTitle, m_text.yTitle, tr("±")};
    return titles[section];
}

QString ChartTableModel::csv() const
{
    const auto quoted = [](QString text) {
        return QStringLiteral("\"%1\"").arg(text.replace(QLatin1Char('"'), QStringLiteral("\"\"")));
    };
    QString out = QStringLiteral("%1,%2,%3,%4,%5\n")
                      .arg(quoted(tr("Series")), quoted(tr("Point")), quoted(m_text.xTitle), quoted(m_text.yTitle),
                           quoted(tr("±")));
    for (const Row& row : m_rows)
        out += QStringLiteral("%1,%2,%3,%4,%5\n")
                   .arg(quoted(row.series), quoted(row.point.name), QString::number(row.point.x, 'g', 12),
                        QString::number(row.point.y, 'g', 12), QString::number(row.point.error, 'g', 12));
    return out;
}

} // namespace halftone
