// SPDX-License-Identifier: GPL-3.0-or-later
// An open model, packed or not, as a GGUF file that llama.cpp loads: which tensors under which names
// and types, what the metadata says, what it will weigh. What is stored in a type of ggml's already, or
// coded so that one holds it, is carried over exactly; all else is plain rounding, nothing calibrated.
#pragma once

#include "base/progress.h"
#include "export/gguf_writer.h"
#include "model/config.h"

#include <QStringList>
#include <optional>

namespace halftone {

/// Types by what a tensor is; norms and biases are always F32. Nothing: the type that holds the tensor
/// exactly as it is stored, F16 where GGUF has none.
struct GgufTypes
{
    std::optional<ElementType> linear;
    std::optional<ElementType> embedding;
    std::optional<ElementType> head;     ///< untied models only
    struct Exception
    {
        QString pattern;                 ///< shell wildcard on the tensor's name in the GGUF file
        ElementType type;
    };
    std::vector<Exception> exceptions;   ///< the last that fits wins; they also reach norms
};

struct GgufPlan
{
    nlohmann::json metadata;
    std::vector<GgufTensor> tensors;
    std::vector<QString> sources;        ///< the checkpoint's name of each tensor; empty: `values`
    std::vector<Index> turnedHeads;      ///< heads whose rows change their order, 0 for none
    std::vector<std::vector<float>> values;
    std::int64_t linearBytes = 0, embeddingBytes = 0, headBytes = 0, otherBytes = 0;
    std::int64_t linearWeights = 0;
    std::int64_t exactWeights = 0;       ///< of the linear layers: those carried over without rounding
    QStringList inexact;                 ///< linear layers that were to be as stored and cannot
    std::vector<GgufLate> late;          ///< metadata known only once all is written
    QStringList notes;                   ///< one sentence each: what could not be as asked
};

/// Reads headers and the tokenizer only. Rows that do not divide into a type's blocks take F16, with a
/// note. `program` goes into halftone.version. Throws Error for models without a like in llama.cpp.
GgufPlan planGguf(const Checkpoint& checkpoint, const GgufTypes& types, const QString& program);

/// Writes the plan's file, rows in parallel; returns its size. Throws Error and Cancelled.
std::int64_t writeGgufModel(const QString& path, const Checkpoint& checkpoint, const GgufPlan& plan,
                            Progress& progress);

} // namespace halftone
