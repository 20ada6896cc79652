// SPDX-License-Identifier: GPL-3.0-or-later
#include "export/output_file.h"

#include "base/no_room.h"

#include <QDir>
#include <QFileInfo>
#include <QTemporaryDir>
#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <fcntl.h>
#include <unistd.h>
#include <vector>

namespace halftone {

namespace {

QString systemReason()
{
    return QString::fromLocal8Bit(std::strerror(errno));
}

void syncFolder(const QString& folder)
{
    const int fd = ::open(QFile::encodeName(folder).constData(), O_RDONLY | O_DIRECTORY);
    if (fd >= 0) {
        ::fsync(fd);
        ::close(fd);
    }
}

} // namespace

OutputFile::OutputFile(const QString& path) : m_file(path), m_path(path)
{
    if (!m_file.open(QIODevice::WriteOnly))
        fail(m_file.errorString());
}

void OutputFile::write(const void* data, std::size_t size)
{
    constexpr std::size_t kPiece = std::size_t{64} << 20;
    const char* at = static_cast<const char*>(data);
    m_hash.add({static_cast<const std::byte*>(data), size});
    while (size > 0) {
        const std::size_t piece = std::min(size, kPiece);
        errno = 0; // of what fails here
        if (m_file.write(at, static_cast<qint64>(piece)) != static_cast<qint64>(piece))
            fail(m_file.errorString());
        at += piece;
        size -= piece;
        m_position += static_cast<std::int64_t>(piece);
    }
}

void OutputFile::pad(std::size_t alignment)
{
    const std::size_t over = static_cast<std::size_t>(m_position) % alignment;
    if (over == 0)
        return;
    const std::vector<char> zeros(alignment - over, 0);
    write(zeros.data(), zeros.size());
}

void OutputFile::rewrite(std::int64_t at, const QByteArray& bytes)
{
    errno = 0;
    if (!m_file.seek(at) || m_file.write(bytes) != bytes.size() || !m_file.seek(m_position))
        fail(m_file.errorString());
}

std::int64_t OutputFile::commit()
{
    errno = 0;
    if (!m_file.flush())
        fail(m_file.errorString());
    if (::fsync(m_file.handle()) != 0)
        fail(systemReason());
    if (!m_file.commit())
        fail(m_file.errorString());
    return m_position;
}

void OutputFile::fail(const QString& reason)
{
    throwUnwritten(m_path, reason);
}

OutputFolder::OutputFolder(const QString& path, bool overwrite)
    : m_path(QDir::cleanPath(QFileInfo(path).absoluteFilePath()))
{
    const QFileInfo place(m_path);
    if (place.exists() && !overwrite)
        throw Error(tr("'%1' is there already; choose another name, or say that it may be overwritten.")
                        .arg(m_path));
    if (place.exists() && (!place.isDir() || place.isSymLink() || !QDir(m_path).exists(QStringLiteral("config.json"))))
        throw Error(tr("'%1' is not the folder of a model, so it is not overwritten.").arg(m_path));
    QTemporaryDir partial(place.absolutePath() + QLatin1Char('/') + place.fileName() + QStringLiteral(".XXXXXX"));
    if (!partial.isValid())
        throwUnwritten(m_path, partial.errorString());
    partial.setAutoRemove(false);
    m_partial = partial.path();
    QFile::setPermissions(m_partial, QFile::permissions(place.absolutePath()) | QFile::WriteOwner | QFile::ExeOwner);
}

OutputFolder::~OutputFolder()
{
    if (!m_partial.isEmpty())
        QDir(m_partial).removeRecursively();
}

QString OutputFolder::filePath(const QString& name) const
{
    if (name.isEmpty() || name == QLatin1String(".") || name == QLatin1String("..") ||
        name.contains(QLatin1Char('/')) || name.contains(QLatin1Char('\\')) || name.contains(QChar(u'\0')))
        throw Error(tr("'%1' is no name for a file within a folder.").arg(name));
    return m_partial + QLatin1Char('/') + name;
}

void OutputFolder::write(const QString& name, const QByteArray& bytes)
{
    OutputFile file(filePath(name));
    file.write(bytes.constData(), static_cast<std::size_t>(bytes.size()));
    const QString hash = file.sha256();
    add({name, file.commit(), hash});
}

void OutputFolder::copy(const QString& from, const QString& name, const Progress& progress)
{
    QFile source(from);
    if (!source.open(QIODevice::ReadOnly))
        throw Error(tr("'%1' cannot be read: %2.").arg(from, source.errorString()));
    OutputFile file(filePath(name));
    while (!source.atEnd()) {
        if (progress.cancelled())
            throw Cancelled();
        const QByteArray piece = source.read(8 << 20);
        if (piece.isEmpty())
            throw Error(tr("'%1' cannot be read: %2.").arg(from, source.errorString()));
        file.write(piece.constData(), static_cast<std::size_t>(piece.size()));
    }
    const QString hash = file.sha256();
    add({name, file.commit(), hash});
}

std::int64_t OutputFolder::bytes() const
{
    std::int64_t sum = 0;
    for (const WrittenFile& file : m_files)
        sum += file.bytes;
    return sum;
}

// The old folder, if there is one, changes places with the new one at once and is removed then.
void OutputFolder::commit()
{
    syncFolder(m_partial);
    const QByteArray from = QFile::encodeName(m_partial), to = QFile::encodeName(m_path);
    if (QFileInfo::exists(m_path)) {
        if (::renameat2(AT_FDCWD, from.constData(), AT_FDCWD, to.constData(), RENAME_EXCHANGE) != 0)
            throwUnwritten(m_path, systemReason());
        QDir(m_partial).removeRecursively();
    } else if (::renameat2(AT_FDCWD, from.constData(), AT_FDCWD, to.constData(), RENAME_NOREPLACE) != 0 &&
               (errno != EINVAL || std::rename(from.constData(), to.constData()) != 0)) {
        throwUnwritten(m_path, systemReason());
    }
    m_partial.clear();
    syncFolder(QFileInfo(m_path).absolutePath());
}

} // namespace halftone
