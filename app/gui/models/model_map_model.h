// SPDX-License-Identifier: GPL-3.0-or-later
// The model as a map: one cell a linear layer, kinds down, blocks across, coloured by one figure. Fills
// as statistics are measured and as a run codes its layers.
#pragma once

#include "export/report.h"
#include "inspect/tensor_stats.h"
#include "widgets/color_map.h"
#include "widgets/color_scale.h"

#include <QAbstractTableModel>
#include <QHash>

namespace halftone {

class Session;
struct RunOrder;

class ModelMapModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum class Figure { DiskBits, Error, Sensitivity, Kurtosis, TopShare, Deviation };

    explicit ModelMapModel(Session& session, QObject* parent = nullptr);

    void setFigure(Figure figure);
    Figure figure() const { return m_figure; }
    static QString title(Figure figure);
    /// The colours' ends: the least and the greatest value that is known.
    const ColorScale& scale() const { return m_scale; }
    const ColorMap& colors() const { return m_colors; }
    /// Cells whose figure is known.
    int known() const;
    /// -1 without a tensor.
    int tensorAt(const QModelIndex& index) const;
    QModelIndex indexOf(int tensor) const;

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

public slots:
    /// A layer of a run, once it is coded.
    void addLayer(const halftone::LayerReport& layer);

signals:
    /// A run of the open model began: its layers come one by one.
    void fillingBegan();
    void scaleChanged();

private:
    void reset();
    void takeOutcome();
    bool isOfModel(const RunOrder& order) const;
    void recolor();
    /// Not a number while unknown.
    double valueOf(int tensor) const;
    double valueAt(const QModelIndex& index) const { return m_values[std::size_t(index.row() * m_blocks + index.column())]; }
    double plannedBits(int tensor) const;
    QString text(double value) const;

    Session& m_session;
    Figure m_figure = Figure::DiskBits;
    int m_blocks = 0;
    bool m_followed = false; ///< the job that runs is of the open model
    std::vector<int> m_tensors; ///< kinds x blocks
    std::vector<double> m_values; ///< of m_tensors
    QHash<QString, LayerReport> m_layers;
    ColorMap m_colors = ColorMap::sequential();
    ColorScale m_scale{0, 0, false, false};
};

} // namespace halftone
