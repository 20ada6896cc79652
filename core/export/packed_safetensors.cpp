// SPDX-License-Identifier: GPL-3.0-or-later
#include "export/packed_safetensors.h"

#include "base/error.h"
#include "checkpoint/packed_folder.h"
#include "export/safe_file.h"

#include <algorithm>
#include <cstring>
#include <nlohmann/json.hpp>

namespace halftone {

namespace {

using Json = nlohmann::ordered_json;

// The names of the format's specification; null for types it does not know.
const char* safetensorsType(ElementType type)
{
    switch (type) {
    case ElementType::F64: return "F64";
    case ElementType::F32: return "F32";
    case ElementType::F16: return "F16";
    case ElementType::BF16: return "BF16";
    case ElementType::I64: return "I64";
    case ElementType::I32: return "I32";
    case ElementType::I16: return "I16";
    case ElementType::I8: return "I8";
    case ElementType::U8: return "U8";
    case ElementType::Bool: return "BOOL";
    default: return nullptr;
    }
}

} // namespace

SafetensorsWriter::SafetensorsWriter(const QString& path) : m_path(path)
{
}

void SafetensorsWriter::add(const QString& name, ElementType type,
                            const std::vector<std::int64_t>& shape,
                            std::span<const std::byte> bytes, std::shared_ptr<const void> owner)
{
    if (!safetensorsType(type))
        throw Error(tr("Tensor '%1' is %2, which a safetensors file cannot hold: convert it first.")
                        .arg(name, halftone::name(type)));
    if (std::find(m_names.begin(), m_names.end(), name) != m_names.end())
        throw Error(tr("Tensor '%1' is written twice to '%2'.").arg(name, m_path));
    std::int64_t elements = 1;
    bool fits = true;
    for (const std::int64_t extent : shape)
        fits = fits && extent >= 0 && !__builtin_mul_overflow(elements, extent, &elements);
    const auto expected = fits ? storedBytes(type, elements, shape.empty() ? 1 : shape.back())
                               : std::nullopt;
    if (!expected || *expected != static_cast<std::int64_t>(bytes.size()))
        throw Error(tr("Tensor '%1' has %2 bytes, which is not what its shape needs.")
                        .arg(name).arg(bytes.size()));
    m_names.push_back(name);
    m_entries.push_back({type, shape, bytes, std::move(owner)});
    m_dataBytes += *expected;
}

void SafetensorsWriter::add(const QString& name, const PackedMatrix& matrix)
{
    add(name + kPackedSuffix, ElementType::U8, {static_cast<std::int64_t>(matrix.bytes.size())},
        matrix.bytes, matrix.owner);
}

void SafetensorsWriter::setMetadata(const QString& key, const QString& value)
{
    m_metadata[key] = value;
}

void SafetensorsWriter::finish()
{
    Json header = Json::object();
    for (const auto& [key, value] : m_metadata)
        header["__metadata__"][key.toStdString()] = value.toStdString();
    std::int64_t at = 0;
    for (std::size_t i = 0; i < m_entries.size(); ++i) {
        const Entry& entry = m_entries[i];
        const std::int64_t end = at + static_cast<std::int64_t>(entry.bytes.size());
        header[m_names[i].toStdString()] = {{"dtype", safetensorsType(entry.type)},
                                            {"shape", entry.shape},
                                            {"data_offsets", {at, end}}};
        at = end;
    }
    std::string text = header.dump();
    text.resize((text.size() + 7) / 8 * 8, ' '); // so that the data begins at a multiple of 8
    const auto length = static_cast<std::uint64_t>(text.size());
    SafeFile file(m_path);
    file.write(std::as_bytes(std::span(&length, 1)));
    file.write(std::as_bytes(std::span(text)));
    for (const Entry& entry : m_entries)
        file.write(entry.bytes);
    file.commit();
}

void writeSafetensorsIndex(const QString& folder, const std::map<QString, QString>& files,
                           std::int64_t totalBytes)
{
    Json index;
    index["metadata"]["total_size"] = totalBytes;
    index["weight_map"] = Json::object();
    for (const auto& [tensor, file] : files)
        index["weight_map"][tensor.toStdString()] = file.toStdString();
    writeSafely(folder + QStringLiteral("/model.safetensors.index.json"),
                QByteArray::fromStdString(index.dump(2)) + '\n');
}

} // namespace halftone
