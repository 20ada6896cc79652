// SPDX-License-Identifier: GPL-3.0-or-later
// One safetensors file: the parser, and a lone file as a checkpoint. Knows nothing of shards and
// their index (huggingface.h).
#pragma once

#include "base/tensor_view.h"
#include "checkpoint/formats.h"

#include <map>
#include <string>

namespace halftone {

/// The header as the reference implementation limits it.
inline constexpr std::uint64_t kSafetensorsHeaderLimit = 100'000'000;

struct SafetensorsContent
{
    std::vector<TensorView> tensors;              ///< by position in the file; bytes lie in it
    std::map<std::string, std::string> metadata;  ///< __metadata__
};

/// Reads the header of a whole file. `what` names it in errors. Throws Error unless the header is
/// well formed, every type is known, and the tensors cover the data without overlaps and holes.
SafetensorsContent parseSafetensors(std::span<const std::byte> file, const QString& what);

bool recognisesSafetensors(const FirstLook& look);
/// A lone file; takes config.json beside it if there is one. Throws Error.
std::shared_ptr<const Checkpoint> openSafetensors(const QString& path);

} // namespace halftone
