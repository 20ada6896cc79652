// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/legend_bar.h"

#include "texts.h"

#include <QPainter>

namespace halftone {

LegendBar::LegendBar(QWidget* parent) : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    setAccessibleName(tr("Legend"));
}

void LegendBar::setRange(const ColorMap& colors, const ColorScale& scale, const QString& figure)
{
    m_colors = colors;
    m_scale = scale;
    m_figure = scale.logarithmic ? tr("%1, logarithmic").arg(figure) : figure;
    setAccessibleDescription(tr("%1 from %2 to %3").arg(m_figure, numberText(scale.low), numberText(scale.high)));
    update();
}

void LegendBar::paintEvent(QPaintEvent*)
{
    if (m_scale.high <= m_scale.low)
        return;
    QPainter painter(this);
    const int line = fontMetrics().height();
    const int side = fontMetrics().horizontalAdvance(QStringLiteral("-0.00000")) + 8;
    painter.setPen(palette().color(QPalette::WindowText));
    painter.drawText(QRect(0, 0, width(), line), Qt::AlignHCenter | Qt::AlignTop, m_figure);
    const QRect bar(side, line + 4, width() - 2 * side, height() - line - 8);
    const QRect text(0, line + 2, side - 6, height() - line - 4);
    painter.drawText(text, Qt::AlignRight | Qt::AlignVCenter, numberText(m_scale.low));
    painter.drawText(text.translated(width() - side + 6, 0), Qt::AlignLeft | Qt::AlignVCenter,
                     numberText(m_scale.high));
    for (int x = 0; x < bar.width(); ++x) {
        const double value = m_scale.low + (m_scale.high - m_scale.low) * x / std::max(1, bar.width() - 1);
        painter.fillRect(bar.left() + x, bar.top(), 1, bar.height(), QColor(m_colors.at(m_scale.shareOf(float(value)))));
    }
}

} // namespace halftone
