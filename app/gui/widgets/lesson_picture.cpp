// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/lesson_picture.h"

#include "texts.h"
#include "widgets/chart_series.h"

#include <QLocale>
#include <QPainter>
#include <algorithm>
#include <cmath>

namespace halftone {

LessonPicture::LessonPicture(QWidget* parent) : QWidget(parent)
{
    setMinimumHeight(180);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
    setAccessibleName(tr("Picture of this step"));
}

void LessonPicture::show(const LessonView& view)
{
    m_view = view;
    QStringList said;
    for (auto it = view.values.cbegin(); it != view.values.cend(); ++it)
        said += tr("%1: %2").arg(it.key(), it.value());
    setAccessibleDescription(said.join(QStringLiteral(", ")));
    update();
}

void LessonPicture::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.fillRect(rect(), palette().color(QPalette::Base));
    const QRectF area = QRectF(rect()).adjusted(12, 12, -12, -12);
    switch (m_view.kind) {
    case LessonView::Kind::Histogram:
        return paintHistogram(painter, area);
    case LessonView::Kind::Map:
        return paintMap(painter, area);
    case LessonView::Kind::Bill:
        return paintBill(painter, area);
    case LessonView::Kind::Walk:
        return paintWalk(painter, area);
    default:
        return;
    }
}

void LessonPicture::paintHistogram(QPainter& painter, const QRectF& area) const
{
    const bool dark = palette().color(QPalette::Base).lightness() < 128;
    const double line = fontMetrics().height();
    const QRectF plot = area.adjusted(0, line, 0, -line);
    const double most = std::max(1.0, *std::max_element(m_view.bars.begin(), m_view.bars.end()));
    const double width = plot.width() / double(m_view.bars.size());
    for (std::size_t i = 0; i < m_view.bars.size(); ++i) {
        const double height = m_view.bars[i] / most * plot.height();
        painter.fillRect(QRectF(plot.left() + double(i) * width, plot.bottom() - height, width + 0.4, height),
                         seriesColor(i < m_view.bars.size() / 2 ? 4 : 5, dark));
    }
    const auto place = [&](double value) { return plot.left() + (value - m_view.low) / (m_view.high - m_view.low) * plot.width(); };
    painter.setPen(palette().color(QPalette::Text));
    painter.drawLine(plot.bottomLeft(), plot.bottomRight());
    painter.drawText(area, Qt::AlignBottom | Qt::AlignLeft, numberText(m_view.low));
    painter.drawText(area, Qt::AlignBottom | Qt::AlignRight, numberText(m_view.high));
    painter.setPen(QPen(palette().color(QPalette::PlaceholderText), 1, Qt::DashLine));
    for (const double mark : m_view.bestMarks)
        painter.drawLine(QPointF(place(mark), plot.top()), QPointF(place(mark), plot.bottom()));
    painter.setPen(QPen(palette().color(QPalette::Text), 1.5));
    for (const double mark : m_view.breaks)
        painter.drawLine(QPointF(place(mark), plot.top()), QPointF(place(mark), plot.bottom()));
    painter.setPen(QPen(seriesColor(1, dark), 3));
    for (std::size_t i = 0; i < m_view.marks.size(); ++i) {
        const double mark = m_view.marks[i];
        painter.drawLine(QPointF(place(mark), plot.top()), QPointF(place(mark), plot.bottom()));
        const QString name = m_view.markNames.isEmpty() ? (mark < 0 ? tr("−α") : tr("+α")) : m_view.markNames.value(int(i));
        // Neighbours that stand close take turns above and below.
        const bool close = i > 0 && place(mark) - place(m_view.marks[i - 1]) < painter.fontMetrics().horizontalAdvance(name) + 8;
        const double top = close ? plot.bottom() + 1 : area.top();
        painter.drawText(QRectF(place(mark) - 40, top, 80, line), Qt::AlignCenter, name);
    }
}

void LessonPicture::paintMap(QPainter& painter, const QRectF& area) const
{
    const QSizeF size = QSizeF(m_view.image.size()).scaled(area.size(), Qt::KeepAspectRatio);
    painter.setRenderHint(QPainter::SmoothPixmapTransform);
    painter.drawImage(QRectF(area.center() - QPointF(size.width(), size.height()) / 2, size), m_view.image);
}

void LessonPicture::paintBill(QPainter& painter, const QRectF& area) const
{
    const bool dark = palette().color(QPalette::Base).lightness() < 128;
    double sum = 0;
    for (const auto& [name, bits] : m_view.parts)
        sum += bits;
    const double rows = double(m_view.parts.size()) + 1;
    const double height = std::min(28.0, area.height() / rows * 0.6);
    const double step = area.height() / rows;
    const double names = 0.28 * area.width();
    double y = area.top();
    int place = 0;
    const auto row = [&](const QString& name, double bits, const QColor& color) {
        painter.setPen(palette().color(QPalette::Text));
        painter.drawText(QRectF(area.left(), y, names, height), Qt::AlignVCenter | Qt::AlignLeft, name);
        const double width = 0.5 * area.width() * bits / std::max(1e-9, sum);
        painter.fillRect(QRectF(area.left() + names, y, std::max(1.0, width), height), color);
        painter.drawText(QRectF(area.left() + names + width + 8, y, 0.22 * area.width(), height), Qt::AlignVCenter | Qt::AlignLeft,
                         tr("%1 bits").arg(QLocale().toString(bits, 'f', 2)));
        y += step;
    };
    for (const auto& [name, bits] : m_view.parts)
        row(name, bits, seriesColor(place++, dark));
    row(tr("all"), sum, palette().color(QPalette::PlaceholderText));
}

// Coded columns orange, those to come blue; outlines show where each began.
void LessonPicture::paintWalk(QPainter& painter, const QRectF& area) const
{
    const bool dark = palette().color(QPalette::Base).lightness() < 128;
    double most = 1e-9;
    for (std::size_t i = 0; i < m_view.bars.size(); ++i)
        most = std::max({most, std::abs(m_view.bars[i]), std::abs(m_view.before[i])});
    const double width = area.width() / double(m_view.bars.size());
    const auto bar = [&](std::size_t column, double value) {
        const double height = value / most * area.height() / 2;
        return QRectF(area.left() + double(column) * width + 2, area.center().y(), width - 4, -height).normalized();
    };
    for (std::size_t i = 0; i < m_view.bars.size(); ++i) {
        painter.fillRect(bar(i, m_view.bars[i]), seriesColor(int(i) < m_view.coded ? 5 : 4, dark));
        painter.setPen(QPen(palette().color(QPalette::Text), 1, Qt::DotLine));
        painter.setBrush(Qt::NoBrush);
        painter.drawRect(bar(i, m_view.before[i]));
    }
    painter.setPen(palette().color(QPalette::Text));
    painter.drawLine(QPointF(area.left(), area.center().y()), QPointF(area.right(), area.center().y()));
}

} // namespace halftone
