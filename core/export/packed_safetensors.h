// SPDX-License-Identifier: GPL-3.0-or-later
// Writes safetensors files, packed matrices among them, and the index that joins several. What goes
// into which file is the caller's choice.
#pragma once

#include "base/element_type.h"
#include "packed/packed_matrix.h"

#include <QString>
#include <map>
#include <memory>
#include <span>
#include <vector>

namespace halftone {

/// Collects tensors of one file, then writes it in one go: nothing is on disk before finish().
class SafetensorsWriter
{
public:
    explicit SafetensorsWriter(const QString& path);

    /// bytes are row-major, little endian, and stay valid until finish(); owner may keep them alive.
    /// Throws Error for a name used twice, a type safetensors has no name for (block-quantized ones),
    /// or a shape that needs another number of bytes.
    void add(const QString& name, ElementType type, const std::vector<std::int64_t>& shape,
             std::span<const std::byte> bytes, std::shared_ptr<const void> owner = {});
    /// As tensor "<name>.packed", U8.
    void add(const QString& name, const PackedMatrix& matrix);
    /// A pair of the file's __metadata__.
    void setMetadata(const QString& key, const QString& value);

    /// Tensors in the order added. Throws Error when the disk is full or may not be written.
    void finish();

    /// Names as in the file, in order, and the bytes of all tensors.
    const std::vector<QString>& names() const { return m_names; }
    std::int64_t dataBytes() const { return m_dataBytes; }

private:
    struct Entry
    {
        ElementType type;
        std::vector<std::int64_t> shape;
        std::span<const std::byte> bytes;
        std::shared_ptr<const void> owner;
    };

    QString m_path;
    std::vector<QString> m_names;
    std::vector<Entry> m_entries;
    std::map<QString, QString> m_metadata;
    std::int64_t m_dataBytes = 0;
};

/// Writes model.safetensors.index.json into a folder: tensor name -> file name, and the bytes of all
/// tensors. Throws Error.
void writeSafetensorsIndex(const QString& folder, const std::map<QString, QString>& files,
                           std::int64_t totalBytes);

} // namespace halftone
