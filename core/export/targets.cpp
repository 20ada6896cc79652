// SPDX-License-Identifier: GPL-3.0-or-later
#include "export/targets.h"

#include "base/error.h"
#include "export/gguf_target.h"
#include "export/grid_target.h"
#include "export/halftone_target.h"
#include "export/huggingface_target.h"

#include <QDir>
#include <QFileInfo>
#include <QStorageInfo>
#include <array>

namespace halftone {

std::span<const ExportTarget* const> exportTargets()
{
    static const GgufTarget gguf;
    static const HuggingFaceTarget huggingFace;
    static const GptqTarget gptq;
    static const CompressedTensorsTarget compressedTensors;
    static const HalftoneTarget packed;
    static const std::array<const ExportTarget*, 5> table{&gguf, &huggingFace, &gptq, &compressedTensors, &packed};
    return table;
}

const ExportTarget& exportTarget(const QString& id)
{
    QStringList known;
    for (const ExportTarget* target : exportTargets()) {
        if (target->id() == id)
            return *target;
        known << target->id();
    }
    throw Error(tr("There is no export target '%1'; there are %2.").arg(id, known.join(QStringLiteral(", "))));
}

ExportType exportType(const ExportTarget& target, const QString& id)
{
    const std::vector<ExportType> types = target.types();
    QStringList known;
    for (const ExportType& type : types) {
        if (id.isEmpty() || type.id.compare(id, Qt::CaseInsensitive) == 0)
            return type;
        known << type.id;
    }
    throw Error(tr("'%1' is no type of the target '%2'; its types are %3.")
                    .arg(id, target.id(), known.join(QStringLiteral(", "))));
}

void checkExportChoices(const ExportTarget& target, const ExportChoices& choices)
{
    if (choices.turned && target.id() != QLatin1String("huggingface"))
        throw Error(tr("A turned model is written as a Hugging Face folder; quantize or export that."));
}

namespace {

QString megabytes(std::int64_t bytes)
{
    return QString::number(static_cast<double>(bytes) / 1e6, 'f', 1);
}

// Before the first byte: what would only turn out at the end otherwise.
void checkPlace(const ExportTarget& target, const QString& path, const ExportChoices& choices, const Checkpoint& checkpoint)
{
    const QFileInfo place(path);
    if (place.exists() && !choices.overwrite)
        throw Error(tr("'%1' is there already; choose another name, or say that it may be overwritten.").arg(path));
    if (place.exists() && place.isDir() != target.isFolder())
        throw Error(target.isFolder() ? tr("'%1' is a file, and the target '%2' writes a folder.").arg(path, target.id())
                                      : tr("'%1' is a folder, and the target '%2' writes a file.").arg(path, target.id()));
    if (!QFileInfo(place.absolutePath()).isDir())
        throw Error(tr("The folder '%1' that should hold the result does not exist.").arg(place.absolutePath()));
    const QString from = QFileInfo(checkpoint.path()).canonicalFilePath();
    if (place.exists() && (from == place.canonicalFilePath() ||
                           from.startsWith(place.canonicalFilePath() + QLatin1Char('/'))))
        throw Error(tr("'%1' is the model that is being exported; choose another name.").arg(path));
}

void checkSpace(const QString& path, std::int64_t needed)
{
    const QStorageInfo disk(QFileInfo(path).absolutePath());
    if (disk.isValid() && disk.bytesAvailable() >= 0 && disk.bytesAvailable() < needed)
        throw Error(tr("'%1' needs %2 MB and its disk has %3 MB left.")
                        .arg(path, megabytes(needed), megabytes(disk.bytesAvailable())));
}

} // namespace

ExportResult writeExport(const ExportTarget& target, const QString& path, const Checkpoint& checkpoint,
                         const ExportChoices& choices, Progress& progress)
{
    checkExportChoices(target, choices);
    checkPlace(target, path, choices, checkpoint);
    checkSpace(path, target.estimate(checkpoint, choices).bytes);
    progress.check();
    const ExportResult result = target.write(path, checkpoint, choices, progress);
    Checkpoint::open(path);
    return result;
}

} // namespace halftone
