// SPDX-License-Identifier: GPL-3.0-or-later
#include "export/safetensors_writer.h"

#include "base/error.h"

#include <algorithm>
#include <bit>
#include <nlohmann/json.hpp>

namespace halftone {

namespace {

static_assert(std::endian::native == std::endian::little, "safetensors is little endian");

std::int64_t bytesOf(const SafetensorsEntry& e) { return static_cast<std::int64_t>(e.bytes.size()); }
std::int64_t bytesOf(const ShardTensor& t) { return t.bytes; }

// Padded with spaces, as the format suggests, so that the data begins aligned.
template <class Entry>
std::string headerOf(std::span<const Entry> entries, const std::map<std::string, std::string>& metadata)
{
    nlohmann::ordered_json header;
    if (!metadata.empty())
        header["__metadata__"] = metadata;
    std::int64_t offset = 0;
    for (const Entry& e : entries) {
        header[e.name.toStdString()] = {{"dtype", e.type},
                                        {"shape", e.shape},
                                        {"data_offsets", {offset, offset + bytesOf(e)}}};
        offset += bytesOf(e);
    }
    std::string text = header.dump();
    text.resize((text.size() + 8 + 63) / 64 * 64 - 8, ' ');
    return text;
}

void writeHeader(OutputFile& out, const std::string& header)
{
    const std::uint64_t size = header.size();
    out.write(&size, sizeof size);
    out.write(header.data(), header.size());
}

// Which shard each tensor is in: as many as fit, in order.
std::vector<std::size_t> shardsOf(std::span<const ShardTensor> tensors, std::int64_t most)
{
    std::vector<std::size_t> out;
    std::size_t shard = 0;
    std::int64_t filled = 0;
    for (const ShardTensor& t : tensors) {
        if (filled > 0 && filled + t.bytes > most) {
            ++shard;
            filled = 0;
        }
        filled += t.bytes;
        out.push_back(shard);
    }
    return out;
}

} // namespace

std::int64_t writeSafetensors(const QString& path, std::span<const SafetensorsEntry> entries,
                              const std::map<std::string, std::string>& metadata)
{
    OutputFile out(path);
    writeHeader(out, headerOf(entries, metadata));
    for (const SafetensorsEntry& e : entries)
        out.write(e.bytes.data(), e.bytes.size());
    return out.commit();
}

std::int64_t shardsBytes(std::span<const ShardTensor> tensors)
{
    std::int64_t bytes = static_cast<std::int64_t>(headerOf(tensors, {{"format", "pt"}}).size());
    for (const ShardTensor& t : tensors)
        bytes += t.bytes;
    return bytes;
}

void writeShards(OutputFolder& folder, std::span<const ShardTensor> tensors, std::int64_t shardBytes,
                 const ShardBytes& bytes, Progress& progress)
{
    const std::vector<std::size_t> shardOf = shardsOf(tensors, shardBytes);
    const std::size_t shards = shardOf.empty() ? 1 : shardOf.back() + 1;
    const std::int64_t all = std::max<std::int64_t>(1, shardsBytes(tensors));
    std::map<std::string, std::string> fileOf;
    std::int64_t done = 0, tensorBytes = 0;
    for (std::size_t shard = 0, first = 0; shard < shards; ++shard) {
        std::size_t end = first;
        while (end < tensors.size() && shardOf[end] == shard)
            ++end;
        const QString name = shards == 1 ? QStringLiteral("model.safetensors")
                                         : QStringLiteral("model-%1-of-%2.safetensors")
                                               .arg(shard + 1, 5, 10, QLatin1Char('0'))
                                               .arg(shards, 5, 10, QLatin1Char('0'));
        OutputFile out(folder.filePath(name));
        writeHeader(out, headerOf(tensors.subspan(first, end - first), {{"format", "pt"}}));
        for (std::size_t i = first; i < end; ++i) {
            const ShardTensor& t = tensors[i];
            fileOf[t.name.toStdString()] = name.toStdString();
            const std::int64_t begin = out.position();
            bytes(i, [&](std::span<const std::byte> piece) {
                progress.advance(tr("Writing"), t.name, static_cast<double>(done) / static_cast<double>(all));
                out.write(piece.data(), piece.size());
                done += static_cast<std::int64_t>(piece.size());
            });
            if (out.position() - begin != t.bytes)
                throw Error(tr("Tensor '%1' came to %2 bytes instead of %3.")
                                .arg(t.name).arg(out.position() - begin).arg(t.bytes));
            tensorBytes += t.bytes;
        }
        const QString hash = out.sha256();
        folder.add({name, out.commit(), hash});
        first = end;
    }
    if (shards > 1)
        folder.write(QStringLiteral("model.safetensors.index.json"), shardIndex(fileOf, tensorBytes));
}

QByteArray shardIndex(const std::map<std::string, std::string>& shardOfTensor,
                      std::int64_t tensorBytes)
{
    const nlohmann::json index{{"metadata", {{"total_size", tensorBytes}}},
                               {"weight_map", shardOfTensor}};
    return QByteArray::fromStdString(index.dump(2) + "\n");
}

} // namespace halftone
