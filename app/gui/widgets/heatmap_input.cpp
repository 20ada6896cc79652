// SPDX-License-Identifier: GPL-3.0-or-later
// What mouse and keys do to the heat map.
#include "widgets/heatmap_view.h"

#include <QMouseEvent>
#include <algorithm>
#include <array>
#include <cmath>

namespace halftone {

namespace {

constexpr double kKeyStep = 60;     // pixels
constexpr double kSwipeStep = 0.02; // of the width
constexpr double kGrip = 6;         // pixels around the swipe line

} // namespace

void HeatmapView::wheelEvent(QWheelEvent* event)
{
    zoomBy(std::pow(2.0, event->angleDelta().y() / 240.0), event->position());
    pointAt(event->position());
}

void HeatmapView::mousePressEvent(QMouseEvent* event)
{
    m_dragFrom = event->position();
    m_draggingSwipe = m_swipe >= 0 && std::abs(event->position().x() - m_swipe * width()) < kGrip;
    m_dragging = event->button() == Qt::LeftButton && !m_draggingSwipe;
}

void HeatmapView::mouseMoveEvent(QMouseEvent* event)
{
    if (m_draggingSwipe) {
        m_swipe = std::clamp(event->position().x() / std::max(1, width()), 0.0, 1.0);
        update();
    } else if (m_dragging) {
        m_fitted = false;
        moveTo(m_scale, m_origin + event->position() - m_dragFrom);
        m_dragFrom = event->position();
    }
    pointAt(event->position());
}

void HeatmapView::mouseReleaseEvent(QMouseEvent*)
{
    m_dragging = m_draggingSwipe = false;
}

void HeatmapView::pointAt(QPointF position)
{
    const QPointF inside = (position - m_origin) / m_scale;
    report(std::int64_t(std::floor(inside.y() / m_stretch)), std::int64_t(std::floor(inside.x())));
}

void HeatmapView::report(std::int64_t row, std::int64_t column)
{
    if (!m_now.picture || row < 0 || column < 0 || row >= m_rows || column >= m_columns) {
        emit pointed(-1, -1, {});
        return;
    }
    const HeatPicture& picture = showsBefore() ? *m_before.picture : *m_now.picture;
    const HeatWindow& window = picture.window;
    const auto r = std::int64_t((double(row) - window.top) / window.weightsPerCell);
    const auto c = std::int64_t((double(column) - window.left) / window.weightsPerCell);
    if (r < 0 || c < 0 || r >= window.rows || c >= window.columns)
        return;
    emit pointed(row, column, picture.cells[std::size_t(r * window.columns + c)]);
}

void HeatmapView::leaveEvent(QEvent*)
{
    if (hasFocus() && m_cursorRow >= 0)
        report(m_cursorRow, m_cursorColumn);
    else
        emit pointed(-1, -1, {});
}

bool HeatmapView::pan(int key)
{
    switch (key) {
    case Qt::Key_Left: moveTo(m_scale, m_origin + QPointF(kKeyStep, 0)); return true;
    case Qt::Key_Right: moveTo(m_scale, m_origin - QPointF(kKeyStep, 0)); return true;
    case Qt::Key_Up: moveTo(m_scale, m_origin + QPointF(0, kKeyStep)); return true;
    case Qt::Key_Down: moveTo(m_scale, m_origin - QPointF(0, kKeyStep)); return true;
    default: return false;
    }
}

bool HeatmapView::swipeBy(int key)
{
    if (m_swipe < 0 || !m_before.picture || (key != Qt::Key_Left && key != Qt::Key_Right))
        return false;
    m_swipe = std::clamp(m_swipe + (key == Qt::Key_Left ? -kSwipeStep : kSwipeStep), 0.0, 1.0);
    update();
    return true;
}

// One cell of the screen a key press, ten with Ctrl.
bool HeatmapView::moveCursor(const QKeyEvent& event)
{
    static constexpr std::array kKeys{Qt::Key_Left, Qt::Key_Right, Qt::Key_Up, Qt::Key_Down, Qt::Key_Home, Qt::Key_End};
    if (m_rows == 0 || m_columns == 0 || std::find(kKeys.begin(), kKeys.end(), event.key()) == kKeys.end())
        return false;
    const Reach down = reach(Qt::Vertical), across = reach(Qt::Horizontal);
    if (m_cursorRow < 0) {
        m_cursorRow = std::int64_t((down.begin + down.end) / 2);
        m_cursorColumn = std::int64_t((across.begin + across.end) / 2);
    }
    const std::int64_t times = event.modifiers() & Qt::ControlModifier ? 10 : 1;
    const auto column = std::max<std::int64_t>(1, std::llround(1 / m_scale)) * times;
    const auto row = std::max<std::int64_t>(1, std::llround(1 / (m_scale * m_stretch))) * times;
    switch (event.key()) {
    case Qt::Key_Left: m_cursorColumn -= column; break;
    case Qt::Key_Right: m_cursorColumn += column; break;
    case Qt::Key_Up: m_cursorRow -= row; break;
    case Qt::Key_Down: m_cursorRow += row; break;
    case Qt::Key_Home: m_cursorColumn = 0; break;
    default: m_cursorColumn = m_columns - 1; break;
    }
    m_cursorRow = std::clamp<std::int64_t>(m_cursorRow, 0, m_rows - 1);
    m_cursorColumn = std::clamp<std::int64_t>(m_cursorColumn, 0, m_columns - 1);
    showCursor();
    return true;
}

// Moves the map when the cursor would leave it.
void HeatmapView::showCursor()
{
    const double rowScale = m_scale * m_stretch;
    const QPointF at = m_origin + QPointF((double(m_cursorColumn) + 0.5) * m_scale, (double(m_cursorRow) + 0.5) * rowScale);
    const QPointF wanted(std::clamp(at.x(), 0.0, double(width())), std::clamp(at.y(), 0.0, double(height())));
    if (wanted != at)
        moveTo(m_scale, m_origin + (QRectF(rect()).center() - at));
    report(m_cursorRow, m_cursorColumn);
    update();
}

void HeatmapView::keyPressEvent(QKeyEvent* event)
{
    const QPointF middle = QRectF(rect()).center();
    if (event->modifiers() & Qt::ShiftModifier ? pan(event->key()) : swipeBy(event->key()) || moveCursor(*event)) {
        if (event->modifiers() & Qt::ShiftModifier)
            pointAt(middle);
        return;
    }
    switch (event->key()) {
    case Qt::Key_Plus:
    case Qt::Key_Equal: zoomBy(std::sqrt(2.0), middle); break;
    case Qt::Key_Minus: zoomBy(std::sqrt(0.5), middle); break;
    case Qt::Key_0: zoomToFit(); break;
    case Qt::Key_B:
        if (!event->isAutoRepeat()) {
            m_holdingBefore = true;
            update();
        }
        break;
    case Qt::Key_S:
        if (!event->isAutoRepeat()) {
            m_swipe = m_swipe < 0 ? 0.5 : -1;
            update();
        }
        break;
    default: QWidget::keyPressEvent(event); return;
    }
}

void HeatmapView::keyReleaseEvent(QKeyEvent* event)
{
    if (event->key() != Qt::Key_B) {
        QWidget::keyReleaseEvent(event);
        return;
    }
    if (event->isAutoRepeat())
        return;
    m_holdingBefore = false;
    update();
}

void HeatmapView::focusOutEvent(QFocusEvent* event)
{
    m_holdingBefore = false;
    QWidget::focusOutEvent(event);
    update();
}

} // namespace halftone
