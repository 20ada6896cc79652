// SPDX-License-Identifier: GPL-3.0-or-later
// Writes one safetensors file, all or nothing. Knows bytes, not what they mean.
#pragma once

#include <QString>
#include <cstddef>
#include <cstdint>
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

/// The index that joins shards: tensor name to file name, and the sum of the tensors' bytes.
QByteArray shardIndex(const std::map<std::string, std::string>& shardOfTensor,
                      std::int64_t tensorBytes);

} // namespace halftone
