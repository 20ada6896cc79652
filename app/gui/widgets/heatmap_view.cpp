// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/heatmap_view.h"

#include "base/parallel.h"
#include "widgets/heatmap_accessible.h"

#include <QAccessible>
#include <QEvent>
#include <QPainter>
#include <algorithm>
#include <cmath>
#include <limits>

namespace halftone {

namespace {

constexpr double kLargestScale = 64;
constexpr double kLeastHeight = 48; // pixels: a vector is drawn as a band
constexpr double kDotSide = 5;      // pixels of a weight from which dots are smaller than it

} // namespace

HeatmapView::HeatmapView(QWidget* parent) : QWidget(parent)
{
    installAccessibleHeatmap();
    setMouseTracking(true);
    setFocusPolicy(Qt::StrongFocus);
    setAccessibleName(tr("Map of the weights"));
    setAccessibleDescription(tr("Arrow keys move the cursor, with Shift the map; plus and minus zoom, 0 shows all. Hold B for "
                                "the original; S puts a line between both, which the arrow keys move."));
    recolor();
}

void HeatmapView::setMatrix(std::int64_t rows, std::int64_t columns, const QString& message)
{
    m_rows = rows;
    m_columns = columns;
    m_message = message;
    m_stamp.clear();
    m_now = m_before = m_dots = {};
    m_cursorRow = m_cursorColumn = -1;
    zoomToFit();
    emit pointed(-1, -1, {});
}

void HeatmapView::setMessage(const QString& message)
{
    m_message = message;
    if (!message.isEmpty())
        m_now = {};
    update();
}

void HeatmapView::setStamp(const QString& stamp)
{
    m_stamp = stamp;
    update();
}

void HeatmapView::setFigure(Figure figure)
{
    if (figure == m_figure)
        return;
    m_figure = figure;
    recolor();
}

void HeatmapView::setScale(const ColorScale& scale)
{
    if (scale == m_colorScale)
        return;
    m_colorScale = scale;
    recolor();
}

void HeatmapView::setPicture(std::shared_ptr<const HeatPicture> picture)
{
    m_now.picture = std::move(picture);
    color(m_now);
    update();
    emit pictureShown();
}

void HeatmapView::setBefore(std::shared_ptr<const HeatPicture> picture)
{
    m_before.picture = std::move(picture);
    color(m_before);
    update();
}

void HeatmapView::setDots(std::shared_ptr<const HeatPicture> picture)
{
    m_dots.picture = std::move(picture);
    colorDots();
    update();
}

void HeatmapView::setReadout(const QString& text)
{
    if (text == m_readout)
        return;
    m_readout = text;
    QAccessibleEvent event(this, QAccessible::DescriptionChanged);
    QAccessible::updateAccessibility(&event);
}

float HeatmapView::valueOf(const HeatCell& cell) const
{
    switch (m_figure) {
    case Figure::RootMeanSquare: return std::sqrt(cell.meanSquare);
    case Figure::Minimum: return cell.minimum;
    case Figure::Maximum: return cell.maximum;
    default: return cell.mean;
    }
}

void HeatmapView::color(Layer& layer) const
{
    if (!layer.picture) {
        layer.image = {};
        return;
    }
    const HeatWindow& window = layer.picture->window;
    const QSize size(int(window.columns), int(window.rows));
    if (layer.image.size() != size) // fresh memory costs more than the colours
        layer.image = QImage(size, QImage::Format_RGB32);
    uchar* bits = layer.image.bits();
    const auto stride = layer.image.bytesPerLine();
    const auto columns = std::size_t(window.columns);
    parallelFor(window.rows, [&](std::int64_t row) {
        auto* line = reinterpret_cast<QRgb*>(bits + row * stride);
        const HeatCell* cells = layer.picture->cells.data() + std::size_t(row) * columns;
        for (std::size_t column = 0; column < columns; ++column)
            line[column] = m_colors.at(m_colorScale.shareOf(valueOf(cells[column])));
    });
}

// Black or white, whichever the map's middle is not; the share of dotted weights is how dense it is.
void HeatmapView::colorDots()
{
    m_dots.image = {};
    if (!m_dots.picture)
        return;
    const HeatWindow& window = m_dots.picture->window;
    const int tone = m_colorScale.diverging && qGray(m_colors.at(0.5f)) > 128 ? 0 : 255;
    m_dots.image = QImage(int(window.columns), int(window.rows), QImage::Format_ARGB32_Premultiplied);
    for (int row = 0; row < m_dots.image.height(); ++row) {
        auto* line = reinterpret_cast<QRgb*>(m_dots.image.scanLine(row));
        const HeatCell* cells = m_dots.picture->cells.data() + std::size_t(row) * std::size_t(window.columns);
        for (int column = 0; column < m_dots.image.width(); ++column) {
            const float share = cells[column].mean;
            const int alpha = std::isnan(share) ? 0 : int(255 * std::sqrt(std::clamp(share, 0.0f, 1.0f)));
            const int lit = tone * alpha / 255;
            line[column] = qRgba(lit, lit, lit, alpha);
        }
    }
}

void HeatmapView::recolor()
{
    m_colors = m_colorScale.diverging ? ColorMap::diverging(palette().color(QPalette::Base).lightness() < 128)
                                      : ColorMap::sequential();
    for (Layer* layer : {&m_now, &m_before})
        color(*layer);
    colorDots();
    emit colorsChanged();
    update();
}

float HeatmapView::aggregate(double top, double left, double bottom, double right) const
{
    if (!m_now.picture)
        return std::numeric_limits<float>::quiet_NaN();
    const HeatWindow& window = m_now.picture->window;
    const auto at = [](double share, std::int64_t cells) {
        return std::clamp<std::int64_t>(std::int64_t(share * double(cells)), 0, cells);
    };
    double sum = 0, count = 0;
    for (auto r = at(top, window.rows); r < std::max(at(bottom, window.rows), at(top, window.rows) + 1) && r < window.rows; ++r)
        for (auto c = at(left, window.columns);
             c < std::max(at(right, window.columns), at(left, window.columns) + 1) && c < window.columns; ++c) {
            const HeatCell& cell = m_now.picture->cells[std::size_t(r * window.columns + c)];
            if (std::isnan(cell.mean))
                continue;
            sum += m_figure == Figure::RootMeanSquare ? double(cell.meanSquare) : double(valueOf(cell));
            ++count;
        }
    if (count == 0)
        return std::numeric_limits<float>::quiet_NaN();
    return float(m_figure == Figure::RootMeanSquare ? std::sqrt(sum / count) : sum / count);
}

QSizeF HeatmapView::mapSize() const
{
    return {double(m_columns) * m_scale, double(m_rows) * m_scale * m_stretch};
}

double HeatmapView::fittingScale() const
{
    if (m_rows == 0 || m_columns == 0)
        return 1;
    return std::min({width() / double(m_columns), height() / (double(m_rows) * m_stretch), kLargestScale});
}

void HeatmapView::zoomToFit()
{
    m_stretch = 1;
    if (m_rows > 0)
        m_stretch = std::max(1.0, std::ceil(kLeastHeight / (fittingScale() * double(m_rows))));
    m_fitted = true;
    moveTo(fittingScale(), {});
}

void HeatmapView::zoomBy(double factor, QPointF around)
{
    const double scale = std::clamp(m_scale * factor, fittingScale(), kLargestScale);
    m_fitted = scale <= fittingScale();
    moveTo(scale, around - (around - m_origin) * (scale / m_scale));
}

void HeatmapView::moveTo(double scale, QPointF origin)
{
    m_scale = scale;
    m_origin = origin;
    keepInside();
    wantWindow();
    emit zoomed();
    update();
}

// A side that fits is centred; one that does not leaves no gap at its edges.
void HeatmapView::keepInside()
{
    const QSizeF map = mapSize();
    const auto keep = [](double origin, double extent, double room) {
        return extent <= room ? (room - extent) / 2 : std::clamp(origin, room - extent, 0.0);
    };
    m_origin = {keep(m_origin.x(), map.width(), width()), keep(m_origin.y(), map.height(), height())};
}

void HeatmapView::wantWindow()
{
    if (m_rows == 0 || m_columns == 0 || width() == 0 || height() == 0)
        return;
    // One cell a device pixel, one a weight when magnified; aligned, so that panning by less than a
    // cell shows the same cells.
    const double perCell = std::max(1.0, 1 / (m_scale * devicePixelRatioF()));
    const double rowScale = m_scale * m_stretch;
    HeatWindow window;
    window.weightsPerCell = perCell;
    window.left = std::floor(std::max(0.0, -m_origin.x() / m_scale) / perCell) * perCell;
    window.top = std::floor(std::max(0.0, -m_origin.y() / rowScale) / perCell) * perCell;
    const double right = std::min(double(m_columns), (width() - m_origin.x()) / m_scale);
    const double bottom = std::min(double(m_rows), (height() - m_origin.y()) / rowScale);
    window.columns = std::int64_t(std::ceil((right - window.left) / perCell));
    window.rows = std::int64_t(std::ceil((bottom - window.top) / perCell));
    if (window.rows > 0 && window.columns > 0)
        emit windowWanted(window);
}

HeatmapView::Reach HeatmapView::reach(Qt::Orientation orientation) const
{
    const bool across = orientation == Qt::Horizontal;
    const double scale = across ? m_scale : m_scale * m_stretch;
    const double origin = across ? m_origin.x() : m_origin.y();
    const auto extent = double(across ? m_columns : m_rows);
    Reach out;
    out.begin = std::max(0.0, -origin / scale);
    out.end = std::min(extent, ((across ? width() : height()) - origin) / scale);
    out.from = origin + out.begin * scale;
    out.to = origin + out.end * scale;
    return out;
}

QRectF HeatmapView::targetOf(const HeatWindow& window) const
{
    const double rowScale = m_scale * m_stretch;
    return {m_origin.x() + window.left * m_scale, m_origin.y() + window.top * rowScale,
            double(window.columns) * window.weightsPerCell * m_scale,
            double(window.rows) * window.weightsPerCell * rowScale};
}

void HeatmapView::draw(QPainter& painter, const Layer& layer) const
{
    if (layer.picture)
        painter.drawImage(targetOf(layer.picture->window), layer.image);
}

// Magnified weights keep their colour around a dot; smaller ones are covered.
void HeatmapView::drawDots(QPainter& painter) const
{
    if (!m_dots.picture)
        return;
    const HeatWindow& window = m_dots.picture->window;
    const double side = window.weightsPerCell * m_scale, height = side * m_stretch;
    if (side < kDotSide || window.weightsPerCell > 1) {
        draw(painter, m_dots);
        return;
    }
    const QRectF target = targetOf(window);
    const double dot = std::max(2.0, std::min(side, height) / 3);
    for (int row = 0; row < m_dots.image.height(); ++row)
        for (int column = 0; column < m_dots.image.width(); ++column)
            if (qAlpha(m_dots.image.pixel(column, row)) > 0)
                painter.fillRect(QRectF(target.left() + (column + 0.5) * side - dot / 2,
                                        target.top() + (row + 0.5) * height - dot / 2, dot, dot),
                                 QColor(m_dots.image.pixel(column, row)));
}

void HeatmapView::drawMarks(QPainter& painter) const
{
    if (m_swipe >= 0 && m_before.picture) {
        const double x = m_swipe * width();
        painter.setPen(QPen(palette().color(QPalette::Highlight), 2));
        painter.drawLine(QPointF(x, 0), QPointF(x, height()));
        const QRectF line(0, height() - fontMetrics().height() - 6, width(), fontMetrics().height());
        painter.setPen(palette().color(QPalette::Text));
        const auto label = [&](const QRectF& place, int side, const QString& text) {
            const QRectF box = painter.boundingRect(place, side, text);
            painter.fillRect(box.adjusted(-4, -2, 4, 2), palette().color(QPalette::Base));
            painter.drawText(place, side, text);
        };
        label(line.adjusted(0, 0, x - width() - 8, 0), Qt::AlignRight, tr("original"));
        label(line.adjusted(x + 8, 0, 0, 0), Qt::AlignLeft, tr("this layer"));
    }
    const QString stamp = showsBefore() ? tr("original") : m_stamp;
    if (!stamp.isEmpty()) {
        const QRectF place = QRectF(rect()).adjusted(10, 8, -10, -8);
        const QRectF box = painter.boundingRect(place, Qt::AlignRight | Qt::AlignTop, stamp);
        painter.fillRect(box.adjusted(-6, -3, 6, 3), palette().color(QPalette::Base));
        painter.setPen(palette().color(QPalette::Text));
        painter.drawText(place, Qt::AlignRight | Qt::AlignTop, stamp);
    }
    if (hasFocus() && m_cursorRow >= 0) {
        const double rowScale = m_scale * m_stretch;
        const QRectF cell(m_origin.x() + double(m_cursorColumn) * m_scale,
                          m_origin.y() + double(m_cursorRow) * rowScale, m_scale, rowScale);
        const double grown = std::max(0.0, 9 - std::min(m_scale, rowScale)) / 2;
        painter.setPen(QPen(palette().color(QPalette::Base), 3));
        painter.drawRect(cell.adjusted(-grown, -grown, grown, grown));
        painter.setPen(QPen(palette().color(QPalette::Text), 1));
        painter.drawRect(cell.adjusted(-grown, -grown, grown, grown));
    }
}

void HeatmapView::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    if (m_rows == 0 || m_columns == 0 || !m_message.isEmpty()) {
        painter.setPen(palette().color(QPalette::PlaceholderText));
        painter.drawText(rect().adjusted(20, 20, -20, -20), Qt::AlignCenter | Qt::TextWordWrap, m_message);
    } else {
        const QRectF map(m_origin, mapSize());
        painter.setClipRect(map);
        draw(painter, showsBefore() ? m_before : m_now);
        drawDots(painter);
        if (m_swipe >= 0 && m_before.picture && !m_holdingBefore) {
            painter.setClipRect(map.intersected(QRectF(0, 0, m_swipe * width(), height())));
            draw(painter, m_before);
            drawDots(painter);
        }
        painter.setClipping(false);
        drawMarks(painter);
    }
    painter.setPen(palette().color(hasFocus() ? QPalette::Highlight : QPalette::Mid));
    painter.drawRect(rect().adjusted(0, 0, -1, -1));
}

void HeatmapView::resizeEvent(QResizeEvent*)
{
    if (m_fitted)
        zoomToFit();
    else
        moveTo(std::max(m_scale, fittingScale()), m_origin);
}

void HeatmapView::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::PaletteChange)
        recolor();
    QWidget::changeEvent(event);
}

} // namespace halftone
