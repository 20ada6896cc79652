// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/heatmap_view.h"

#include <QMouseEvent>
#include <QPainter>
#include <algorithm>
#include <cmath>

namespace halftone {

namespace {

constexpr double kLargestScale = 64;
constexpr double kLeastHeight = 48; // pixels: a vector is drawn as a band
constexpr double kKeyStep = 60;     // pixels

} // namespace

HeatmapView::HeatmapView(QWidget* parent) : QWidget(parent)
{
    setMouseTracking(true);
    setFocusPolicy(Qt::StrongFocus);
    setAccessibleName(tr("Map of the weights"));
    setAccessibleDescription(tr("Arrow keys move, plus and minus zoom, 0 shows all."));
    recolor();
}

void HeatmapView::setMatrix(std::int64_t rows, std::int64_t columns, const QString& message)
{
    m_rows = rows;
    m_columns = columns;
    m_message = message;
    m_picture.reset();
    m_image = {};
    zoomToFit();
    emit pointed(-1, -1, {});
}

void HeatmapView::setFigure(Figure figure)
{
    m_figure = figure;
    recolor();
}

void HeatmapView::setLimit(double limit)
{
    if (limit == m_limit || limit <= 0)
        return;
    m_limit = limit;
    recolor();
}

void HeatmapView::setPicture(std::shared_ptr<const HeatPicture> picture)
{
    m_picture = std::move(picture);
    recolor();
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

void HeatmapView::recolor()
{
    const bool fromZero = m_figure == Figure::RootMeanSquare;
    m_colors = fromZero ? ColorMap::sequential()
                        : ColorMap::diverging(palette().color(QPalette::Base).lightness() < 128);
    if (m_picture) {
        const HeatWindow& window = m_picture->window;
        m_image = QImage(int(window.columns), int(window.rows), QImage::Format_RGB32);
        const auto perUnit = float((fromZero ? 1.0 : 0.5) / m_limit);
        const float middle = fromZero ? 0.0f : 0.5f;
        for (int row = 0; row < m_image.height(); ++row) {
            auto* line = reinterpret_cast<QRgb*>(m_image.scanLine(row));
            const HeatCell* cells = m_picture->cells.data() + std::size_t(row) * std::size_t(window.columns);
            for (int column = 0; column < m_image.width(); ++column)
                line[column] = m_colors.at(valueOf(cells[column]) * perUnit + middle);
        }
    }
    emit colorsChanged();
    update();
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

void HeatmapView::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    if (m_rows == 0 || m_columns == 0) {
        painter.setPen(palette().color(QPalette::PlaceholderText));
        painter.drawText(rect(), Qt::AlignCenter | Qt::TextWordWrap, m_message);
    } else if (m_picture) {
        const HeatWindow& window = m_picture->window;
        const double rowScale = m_scale * m_stretch;
        const QRectF target(m_origin.x() + window.left * m_scale, m_origin.y() + window.top * rowScale,
                            double(window.columns) * window.weightsPerCell * m_scale,
                            double(window.rows) * window.weightsPerCell * rowScale);
        painter.setClipRect(QRectF(m_origin, mapSize()));
        painter.drawImage(target, m_image);
        painter.setClipping(false);
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

void HeatmapView::wheelEvent(QWheelEvent* event)
{
    zoomBy(std::pow(2.0, event->angleDelta().y() / 240.0), event->position());
    pointAt(event->position());
}

void HeatmapView::mousePressEvent(QMouseEvent* event)
{
    m_dragging = event->button() == Qt::LeftButton;
    m_dragFrom = event->position();
}

void HeatmapView::mouseMoveEvent(QMouseEvent* event)
{
    if (m_dragging) {
        m_fitted = false;
        moveTo(m_scale, m_origin + event->position() - m_dragFrom);
        m_dragFrom = event->position();
    }
    pointAt(event->position());
}

void HeatmapView::mouseReleaseEvent(QMouseEvent*)
{
    m_dragging = false;
}

void HeatmapView::pointAt(QPointF position)
{
    const QPointF inside = (position - m_origin) / m_scale;
    const auto column = std::int64_t(std::floor(inside.x()));
    const auto row = std::int64_t(std::floor(inside.y() / m_stretch));
    if (!m_picture || row < 0 || column < 0 || row >= m_rows || column >= m_columns) {
        emit pointed(-1, -1, {});
        return;
    }
    const HeatWindow& window = m_picture->window;
    const auto r = std::int64_t((double(row) - window.top) / window.weightsPerCell);
    const auto c = std::int64_t((double(column) - window.left) / window.weightsPerCell);
    if (r < 0 || c < 0 || r >= window.rows || c >= window.columns)
        return;
    emit pointed(row, column, m_picture->cells[std::size_t(r * window.columns + c)]);
}

void HeatmapView::leaveEvent(QEvent*)
{
    emit pointed(-1, -1, {});
}

void HeatmapView::keyPressEvent(QKeyEvent* event)
{
    const QPointF middle = QRectF(rect()).center();
    switch (event->key()) {
    case Qt::Key_Left: moveTo(m_scale, m_origin + QPointF(kKeyStep, 0)); break;
    case Qt::Key_Right: moveTo(m_scale, m_origin - QPointF(kKeyStep, 0)); break;
    case Qt::Key_Up: moveTo(m_scale, m_origin + QPointF(0, kKeyStep)); break;
    case Qt::Key_Down: moveTo(m_scale, m_origin - QPointF(0, kKeyStep)); break;
    case Qt::Key_Plus:
    case Qt::Key_Equal: zoomBy(std::sqrt(2.0), middle); break;
    case Qt::Key_Minus: zoomBy(std::sqrt(0.5), middle); break;
    case Qt::Key_0: zoomToFit(); break;
    default: QWidget::keyPressEvent(event); return;
    }
    pointAt(middle);
}

void HeatmapView::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::PaletteChange)
        recolor();
    QWidget::changeEvent(event);
}

} // namespace halftone
