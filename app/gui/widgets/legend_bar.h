// SPDX-License-Identifier: GPL-3.0-or-later
// The colours of a map with the numbers at their ends.
#pragma once

#include "widgets/color_map.h"

#include <QWidget>

namespace halftone {

class LegendBar : public QWidget
{
    Q_OBJECT

public:
    explicit LegendBar(QWidget* parent = nullptr);
    void setRange(const ColorMap& colors, double low, double high);
    QSize sizeHint() const override { return {260, fontMetrics().height() + 6}; }

protected:
    void paintEvent(QPaintEvent*) override;

private:
    ColorMap m_colors = ColorMap::sequential();
    double m_low = 0;
    double m_high = 0;
};

} // namespace halftone
