// SPDX-License-Identifier: GPL-3.0-or-later
#include "export/safe_file.h"

#include "base/error.h"

#include <QFileInfo>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <fcntl.h>
#include <unistd.h>

namespace halftone {

namespace {

QString systemReason()
{
    return QString::fromLocal8Bit(std::strerror(errno));
}

// Without this a power cut may undo the rename.
void syncFolder(const QString& folder)
{
    const int descriptor = ::open(QFile::encodeName(folder).constData(), O_RDONLY | O_DIRECTORY);
    if (descriptor < 0)
        return; // a folder that may be written but not read: the file itself is synced
    ::fsync(descriptor);
    ::close(descriptor);
}

} // namespace

SafeFile::SafeFile(const QString& path) : m_path(path), m_part(path + QStringLiteral(".part"))
{
    if (!m_part.open(QIODevice::WriteOnly | QIODevice::Truncate | QIODevice::Unbuffered))
        fail(m_part.errorString());
}

SafeFile::~SafeFile()
{
    if (!m_committed)
        m_part.remove();
}

void SafeFile::fail(const QString& reason) const
{
    throw Error(tr("Cannot write '%1': %2.").arg(m_path, reason));
}

void SafeFile::write(std::span<const std::byte> bytes)
{
    const auto size = static_cast<qint64>(bytes.size());
    if (m_part.write(reinterpret_cast<const char*>(bytes.data()), size) != size)
        fail(m_part.errorString());
}

void SafeFile::commit()
{
    if (::fsync(m_part.handle()) != 0)
        fail(systemReason());
    m_part.close();
    if (m_part.error() != QFileDevice::NoError)
        fail(m_part.errorString());
    if (std::rename(QFile::encodeName(m_part.fileName()).constData(),
                    QFile::encodeName(m_path).constData()) != 0)
        fail(systemReason());
    m_committed = true;
    syncFolder(QFileInfo(m_path).absolutePath());
}

void writeSafely(const QString& path, const QByteArray& content)
{
    SafeFile file(path);
    file.write({reinterpret_cast<const std::byte*>(content.constData()),
                static_cast<std::size_t>(content.size())});
    file.commit();
}

} // namespace halftone
