// SPDX-License-Identifier: GPL-3.0-or-later
#include "export/safetensors_writer.h"

#include "base/error.h"

#include <QSaveFile>
#include <algorithm>
#include <bit>
#include <cerrno>
#include <cstring>
#include <nlohmann/json.hpp>
#include <unistd.h>

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

class Output
{
public:
    explicit Output(const QString& path) : m_file(path), m_path(path)
    {
        if (!m_file.open(QIODevice::WriteOnly))
            fail(m_file.errorString());
    }
    void write(const void* data, std::size_t size)
    {
        constexpr std::size_t kPiece = std::size_t{64} << 20;
        const char* at = static_cast<const char*>(data);
        while (size > 0) {
            const std::size_t piece = std::min(size, kPiece);
            if (m_file.write(at, static_cast<qint64>(piece)) != static_cast<qint64>(piece))
                fail(m_file.errorString());
            at += piece;
            size -= piece;
        }
    }
    std::int64_t commit()
    {
        if (!m_file.flush())
            fail(m_file.errorString());
        if (::fsync(m_file.handle()) != 0)
            fail(QString::fromLocal8Bit(std::strerror(errno)));
        const qint64 size = m_file.size();
        if (!m_file.commit())
            fail(m_file.errorString());
        return size;
    }

private:
    [[noreturn]] void fail(const QString& reason)
    {
        throw Error(tr("'%1' cannot be written: %2.").arg(m_path, reason));
    }
    QSaveFile m_file; // removes its temporary file unless committed
    QString m_path;
};

} // namespace

std::int64_t writeSafetensors(const QString& path, std::span<const SafetensorsEntry> entries,
                              const std::map<std::string, std::string>& metadata)
{
    const std::string header = headerOf(entries, metadata);
    const std::uint64_t size = header.size();
    Output out(path);
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
