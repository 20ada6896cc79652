// SPDX-License-Identifier: GPL-3.0-or-later
// The numbers of a transformer of the Llama family, whatever file they came from. Read from
// config.json or from GGUF metadata, and checked against the tensors.
#pragma once

#include "base/matrix.h"
#include "checkpoint/checkpoint.h"
#include "compute/backend.h"

#include <QString>
#include <array>
#include <span>
#include <vector>

namespace halftone {

/// The linear layers of one block, in the order they run.
enum class Linear { Query, Key, Value, Output, Gate, Up, Down };
inline constexpr std::array kLinears{Linear::Query, Linear::Key,  Linear::Value, Linear::Output,
                                     Linear::Gate,  Linear::Up,   Linear::Down};
/// "q", "k", "v", "o", "gate", "up", "down"
QString shortName(Linear linear);

/// The points of a block where linear layers share one input.
enum class Stage { QueryKeyValue, Output, GateUp, Down };
inline constexpr std::array kStages{Stage::QueryKeyValue, Stage::Output, Stage::GateUp, Stage::Down};
std::span<const Linear> linearsOf(Stage stage);

/// How rotary frequencies are stretched for contexts longer than the trained one.
struct RopeScaling
{
    enum class Kind { None, Linear, Dynamic, Yarn, Llama3, LongRope };
    Kind kind = Kind::None;
    double factor = 1;
    double originalContext = 0;
    double lowFrequencyFactor = 1;  ///< Llama3
    double highFrequencyFactor = 4; ///< Llama3
    double betaFast = 32;           ///< Yarn
    double betaSlow = 1;            ///< Yarn
    double attentionFactor = 0;     ///< multiplies cosine and sine; 0 means the kind's own rule
    double mscale = 0;              ///< Yarn, as DeepSeek writes it
    double mscaleAllDim = 0;        ///< Yarn
    bool truncate = true;           ///< Yarn: round the correction range to whole dimensions
    std::vector<double> longFactor, shortFactor; ///< LongRope, one per pair
    std::vector<double> frequencyFactor;         ///< GGUF's rope_freqs.weight: divides each frequency
};

/// Names of a model's tensors; %1 is the block.
struct TensorNames
{
    QString embedding, finalNorm, head, attentionNorm, mlpNorm, queryNorm, keyNorm;
    std::array<QString, kLinears.size()> linears; ///< without ".weight" and ".bias"

    QString weight(Linear linear, Index block) const;
    QString bias(Linear linear, Index block) const;
};

struct ModelConfig
{
    QString architecture;   ///< "LlamaForCausalLM", or GGUF's "llama"
    Index blocks = 0;
    Index hidden = 0;
    Index feedForward = 0;
    Index heads = 0;
    Index keyHeads = 0;
    Index headWidth = 0;
    Index vocabulary = 0;
    Index context = 0;      ///< longest sequence the model was made for
    Index slidingWindow = 0;
    float normEpsilon = 1e-5f;
    double ropeBase = 10000;
    Index rotaryWidth = 0;  ///< turned elements of each head
    RotaryStyle rotaryStyle = RotaryStyle::Halves;
    RopeScaling scaling;
    bool tiedEmbeddings = false;
    bool queryKeyNorms = false;
    TensorNames names;

    /// Reads and checks: every tensor the blocks need is there with the shape the numbers ask for.
    /// Throws Error for an unknown architecture or a contradiction, naming the tensor and both shapes.
    static ModelConfig of(const Checkpoint& checkpoint);

    /// outputs x inputs of a linear layer.
    std::array<Index, 2> shape(Linear linear) const;
    /// Weights of all linear layers of all blocks.
    std::int64_t linearWeights() const;
};

} // namespace halftone
