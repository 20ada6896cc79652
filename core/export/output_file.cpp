// SPDX-License-Identifier: GPL-3.0-or-later
#include "export/output_file.h"

#include "base/error.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <unistd.h>
#include <vector>

namespace halftone {

OutputFile::OutputFile(const QString& path) : m_file(path), m_path(path)
{
    if (!m_file.open(QIODevice::WriteOnly))
        fail(m_file.errorString());
}

void OutputFile::write(const void* data, std::size_t size)
{
    constexpr std::size_t kPiece = std::size_t{64} << 20;
    const char* at = static_cast<const char*>(data);
    while (size > 0) {
        const std::size_t piece = std::min(size, kPiece);
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

std::int64_t OutputFile::commit()
{
    if (!m_file.flush())
        fail(m_file.errorString());
    if (::fsync(m_file.handle()) != 0)
        fail(QString::fromLocal8Bit(std::strerror(errno)));
    if (!m_file.commit())
        fail(m_file.errorString());
    return m_position;
}

void OutputFile::fail(const QString& reason)
{
    throw Error(tr("'%1' cannot be written: %2.").arg(m_path, reason));
}

} // namespace halftone
