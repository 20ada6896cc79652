// SPDX-License-Identifier: GPL-3.0-or-later
// What a report tells of the folder it lies in.
#include "export/report.h"

#include "checkpoint/strict_json.h"

#include <QDir>
#include <QFileInfo>

namespace halftone {

nlohmann::json zeroShotJson(const ZeroShot& answers)
{
    return {{"task", answers.task.toStdString()},
            {"questions", answers.questions},
            {"accuracy", answers.accuracy},
            {"accuracy_error", answers.error},
            {"normalized_accuracy", answers.normalizedAccuracy},
            {"normalized_accuracy_error", answers.normalizedError},
            {"chance", answers.chance},
            {"seconds", answers.seconds}};
}

QString commandToRepeat(const QString& folderName)
{
    return QStringLiteral("halftone-cli quantize --recipe %1/recipe.json --out %1-again").arg(folderName);
}

ReportPlace reportPlaceOf(const QString& folder, const Progress& progress)
{
    const QDir place(folder);
    ReportPlace out;
    if (place.exists(QStringLiteral("recipe.json")))
        out.command = commandToRepeat(QDir(place.absolutePath()).dirName());
    for (const QFileInfo& file : place.entryInfoList({QStringLiteral("*.safetensors"), QStringLiteral("config.json")},
                                                     QDir::Files, QDir::Name))
        out.files.push_back({file.fileName(), file.size(), sha256OfFile(file.filePath(), progress)});
    if (place.exists(kEvaluationsFile)) {
        const nlohmann::json kept = readStrictJson(place.filePath(kEvaluationsFile));
        if (kept.is_object() && kept.contains("zero_shot"))
            out.zeroShot = kept.at("zero_shot");
    }
    return out;
}

} // namespace halftone
