// SPDX-License-Identifier: GPL-3.0-or-later
// Error against bits on disk over all salient ratios, with a handle at the chosen one; clicking or
// dragging chooses another.
#pragma once

#include "inspect/salience_curve.h"

#include <QWidget>

namespace halftone {

class CurveView : public QWidget
{
    Q_OBJECT

public:
    explicit CurveView(QWidget* parent = nullptr);
    /// By ascending ratio; empty clears.
    void setPoints(std::vector<SaliencePoint> points);
    void setRatio(double ratio);
    QSize sizeHint() const override { return {260, 150}; }
    QSize minimumSizeHint() const override { return {160, 120}; }

signals:
    void ratioChosen(double ratio);

protected:
    void paintEvent(QPaintEvent*) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;

private:
    QRectF plotArea() const;
    QPointF placeOf(const SaliencePoint& point) const;
    const SaliencePoint* chosen() const;

    std::vector<SaliencePoint> m_points;
    double m_ratio = 0;
};

} // namespace halftone
