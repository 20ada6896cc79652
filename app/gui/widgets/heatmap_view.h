// SPDX-License-Identifier: GPL-3.0-or-later
// A matrix as a map that pans and zooms. It asks for the cells it shows with windowWanted() and paints
// the last ones, stretched, until the new ones come; it never reads a weight itself.
#pragma once

#include "inspect/heatmap.h"
#include "widgets/color_map.h"

#include <QImage>
#include <QWidget>

namespace halftone {

/// Cells for one window, with the range that most of them lie in.
struct HeatPicture
{
    HeatWindow window;
    std::vector<HeatCell> cells;
};

class HeatmapView : public QWidget
{
    Q_OBJECT

public:
    enum class Figure { Mean, RootMeanSquare, Minimum, Maximum };

    explicit HeatmapView(QWidget* parent = nullptr);

    /// Shows a matrix of this size, whole; 0 x 0 shows the message instead.
    void setMatrix(std::int64_t rows, std::int64_t columns, const QString& message = {});
    void setFigure(Figure figure);
    Figure figure() const { return m_figure; }
    /// Values beyond +-limit (from 0 for the root mean square) take the end colours.
    void setLimit(double limit);
    void setPicture(std::shared_ptr<const HeatPicture> picture);
    bool showsPicture() const { return !m_image.isNull(); }

    double pixelsPerWeight() const { return m_scale; }
    void zoomBy(double factor, QPointF around);
    void zoomToFit();
    /// Asks again for the cells on show: their source has changed.
    void wantWindow();
    /// The colours from low to high, for the legend.
    const ColorMap& colors() const { return m_colors; }
    QSize sizeHint() const override { return {720, 460}; }
    QSize minimumSizeHint() const override { return {200, 140}; }

signals:
    void windowWanted(const halftone::HeatWindow& window);
    /// The weights under the pointer; row -1 when there are none.
    void pointed(qint64 row, qint64 column, const halftone::HeatCell& cell);
    void zoomed();
    void colorsChanged();

protected:
    void paintEvent(QPaintEvent*) override;
    void resizeEvent(QResizeEvent*) override;
    void wheelEvent(QWheelEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent*) override;
    void mouseDoubleClickEvent(QMouseEvent*) override { zoomToFit(); }
    void leaveEvent(QEvent*) override;
    void keyPressEvent(QKeyEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    QSizeF mapSize() const;      ///< of the whole matrix in pixels
    double fittingScale() const;
    void keepInside();
    void moveTo(double scale, QPointF origin);
    void pointAt(QPointF position);
    void recolor();
    float valueOf(const HeatCell& cell) const;

    std::int64_t m_rows = 0;
    std::int64_t m_columns = 0;
    QString m_message;
    double m_scale = 1;      ///< pixels a weight
    double m_stretch = 1;    ///< rows are this much taller than columns are wide, for few rows
    QPointF m_origin;        ///< where the matrix's corner lies in the widget
    bool m_fitted = true;
    Figure m_figure = Figure::Mean;
    double m_limit = 1;
    ColorMap m_colors = ColorMap::diverging(false);
    std::shared_ptr<const HeatPicture> m_picture;
    QImage m_image;
    QPointF m_dragFrom;
    bool m_dragging = false;
};

} // namespace halftone
