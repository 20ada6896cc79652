// SPDX-License-Identifier: GPL-3.0-or-later
// Draws a histogram with marks at the mean and at plus and minus one deviation, and two handles for the
// range of a colour map; reads out the bin under the pointer. It computes nothing.
#pragma once

#include "inspect/tensor_stats.h"

#include <QWidget>
#include <memory>
#include <vector>

namespace halftone {

class HistogramView : public QWidget
{
    Q_OBJECT

public:
    explicit HistogramView(QWidget* parent = nullptr);
    /// nullptr clears it.
    void setStats(std::shared_ptr<const TensorStats> stats);
    std::shared_ptr<const TensorStats> stats() const { return m_stats; }
    void setLogarithmic(bool logarithmic);
    /// Where the handles stand; without a stretch between them there are none.
    void setRange(double low, double high);
    /// Values to be seen among the weights, such as the levels that a row is rounded to, and what they are.
    void setMarks(std::vector<double> marks, const QString& text);
    const std::vector<double>& marks() const { return m_marks; }

signals:
    /// A handle was moved, by mouse or keys.
    void rangeMoved(double low, double high);

public:
    QSize sizeHint() const override { return {420, 180}; }
    QSize minimumSizeHint() const override { return {200, 110}; }

protected:
    void paintEvent(QPaintEvent*) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent*) override;
    void keyPressEvent(QKeyEvent* event) override;
    void leaveEvent(QEvent*) override;

private:
    enum Handle { None, Low, High };
    double placeOf(double value) const;
    void moveHandle(Handle handle, double value);
    void paintHandles(QPainter& painter, const QRectF& plot) const;
    QRectF plotArea() const;
    int binAt(double x) const;
    double heightOf(std::int64_t count) const; ///< 0..1
    void paintAxis(QPainter& painter, const QRectF& plot) const;
    void paintMarks(QPainter& painter, const QRectF& plot) const;
    void paintReadout(QPainter& painter, const QRectF& plot) const;

    std::shared_ptr<const TensorStats> m_stats;
    std::int64_t m_highest = 0;
    bool m_logarithmic = false;
    int m_hovered = -1;
    double m_low = 0, m_high = 0;
    std::vector<double> m_marks;
    QString m_marksText;
    Handle m_grabbed = None;
    Handle m_keyed = High; ///< that the keys move
};

} // namespace halftone
