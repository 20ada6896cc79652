// SPDX-License-Identifier: GPL-3.0-or-later
// Halftone's own folder: a Hugging Face folder in which some matrices are stored packed, as tensors
// "<name>.packed" (resources/format/packed-format.md). Reads like the original model.
#pragma once

#include "checkpoint/formats.h"

namespace halftone {

/// quantization_config.quant_method in config.json.
inline const QString kPackedQuantMethod = QStringLiteral("halftone");
/// quantization_config.format_version; greater ones are refused.
constexpr int kPackedFormatVersion = 1;
/// Ends the name of a tensor that holds a packed matrix.
inline const QString kPackedSuffix = QStringLiteral(".packed");

bool recognisesPackedFolder(const FirstLook& look);

/// The folder, its index or one of its files. Throws Error as openHuggingFace does, and for packed
/// matrices that are damaged.
std::shared_ptr<const Checkpoint> openPackedFolder(const QString& path);

} // namespace halftone
