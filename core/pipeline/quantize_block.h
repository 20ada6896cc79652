// SPDX-License-Identifier: GPL-3.0-or-later
// One block of the model: observed, coded layer by layer, its floats replaced by what the codes mean.
// Which block, and what becomes of the bits, is the run's matter.
#pragma once

#include "calibrate/observe_block.h"
#include "export/report.h"
#include "packed/packed_matrix.h"
#include "pipeline/recipe.h"

#include <functional>
#include <future>
#include <optional>
#include <vector>

namespace halftone {

struct CodedLayer
{
    PackedMatrix packed;
    std::optional<ElementType> blockType; ///< set: the layer is stored as `blocks` of this type of ggml's
    std::vector<std::byte> blocks;
    LayerReport report;
};

/// A layer whose codes are being packed on other threads while the backend goes on. get() throws Error.
using PendingLayer = std::shared_future<CodedLayer>;

struct BlockTimes
{
    double observe = 0, code = 0;
};

/// Says how far the block is: the layer at work and the share of the block's work done.
using BlockListener = std::function<void(const QString& stage, const QString& item, double share)>;

bool needsHessian(const Recipe& recipe, const ModelConfig& config, Index block, Stage stage);
/// Whether every stage of every block is observed by itself, so that each can go on from the one before
/// (Streams::codedBetween) instead of from the block's inputs.
bool goesOnFromStages(const Recipe& recipe, const ModelConfig& config);

/// Codes the seven linear layers of block `index`, in order. `block` holds the original floats and
/// ends with the coded ones; `streams` are not moved on. Throws Error and Cancelled.
std::vector<PendingLayer> quantizeBlock(Transformer& model, Index index, Block& block,
                                        const Streams& streams, const Recipe& recipe,
                                        Progress& progress, const BlockListener& listener,
                                        BlockTimes& times);

} // namespace halftone
