// SPDX-License-Identifier: GPL-3.0-or-later
// Writes safetensors files, all or nothing. Knows bytes, not what they mean.
#pragma once

#include "base/progress.h"
#include "export/output_file.h"

#include <QString>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <span>
#include <string>
#include <vector>

namespace halftone {

struct SafetensorsEntry
{
    QString name;
    const char* type = "U8";          ///< as the format writes it: "F32", "F16", "BF16", "U8", ...
    std::vector<std::int64_t> shape;
    std::span<const std::byte> bytes; ///< row-major, little endian; must live until it is written
};

/// Writes beside `path`, syncs and renames. Data begins at a multiple of 64 bytes and entries keep
/// their order. Throws Error naming the path and the system's reason (no
/// space, no rights); nothing is left behind then. Equal input gives equal bytes. Returns the file's
/// size.
std::int64_t writeSafetensors(const QString& path, std::span<const SafetensorsEntry> entries,
                              const std::map<std::string, std::string>& metadata);

/// A tensor whose bytes come when their turn is there.
struct ShardTensor
{
    QString name;
    const char* type = "F16";
    std::vector<std::int64_t> shape;
    std::int64_t bytes = 0;
};

/// Hands over the bytes of tensor number `index`, in pieces and in order.
using PutBytes = std::function<void(std::span<const std::byte>)>;
using ShardBytes = std::function<void(std::size_t index, const PutBytes& put)>;

/// The tensors as model.safetensors, or as shards of at most shardBytes (but for one larger tensor)
/// with their index, under Hugging Face's names. Nothing is held. Throws Error, also when a tensor got
/// other than its bytes, and Cancelled.
void writeShards(OutputFolder& folder, std::span<const ShardTensor> tensors, std::int64_t shardBytes,
                 const ShardBytes& bytes, Progress& progress);
/// What writeShards will come to, headers and index included, but for some bytes of filling.
std::int64_t shardsBytes(std::span<const ShardTensor> tensors);

/// The index that joins shards: tensor name to file name, and the sum of the tensors' bytes.
QByteArray shardIndex(const std::map<std::string, std::string>& shardOfTensor,
                      std::int64_t tensorBytes);

} // namespace halftone
