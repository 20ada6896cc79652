// SPDX-License-Identifier: GPL-3.0-or-later
// The root mean square of each column above a heat map, or of each row beside it, in step with what the
// map shows.
#pragma once

#include <QWidget>
#include <vector>

namespace halftone {

class HeatmapView;

class MarginalView : public QWidget
{
    Q_OBJECT

public:
    /// Horizontal: of the columns.
    MarginalView(Qt::Orientation orientation, const HeatmapView& map, QWidget* parent = nullptr);
    /// Mean squares, one a column or row; empty clears.
    void setEnergies(const std::vector<float>& energies);
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent*) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent*) override;

private:
    struct Bars
    {
        std::vector<float> values; ///< root mean square, one a pixel
        double from = 0;
        float most = 0;
    };
    Bars bars() const;

    Qt::Orientation m_orientation;
    const HeatmapView& m_map;
    std::vector<double> m_sums; ///< running sums of the energies: any stretch at once
    float m_most = 0;
};

} // namespace halftone
