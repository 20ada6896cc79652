// SPDX-License-Identifier: GPL-3.0-or-later
// An open model, whatever file it came from, in the words of a Hugging Face folder: tensor names, rows
// in that order, config.json, tokenizer. What the weights are written as is the targets' matter.
#pragma once

#include "export/output_file.h"
#include "export/targets.h"
#include "model/config.h"

namespace halftone {

/// How a tensor changes when the residual stream is turned by an orthogonal matrix R (Ashkboos et al. 2024, QuaRot).
enum class Turn {
    None,
    Inputs,  ///< reads the stream: W diag(gain) R
    Outputs, ///< writes it: R^T W; of a bias b R
    Gain,    ///< a gain that has gone into the layers behind it: ones
};

struct FolderTensor
{
    QString name;            ///< as transformers calls it
    QString source;          ///< the checkpoint's name
    std::vector<std::int64_t> shape;
    QString part;            ///< ExportPart::id
    bool linear = false;     ///< the weight of a linear layer within a block
    Index heads = 0;         ///< heads whose rows are turned from neighbours to halves, 0 for none
    Turn turn = Turn::None;
    QString gain{};          ///< Turn::Inputs: the checkpoint's name of the norm before it; empty: none
};

/// Every tensor that the model needs; embedding first, then blocks, final norm, untied head.
std::vector<FolderTensor> huggingFaceTensors(const Checkpoint& checkpoint, const ModelConfig& config);

/// The same model in another basis, with an untied head: gains of norms go into the layers behind them, and R into all
/// that reads or writes the residual stream. What quantizes it needs no turned inputs.
std::vector<FolderTensor> turnedTensors(std::vector<FolderTensor> tensors, const ModelConfig& config);

/// The checkpoint's row that becomes row `row` of the folder's tensor.
std::int64_t huggingFaceRow(const FolderTensor& tensor, std::int64_t row);

/// Rows of a folder's tensors as floats; holds at most one packed tensor.
class FolderRows
{
public:
    explicit FolderRows(const Checkpoint& checkpoint) : m_checkpoint(checkpoint) {}
    /// out.size() is rowCount * columns, row-major. Vectors are one row.
    void read(const FolderTensor& tensor, std::int64_t rowBegin, std::int64_t rowCount, std::span<float> out);

private:
    void readStored(const FolderTensor& tensor, std::int64_t rowBegin, std::int64_t rowCount, std::span<float> out);

    const Checkpoint& m_checkpoint;
    QString m_held;
    Matrix m_values;
};

/// config.json, without any quantization_config; `dtype` is "float16", "bfloat16" or "float32". Throws
/// Error when the model's rope scaling cannot be told in it.
nlohmann::json huggingFaceConfig(const Checkpoint& checkpoint, const ModelConfig& config, const char* dtype);

/// Tokenizer, generation settings and licence: copied from a folder, translated from GGUF. Returns what
/// could not be carried, one sentence each.
QStringList writeTokenizerFiles(OutputFolder& folder, const Checkpoint& checkpoint, const Progress& progress);
/// Their size, and the same sentences, without writing.
std::int64_t tokenizerBytes(const Checkpoint& checkpoint, QStringList& notes);

} // namespace halftone
