// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/tensor_table_model.h"

#include "measurements.h"
#include "session.h"
#include "texts.h"

#include <limits>

namespace halftone {

namespace {

double figure(const TensorStats& stats, int column)
{
    switch (column) {
    case TensorTableModel::Minimum: return stats.minimum;
    case TensorTableModel::Maximum: return stats.maximum;
    case TensorTableModel::Mean: return stats.mean;
    case TensorTableModel::Deviation: return stats.deviation;
    case TensorTableModel::Zeros: return stats.zeroShare();
    case TensorTableModel::Outliers: return stats.outlierShare();
    default: return stats.excessKurtosis;
    }
}

} // namespace

TensorTableModel::TensorTableModel(Session& session, QObject* parent)
    : QAbstractTableModel(parent), m_session(session)
{
    connect(&session, &Session::checkpointChanged, this, [this] {
        beginResetModel();
        m_rows = int(m_session.checkpoint()->tensors().size());
        endResetModel();
    });
    connect(&session.measurements(), &Measurements::measuredTensor, this, [this](int tensor) {
        emit dataChanged(index(tensor, Minimum), index(tensor, Kurtosis));
    });
}

int TensorTableModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : m_rows;
}

int TensorTableModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant TensorTableModel::data(const QModelIndex& index, int role) const
{
    if (role == Qt::TextAlignmentRole)
        return int(Qt::AlignVCenter) | int(index.column() == Name || index.column() == Type
                                               ? Qt::AlignLeft
                                               : Qt::AlignRight);
    if (role != Qt::DisplayRole && role != SortRole)
        return {};
    const bool sorting = role == SortRole;
    const TensorView& tensor = m_session.checkpoint()->tensors()[std::size_t(index.row())];
    switch (index.column()) {
    case Name: return tensor.name;
    case Shape: return sorting ? QVariant(qlonglong(tensor.elements())) : shapeText(tensor);
    case Type: return name(tensor.type);
    case Size: return sorting ? QVariant(qlonglong(m_session.checkpoint()->storedBytes(tensor)))
                              : sizeText(m_session.checkpoint()->storedBytes(tensor));
    default: break;
    }
    const auto stats = m_session.measurements().stats(index.row());
    if (!stats)
        return sorting ? QVariant(-std::numeric_limits<double>::infinity()) : QVariant();
    const double value = figure(*stats, index.column());
    if (sorting)
        return value;
    if (index.column() == Zeros || index.column() == Outliers)
        return percentText(value, index.column() == Zeros ? 2 : 4);
    return numberText(value);
}

QVariant TensorTableModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::ToolTipRole && section == Outliers)
        return tr("Share of weights further than %1 standard deviations from the mean")
            .arg(kOutlierDeviations);
    if (role == Qt::ToolTipRole && section == Kurtosis)
        return tr("Excess kurtosis: 0 for a bell curve, larger with heavier tails");
    if (role == Qt::TextAlignmentRole)
        return int(Qt::AlignVCenter) |
               int(section == Name || section == Type ? Qt::AlignLeft : Qt::AlignRight);
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Name: return tr("Tensor");
    case Shape: return tr("Shape");
    case Type: return tr("Type");
    case Size: return tr("Size");
    case Minimum: return tr("Minimum");
    case Maximum: return tr("Maximum");
    case Mean: return tr("Mean");
    case Deviation: return tr("Std. dev.");
    case Zeros: return tr("Zeros");
    case Outliers: return tr("Outliers");
    default: return tr("Kurtosis");
    }
}

} // namespace halftone
