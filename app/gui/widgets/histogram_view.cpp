// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/histogram_view.h"

#include "texts.h"

#include <QMouseEvent>
#include <QPainter>
#include <algorithm>
#include <cmath>

namespace halftone {

HistogramView::HistogramView(QWidget* parent) : QWidget(parent)
{
    setMouseTracking(true);
    setFocusPolicy(Qt::TabFocus);
    setAccessibleName(tr("Histogram of the weights"));
}

void HistogramView::setStats(std::shared_ptr<const TensorStats> stats)
{
    m_stats = std::move(stats);
    m_hovered = -1;
    m_highest = 0;
    if (m_stats && !m_stats->histogram.counts.empty()) {
        const auto& counts = m_stats->histogram.counts;
        m_highest = *std::max_element(counts.begin(), counts.end());
        setAccessibleDescription(tr("From %1 to %2, mean %3, standard deviation %4")
                                     .arg(numberText(m_stats->minimum), numberText(m_stats->maximum),
                                          numberText(m_stats->mean), numberText(m_stats->deviation)));
    }
    update();
}

void HistogramView::setLogarithmic(bool logarithmic)
{
    m_logarithmic = logarithmic;
    update();
}

QRectF HistogramView::plotArea() const
{
    const double text = fontMetrics().height();
    return QRectF(rect()).adjusted(1, text + 4, -1, -text - 8);
}

int HistogramView::binAt(double x) const
{
    const QRectF plot = plotArea();
    if (!m_stats || m_highest == 0 || x < plot.left() || x > plot.right())
        return -1;
    const int bins = int(m_stats->histogram.counts.size());
    return std::min(bins - 1, int((x - plot.left()) / plot.width() * bins));
}

double HistogramView::heightOf(std::int64_t count) const
{
    if (m_logarithmic)
        return std::log1p(double(count)) / std::log1p(double(m_highest));
    return double(count) / double(m_highest);
}

void HistogramView::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    const QRectF plot = plotArea();
    if (!m_stats || m_highest == 0) {
        painter.setPen(palette().color(QPalette::PlaceholderText));
        painter.drawText(plot, Qt::AlignCenter, m_stats ? tr("No finite values") : tr("Measuring…"));
        return;
    }
    const auto& counts = m_stats->histogram.counts;
    const double width = plot.width() / double(counts.size());
    const QColor bar = palette().color(QPalette::Highlight);
    for (std::size_t i = 0; i < counts.size(); ++i) {
        if (counts[i] == 0)
            continue;
        const double height = std::max(1.0, heightOf(counts[i]) * plot.height());
        painter.fillRect(QRectF(plot.left() + double(i) * width, plot.bottom() - height,
                                std::max(1.0, width + 0.3), height),
                         int(i) == m_hovered ? palette().color(QPalette::Text) : bar);
    }
    paintAxis(painter, plot);
    paintReadout(painter, plot);
    if (hasFocus()) {
        painter.setPen(QPen(bar, 1));
        painter.drawRect(rect().adjusted(0, 0, -1, -1));
    }
}

void HistogramView::paintAxis(QPainter& painter, const QRectF& plot) const
{
    const QColor faint = palette().color(QPalette::PlaceholderText);
    painter.setPen(faint);
    painter.drawLine(plot.bottomLeft(), plot.bottomRight());
    const Histogram& histogram = m_stats->histogram;
    const QRectF labels(plot.left(), plot.bottom() + 4, plot.width(), fontMetrics().height());
    painter.drawText(labels, Qt::AlignLeft, numberText(histogram.low));
    painter.drawText(labels, Qt::AlignRight, numberText(histogram.high));
    if (histogram.high <= histogram.low)
        return;
    const auto place = [&](double value) {
        return plot.left() + (value - histogram.low) / (histogram.high - histogram.low) * plot.width();
    };
    painter.setPen(QPen(faint, 1, Qt::DashLine));
    for (double mark : {m_stats->mean - m_stats->deviation, m_stats->mean + m_stats->deviation})
        if (mark > histogram.low && mark < histogram.high)
            painter.drawLine(QPointF(place(mark), plot.top()), QPointF(place(mark), plot.bottom()));
    painter.setPen(palette().color(QPalette::Text));
    const double middle = place(m_stats->mean);
    painter.drawLine(QPointF(middle, plot.bottom()), QPointF(middle, plot.bottom() + 4));
    const QString mean = tr("mean %1").arg(numberText(m_stats->mean));
    const double half = fontMetrics().horizontalAdvance(mean) / 2.0;
    const double edge = fontMetrics().horizontalAdvance(numberText(histogram.low)) + 12;
    if (middle - half > plot.left() + edge && middle + half < plot.right() - edge)
        painter.drawText(QPointF(middle - half, labels.bottom() - fontMetrics().descent()), mean);
}

void HistogramView::paintReadout(QPainter& painter, const QRectF& plot) const
{
    const Histogram& histogram = m_stats->histogram;
    QString text;
    if (m_hovered >= 0) {
        const double from = histogram.low + m_hovered * histogram.binWidth();
        text = tr("%1 to %2: %3 weights")
                   .arg(numberText(from), numberText(from + histogram.binWidth()),
                        countText(histogram.counts[std::size_t(m_hovered)]));
    } else {
        text = tr("dashed: mean ± standard deviation");
    }
    painter.setPen(palette().color(m_hovered >= 0 ? QPalette::Text : QPalette::PlaceholderText));
    painter.drawText(QRectF(plot.left(), 0, plot.width(), plot.top()), Qt::AlignRight, text);
}

void HistogramView::mouseMoveEvent(QMouseEvent* event)
{
    const int bin = binAt(event->position().x());
    if (bin != m_hovered) {
        m_hovered = bin;
        update();
    }
}

void HistogramView::leaveEvent(QEvent*)
{
    m_hovered = -1;
    update();
}

} // namespace halftone
