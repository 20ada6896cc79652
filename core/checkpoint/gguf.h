// SPDX-License-Identifier: GPL-3.0-or-later
// GGUF files of versions 2 and 3: the parser and the checkpoint. The blocks of its quantized types are
// decoded by dequantize.h.
#pragma once

#include "base/tensor_view.h"
#include "checkpoint/formats.h"

#include <optional>

namespace halftone {

/// A row of ggml's list of types: its number in files, its name, and ours if we can read it.
struct GgmlType
{
    std::uint32_t number;
    const char* name;
    std::optional<ElementType> type;
};
std::span<const GgmlType> ggmlTypes();

struct GgufContent
{
    std::uint32_t version = 3;
    std::uint64_t alignment = 32;
    nlohmann::json metadata = nlohmann::json::object(); ///< every pair, flat
    std::vector<TensorView> tensors;                    ///< in the order of the file's list
};

/// Reads the header of a whole file. `what` names it in errors. Throws Error for anything that lies
/// outside the file, overlaps, repeats a name or key, or has a type we cannot read (by name).
GgufContent parseGguf(std::span<const std::byte> file, const QString& what);

bool recognisesGguf(const FirstLook& look);
std::shared_ptr<const Checkpoint> openGguf(const QString& path);

} // namespace halftone
