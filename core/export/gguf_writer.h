// SPDX-License-Identifier: GPL-3.0-or-later
// Writes one GGUF file of version 3, all or nothing. Knows pairs and tensors, not models.
#pragma once

#include "base/element_type.h"

#include <QString>
#include <functional>
#include <nlohmann/json.hpp>
#include <span>
#include <vector>

namespace halftone {

struct GgufTensor
{
    QString name;
    ElementType type = ElementType::F32;
    std::vector<std::int64_t> shape; ///< row-major, outermost first
};

/// Fills the bytes of rows [rowBegin, rowBegin + rowCount) of tensor number `index`.
using GgufRows = std::function<void(std::size_t index, std::int64_t rowBegin, std::int64_t rowCount,
                                    std::span<std::byte> out)>;

/// A text of the metadata that is known only at the end. Its place is held by as many zeros ("0").
struct GgufLate
{
    std::string key;
    /// Called once all data is written; gets the SHA-256 of the file with the zeros in place.
    std::function<QString(const QString& sha256)> value;
};
/// How many characters a late text has.
inline constexpr int kLateCharacters = 64;

/// Bytes of the tensors' data, each begun at a multiple of 32.
std::int64_t ggufDataBytes(std::span<const GgufTensor> tensors);

/// `metadata` is flat: strings, flags, numbers and arrays of them. Whole numbers are written as U32,
/// negative or larger ones as I32, U64 or I64, others as F32; those keys whose type llama.cpp insists
/// on (token types, scores) have theirs. The rows of a tensor are asked for in pieces of some
/// megabytes, in order. Returns the file's size. Throws Error; nothing is left behind then.
std::int64_t writeGguf(const QString& path, const nlohmann::json& metadata,
                       std::span<const GgufTensor> tensors, const GgufRows& rows,
                       std::span<const GgufLate> late = {});

/// Of everything in front of the tensors' data.
std::int64_t ggufHeaderBytes(const nlohmann::json& metadata, std::span<const GgufTensor> tensors);

} // namespace halftone
