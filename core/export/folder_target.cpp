// SPDX-License-Identifier: GPL-3.0-or-later
#include "export/folder_target.h"

#include "base/error.h"
#include "export/encode_blocks.h"
#include "export/model_card.h"
#include "export/provenance.h"

#include <QDir>
#include <QFileInfo>
#include <algorithm>

namespace halftone {

using nlohmann::json;

namespace {

ElementType elementOf(const char* type)
{
    return encodableType(QLatin1String(type));
}

std::int64_t smallBytes(const FolderPlan& plan)
{
    std::int64_t bytes = static_cast<std::int64_t>(plan.config.dump(2).size());
    for (const auto& [name, content] : plan.files)
        bytes += content.size();
    return bytes;
}

ExportEstimate estimateOf(const FolderPlan& plan, const Checkpoint& checkpoint)
{
    ExportEstimate out;
    out.type = plan.type;
    out.readers = plan.readers;
    out.losses = plan.losses;
    out.notes = plan.notes;
    out.originalBytes = checkpoint.fileBytes();
    out.linearWeights = plan.linearWeights;
    std::map<QString, std::int64_t> parts;
    std::int64_t tensors = 0;
    for (std::size_t i = 0; i < plan.tensors.size(); ++i) {
        parts[plan.parts[i]] += plan.tensors[i].bytes;
        tensors += plan.tensors[i].bytes;
    }
    parts[QStringLiteral("other")] +=
        shardsBytes(plan.tensors) - tensors + smallBytes(plan) + tokenizerBytes(checkpoint, out.notes);
    out.parts = {{QStringLiteral("linear"), tr("linear layers"), parts[QStringLiteral("linear")]},
                 {QStringLiteral("embedding"), tr("embedding"), parts[QStringLiteral("embedding")]},
                 {QStringLiteral("head"), tr("head"), parts[QStringLiteral("head")]},
                 {QStringLiteral("other"), tr("norms, biases, tokenizer and names"), parts[QStringLiteral("other")]}};
    for (const ExportPart& part : out.parts)
        out.bytes += part.bytes;
    out.bitsPerWeight = 8.0 * static_cast<double>(out.parts.front().bytes) /
                        static_cast<double>(std::max<std::int64_t>(1, plan.linearWeights));
    return out;
}

} // namespace

ExportEstimate FolderTarget::estimate(const Checkpoint& checkpoint, const ExportChoices& choices) const
{
    return estimateOf(plan(checkpoint, choices), checkpoint);
}

ExportResult FolderTarget::write(const QString& path, const Checkpoint& checkpoint, const ExportChoices& choices,
                                 Progress& progress) const
{
    SourceHash source(checkpoint);
    const FolderPlan made = plan(checkpoint, choices);
    OutputFolder folder(path, choices.overwrite);
    writeShards(folder, made.tensors, choices.shardBytes, made.bytes, progress);
    checkpoint.checkIntact();
    folder.write(QStringLiteral("config.json"), QByteArray::fromStdString(made.config.dump(2) + "\n"));
    for (const auto& [name, bytes] : made.files)
        folder.write(name, bytes);
    writeTokenizerFiles(folder, checkpoint, progress);
    json provenance = provenanceOf(checkpoint, choices.program, id(), made.type);
    if (made.turned)
        provenance["turned"] = true;
    folder.write(QStringLiteral("README.md"),
                 modelCard(checkpoint, *this, estimateOf(made, checkpoint), provenance, made.use));
    const QString report = QDir(checkpoint.folder()).filePath(QStringLiteral("report.json"));
    if (checkpoint.format() == QLatin1String("halftone") && QFileInfo(report).isFile())
        folder.copy(report, QStringLiteral("halftone-report.json"), progress);
    writeProvenance(folder, provenance, source);
    progress.check();
    ExportResult out{path, folder.bytes(), {}};
    for (const WrittenFile& file : folder.files())
        out.files << file.name;
    std::sort(out.files.begin(), out.files.end());
    folder.commit();
    return out;
}

void putPlain(const FolderTensor& tensor, FolderRows& rows, const char* type, const PutBytes& put)
{
    const std::int64_t columns = tensor.shape.empty() ? 1 : tensor.shape.back();
    const std::int64_t all = tensor.shape.size() < 2 ? 1 : tensor.shape.front();
    const auto element = elementOf(type);
    const std::int64_t step = std::max<std::int64_t>(1, (4 << 20) / std::max<std::int64_t>(1, columns));
    std::vector<float> values;
    std::vector<std::byte> bytes;
    for (std::int64_t begin = 0; begin < all; begin += step) {
        const std::int64_t count = std::min(step, all - begin);
        values.resize(static_cast<std::size_t>(count * columns));
        rows.read(tensor, begin, count, values);
        bytes.resize(values.size() * static_cast<std::size_t>(info(element).blockBytes));
        encodeBlocks(element, values, bytes);
        put(bytes);
    }
}

ShardTensor plainTensor(const FolderTensor& tensor, const char* type)
{
    std::int64_t elements = 1;
    for (const std::int64_t extent : tensor.shape)
        elements *= extent;
    return {tensor.name, type, tensor.shape, elements * info(elementOf(type)).blockBytes};
}

} // namespace halftone
