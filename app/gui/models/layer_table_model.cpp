// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/layer_table_model.h"

#include "texts.h"

#include <QLocale>

namespace halftone {

void LayerTableModel::setLayers(std::vector<LayerReport> layers)
{
    beginResetModel();
    m_layers = std::move(layers);
    endResetModel();
}

int LayerTableModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : int(m_layers.size());
}

int LayerTableModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : int(ColumnCount);
}

QVariant LayerTableModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid())
        return {};
    if (role == Qt::TextAlignmentRole)
        return int(Qt::AlignVCenter) | int(index.column() == Name ? Qt::AlignLeft : Qt::AlignRight);
    const bool plain = role == SortRole;
    if (role != Qt::DisplayRole && role != Qt::ToolTipRole && !plain)
        return {};
    const LayerReport& layer = m_layers[std::size_t(index.row())];
    const auto bits = [plain](double value) {
        return plain ? QVariant(value) : QVariant(QLocale().toString(value, 'f', 2));
    };
    const auto share = [plain](double value) {
        return plain ? QVariant(value) : QVariant(percentText(value));
    };
    switch (index.column()) {
    case Name: return plain ? QVariant(index.row()) : QVariant(layer.name);
    case Shape:
        return plain ? QVariant(qlonglong(layer.rows * layer.columns))
                     : QVariant(QStringLiteral("%1 × %2").arg(countText(layer.rows), countText(layer.columns)));
    case Salient: return share(layer.salientShare);
    case NominalBits: return bits(layer.nominalBits);
    case DiskBits: return bits(layer.diskBits);
    case Error: return share(layer.error);
    default: return share(layer.damping);
    }
}

QVariant LayerTableModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return int(Qt::AlignVCenter) | int(section == Name ? Qt::AlignLeft : Qt::AlignRight);
    if (role == Qt::ToolTipRole && section == Error)
        return tr("Share of the layer's output that is lost: tr(E H Eᵀ) / tr(W H Wᵀ)");
    if (role == Qt::ToolTipRole && section == Damping)
        return tr("Share of the mean diagonal that was added to the Hessian");
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Name: return tr("Layer");
    case Shape: return tr("Shape");
    case Salient: return tr("Salient");
    case NominalBits: return tr("Nominal bits");
    case DiskBits: return tr("Disk bits");
    case Error: return tr("Error");
    default: return tr("Damping");
    }
}

} // namespace halftone
