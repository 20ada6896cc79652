// SPDX-License-Identifier: GPL-3.0-or-later
// Error against bits on disk over all salient ratios, with a handle at the chosen one; clicking,
// dragging or the arrow keys choose another. Points with error bars stand for the compensated error of
// a sample of rows; marks on the axis for the bits of real formats.
#pragma once

#include "inspect/salience_curve.h"

#include <QWidget>

namespace halftone {

class CurveView : public QWidget
{
    Q_OBJECT

public:
    /// An error at a ratio, with its standard error.
    struct Sampled
    {
        double ratio = 0, error = 0, standardError = 0;
    };

    explicit CurveView(QWidget* parent = nullptr);
    /// By ascending ratio; empty clears. A data-free curve is dashed.
    void setPoints(std::vector<SaliencePoint> points, bool dataFree);
    void setSampled(std::vector<Sampled> sampled);
    void setRatio(double ratio);
    const std::vector<SaliencePoint>& points() const { return m_points; }
    QSize sizeHint() const override { return {260, 186}; }
    QSize minimumSizeHint() const override { return {160, 146}; }
    /// The curves as CSV, without a caption.
    QString csv() const;

signals:
    void ratioChosen(double ratio);
    void dragBegan();
    void dragEnded();

protected:
    void paintEvent(QPaintEvent*) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent*) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    QRectF plotArea() const;
    QFont formatFont() const; ///< of the names of formats
    double formatHeight() const;
    double mostError() const;
    double bitsAt(double ratio) const;
    double errorAt(double ratio) const;
    QPointF placeOf(double bits, double error) const;
    void paintAxes(QPainter& painter) const;
    void paintFormats(QPainter& painter) const;
    void paintSampled(QPainter& painter) const;
    void describe();

    std::vector<SaliencePoint> m_points;
    std::vector<Sampled> m_sampled;
    bool m_dataFree = true;
    double m_ratio = 0;
};

} // namespace halftone
