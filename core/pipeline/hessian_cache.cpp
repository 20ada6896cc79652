// SPDX-License-Identifier: GPL-3.0-or-later
#include "pipeline/hessian_cache.h"

#include "base/error.h"

#include <QCryptographicHash>
#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QSaveFile>
#include <cstring>

namespace halftone {

namespace {

// A file: kMagic, the width as 64 bits, the checksum of the numbers, the numbers row by row in fp32, all as
// this machine writes them.
constexpr char kMagic[] = "HTHESS01";
constexpr qint64 kMagicBytes = 8, kSumBytes = 32;
constexpr qint64 kHeaderBytes = kMagicBytes + 8 + kSumBytes;
constexpr auto kAlgorithm = QCryptographicHash::Blake2b_256;
const auto kEnding = QStringLiteral(".hessian");

QByteArray checksum(const Matrix& numbers)
{
    QCryptographicHash hash(kAlgorithm);
    const qint64 rowBytes = qint64(numbers.cols()) * qint64(sizeof(float));
    for (Index r = 0; r < numbers.rows(); ++r) // Qt 6.4 takes lengths it can count in 32 bits at once
        hash.addData(QByteArrayView(reinterpret_cast<const char*>(numbers.data() + r * numbers.cols()), rowBytes));
    return hash.result();
}

QFileInfoList entries(const QString& folder)
{
    return QDir(folder).entryInfoList({QLatin1Char('*') + kEnding}, QDir::Files | QDir::NoSymLinks,
                                      QDir::Time | QDir::Reversed);
}

} // namespace

HessianCache::HessianCache(QString folder, std::int64_t limit) : m_folder(std::move(folder)), m_limit(limit) {}

QString HessianCache::keyOf(const Checkpoint& checkpoint, const QString& textPath, Index windows, Index context)
{
    QCryptographicHash hash(kAlgorithm);
    const auto add = [&](const QString& part) { hash.addData((part + QLatin1Char('\n')).toUtf8()); };
    QStringList files = checkpoint.files();
    // What tells how the tensors are read, and how the text.
    if (!checkpoint.folder().isEmpty())
        for (const QFileInfo& file : QDir(checkpoint.folder()).entryInfoList({QStringLiteral("*.json"), QStringLiteral("*.txt")}, QDir::Files, QDir::Name))
            files += file.filePath();
    add(QStringLiteral("original hessian 1"));
    for (const QString& path : files) {
        const QFileInfo file(path);
        add(file.canonicalFilePath());
        add(QString::number(file.size()));
        add(QString::number(file.lastModified().toMSecsSinceEpoch()));
    }
    add(QString::number(qlonglong(windows)));
    add(QString::number(qlonglong(context)));
    QFile text(textPath);
    if (!text.open(QIODevice::ReadOnly) || !hash.addData(&text))
        throw Error(QStringLiteral("%1: %2").arg(textPath, text.errorString()));
    return QString::fromLatin1(hash.result().toHex());
}

QString HessianCache::pathOf(const QString& key, Index block, Stage stage) const
{
    return QStringLiteral("%1/%2-%3-%4%5").arg(m_folder, key).arg(qlonglong(block)).arg(int(stage)).arg(kEnding);
}

std::optional<Matrix> HessianCache::read(const QString& key, Index block, Stage stage, Index width) const
{
    const QString path = pathOf(key, block, stage);
    const QFileInfo info(path);
    const qint64 bytes = qint64(width) * width * qint64(sizeof(float));
    if (!info.isFile() || info.isSymLink() || width <= 0 || info.size() != kHeaderBytes + bytes)
        return {};
    QFile file(path);
    std::uint64_t stored = 0;
    if (!file.open(QIODevice::ReadWrite)) // the time of use is written to it
        return {};
    const QByteArray header = file.read(kHeaderBytes);
    if (header.size() != kHeaderBytes || std::memcmp(header.constData(), kMagic, kMagicBytes) != 0)
        return {};
    std::memcpy(&stored, header.constData() + kMagicBytes, sizeof stored);
    Matrix numbers(width, width);
    if (stored != std::uint64_t(width) || file.read(reinterpret_cast<char*>(numbers.data()), bytes) != bytes ||
        header.right(kSumBytes) != checksum(numbers))
        return {};
    // A sound checksum can be made by anyone.
    if (!numbers.allFinite() || (numbers.diagonal().array() < 0).any())
        return {};
    file.setFileTime(QDateTime::currentDateTime(), QFileDevice::FileModificationTime);
    return numbers;
}

void HessianCache::write(const QString& key, Index block, Stage stage, const Matrix& hessian) const
{
    const qint64 bytes = qint64(hessian.size()) * qint64(sizeof(float));
    if (hessian.rows() != hessian.cols() || kHeaderBytes + bytes > m_limit || !QDir().mkpath(m_folder))
        return;
    makeRoom(kHeaderBytes + bytes);
    QSaveFile file(pathOf(key, block, stage));
    if (!file.open(QIODevice::WriteOnly))
        return;
    const auto width = std::uint64_t(hessian.cols());
    file.write(kMagic, kMagicBytes);
    file.write(reinterpret_cast<const char*>(&width), sizeof width);
    file.write(checksum(hessian));
    file.write(reinterpret_cast<const char*>(hessian.data()), bytes);
    file.commit(); // after an error above it leaves nothing
}

void HessianCache::makeRoom(std::int64_t wanted) const
{
    std::int64_t held = bytes();
    for (const QFileInfo& file : entries(m_folder)) {
        if (held + wanted <= m_limit)
            return;
        if (QFile::remove(file.filePath()))
            held -= file.size();
    }
}

std::int64_t HessianCache::bytes() const
{
    std::int64_t sum = 0;
    for (const QFileInfo& file : entries(m_folder))
        sum += file.size();
    return sum;
}

void HessianCache::clear() const
{
    for (const QFileInfo& file : entries(m_folder))
        QFile::remove(file.filePath());
}

} // namespace halftone
