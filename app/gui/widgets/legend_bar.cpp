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

void LegendBar::setRange(const ColorMap& colors, double low, double high)
{
    m_colors = colors;
    m_low = low;
    m_high = high;
    setAccessibleDescription(tr("From %1 to %2").arg(numberText(low), numberText(high)));
    update();
}

void LegendBar::paintEvent(QPaintEvent*)
{
    if (m_high <= m_low)
        return;
    QPainter painter(this);
    const int side = fontMetrics().horizontalAdvance(QStringLiteral("-0.00000")) + 8;
    const QRect bar = rect().adjusted(side, 4, -side, -4);
    painter.drawText(QRect(0, 0, side - 6, height()), Qt::AlignRight | Qt::AlignVCenter, numberText(m_low));
    painter.drawText(QRect(bar.right() + 6, 0, side, height()), Qt::AlignLeft | Qt::AlignVCenter,
                     numberText(m_high));
    for (int x = 0; x < bar.width(); ++x)
        painter.fillRect(bar.left() + x, bar.top(), 1, bar.height(),
                         QColor(m_colors.at(float(x) / float(bar.width() - 1))));
}

} // namespace halftone
