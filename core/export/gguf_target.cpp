// SPDX-License-Identifier: GPL-3.0-or-later
#include "export/gguf_target.h"

#include "base/error.h"
#include "checkpoint/dequantize.h"
#include "export/encode_blocks.h"
#include "export/gguf_model.h"
#include "export/provenance.h"

#include <QFileInfo>
#include <algorithm>

namespace halftone {

namespace {

const QString kAsStored = QStringLiteral("auto");

QString readersOf(ElementType type)
{
    switch (type) {
    case ElementType::BF16: return tr("llama.cpp since May 2024");
    case ElementType::TQ1_0:
    case ElementType::TQ2_0: return tr("llama.cpp since September 2024");
    case ElementType::Q1_0: return tr("llama.cpp since April 2026");
    case ElementType::Q2_0: return tr("llama.cpp since July 2026");
    default: return tr("llama.cpp since October 2023 (GGUF version 3), and what is built on it");
    }
}

std::optional<ElementType> typeNamed(const QString& id)
{
    return id.isEmpty() || id.compare(kAsStored, Qt::CaseInsensitive) == 0 ? std::nullopt
                                                                            : std::optional(encodableType(id));
}

GgufTypes typesFrom(const ExportChoices& choices)
{
    GgufTypes types;
    types.linear = typeNamed(choices.type);
    // Embedding and head are few and delicate: 8 bits, or what the linear layers have above that.
    std::optional<ElementType> careful = types.linear;
    if (careful && info(*careful).blockElements > 1)
        careful = ElementType::Q8_0;
    types.embedding = choices.embeddingType.isEmpty() ? careful : typeNamed(choices.embeddingType);
    types.head = choices.headType.isEmpty() ? careful : typeNamed(choices.headType);
    for (const ExportException& e : choices.exceptions)
        types.exceptions.push_back({e.pattern, encodableType(e.type)});
    return types;
}

// |W - W'|^2 / |W|^2 of some rows in each type that could take them.
std::vector<ExportNearest> nearestTypes(const Checkpoint& checkpoint, const QString& layer)
{
    const Matrix all = checkpoint.readMatrix(checkpoint.require(layer));
    const auto rows = std::min<Index>(64, all.rows());
    const auto columns = static_cast<std::size_t>(all.cols());
    const double energy = all.topRows(rows).cast<double>().squaredNorm();
    std::vector<ExportNearest> out;
    for (const ElementType type : encodableTypes()) {
        const auto bytes = storedBytes(type, all.cols(), all.cols());
        if (!bytes || type == ElementType::F32 || type == ElementType::BF16)
            continue;
        double error = 0;
        std::vector<std::byte> block(static_cast<std::size_t>(*bytes));
        Eigen::RowVectorXf back(all.cols());
        for (Index r = 0; r < rows; ++r) {
            encodeBlocks(type, {all.row(r).data(), columns}, block);
            dequantize(type, block, {back.data(), columns});
            error += (all.row(r) - back).cast<double>().squaredNorm();
        }
        out.push_back({name(type).toLower(), 8.0 * static_cast<double>(*bytes) / static_cast<double>(columns),
                       energy > 0 ? error / energy : 0});
    }
    std::stable_sort(out.begin(), out.end(), [](const auto& a, const auto& b) { return a.bitsPerWeight > b.bitsPerWeight; });
    return out;
}

void addReaders(const GgufPlan& plan, QStringList& readers)
{
    for (const GgufTensor& tensor : plan.tensors) {
        const QString reader = readersOf(tensor.type);
        if (!readers.contains(reader))
            readers << reader;
    }
    // The latest decides: older programs read none of the file.
    if (readers.size() > 1)
        readers.removeAll(readersOf(ElementType::F32));
}

} // namespace

QString GgufTarget::id() const { return QStringLiteral("gguf"); }
QString GgufTarget::title() const { return tr("GGUF file"); }

QString GgufTarget::purpose() const
{
    return tr("One file for llama.cpp, Ollama, LM Studio and whatever else is built on ggml.");
}

std::vector<ExportType> GgufTarget::types() const
{
    std::vector<ExportType> out{{kAsStored, tr("As stored: exact where GGUF has the type, else F16"), readersOf(ElementType::F32)}};
    for (const ElementType type : encodableTypes())
        out.push_back({name(type).toLower(), name(type), readersOf(type)});
    return out;
}

ExportEstimate GgufTarget::estimate(const Checkpoint& checkpoint, const ExportChoices& choices) const
{
    const GgufPlan plan = planGguf(checkpoint, typesFrom(choices), choices.program);
    ExportEstimate out;
    out.type = exportType(*this, choices.type).id;
    const std::int64_t header = ggufHeaderBytes(plan.metadata, plan.tensors);
    out.parts = {{QStringLiteral("linear"), tr("linear layers"), plan.linearBytes},
                 {QStringLiteral("embedding"), tr("embedding"), plan.embeddingBytes},
                 {QStringLiteral("head"), tr("head"), plan.headBytes},
                 {QStringLiteral("other"), tr("norms, biases, tokenizer and names"), plan.otherBytes + header}};
    for (const ExportPart& part : out.parts)
        out.bytes += part.bytes;
    out.originalBytes = checkpoint.fileBytes();
    out.linearWeights = plan.linearWeights;
    out.bitsPerWeight = 8.0 * static_cast<double>(plan.linearBytes) / static_cast<double>(std::max<std::int64_t>(1, plan.linearWeights));
    addReaders(plan, out.readers);
    out.notes = plan.notes;
    const double rounded = 1 - static_cast<double>(plan.exactWeights) / static_cast<double>(std::max<std::int64_t>(1, plan.linearWeights));
    if (!plan.inexact.isEmpty()) {
        out.losses << tr("%1 linear layers are coded in a way that no GGUF type holds: they become F16, right but "
                         "not small. Name a type to make them small; what each costs is measured.")
                          .arg(plan.inexact.size());
        out.nearest = nearestTypes(checkpoint, plan.inexact.at(plan.inexact.size() / 2));
    } else if (rounded > 0) {
        out.losses << tr("%1 % of the linear weights are rounded to another type.").arg(100 * rounded, 0, 'f', 1);
    }
    return out;
}

ExportResult GgufTarget::write(const QString& path, const Checkpoint& checkpoint, const ExportChoices& choices,
                               Progress& progress) const
{
    SourceHash source(checkpoint);
    GgufPlan plan = planGguf(checkpoint, typesFrom(choices), choices.program);
    plan.metadata[kGgufProvenanceKey] =
        provenanceOf(checkpoint, choices.program, id(), exportType(*this, choices.type).id).dump();
    plan.late = {{kGgufSourceHashKey, [&](const QString&) { return source.hex(); }},
                 {kGgufHashKey, [](const QString& own) { return own; }}};
    ExportResult out{path, writeGgufModel(path, checkpoint, plan, progress), {QFileInfo(path).fileName()}};
    // What was written is read back as anyone would: a file that does not open is no export.
    ModelConfig::of(*Checkpoint::open(path));
    return out;
}

} // namespace halftone
