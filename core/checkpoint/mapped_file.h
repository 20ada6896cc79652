// SPDX-License-Identifier: GPL-3.0-or-later
// A file mapped read-only into memory, with bounds-checked slices. Survives the file being shortened
// by someone else: the lost part then reads as zeros and checkIntact() throws. Parses nothing.
#pragma once

#include <QString>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>

namespace halftone {

class MappedFile
{
public:
    /// Maps a regular file. Throws Error when it is missing, not a file, or may not be read.
    static std::shared_ptr<MappedFile> open(const QString& path);
    ~MappedFile();
    MappedFile(const MappedFile&) = delete;
    MappedFile& operator=(const MappedFile&) = delete;

    const QString& path() const { return m_path; }
    std::span<const std::byte> bytes() const { return m_bytes; }

    /// Bytes [offset, offset + length). Throws Error when they do not lie within the file.
    std::span<const std::byte> slice(std::uint64_t offset, std::uint64_t length) const;

    /// Asks the system to read a part of bytes() ahead of its use.
    void willNeed(std::span<const std::byte> part) const;

    /// Lets the system drop the whole pages within a part of bytes() from memory; reading brings them back.
    void release(std::span<const std::byte> part) const;

    /// Throws Error when the file was shortened, or a part could not be read, since it was opened.
    /// Call after reading and before trusting what was read. Thread-safe and cheap (one fstat).
    void checkIntact() const;

private:
    MappedFile() = default;

    QString m_path;
    std::span<const std::byte> m_bytes;
    int m_descriptor = -1;
    int m_slot = -1; ///< row of the table that the SIGBUS handler searches
};

} // namespace halftone
