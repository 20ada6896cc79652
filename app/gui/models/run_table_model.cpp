// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/run_table_model.h"

#include "project/project.h"
#include "run_comparison.h"
#include "texts.h"

#include <QDir>
#include <QFileInfo>
#include <QLocale>

namespace halftone {

RunTableModel::RunTableModel(Project& project, QObject* parent)
    : QAbstractTableModel(parent), m_project(project), m_runs(project.runs())
{
    connect(&project, &Project::runsChanged, this, &RunTableModel::follow);
    findRepeats();
}

void RunTableModel::findRepeats()
{
    m_repeats.clear();
    for (const Runs& repeats : repeatsIn(m_runs)) {
        std::vector<double> perplexities;
        for (const auto& run : repeats)
            if (run->report.evaluation)
                perplexities.push_back(run->report.evaluation->perplexity.value);
        if (perplexities.size() > 1)
            for (const auto& run : repeats)
                m_repeats.insert(run->id, spreadOf(perplexities));
    }
}

void RunTableModel::follow()
{
    const auto& runs = m_project.runs();
    const bool sameRows = runs.size() == m_runs.size() &&
                          std::equal(runs.begin(), runs.end(), m_runs.begin(),
                                     [](const auto& a, const auto& b) { return a->id == b->id; });
    if (sameRows) {
        m_runs = runs;
        findRepeats();
        if (!m_runs.empty())
            emit dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
    } else {
        beginResetModel();
        m_runs = runs;
        findRepeats();
        endResetModel();
    }
}

int RunTableModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : int(m_runs.size());
}

int RunTableModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : int(ColumnCount);
}

// What a column holds as a number or a text to be sorted by; invalid where nothing was measured.
QVariant RunTableModel::figure(const RunRecord& run, int column) const
{
    const Report& report = run.report;
    const auto& evaluation = report.evaluation;
    switch (column) {
    case Pin:
        return run.pinned ? 0 : 1;
    case Label:
        return run.label;
    case Model:
        return report.model;
    case Method:
        return report.method;
    case Ratio: {
        const nlohmann::json settings = report.recipe.value("settings", nlohmann::json::object());
        const auto ratio = settings.find("salient_ratio");
        if (ratio != settings.end() && ratio->is_number())
            return ratio->get<double>();
        return report.layers.empty() ? QVariant() : QVariant(report.layers.front().salientShare);
    }
    case NominalBits:
        return report.size.nominalBits;
    case DiskBits:
        return report.size.diskBits;
    case Bytes:
        return qlonglong(report.size.packedFile);
    case Perplexity:
        return evaluation ? QVariant(evaluation->perplexity.value) : QVariant();
    case PerplexityError:
        return evaluation ? QVariant(evaluation->perplexity.standardError) : QVariant();
    case Divergence:
        return evaluation && evaluation->divergence ? QVariant(evaluation->divergence->mean) : QVariant();
    case SameTop:
        return evaluation && evaluation->divergence ? QVariant(evaluation->divergence->sameTop) : QVariant();
    case Seed: {
        const nlohmann::json calibration = report.recipe.value("calibration", nlohmann::json::object());
        return calibration.value("seed", 0);
    }
    case Repeats: {
        const auto repeats = m_repeats.constFind(run.id);
        return repeats == m_repeats.constEnd() ? QVariant() : QVariant(repeats->mean);
    }
    case Seconds:
        return run.times.total;
    case Made:
        return run.made;
    default:
        return run.note;
    }
}

QString RunTableModel::text(const RunRecord& run, int column) const
{
    const QVariant value = figure(run, column);
    if (!value.isValid())
        return {};
    const auto decimals = [&](int count) { return QLocale().toString(value.toDouble(), 'f', count); };
    switch (column) {
    case Pin:
        return {};
    case Ratio:
        return percentText(value.toDouble(), 1);
    case SameTop:
        return percentText(value.toDouble(), 1);
    case NominalBits:
    case DiskBits:
        return decimals(2);
    case Bytes:
        return sizeText(value.toLongLong());
    case Perplexity:
    case PerplexityError:
        return decimals(value.toDouble() < 1000 ? 3 : 0);
    case Repeats: {
        const Spread spread = m_repeats.value(run.id);
        const int places = spread.mean < 1000 ? 3 : 0;
        return tr("%1 ± %2 (%3)").arg(decimals(places), QLocale().toString(spread.deviation, 'f', places)).arg(spread.count);
    }
    case Divergence:
        return numberText(value.toDouble());
    case Seconds:
        return durationText(value.toDouble());
    case Made:
        return QLocale().toString(value.toDateTime(), QLocale::ShortFormat);
    default:
        return value.toString();
    }
}

QVariant RunTableModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid() || std::size_t(index.row()) >= m_runs.size())
        return {};
    const RunRecord& run = *m_runs[std::size_t(index.row())];
    const int column = index.column();
    switch (role) {
    case IdRole:
        return run.id;
    case SortRole:
        return figure(run, column);
    case Qt::CheckStateRole:
        return column == Pin ? QVariant(run.pinned ? Qt::Checked : Qt::Unchecked) : QVariant();
    case Qt::TextAlignmentRole:
        return column >= Ratio && column <= Seconds ? QVariant(int(Qt::AlignRight | Qt::AlignVCenter)) : QVariant();
    case Qt::ToolTipRole:
        return QDir::toNativeSeparators(run.folder);
    case Qt::AccessibleTextRole:
        return column == Pin ? (run.pinned ? tr("pinned") : tr("not pinned")) : text(run, column);
    case Qt::DisplayRole:
    case Qt::EditRole:
        return text(run, column);
    default:
        return {};
    }
}

bool RunTableModel::setData(const QModelIndex& index, const QVariant& value, int role)
{
    const auto run = m_runs[std::size_t(index.row())];
    if (index.column() == Pin && role == Qt::CheckStateRole)
        m_project.annotate(run->id, run->label, run->note, value.toInt() == Qt::Checked);
    else if (index.column() == Label && role == Qt::EditRole && !value.toString().trimmed().isEmpty())
        m_project.annotate(run->id, value.toString().trimmed(), run->note, run->pinned);
    else if (index.column() == Note && role == Qt::EditRole)
        m_project.annotate(run->id, run->label, value.toString(), run->pinned);
    else
        return false;
    return true;
}

Qt::ItemFlags RunTableModel::flags(const QModelIndex& index) const
{
    Qt::ItemFlags flags = QAbstractTableModel::flags(index);
    if (index.column() == Pin)
        flags |= Qt::ItemIsUserCheckable;
    if (index.column() == Label || index.column() == Note)
        flags |= Qt::ItemIsEditable;
    return flags;
}

QVariant RunTableModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    const QString titles[] = {tr("Pin"), tr("Run"), tr("Model"), tr("Method"), tr("Salient"), tr("Nominal bits"),
                              tr("Disk bits"), tr("Size on disk"), tr("Perplexity"), tr("± (standard error)"),
                              tr("KL divergence"), tr("Same top token"), tr("Seed"), tr("Perplexity over seeds"), tr("Time"), tr("Made"), tr("Note")};
    return titles[section];
}

} // namespace halftone
