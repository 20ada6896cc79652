// SPDX-License-Identifier: GPL-3.0-or-later
// The project's runs as rows, newest first: figures to sort by, name and note to write, a pin to tick.
#pragma once

#include "pipeline/repeats.h"
#include "project/run_record.h"

#include <QAbstractTableModel>
#include <QHash>
#include <memory>

namespace halftone {

class Project;

class RunTableModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column {
        Pin, Label, Model, Method, Ratio, NominalBits, DiskBits, Bytes, Perplexity, PerplexityError, Divergence,
        SameTop, Seed, Repeats, Seconds, Made, Note, ColumnCount
    };
    enum Role { IdRole = Qt::UserRole + 1, SortRole };

    explicit RunTableModel(Project& project, QObject* parent = nullptr);

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    bool setData(const QModelIndex& index, const QVariant& value, int role) override;
    Qt::ItemFlags flags(const QModelIndex& index) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    void follow();
    void findRepeats();
    QVariant figure(const RunRecord& run, int column) const;
    QString text(const RunRecord& run, int column) const;

    Project& m_project;
    std::vector<std::shared_ptr<const RunRecord>> m_runs;
    QHash<qint64, Spread> m_repeats; // perplexity of a run and those that differ in their seed alone
};

} // namespace halftone
