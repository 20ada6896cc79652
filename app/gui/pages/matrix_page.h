// SPDX-License-Identifier: GPL-3.0-or-later
// The selected matrix: the map of one of its layers at any zoom, with the original to compare, its
// histogram and its figures. Asks the Look lane for all.
#pragma once

#include "layer_map.h"

#include <QWidget>

class QCheckBox;
class QComboBox;
class QLabel;
class QTabBar;
class QToolButton;

namespace halftone {

class HistogramView;
class LegendBar;
class MarginalView;
class RangeBar;
class RowInspector;

class MatrixPage : public QWidget
{
    Q_OBJECT

public:
    explicit MatrixPage(Session& session, QWidget* parent = nullptr);

protected:
    void showEvent(QShowEvent* event) override;

private:
    QWidget* makeHead();
    QWidget* makeMap();
    QWidget* makeFigures();
    void connectAll();
    void showTensor();
    void chooseLayer();
    void showLayer();
    void setRange();
    void wantPictures(const HeatWindow& window);
    void readOut(qint64 row, qint64 column, const HeatCell& cell);
    QString caption() const;
    QString layerTitle() const;

    Session& m_session;
    LayerMap* m_shown;
    LayerMap* m_original; // what B and S compare with
    LayerMap* m_mask;     // the dots
    QLabel* m_title;
    QLabel* m_facts;
    QTabBar* m_layers;
    QComboBox* m_figure;
    QCheckBox* m_dots;
    QToolButton* m_folded;
    QToolButton* m_rowFolded;
    LegendBar* m_legend;
    HeatmapView* m_map;
    MarginalView* m_columns;
    MarginalView* m_rows;
    QLabel* m_readout;
    RangeBar* m_range;
    HistogramView* m_histogram;
    QLabel* m_numbers;
    RowInspector* m_row;
};

} // namespace halftone
