// SPDX-License-Identifier: GPL-3.0-or-later
#include "pipeline/sweep.h"

#include "base/error.h"
#include "checkpoint/strict_json.h"

#include <QDir>
#include <QFileInfo>
#include <QTemporaryDir>

namespace halftone {

namespace {

QString folderName(const QString& label)
{
    QString name;
    for (const QChar c : label)
        name += c.isLetterOrNumber() || c == QLatin1Char('.') || c == QLatin1Char('-') ? c
                                                                                        : QLatin1Char('_');
    return name;
}

SweepRow finishedRow(const QString& label, const QString& folder, const Recipe& recipe)
{
    SweepRow row{label, reportFromJson(readStrictJson(folder + QStringLiteral("/report.json"))),
                 RunTimes::fromJson(readStrictJson(folder + QStringLiteral("/times.json")))};
    if (row.report.recipe != recipe.toJson())
        throw Error(tr("'%1' holds the result of another recipe; name another folder.").arg(folder));
    return row;
}

} // namespace

std::vector<SweepRow> runSweep(const std::vector<std::pair<QString, Recipe>>& recipes,
                               const QString& folder, ComputeBackend& backend, Progress& progress,
                               const std::function<void(const SweepRow&)>& onRow)
{
    QTemporaryDir temporary;
    if (folder.isEmpty() && !temporary.isValid())
        throw Error(tr("No temporary folder can be made: %1.").arg(temporary.errorString()));
    if (!folder.isEmpty() && !QDir().mkpath(folder))
        throw Error(tr("The folder '%1' cannot be made.").arg(folder));
    std::vector<SweepRow> rows;
    const double count = static_cast<double>(recipes.size());
    for (const auto& each : recipes) {
        const QString& label = each.first; // no structured binding: clang cannot capture those
        const Recipe& recipe = each.second;
        const double before = static_cast<double>(rows.size());
        Progress inner(progress, [&](const ProgressMoment& m) {
            progress.advance(m.stage, label + QStringLiteral(": ") + m.item, (before + m.share) / count);
        });
        const QString out =
            (folder.isEmpty() ? temporary.path() : folder) + QLatin1Char('/') + folderName(label);
        if (QFileInfo(out + QStringLiteral("/report.json")).isFile()) {
            rows.push_back(finishedRow(label, out, recipe));
        } else {
            const RunResult result = runPipeline(recipe, out, backend, inner);
            rows.push_back({label, result.report, result.times});
        }
        if (folder.isEmpty())
            QDir(out).removeRecursively();
        if (onRow)
            onRow(rows.back());
    }
    return rows;
}

} // namespace halftone
