// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/curve_view.h"

#include "texts.h"

#include <QLocale>
#include <QMouseEvent>
#include <QPainter>
#include <algorithm>
#include <array>
#include <cmath>

namespace halftone {

namespace {

// Bits a weight of llama.cpp's block formats, scales included (ggml-common.h: bytes of a block over its
// weights).
struct Format
{
    const char* name;
    double bits;
};
constexpr std::array kFormats{Format{"TQ1_0", 1.6875}, Format{"Q2_K", 2.625}, Format{"Q3_K", 3.4375},
                              Format{"Q4_K", 4.5}};
constexpr double kKeyStep = 0.005;

double between(const std::vector<SaliencePoint>& points, double ratio, double SaliencePoint::*figure)
{
    const auto above = std::find_if(points.begin(), points.end(),
                                    [ratio](const SaliencePoint& p) { return p.ratio >= ratio - 1e-9; });
    if (above == points.end())
        return points.back().*figure;
    if (above == points.begin())
        return points.front().*figure;
    const SaliencePoint& low = *(above - 1);
    return std::lerp(low.*figure, (*above).*figure, (ratio - low.ratio) / (above->ratio - low.ratio));
}

} // namespace

CurveView::CurveView(QWidget* parent) : QWidget(parent)
{
    setAccessibleName(tr("Layer error against bits on disk"));
    setFocusPolicy(Qt::StrongFocus);
    setCursor(Qt::PointingHandCursor);
}

void CurveView::setPoints(std::vector<SaliencePoint> points, bool dataFree)
{
    m_points = std::move(points);
    m_dataFree = dataFree;
    describe();
}

void CurveView::setSampled(std::vector<Sampled> sampled)
{
    m_sampled = std::move(sampled);
    describe();
}

void CurveView::setRatio(double ratio)
{
    m_ratio = ratio;
    describe();
}

void CurveView::describe()
{
    update();
    if (m_points.size() < 2) {
        setAccessibleDescription({});
        return;
    }
    setAccessibleDescription(tr("From %1 of error at %2 bits to %3 at %4 bits; now %5 at %6 bits")
                                 .arg(percentText(m_points.front().error, 1), numberText(m_points.front().diskBits),
                                      percentText(m_points.back().error, 1), numberText(m_points.back().diskBits),
                                      percentText(errorAt(m_ratio), 1), numberText(bitsAt(m_ratio))));
}

QFont CurveView::formatFont() const
{
    QFont small = font();
    small.setPointSizeF(small.pointSizeF() * 0.8);
    return small;
}

double CurveView::formatHeight() const
{
    return QFontMetricsF(formatFont()).height();
}

QRectF CurveView::plotArea() const
{
    const double text = fontMetrics().height();
    return QRectF(rect()).adjusted(6, text + 6, -6, -text - formatHeight() - 8);
}

double CurveView::mostError() const
{
    double most = m_points.front().error;
    for (const Sampled& s : m_sampled)
        most = std::max(most, s.error + s.standardError);
    return std::max(most, 1e-12);
}

double CurveView::bitsAt(double ratio) const
{
    return between(m_points, ratio, &SaliencePoint::diskBits);
}

double CurveView::errorAt(double ratio) const
{
    return between(m_points, ratio, &SaliencePoint::error);
}

QPointF CurveView::placeOf(double bits, double error) const
{
    const QRectF plot = plotArea();
    const double low = m_points.front().diskBits, high = m_points.back().diskBits;
    return {plot.left() + std::clamp((bits - low) / std::max(1e-9, high - low), 0.0, 1.0) * plot.width(),
            plot.bottom() - std::clamp(error / mostError(), 0.0, 1.0) * plot.height()};
}

void CurveView::paintAxes(QPainter& painter) const
{
    const QRectF plot = plotArea();
    painter.setPen(palette().color(QPalette::PlaceholderText));
    painter.drawLine(plot.bottomLeft(), plot.bottomRight());
    painter.drawLine(plot.topLeft(), plot.bottomLeft());
    const QRectF below(plot.left(), plot.bottom() + 6 + formatHeight(), plot.width(), fontMetrics().height());
    const auto bits = [](double value) { return QLocale().toString(value, 'f', 1); };
    painter.drawText(below, Qt::AlignLeft, bits(m_points.front().diskBits));
    painter.drawText(below, Qt::AlignHCenter, tr("bits on disk"));
    painter.drawText(below, Qt::AlignRight, bits(m_points.back().diskBits));
    painter.drawText(QRectF(plot.left(), 2, plot.width(), plot.top()), Qt::AlignLeft,
                     tr("error, at most %1").arg(percentText(mostError(), 1)));
}

// Below the axis: above it they would lie on the curves.
void CurveView::paintFormats(QPainter& painter) const
{
    const QRectF plot = plotArea();
    painter.setFont(formatFont());
    painter.setPen(palette().color(QPalette::PlaceholderText));
    for (const Format& format : kFormats) {
        if (format.bits < m_points.front().diskBits || format.bits > m_points.back().diskBits)
            continue;
        const double x = placeOf(format.bits, 0).x();
        painter.drawLine(QPointF(x, plot.bottom()), QPointF(x, plot.bottom() + 4));
        painter.drawText(QRectF(x - 40, plot.bottom() + 4, 80, formatHeight()), Qt::AlignCenter, QLatin1String(format.name));
    }
    painter.setFont(font());
}

void CurveView::paintSampled(QPainter& painter) const
{
    painter.setPen(QPen(palette().color(QPalette::Text), 1.5));
    painter.setBrush(palette().color(QPalette::Text));
    QPolygonF line;
    for (const Sampled& s : m_sampled) {
        const double bits = bitsAt(s.ratio);
        line << placeOf(bits, s.error);
        painter.drawLine(placeOf(bits, s.error - s.standardError), placeOf(bits, s.error + s.standardError));
        painter.drawEllipse(line.back(), 2, 2);
    }
    painter.drawPolyline(line);
}

void CurveView::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    if (m_points.size() < 2) {
        painter.setPen(palette().color(QPalette::PlaceholderText));
        painter.drawText(rect(), Qt::AlignCenter | Qt::TextWordWrap,
                         tr("Select a matrix to see its error at every ratio"));
        return;
    }
    paintAxes(painter);
    paintFormats(painter);
    QPolygonF line;
    for (const SaliencePoint& point : m_points)
        line << placeOf(point.diskBits, point.error);
    painter.setPen(QPen(palette().color(QPalette::Highlight), 2, m_dataFree ? Qt::DashLine : Qt::SolidLine));
    painter.drawPolyline(line);
    paintSampled(painter);
    const QRectF plot = plotArea();
    const QPointF handle = placeOf(bitsAt(m_ratio), errorAt(m_ratio));
    painter.setPen(QPen(palette().color(QPalette::PlaceholderText), 1, Qt::DotLine));
    painter.drawLine(QPointF(handle.x(), plot.top()), QPointF(handle.x(), plot.bottom()));
    painter.setPen(QPen(palette().color(hasFocus() ? QPalette::Text : QPalette::Base), 2));
    painter.setBrush(palette().color(QPalette::Highlight));
    painter.drawEllipse(handle, 6, 6);
}

