// SPDX-License-Identifier: GPL-3.0-or-later
// The colours of a map with the numbers at their ends and what they are numbers of.
#pragma once

#include "widgets/color_map.h"
#include "widgets/color_scale.h"

#include <QWidget>

namespace halftone {

class LegendBar : public QWidget
{
    Q_OBJECT

public:
    explicit LegendBar(QWidget* parent = nullptr);
    void setRange(const ColorMap& colors, const ColorScale& scale, const QString& figure);
    QSize sizeHint() const override { return {260, 2 * fontMetrics().height() + 8}; }

protected:
    void paintEvent(QPaintEvent*) override;

private:
    ColorMap m_colors = ColorMap::sequential();
    ColorScale m_scale{0, 0, false, false};
    QString m_figure;
};

} // namespace halftone
