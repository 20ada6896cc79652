// SPDX-License-Identifier: GPL-3.0-or-later
#include "export/safetensors_writer.h"

#include "export/output_file.h"

#include <bit>
#include <nlohmann/json.hpp>

namespace halftone {

namespace {

static_assert(std::endian::native == std::endian::little, "safetensors is little endian");

// Padded with spaces, as the format suggests, so that the data begins aligned.
std::string headerOf(std::span<const SafetensorsEntry> entries,
                     const std::map<std::string, std::string>& metadata)
{
    nlohmann::ordered_json header;
    if (!metadata.empty())
        header["__metadata__"] = metadata;
    std::uint64_t offset = 0;
    for (const SafetensorsEntry& e : entries) {
        header[e.name.toStdString()] = {{"dtype", e.type},
                                        {"shape", e.shape},
                                        {"data_offsets", {offset, offset + e.bytes.size()}}};
        offset += e.bytes.size();
    }
    std::string text = header.dump();
    text.resize((text.size() + 8 + 63) / 64 * 64 - 8, ' ');
    return text;
}

} // namespace

std::int64_t writeSafetensors(const QString& path, std::span<const SafetensorsEntry> entries,
                              const std::map<std::string, std::string>& metadata)
{
    const std::string header = headerOf(entries, metadata);
    const std::uint64_t size = header.size();
    OutputFile out(path);
    out.write(&size, sizeof size);
    out.write(header.data(), header.size());
    for (const SafetensorsEntry& e : entries)
        out.write(e.bytes.data(), e.bytes.size());
    return out.commit();
}

QByteArray shardIndex(const std::map<std::string, std::string>& shardOfTensor,
                      std::int64_t tensorBytes)
{
    const nlohmann::json index{{"metadata", {{"total_size", tensorBytes}}},
                               {"weight_map", shardOfTensor}};
    return QByteArray::fromStdString(index.dump(2) + "\n");
}

} // namespace halftone
