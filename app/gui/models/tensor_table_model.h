// SPDX-License-Identifier: GPL-3.0-or-later
// One row per tensor with its figures, which fill in as they are measured.
#pragma once

#include <QAbstractTableModel>

namespace halftone {

class Session;

class TensorTableModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column {
        Name, Shape, Type, Size, Minimum, Maximum, Mean, Deviation, Zeros, Outliers, Kurtosis,
        ColumnCount
    };
    /// The plain number of a cell, for sorting; absent figures sort first.
    static constexpr int SortRole = Qt::UserRole;

    explicit TensorTableModel(Session& session, QObject* parent = nullptr);

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    Session& m_session;
    int m_rows = 0;
};

} // namespace halftone
