// SPDX-License-Identifier: GPL-3.0-or-later
// A file that appears whole or not at all: written beside its place, synced, renamed.
#pragma once

#include <QSaveFile>
#include <QString>
#include <cstddef>
#include <cstdint>

namespace halftone {

/// Every function throws Error naming the path and the system's reason (no space, no rights); what
/// was not committed is removed.
class OutputFile
{
public:
    explicit OutputFile(const QString& path);
    void write(const void* data, std::size_t size);
    /// Zeros up to the next multiple of `alignment`.
    void pad(std::size_t alignment);
    std::int64_t position() const { return m_position; }
    /// Returns the file's size.
    std::int64_t commit();

private:
    [[noreturn]] void fail(const QString& reason);
    QSaveFile m_file;
    QString m_path;
    std::int64_t m_position = 0;
};

} // namespace halftone
