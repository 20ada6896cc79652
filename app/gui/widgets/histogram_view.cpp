// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/histogram_view.h"

#include "texts.h"
#include "widgets/chart_series.h"

#include <QMouseEvent>
#include <QPainter>
#include <algorithm>
#include <cmath>

namespace halftone {

namespace {

constexpr double kGrip = 8; // pixels around a handle

} // namespace

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
    paintMarks(painter, plot);
    paintHandles(painter, plot);
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
    const auto place = [this](double value) { return placeOf(value); };
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
        text = m_marks.empty() ? tr("dashed: mean ± standard deviation") : m_marksText;
    }
    painter.setPen(palette().color(m_hovered >= 0 ? QPalette::Text : QPalette::PlaceholderText));
    painter.drawText(QRectF(plot.left(), 0, plot.width(), plot.top()), Qt::AlignRight, text);
}

void HistogramView::setMarks(std::vector<double> marks, const QString& text)
{
    m_marks = std::move(marks);
    m_marksText = text;
    update();
}

// In a colour that is told apart from the bars by colour-blind eyes too.
void HistogramView::paintMarks(QPainter& painter, const QRectF& plot) const
{
    painter.setPen(QPen(seriesColor(1, palette().color(QPalette::Base).lightness() < 128), 2));
    for (const double mark : m_marks)
        painter.drawLine(QPointF(placeOf(mark), plot.top()), QPointF(placeOf(mark), plot.bottom()));
}

void HistogramView::setRange(double low, double high)
{
    m_low = low;
    m_high = high;
    update();
}

double HistogramView::placeOf(double value) const
{
    const QRectF plot = plotArea();
    const Histogram& histogram = m_stats->histogram;
    const double width = histogram.high - histogram.low;
    return plot.left() + (width > 0 ? std::clamp((value - histogram.low) / width, 0.0, 1.0) : 0.5) * plot.width();
}

void HistogramView::moveHandle(Handle handle, double value)
{
    const double least = m_stats->histogram.binWidth() / 4;
    m_keyed = handle;
    if (handle == Low)
        m_low = std::min(value, m_high - least);
    else
        m_high = std::max(value, m_low + least);
    emit rangeMoved(m_low, m_high);
    update();
}

void HistogramView::paintHandles(QPainter& painter, const QRectF& plot) const
{
    if (m_high <= m_low)
        return;
    QColor outside = palette().color(QPalette::Window);
    outside.setAlpha(150);
    const double low = placeOf(m_low), high = placeOf(m_high);
    painter.fillRect(QRectF(plot.left(), plot.top(), low - plot.left(), plot.height()), outside);
    painter.fillRect(QRectF(high, plot.top(), plot.right() - high, plot.height()), outside);
    for (const Handle handle : {Low, High}) {
        const double x = handle == Low ? low : high;
        const bool keyed = hasFocus() && handle == m_keyed;
        painter.setPen(QPen(palette().color(QPalette::Text), keyed ? 2 : 1));
        painter.drawLine(QPointF(x, plot.top()), QPointF(x, plot.bottom()));
        const QPolygonF grip{QPointF(x - 5, plot.top()), QPointF(x + 5, plot.top()), QPointF(x, plot.top() + 8)};
        painter.setBrush(palette().color(keyed ? QPalette::Highlight : QPalette::Text));
        painter.drawPolygon(grip);
    }
}

void HistogramView::mousePressEvent(QMouseEvent* event)
{
    if (!m_stats || m_highest == 0 || m_high <= m_low || event->button() != Qt::LeftButton)
        return;
    const double x = event->position().x();
    const double toLow = std::abs(x - placeOf(m_low)), toHigh = std::abs(x - placeOf(m_high));
    if (std::min(toLow, toHigh) < kGrip)
        m_grabbed = toLow < toHigh ? Low : High;
}

void HistogramView::mouseReleaseEvent(QMouseEvent*)
{
    m_grabbed = None;
}

void HistogramView::mouseMoveEvent(QMouseEvent* event)
{
    if (m_grabbed != None) {
        const QRectF plot = plotArea();
        const Histogram& histogram = m_stats->histogram;
        const double share = std::clamp((event->position().x() - plot.left()) / plot.width(), 0.0, 1.0);
        moveHandle(m_grabbed, histogram.low + share * (histogram.high - histogram.low));
        return;
    }
    const int bin = binAt(event->position().x());
    if (bin != m_hovered) {
        m_hovered = bin;
        update();
    }
}

void HistogramView::keyPressEvent(QKeyEvent* event)
{
    const bool arrows = event->key() == Qt::Key_Left || event->key() == Qt::Key_Right;
    if (m_stats && m_highest > 0 && m_high > m_low && arrows) {
        const double step = m_stats->histogram.binWidth() * (event->key() == Qt::Key_Left ? -1 : 1);
        moveHandle(m_keyed, (m_keyed == Low ? m_low : m_high) + step);
    } else if (event->key() == Qt::Key_Up || event->key() == Qt::Key_Down) {
        m_keyed = m_keyed == Low ? High : Low;
        update();
    } else {
        QWidget::keyPressEvent(event);
    }
}

void HistogramView::leaveEvent(QEvent*)
{
    m_hovered = -1;
    update();
}

} // namespace halftone
