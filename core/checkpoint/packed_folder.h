// SPDX-License-Identifier: GPL-3.0-or-later
// Halftone's own folder as a checkpoint: packed matrices under the names of the tensors they stand
// for, everything else in the type it came in (resources/format/packed-format.md). It is read like any
// other model; writing it is export's matter.
#pragma once

#include "checkpoint/formats.h"

#include <QStringList>

namespace halftone {

/// Endings of tensor names in the files: a packed matrix, and a tensor kept in a ggml type.
inline const QString kPackedEnding = QStringLiteral(".halftone");
inline const QString kGgmlEnding = QStringLiteral(".ggml.");
/// A GGUF source's metadata, with its tokenizer.
inline const QString kGgufMetadataFile = QStringLiteral("gguf-metadata.json");
inline constexpr int kPackedFolderVersion = 1;

/// A folder whose config.json names the quantization method "halftone", or a file in such a folder.
bool recognisesPackedFolder(const FirstLook& look);

/// Throws Error for a version this program does not know, a missing shard and damaged matrices.
std::shared_ptr<const Checkpoint> openPackedFolder(const QString& path);

/// Some shards only, before their folder is complete: an unfinished run's blocks.
std::shared_ptr<const Checkpoint> openPackedShards(const QStringList& files);

} // namespace halftone
