// SPDX-License-Identifier: GPL-3.0-or-later
// A Hugging Face folder: config.json and one or several safetensors files joined by an index. The
// bytes of the files are safetensors.h's business.
#pragma once

#include "checkpoint/formats.h"

namespace halftone {

/// A folder with safetensors, an index, or a shard that the index beside it names.
bool recognisesHuggingFace(const FirstLook& look);

/// Opens any of these. Throws Error for a missing shard, a shard that lacks what the index promises,
/// a tensor in two shards, and shard names that lead out of the folder.
std::shared_ptr<const Checkpoint> openHuggingFace(const QString& path);

} // namespace halftone
