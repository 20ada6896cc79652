// SPDX-License-Identifier: GPL-3.0-or-later
// Writes the files of a packed folder: shards, config, tokenizer, index. What is in them is decided
// elsewhere; the format is resources/format/packed-format.md.
#pragma once

#include "checkpoint/checkpoint.h"
#include "export/report.h"
#include "pipeline/quantize_block.h"
#include "pipeline/recipe.h"
#include "pipeline/run_store.h"

#include <vector>

namespace halftone {

/// Shard of one block: its packed layers, its norms and biases as they came, and the layers' reports
/// in the file's metadata, from where a resumed run reads them.
void writeBlockShard(const RunStore& store, Index shard, const Checkpoint& source,
                     const ModelConfig& config, Index block, const std::vector<CodedLayer>& layers);

/// The reports that writeBlockShard left in a shard.
std::vector<LayerReport> reportsOfShard(const Checkpoint& shard);

/// Shard 0: every tensor that is in no block; embedding and head coded when the recipe says so.
void writeOuterShard(const RunStore& store, const Checkpoint& source, const ModelConfig& config,
                     const Recipe& recipe, ComputeBackend& backend, Progress& progress);

/// config.json, the tokenizer's files or the GGUF metadata, and the index of the shards.
void writeSmallFiles(const RunStore& store, const Checkpoint& source, const ModelConfig& config,
                     const Recipe& recipe);

/// Sizes of source and result, by part, from the files as they are.
SizeReport measureSizes(const Checkpoint& source, const Checkpoint& packed, const ModelConfig& config,
                        const std::vector<LayerReport>& layers);

} // namespace halftone
