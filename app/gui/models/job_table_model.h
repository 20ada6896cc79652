// SPDX-License-Identifier: GPL-3.0-or-later
// The queue of jobs as rows.
#pragma once

#include <QAbstractTableModel>

namespace halftone {

class JobRunner;
struct Job;

class JobTableModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { Title, Where, Share, Left, ColumnCount };
    enum Role { IdRole = Qt::UserRole + 1, ShareRole };

    explicit JobTableModel(const JobRunner& jobs, QObject* parent = nullptr);

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    void follow();

    const JobRunner& m_jobs;
    int m_rows = 0;
};

/// "Waiting", "Quantize: layer 3", the sentence of a failure.
QString stateText(const Job& job);

} // namespace halftone
