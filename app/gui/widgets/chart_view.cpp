// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/chart_view.h"

#include "texts.h"

#include <QCategoryAxis>
#include <QChart>
#include <QEvent>
#include <QLegend>
#include <QLegendMarker>
#include <QLineSeries>
#include <QLocale>
#include <QLogValueAxis>
#include <QPainter>
#include <QScatterSeries>
#include <QToolTip>
#include <QValueAxis>
#include <cmath>
#include <limits>

namespace halftone {

namespace {

constexpr double kMarkSize = 9;
constexpr int kWide = 460;

struct Extent
{
    double low = std::numeric_limits<double>::infinity(), high = -low;
    void add(double value)
    {
        low = std::min(low, value);
        high = std::max(high, value);
    }
    // Room around the points, on the axis's own scale.
    void widen(bool logarithmic, bool whole)
    {
        if (logarithmic) {
            const double room = std::max(1.05, std::pow(high / low, 0.06));
            low /= room;
            high *= room;
        } else {
            const double room = whole ? 0 : high > low ? 0.06 * (high - low) : std::max(1e-9, 0.1 * std::abs(high));
            low = low >= 0 ? std::max(0.0, low - room) : low - room;
            high += room;
        }
        if (whole) {
            low = std::floor(low) - 0.5; // so that no mark stands on the edge
            high = std::ceil(high) + 0.5;
        }
    }
};

} // namespace

QColor seriesColor(int place, bool dark)
{
    static const QRgb colors[] = {0x0072b2, 0xd55e00, 0x009e73, 0xcc79a7, 0x56b4e9, 0xe69f00, 0x7f7f7f};
    const QColor color(colors[std::size_t(place) % std::size(colors)]);
    return dark ? color.lighter(140) : color;
}

ChartView::ChartView(QWidget* parent) : QChartView(parent)
{
    setRenderHint(QPainter::Antialiasing);
    setFrameShape(QFrame::NoFrame);
    setMinimumSize(220, 140);
    chart()->setMargins(QMargins(4, 4, 4, 4));
    chart()->setBackgroundRoundness(0);
    chart()->legend()->setAlignment(Qt::AlignRight);
    chart()->setLocalizeNumbers(true);
    restyle();
}

void ChartView::show(const std::vector<ChartSeries>& series, const ChartText& text)
{
    m_series = series;
    m_text = text;
    rebuild();
}

bool ChartView::drawable(const ChartPoint& point) const
{
    return std::isfinite(point.x) && std::isfinite(point.y) && (!m_text.logX || point.x > 0) &&
           (!m_text.logY || point.y > 0);
}

// Qt Charts silently refuses a logarithmic range from 0: such points never reach it.
void ChartView::rebuild()
{
    chart()->removeAllSeries();
    for (QAbstractAxis* axis : chart()->axes()) {
        chart()->removeAxis(axis); // which leaves it to us
        delete axis;
    }
    m_x = m_y = nullptr;
    Extent x, y;
    for (const ChartSeries& series : m_series)
        for (const ChartPoint& point : series.points)
            if (drawable(point)) {
                x.add(point.x);
                y.add(point.y + (std::isfinite(point.error) ? point.error : 0));
                y.add(m_text.logY && point.y - point.error <= 0 ? point.y : point.y - point.error);
            }
    if (x.low <= x.high) {
        x.widen(m_text.logX, m_text.wholeX);
        y.widen(m_text.logY, false);
        m_x = addAxis(m_text.logX, m_text.wholeX, m_text.xTitle, x.low, x.high, Qt::AlignBottom);
        m_y = addAxis(m_text.logY, false, m_text.yTitle, y.low, y.high, Qt::AlignLeft);
        const bool dark = palette().color(QPalette::Base).lightness() < 128;
        int place = 0;
        for (const ChartSeries& series : m_series) {
            addSeries(series, seriesColor(series.color < 0 ? place : series.color, dark));
            ++place;
        }
    }
    restyle();
    viewport()->update();
}

QAbstractAxis* ChartView::addAxis(bool logarithmic, bool whole, const QString& title, double low, double high,
                                  Qt::Alignment side)
{
    QAbstractAxis* axis = nullptr;
    if (logarithmic) {
        auto* log = new QLogValueAxis;
        // Within one decade a base of 10 would leave the axis without a single label.
        const double decades = std::log10(high / low);
        log->setBase(decades > 1.5 ? 10 : decades > 0.4 ? 2 : std::max(1.01, std::pow(high / low, 0.25)));
        log->setLabelFormat(QStringLiteral("%.3g"));
        log->setRange(low, high);
        axis = log;
    } else if (whole) {
        // A value axis with ticks of its own choice shows no labels (Qt 6.4).
        auto* counted = new QCategoryAxis;
        counted->setLabelsPosition(QCategoryAxis::AxisLabelsPositionOnValue);
        counted->setRange(low, high);
        counted->setStartValue(low);
        const int step = std::max(1, int(std::ceil((high - low) / 10)));
        for (int value = int(std::ceil(low)); value <= high; value += step)
            counted->append(locale().toString(value), value);
        axis = counted;
    } else {
        auto* linear = new QValueAxis;
        linear->setRange(low, high);
        linear->setLabelFormat(QStringLiteral("%.3g"));
        linear->applyNiceNumbers();
        axis = linear;
    }
    axis->setTitleText(title);
    chart()->addAxis(axis, side);
    return axis;
}

void ChartView::addSeries(const ChartSeries& series, const QColor& color)
{
    QList<QPointF> points;
    for (const ChartPoint& point : series.points)
        if (drawable(point))
            points += QPointF(point.x, point.y);
    if (points.isEmpty())
        return;
    if (series.line && points.size() > 1) {
        auto* line = new QLineSeries;
        line->setPen(QPen(color, 2));
        line->replace(points);
        chart()->addSeries(line);
        line->attachAxis(m_x);
        line->attachAxis(m_y);
        for (QLegendMarker* marker : chart()->legend()->markers(line))
            marker->setVisible(false);
    }
    auto* marks = new QScatterSeries;
    marks->setName(series.name);
    marks->setMarkerSize(series.mark == ChartSeries::Mark::Diamond ? 13 : kMarkSize);
    marks->setMarkerShape(series.mark == ChartSeries::Mark::Diamond ? QScatterSeries::MarkerShapeRotatedRectangle
                                                                   : QScatterSeries::MarkerShapeCircle);
    marks->setBrush(series.mark == ChartSeries::Mark::Hollow ? palette().color(QPalette::Base) : color);
    marks->setPen(QPen(color, 2));
    marks->replace(points);
    chart()->addSeries(marks);
    marks->attachAxis(m_x);
    marks->attachAxis(m_y);
    const std::vector<ChartPoint> known = series.points;
    const auto pointAt = [known](const QPointF& place) -> const ChartPoint* {
        for (const ChartPoint& point : known)
            if (point.x == place.x() && point.y == place.y())
                return &point;
        return nullptr;
    };
    connect(marks, &QXYSeries::clicked, this, [this, pointAt](const QPointF& place) {
        if (const ChartPoint* point = pointAt(place))
            emit clicked(point->key);
    });
    connect(marks, &QXYSeries::hovered, this, [this, pointAt, known, name = series.name](const QPointF& place, bool over) {
        const ChartPoint* point = over ? pointAt(place) : nullptr;
        if (!point) {
            QToolTip::hideText();
            return;
        }
        QString text = tr("%1: %2; %3").arg(point->name.isEmpty() ? name : point->name, numberText(point->x), numberText(point->y));
        if (point->error > 0)
            text += tr(" ± %1").arg(numberText(point->error));
        QToolTip::showText(QCursor::pos(), text, this);
    });
}

// Charts stay white under a dark palette unless they are told.
void ChartView::restyle()
{
    const QColor text = palette().color(QPalette::Text);
    QColor faint = text;
    faint.setAlphaF(0.2f);
    setBackgroundBrush(palette().color(QPalette::Base));
    chart()->setBackgroundBrush(palette().color(QPalette::Base));
    chart()->setLocale(locale());
    chart()->legend()->setLabelColor(text);
    chart()->legend()->setVisible(m_series.size() > 1);
    placeLegend();
    for (QAbstractAxis* axis : chart()->axes()) {
        axis->setLabelsColor(text);
        axis->setTitleBrush(text);
        axis->setLinePenColor(text);
        axis->setGridLineColor(faint);
        axis->setLabelsFont(font());
        axis->setTitleFont(font());
    }
}

// Beside a wide chart, under a narrow one, whose curves need the width.
void ChartView::placeLegend()
{
    const Qt::Alignment side = width() < kWide ? Qt::AlignBottom : Qt::AlignRight;
    if (chart()->legend()->alignment() != side)
        chart()->legend()->setAlignment(side);
}

void ChartView::changeEvent(QEvent* event)
{
    QChartView::changeEvent(event);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::LocaleChange ||
        event->type() == QEvent::FontChange)
        rebuild();
}

