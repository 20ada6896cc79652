// SPDX-License-Identifier: GPL-3.0-or-later
// The model as something that runs, block by block: only the blocks a caller holds are floats.
// Windows go through one after another; nothing here remembers them.
#pragma once

#include "checkpoint/checkpoint.h"
#include "compute/backend.h"
#include "compute/ggml_inputs.h"
#include "model/config.h"
#include "packed/resident_matrix.h"

#include <array>
#include <functional>
#include <initializer_list>
#include <memory>
#include <optional>
#include <span>

namespace halftone {

/// One block, where the backend keeps it: floats, or matrices that stay packed.
struct Block
{
    Array attentionNorm, mlpNorm;               ///< 1 x hidden
    Array queryNorm, keyNorm;                   ///< 1 x headWidth, or empty
    std::array<Array, kLinears.size()> weights; ///< outputs x inputs; empty for a packed one
    std::array<std::shared_ptr<const ResidentMatrix>, kLinears.size()> packed; ///< or null
    std::array<Array, kLinears.size()> biases;  ///< 1 x outputs, or empty
    std::array<GgmlInputs, kLinears.size()> inputs{}; ///< of products with floats: see roundInputsAsLlamaCpp()

    Array& weight(Linear linear) { return weights[static_cast<std::size_t>(linear)]; }
    const Array& weight(Linear linear) const { return weights[static_cast<std::size_t>(linear)]; }
    const Array& bias(Linear linear) const { return biases[static_cast<std::size_t>(linear)]; }
};

/// What turns normed hidden states into logits: floats or packed, vocabulary x hidden.
struct Head
{
    Array floats;
    std::shared_ptr<const ResidentMatrix> packed;
    Index rows = 0;
    GgmlInputs inputs = GgmlInputs::AsTheyAre;
};

/// How products with weights run when the model stays packed.
struct PackedRun
{
    Activations activations = Activations::Int8;
    /// Matrices that are not packed, the head among them, are rounded to this width (2 to 8), with a
    /// scale for each 64 columns. With float activations they stay as they are.
    int keptBits = 8;
};

/// Keys and values of the tokens seen so far, for one block.
struct KeyValueCache
{
    Array keys, values; ///< capacity x keyHeads*headWidth
    Index used = 0;
};

class Transformer
{
public:
    /// Called with the input [t x inputs] that the linear layers of a stage share, and the residual
    /// stream [t x hidden] to which the stage's outcome is added (by Output and by Down).
    using Observer = std::function<void(Stage, const Array& input, const Array& residual)>;

    /// Reads the config and the small tensors. Throws Error when the checkpoint is no known model.
    Transformer(std::shared_ptr<const Checkpoint> checkpoint, ComputeBackend& backend);

    const ModelConfig& config() const { return m_config; }
    const Checkpoint& checkpoint() const { return *m_checkpoint; }
    ComputeBackend& backend() const { return m_backend; }

    /// Hidden states [t x hidden] of tokens. Throws Error for a token outside the vocabulary.
    Array embed(std::span<const int> tokens) const;
    Block loadBlock(Index block) const;

    /// From now on loadBlock and prepareHead leave packed matrices packed.
    void runPacked(const PackedRun& how) { m_packedRun = how; }
    bool runsPacked() const { return m_packedRun.has_value(); }
    /// From now on loadBlock and prepareHead say how llama.cpp would round the inputs of each product, by the type that
    /// the file stores the weights in, and products of floats round them so.
    void roundInputsAsLlamaCpp() { m_asLlamaCpp = true; }
    bool roundsInputsAsLlamaCpp() const { return m_asLlamaCpp; }

    /// hidden[t x hidden] becomes the block's output, in place; positions count from cache->used (0
    /// without a cache). The observer sees each stage's input. With `until`, stops right after that
    /// stage was observed and leaves hidden as it was.
    void runBlock(const Block& block, const Array& hidden, const Observer& observer = {},
                  const Stage* until = nullptr, KeyValueCache* cache = nullptr);
    /// The same in pieces, for a block whose layers change from stage to stage: brings a window to the input of
    /// `stage` from where runStage of the stage before left it in `between`, and shows it. hidden stays as it is.
    void runStage(Stage stage, const Block& block, const Array& hidden, const Array& between, const Observer& observer);
    /// After runStage of Down: hidden becomes the block's output, in place.
    void finishBlock(const Block& block, const Array& hidden, const Array& between);
    /// What a window of t tokens needs between two stages: t x betweenWidth().
    Array makeBetween(Index tokens) const;
    Index betweenWidth() const;
    KeyValueCache makeCache(Index capacity) const;

    /// The final norm of hidden [t x hidden], to be multiplied with the head's rows.
    Array normed(const Array& hidden);
    /// Reads the head (or the tied embedding) as floats, vocabulary x hidden.
    Array loadHead() const;
    /// The head as products take it, and logits[t x vocabulary] from normed [t x hidden].
    Head prepareHead() const;
    void multiplyHead(const Array& logits, const Array& normed, const Head& head) const;

    /// Bytes of one block as floats, and of the scratch space for windows of t tokens.
    std::int64_t blockBytes() const;
    std::int64_t scratchBytes(Index tokens) const;

private:
    // Working space for one window of `tokens` tokens, made when first needed.
    struct Scratch
    {
        Index tokens = 0;
        Array normed, queries, keys, values, context, sum, gate, up;
    };
    struct Angles
    {
        Index begin = -1, count = 0, sequence = 0;
        Array cosine, sine;
    };
    Scratch& scratch(Index tokens);
    const Angles& angles(Index begin, Index count, Index sequence);
    struct Projection
    {
        Linear linear;
        Array out;
    };
    void project(const Block& block, std::initializer_list<Projection> projections, const Array& input) const;
    void projectFloats(const Array& out, const Array& input, const Array& weight, GgmlInputs inputs) const;
    GgmlInputs inputsOf(const QString& tensor) const;
    bool runsInPlace(const TensorView& tensor) const;
    std::shared_ptr<const ResidentMatrix> loadPacked(const QString& name) const;
    void attend(const Block& block, Scratch& s, KeyValueCache* cache);
    void addAttention(const Block& block, const Array& sum, const Array& context, const Array& hidden) const;
    void gate(const Block& block, Scratch& s);
    Array contextIn(Array between) const;
    Array sumIn(Array between) const;

    std::shared_ptr<const Checkpoint> m_checkpoint;
    ComputeBackend& m_backend;
    ModelConfig m_config;
    std::optional<PackedRun> m_packedRun;
    bool m_asLlamaCpp = false;
    Array m_finalNorm;
    Scratch m_scratch;
    Angles m_angles;
};

} // namespace halftone
