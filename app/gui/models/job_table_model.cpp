// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/job_table_model.h"

#include "job_runner.h"
#include "texts.h"

#include <QDir>

namespace halftone {

QString stateText(const Job& job)
{
    using State = Job::State;
    const QString where = job.moment.item.isEmpty()
                              ? job.moment.stage
                              : JobTableModel::tr("%1: %2").arg(job.moment.stage, job.moment.item);
    switch (job.state) {
    case State::Waiting:
        return JobTableModel::tr("Waiting");
    case State::Held:
        return job.sentence.isEmpty() ? JobTableModel::tr("Stands until resumed")
                                      : JobTableModel::tr("Stands until resumed: %1").arg(job.sentence);
    case State::Running:
        return where;
    case State::Paused:
        return JobTableModel::tr("Paused at %1").arg(where);
    case State::Finished:
        return job.outcome ? JobTableModel::tr("Finished in %1").arg(durationText(job.outcome->times.total))
                           : JobTableModel::tr("Finished");
    case State::Failed:
        return job.sentence;
    case State::Cancelled:
        return JobTableModel::tr("Cancelled; what is done is kept");
    }
    return {};
}

JobTableModel::JobTableModel(const JobRunner& jobs, QObject* parent)
    : QAbstractTableModel(parent), m_jobs(jobs), m_rows(int(jobs.jobs().size()))
{
    connect(&jobs, &JobRunner::queueChanged, this, &JobTableModel::follow);
    connect(&jobs, &JobRunner::jobAdvanced, this, [this](int id) {
        const int row = m_jobs.rowOf(id);
        if (row >= 0 && row < m_rows)
            emit dataChanged(index(row, 0), index(row, ColumnCount - 1));
    });
}

// Keeps the rows there are, so that a selection survives all but what is taken away.
void JobTableModel::follow()
{
    const int rows = int(m_jobs.jobs().size());
    if (rows > m_rows) {
        beginInsertRows({}, m_rows, rows - 1);
        m_rows = rows;
        endInsertRows();
    } else if (rows < m_rows) {
        beginRemoveRows({}, rows, m_rows - 1);
        m_rows = rows;
        endRemoveRows();
    }
    if (rows > 0)
        emit dataChanged(index(0, 0), index(rows - 1, ColumnCount - 1));
}

int JobTableModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : m_rows;
}

int JobTableModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : int(ColumnCount);
}

QVariant JobTableModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid() || std::size_t(index.row()) >= m_jobs.jobs().size())
        return {};
    const Job& job = *m_jobs.jobs()[std::size_t(index.row())];
    if (role == IdRole)
        return job.id;
    if (role == ShareRole)
        return job.moment.share;
    if (role == Qt::ToolTipRole)
        return QDir::toNativeSeparators(job.order.out.isEmpty() ? job.order.exported.out : job.order.out);
    if (role == Qt::TextAlignmentRole && index.column() >= Share)
        return int(Qt::AlignRight | Qt::AlignVCenter);
    if (role != Qt::DisplayRole)
        return {};
    switch (index.column()) {
    case Title:
        return titleOf(job.order);
    case Where:
        return stateText(job);
    case Share:
        return job.active() || job.state == Job::State::Finished ? percentText(job.moment.share, 0) : QString();
    default:
        return job.state == Job::State::Running ? durationText(job.moment.secondsLeft) : QString();
    }
}

QVariant JobTableModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    const QString titles[] = {tr("Job"), tr("State"), tr("Done"), tr("Time left")};
    return titles[section];
}

} // namespace halftone
