// SPDX-License-Identifier: GPL-3.0-or-later
#include "export/halftone_target.h"

#include "base/error.h"
#include "export/model_card.h"
#include "export/provenance.h"
#include "model/config.h"

#include <QDir>
#include <QFileInfo>
#include <algorithm>

namespace halftone {

namespace {

void requirePacked(const Checkpoint& checkpoint)
{
    if (checkpoint.format() != QLatin1String("halftone") || checkpoint.folder().isEmpty())
        throw Error(tr("'%1' is not packed: `quantize` makes a packed folder of it.").arg(checkpoint.path()));
}

// The files that a packed folder is made of, without what an export adds.
QStringList filesOf(const Checkpoint& checkpoint)
{
    QStringList out;
    for (const QString& file : QDir(checkpoint.folder()).entryList(QDir::Files, QDir::Name))
        if (file != kProvenanceFile && file != QLatin1String("README.md"))
            out << file;
    return out;
}

} // namespace

QString HalftoneTarget::id() const { return QStringLiteral("halftone"); }
QString HalftoneTarget::title() const { return tr("Halftone folder"); }
QString HalftoneTarget::purpose() const
{
    return tr("The packed bits themselves, with report, model card and checksums: smallest, and read by Halftone and its reader in Python.");
}

std::vector<ExportType> HalftoneTarget::types() const
{
    return {{QStringLiteral("auto"), tr("As packed"), tr("Halftone 0.1 and packaging/python")}};
}

ExportEstimate HalftoneTarget::estimate(const Checkpoint& checkpoint, const ExportChoices& choices) const
{
    requirePacked(checkpoint);
    if (!choices.exceptions.empty() || !choices.embeddingType.isEmpty() || !choices.headType.isEmpty())
        throw Error(tr("A Halftone folder holds the bits as they were packed; types can be chosen for GGUF only."));
    const ModelConfig config = ModelConfig::of(checkpoint);
    ExportEstimate out;
    out.type = exportType(*this, choices.type).id;
    const auto bytesOf = [&](const QString& name) {
        const TensorView* t = checkpoint.find(name);
        return t ? checkpoint.storedBytes(*t) : 0;
    };
    std::int64_t linear = 0;
    for (Index b = 0; b < config.blocks; ++b)
        for (const Linear l : kLinears)
            linear += bytesOf(config.names.weight(l, b));
    const std::int64_t embedding = bytesOf(config.names.embedding);
    const std::int64_t head = config.tiedEmbeddings ? 0 : bytesOf(config.names.head);
    for (const QString& file : filesOf(checkpoint))
        out.bytes += QFileInfo(QDir(checkpoint.folder()).filePath(file)).size();
    out.parts = {{QStringLiteral("linear"), tr("linear layers"), linear},
                 {QStringLiteral("embedding"), tr("embedding"), embedding},
                 {QStringLiteral("head"), tr("head"), head},
                 {QStringLiteral("other"), tr("norms, biases, tokenizer and names"), out.bytes - linear - embedding - head}};
    out.originalBytes = checkpoint.fileBytes();
    out.linearWeights = config.linearWeights();
    out.bitsPerWeight = 8.0 * static_cast<double>(linear) / static_cast<double>(std::max<std::int64_t>(1, out.linearWeights));
    out.readers = {types().front().readers};
    return out;
}

ExportResult HalftoneTarget::write(const QString& path, const Checkpoint& checkpoint, const ExportChoices& choices,
                                   Progress& progress) const
{
    requirePacked(checkpoint);
    SourceHash source(checkpoint);
    OutputFolder folder(path, choices.overwrite);
    const QStringList files = filesOf(checkpoint);
    for (qsizetype i = 0; i < files.size(); ++i) {
        progress.advance(tr("Writing"), files[i], static_cast<double>(i) / static_cast<double>(files.size()));
        folder.copy(QDir(checkpoint.folder()).filePath(files[i]), files[i], progress);
    }
    const ExportEstimate estimate = this->estimate(checkpoint, choices);
    const nlohmann::json provenance = provenanceOf(checkpoint, choices.program, id(), estimate.type);
    folder.write(QStringLiteral("README.md"), modelCard(checkpoint, *this, estimate, provenance,
                                                        QStringLiteral("import halftone_reader\n"
                                                                       "weights = halftone_reader.load(\".\")\n")));
    writeProvenance(folder, provenance, source);
    ExportResult out{path, folder.bytes(), {}};
    for (const WrittenFile& file : folder.files())
        out.files << file.name;
    std::sort(out.files.begin(), out.files.end());
    folder.commit();
    return out;
}

} // namespace halftone