void CurveView::mousePressEvent(QMouseEvent* event)
{
    if (event->button() != Qt::LeftButton)
        return;
    emit dragBegan();
    mouseMoveEvent(event);
}

void CurveView::mouseMoveEvent(QMouseEvent* event)
{
    if (m_points.size() < 2 || !(event->buttons() & Qt::LeftButton))
        return;
    const auto nearest = std::min_element(
        m_points.begin(), m_points.end(), [&](const SaliencePoint& a, const SaliencePoint& b) {
            return std::abs(placeOf(a.diskBits, 0).x() - event->position().x()) <
                   std::abs(placeOf(b.diskBits, 0).x() - event->position().x());
        });
    emit ratioChosen(nearest->ratio);
}

void CurveView::mouseReleaseEvent(QMouseEvent* event)
{
    if (event->button() == Qt::LeftButton)
        emit dragEnded();
}

void CurveView::keyPressEvent(QKeyEvent* event)
{
    const int step = event->key() == Qt::Key_Left ? -1 : event->key() == Qt::Key_Right ? 1 : 0;
    if (step == 0 || m_points.size() < 2)
        QWidget::keyPressEvent(event);
    else
        emit ratioChosen(std::clamp(m_ratio + step * kKeyStep, 0.0, 1.0));
}

QString CurveView::csv() const
{
    QString out = QStringLiteral("ratio,nominal_bits,disk_bits,uncompensated_error,compensated_error,standard_error\r\n");
    const auto exact = [](double value) { return QString::number(value, 'g', 9); };
    for (const SaliencePoint& p : m_points)
        out += QStringLiteral("%1,%2,%3,%4,,\r\n").arg(exact(p.ratio), exact(p.nominalBits), exact(p.diskBits), exact(p.error));
    for (const Sampled& s : m_sampled)
        out += QStringLiteral("%1,,%2,,%3,%4\r\n").arg(exact(s.ratio), exact(bitsAt(s.ratio)), exact(s.error), exact(s.standardError));
    return out;
}

} // namespace halftone
