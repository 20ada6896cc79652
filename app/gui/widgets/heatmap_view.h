// SPDX-License-Identifier: GPL-3.0-or-later
// A matrix as a map that pans and zooms, with a second picture to compare with and dots on top. It asks
// for the cells it shows with windowWanted() and paints the last ones, stretched, until the new ones
// come; it never reads a weight itself.
#pragma once

#include "inspect/heatmap.h"
#include "widgets/color_map.h"
#include "widgets/color_scale.h"

#include <QImage>
#include <QWidget>

namespace halftone {

/// Cells for one window.
struct HeatPicture
{
    HeatWindow window;
    std::vector<HeatCell> cells;
    bool sampled = false;   ///< from one row of weights a cell: a first look
};

class HeatmapView : public QWidget
{
    Q_OBJECT

public:
    enum class Figure { Mean, RootMeanSquare, Minimum, Maximum };

    explicit HeatmapView(QWidget* parent = nullptr);

    /// Shows a matrix of this size, whole; 0 x 0 shows the message instead.
    void setMatrix(std::int64_t rows, std::int64_t columns, const QString& message = {});
    /// Instead of the picture; empty shows the picture again.
    void setMessage(const QString& message);
    void setFigure(Figure figure);
    Figure figure() const { return m_figure; }
    void setScale(const ColorScale& scale);
    const ColorScale& scale() const { return m_colorScale; }

    void setPicture(std::shared_ptr<const HeatPicture> picture);
    /// What B and the swipe line show; nullptr: nothing to compare with.
    void setBefore(std::shared_ptr<const HeatPicture> picture);
    /// Cells whose mean is above 0 get a dot. nullptr: none.
    void setDots(std::shared_ptr<const HeatPicture> picture);
    bool showsPicture() const { return !m_now.image.isNull(); }
    /// Whether what it shows is a first look.
    bool sampled() const { return m_now.picture && m_now.picture->sampled; }
    bool showsBefore() const { return m_holdingBefore && m_before.picture; }
    /// What stands in the corner, as "uncompensated".
    void setStamp(const QString& stamp);
    const QString& stamp() const { return m_stamp; }
    /// Where the swipe line is, as a share of the width; negative without one.
    double swipe() const { return m_swipe; }

    double pixelsPerWeight() const { return m_scale; }
    void zoomBy(double factor, QPointF around);
    void zoomToFit();
    /// Asks again for the cells on show: their source has changed.
    void wantWindow();
    /// The weights on show from left to right (horizontal) or top to bottom, and the pixels they fill.
    struct Reach
    {
        double begin = 0, end = 0, from = 0, to = 0;
    };
    Reach reach(Qt::Orientation orientation) const;
    /// The colours from low to high, for the legend.
    const ColorMap& colors() const { return m_colors; }
    /// The cell that the keys move.
    std::int64_t cursorRow() const { return m_cursorRow; }
    std::int64_t cursorColumn() const { return m_cursorColumn; }
    std::int64_t rows() const { return m_rows; }
    std::int64_t columns() const { return m_columns; }
    /// Said of the cursor's cell by assistive programs.
    void setReadout(const QString& text);
    const QString& readout() const { return m_readout; }
    /// Figure over the cells of a part of the picture on show, each number a share 0..1 of it.
    float aggregate(double top, double left, double bottom, double right) const;
    QSize sizeHint() const override { return {720, 460}; }
    QSize minimumSizeHint() const override { return {200, 140}; }

signals:
    void windowWanted(const halftone::HeatWindow& window);
    /// The weights under the pointer or the cursor; row -1 when there are none.
    void pointed(qint64 row, qint64 column, const halftone::HeatCell& cell);
    void zoomed();
    void colorsChanged();
    /// A new picture stands, not painted yet.
    void pictureShown();

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
    void keyReleaseEvent(QKeyEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    struct Layer
    {
        std::shared_ptr<const HeatPicture> picture;
        QImage image;
    };

    QSizeF mapSize() const;      ///< of the whole matrix in pixels
    double fittingScale() const;
    void keepInside();
    void moveTo(double scale, QPointF origin);
    void pointAt(QPointF position);
    void report(std::int64_t row, std::int64_t column);
    bool moveCursor(const QKeyEvent& event);
    bool pan(int key);
    bool swipeBy(int key);
    void showCursor();
    void recolor();
    void color(Layer& layer) const;
    void colorDots();
    float valueOf(const HeatCell& cell) const;
    QRectF targetOf(const HeatWindow& window) const;
    void draw(QPainter& painter, const Layer& layer) const;
    void drawDots(QPainter& painter) const;
    void drawMarks(QPainter& painter) const;

    std::int64_t m_rows = 0;
    std::int64_t m_columns = 0;
    QString m_message;
    QString m_stamp;
    double m_scale = 1;      ///< pixels a weight
    double m_stretch = 1;    ///< rows are this much taller than columns are wide, for few rows
    QPointF m_origin;        ///< where the matrix's corner lies in the widget
    bool m_fitted = true;
    Figure m_figure = Figure::Mean;
    ColorScale m_colorScale;
    ColorMap m_colors = ColorMap::diverging(false);
    Layer m_now, m_before, m_dots;
    bool m_holdingBefore = false;
    double m_swipe = -1;
    std::int64_t m_cursorRow = -1, m_cursorColumn = -1;
    QString m_readout;
    QPointF m_dragFrom;
    bool m_dragging = false;
    bool m_draggingSwipe = false;
};

} // namespace halftone
