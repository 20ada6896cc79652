// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/curve_view.h"

#include "texts.h"

#include <QLocale>
#include <QMouseEvent>
#include <QPainter>
#include <algorithm>
#include <cmath>

namespace halftone {

CurveView::CurveView(QWidget* parent) : QWidget(parent)
{
    setAccessibleName(tr("Layer error against bits on disk"));
    setCursor(Qt::PointingHandCursor);
}

void CurveView::setPoints(std::vector<SaliencePoint> points)
{
    m_points = std::move(points);
    update();
}

void CurveView::setRatio(double ratio)
{
    m_ratio = ratio;
    update();
}

QRectF CurveView::plotArea() const
{
    const double text = fontMetrics().height();
    return QRectF(rect()).adjusted(6, text + 6, -6, -text - 8);
}

const SaliencePoint* CurveView::chosen() const
{
    const auto above = std::find_if(m_points.begin(), m_points.end(), [this](const SaliencePoint& point) {
        return point.ratio >= m_ratio - 1e-9;
    });
    return m_points.empty() ? nullptr : above == m_points.end() ? &m_points.back() : &*above;
}

QPointF CurveView::placeOf(const SaliencePoint& point) const
{
    const QRectF plot = plotArea();
    const double low = m_points.front().diskBits, high = m_points.back().diskBits;
    const double most = std::max(m_points.front().error, 1e-12);
    return {plot.left() + (point.diskBits - low) / std::max(1e-9, high - low) * plot.width(),
            plot.bottom() - std::min(1.0, point.error / most) * plot.height()};
}

void CurveView::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QRectF plot = plotArea();
    const QColor faint = palette().color(QPalette::PlaceholderText);
    painter.setPen(faint);
    if (m_points.size() < 2) {
        painter.drawText(rect(), Qt::AlignCenter | Qt::TextWordWrap,
                         tr("Select a matrix to see its error at every ratio"));
        return;
    }
    painter.drawLine(plot.bottomLeft(), plot.bottomRight());
    painter.drawLine(plot.topLeft(), plot.bottomLeft());
    const QRectF below(plot.left(), plot.bottom() + 4, plot.width(), fontMetrics().height());
    const auto bits = [](double value) { return QLocale().toString(value, 'f', 1); };
    painter.drawText(below, Qt::AlignLeft, bits(m_points.front().diskBits));
    painter.drawText(below, Qt::AlignHCenter, tr("bits on disk"));
    painter.drawText(below, Qt::AlignRight, bits(m_points.back().diskBits));
    painter.drawText(QRectF(plot.left(), 2, plot.width(), plot.top()), Qt::AlignLeft,
                     tr("error, at most %1").arg(percentText(m_points.front().error, 1)));
    QPolygonF line;
    for (const SaliencePoint& point : m_points)
        line << placeOf(point);
    painter.setPen(QPen(palette().color(QPalette::Highlight), 2));
    painter.drawPolyline(line);
    const QPointF handle = placeOf(*chosen());
    painter.setPen(QPen(faint, 1, Qt::DotLine));
    painter.drawLine(QPointF(handle.x(), plot.top()), QPointF(handle.x(), plot.bottom()));
    painter.setPen(QPen(palette().color(QPalette::Base), 2));
    painter.setBrush(palette().color(QPalette::Highlight));
    painter.drawEllipse(handle, 6, 6);
}

void CurveView::mousePressEvent(QMouseEvent* event)
{
    mouseMoveEvent(event);
}

void CurveView::mouseMoveEvent(QMouseEvent* event)
{
    if (m_points.empty() || !(event->buttons() & Qt::LeftButton))
        return;
    const auto nearest = std::min_element(
        m_points.begin(), m_points.end(), [&](const SaliencePoint& a, const SaliencePoint& b) {
            return std::abs(placeOf(a).x() - event->position().x()) <
                   std::abs(placeOf(b).x() - event->position().x());
        });
    emit ratioChosen(nearest->ratio);
}

} // namespace halftone
