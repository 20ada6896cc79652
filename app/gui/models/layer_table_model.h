// SPDX-License-Identifier: GPL-3.0-or-later
// One row per coded layer of a finished run, with what it cost and what it lost.
#pragma once

#include "export/report.h"

#include <QAbstractTableModel>

namespace halftone {

class LayerTableModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { Name, Shape, Salient, NominalBits, DiskBits, Error, Damping, ColumnCount };
    /// The plain value of a cell, for sorting.
    static constexpr int SortRole = Qt::UserRole;

    using QAbstractTableModel::QAbstractTableModel;
    void setLayers(std::vector<LayerReport> layers);

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    std::vector<LayerReport> m_layers;
};

} // namespace halftone
