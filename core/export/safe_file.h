// SPDX-License-Identifier: GPL-3.0-or-later
// Writes a file beside its place, syncs it and renames it: readers see the old file, or the new one,
// never half of one, even after a power cut.
#pragma once

#include <QFile>
#include <QString>
#include <cstddef>
#include <span>

namespace halftone {

class SafeFile
{
public:
    /// Opens "<path>.part" for writing. Throws Error.
    explicit SafeFile(const QString& path);
    /// Removes the part that was not committed.
    ~SafeFile();
    SafeFile(const SafeFile&) = delete;
    SafeFile& operator=(const SafeFile&) = delete;

    /// Throws Error, naming the path and the system's reason (a full disk).
    void write(std::span<const std::byte> bytes);
    void commit();

private:
    [[noreturn]] void fail(const QString& reason) const;

    QString m_path;
    QFile m_part;
    bool m_committed = false;
};

/// A whole file at once.
void writeSafely(const QString& path, const QByteArray& content);

} // namespace halftone
