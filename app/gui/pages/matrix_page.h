// SPDX-License-Identifier: GPL-3.0-or-later
// The selected matrix: its map at any zoom, its histogram and its figures. Asks the Look lane for all.
#pragma once

#include "inspect/heatmap.h"

#include <QWidget>
#include <memory>

class QComboBox;
class QLabel;

namespace halftone {

class HeatmapView;
class HistogramView;
class LegendBar;
class Session;

class MatrixPage : public QWidget
{
    Q_OBJECT

public:
    explicit MatrixPage(Session& session, QWidget* parent = nullptr);

protected:
    void showEvent(QShowEvent* event) override;

private:
    QWidget* makeHead();
    QWidget* makeFigures();
    void showTensor();
    void showStats(int tensor);
    void setRange();
    void wantCells(const HeatWindow& window);
    void readOut(qint64 row, qint64 column, const HeatCell& cell);

    Session& m_session;
    QLabel* m_title;
    QLabel* m_facts;
    QComboBox* m_figure;
    LegendBar* m_legend;
    HeatmapView* m_map;
    QLabel* m_readout;
    HistogramView* m_histogram;
    QLabel* m_numbers;
    std::shared_ptr<const HeatPyramid> m_pyramid;
};

} // namespace halftone
