// SPDX-License-Identifier: GPL-3.0-or-later
// Draws a histogram with marks at the mean and at plus and minus one deviation; reads out the bin
// under the pointer. It computes nothing.
#pragma once

#include "inspect/tensor_stats.h"

#include <QWidget>
#include <memory>

namespace halftone {

class HistogramView : public QWidget
{
    Q_OBJECT

public:
    explicit HistogramView(QWidget* parent = nullptr);
    /// nullptr clears it.
    void setStats(std::shared_ptr<const TensorStats> stats);
    void setLogarithmic(bool logarithmic);
    QSize sizeHint() const override { return {420, 180}; }
    QSize minimumSizeHint() const override { return {200, 110}; }

protected:
    void paintEvent(QPaintEvent*) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent*) override;

private:
    QRectF plotArea() const;
    int binAt(double x) const;
    double heightOf(std::int64_t count) const; ///< 0..1
    void paintAxis(QPainter& painter, const QRectF& plot) const;
    void paintReadout(QPainter& painter, const QRectF& plot) const;

    std::shared_ptr<const TensorStats> m_stats;
    std::int64_t m_highest = 0;
    bool m_logarithmic = false;
    int m_hovered = -1;
};

} // namespace halftone