void ChartView::resizeEvent(QResizeEvent* event)
{
    QChartView::resizeEvent(event);
    placeLegend();
    viewport()->update(); // the bars are painted over the chart
}

void ChartView::drawForeground(QPainter* painter, const QRectF&)
{
    painter->save();
    painter->resetTransform();
    if (!m_x) {
        painter->setPen(palette().color(QPalette::PlaceholderText));
        painter->drawText(viewport()->rect(), Qt::AlignCenter | Qt::TextWordWrap, m_text.empty);
        painter->restore();
        return;
    }
    const bool dark = palette().color(QPalette::Base).lightness() < 128;
    const QRectF plot = chart()->plotArea();
    int place = 0;
    for (const ChartSeries& series : m_series) {
        painter->setPen(QPen(seriesColor(series.color < 0 ? place : series.color, dark), 1.5));
        ++place;
        for (const ChartPoint& point : series.points) {
            if (!drawable(point) || !(point.error > 0) || !std::isfinite(point.error))
                continue;
            const double below = point.y - point.error;
            const auto at = [&](double value) { return mapFromScene(chart()->mapToScene(chart()->mapToPosition({point.x, value}))); };
            const QPointF top = at(point.y + point.error);
            const QPointF bottom = m_text.logY && below <= 0 ? QPointF(top.x(), plot.bottom()) : QPointF(at(below));
            painter->drawLine(top, bottom);
            painter->drawLine(top - QPointF(4, 0), top + QPointF(4, 0));
            painter->drawLine(bottom - QPointF(4, 0), bottom + QPointF(4, 0));
        }
    }
    painter->restore();
}

} // namespace halftone
