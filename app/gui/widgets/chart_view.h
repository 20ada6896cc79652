// SPDX-License-Identifier: GPL-3.0-or-later
// Draws series with Qt Charts as the desktop looks: its palette, its locale, error bars painted. It
// computes nothing; a screen reader gets the table that ChartPane puts behind it.
#pragma once

#include "widgets/chart_series.h"

#include <QChartView>

class QAbstractAxis;
class QGraphicsSimpleTextItem;
class QXYSeries;

namespace halftone {

class ChartView : public QChartView
{
    Q_OBJECT

public:
    explicit ChartView(QWidget* parent = nullptr);
    /// Points that are not finite, or not positive on a logarithmic axis, are left out.
    void show(const std::vector<ChartSeries>& series, const ChartText& text);

signals:
    void clicked(qint64 key);

protected:
    void changeEvent(QEvent* event) override;
    void drawForeground(QPainter* painter, const QRectF& rect) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void rebuild();
    void addSeries(const ChartSeries& series, const QColor& color);
    QAbstractAxis* addAxis(bool logarithmic, bool whole, const QString& title, double low, double high, Qt::Alignment side);
    bool drawable(const ChartPoint& point) const;
    void restyle();
    void placeLegend();

    std::vector<ChartSeries> m_series;
    ChartText m_text;
    QAbstractAxis* m_x = nullptr;
    QAbstractAxis* m_y = nullptr;
};

} // namespace halftone
