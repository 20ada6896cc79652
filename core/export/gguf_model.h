// SPDX-License-Identifier: GPL-3.0-or-later
// An open model, packed or not, as a GGUF file that llama.cpp loads: which tensors under which names
// and types, what the metadata says, what it will weigh. The quantizing here is plain rounding to
// ggml's types; nothing is calibrated.
#pragma once

#include "base/progress.h"
#include "export/gguf_writer.h"
#include "model/config.h"

#include <QStringList>

namespace halftone {

/// Types by what a tensor is; norms and biases are always F32.
struct GgufTypes
{
    ElementType linear = ElementType::F16;
    ElementType embedding = ElementType::F16;
    ElementType head = ElementType::F16; ///< untied models only
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
    QStringList notes;                   ///< one sentence each: what could not be as asked
};

/// Reads headers and the tokenizer only. Rows that do not divide into a type's blocks take F16, with a
/// note. `program` goes into halftone.version. Throws Error for models without a like in llama.cpp.
GgufPlan planGguf(const Checkpoint& checkpoint, const GgufTypes& types, const QString& program);

/// Writes the plan's file, rows in parallel; returns its size. Throws Error and Cancelled.
std::int64_t writeGgufModel(const QString& path, const Checkpoint& checkpoint, const GgufPlan& plan,
                            Progress& progress);

} // namespace halftone
