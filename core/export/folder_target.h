// SPDX-License-Identifier: GPL-3.0-or-later
// What all targets that are Hugging Face folders share: sharded weights, config, tokenizer, model card,
// provenance. A target only says which tensors there are and where their bytes come from.
#pragma once

#include "export/huggingface_model.h"
#include "export/safetensors_writer.h"
#include "export/targets.h"

#include <nlohmann/json.hpp>

namespace halftone {

struct FolderPlan
{
    QString type;                         ///< ExportType::id
    std::vector<ShardTensor> tensors;
    std::vector<QString> parts;           ///< of each tensor: ExportPart::id
    ShardBytes bytes;                     ///< of each tensor; may hold one layer
    nlohmann::json config;                ///< config.json
    std::map<QString, QByteArray> files;  ///< further small files
    std::int64_t linearWeights = 0;
    bool turned = false;                  ///< ExportChoices::turned
    QStringList readers, losses, notes;
    QString use;                          ///< Python that loads it, for the model card; may be empty
};

class FolderTarget : public ExportTarget
{
public:
    bool isFolder() const override { return true; }
    ExportEstimate estimate(const Checkpoint& checkpoint, const ExportChoices& choices) const override;
    ExportResult write(const QString& path, const Checkpoint& checkpoint, const ExportChoices& choices,
                       Progress& progress) const override;

protected:
    /// Reads headers only, or the scales of coded layers. The plan refers to the checkpoint.
    virtual FolderPlan plan(const Checkpoint& checkpoint, const ExportChoices& choices) const = 0;
};

/// Hands over a tensor's rows as F16, BF16 or F32, some megabytes at a time.
void putPlain(const FolderTensor& tensor, FolderRows& rows, const char* type, const PutBytes& put);
ShardTensor plainTensor(const FolderTensor& tensor, const char* type);

} // namespace halftone
