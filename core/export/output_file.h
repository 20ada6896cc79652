// SPDX-License-Identifier: GPL-3.0-or-later
// A file that appears whole or not at all: written beside its place, synced, renamed. And a folder of
// such files, which does the same.
#pragma once

#include "base/sha256.h"

#include <QSaveFile>
#include <QString>
#include <cstddef>
#include <cstdint>
#include <vector>

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
    /// Writes over bytes already written; sha256() keeps speaking of the first ones.
    void rewrite(std::int64_t at, const QByteArray& bytes);
    std::int64_t position() const { return m_position; }
    /// Of all that was written, in order; ends the hashing.
    QString sha256() { return m_hash.hex(); }
    /// Returns the file's size.
    std::int64_t commit();

private:
    [[noreturn]] void fail(const QString& reason);
    QSaveFile m_file;
    QString m_path;
    Sha256 m_hash;
    std::int64_t m_position = 0;
};

/// What a file of a folder came to.
struct WrittenFile
{
    QString name;
    std::int64_t bytes = 0;
    QString sha256;
};

/// A folder that appears under its name once all its files are there. Destroyed before, it leaves
/// nothing. Throws Error like OutputFile.
class OutputFolder
{
public:
    /// `path` must not exist unless `overwrite`; then it must be a folder with a model's config.json,
    /// which commit() exchanges for the new one.
    OutputFolder(const QString& path, bool overwrite);
    ~OutputFolder();
    OutputFolder(const OutputFolder&) = delete;
    OutputFolder& operator=(const OutputFolder&) = delete;

    /// Where a file lies until the folder is committed. Throws Error for names with separators, "."
    /// and "..".
    QString filePath(const QString& name) const;
    void write(const QString& name, const QByteArray& bytes);
    void copy(const QString& from, const QString& name, const Progress& progress);
    /// Counts a file that somebody else wrote at filePath().
    void add(const WrittenFile& file) { m_files.push_back(file); }
    const std::vector<WrittenFile>& files() const { return m_files; }
    std::int64_t bytes() const;
    void commit();

private:
    QString m_path, m_partial;
    std::vector<WrittenFile> m_files;
};

} // namespace halftone
