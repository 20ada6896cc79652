// SPDX-License-Identifier: GPL-3.0-or-later
#include "pipeline/run_store.h"

#include "base/no_room.h"
#include "checkpoint/strict_json.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QLockFile>
#include <QSaveFile>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <unistd.h>

namespace halftone {

using nlohmann::json;

namespace {

const QString kStateFile = RunStore::stateFile();

QString shown(const json& v)
{
    const QString s =
        QString::fromStdString(v.dump(-1, ' ', false, json::error_handler_t::replace));
    return s.size() > 80 ? s.left(77) + QStringLiteral("...") : s;
}

// The first key in which two identities differ, as a sentence's middle.
QString difference(const json& before, const json& now, const QString& path = {})
{
    if (before.is_object() && now.is_object()) {
        for (const auto& item : now.items()) {
            const QString key = path.isEmpty() ? QString::fromStdString(item.key())
                                               : path + QLatin1Char('.') +
                                                     QString::fromStdString(item.key());
            const json old = before.contains(item.key()) ? before.at(item.key()) : json();
            if (old != item.value())
                return difference(old, item.value(), key);
        }
        return path;
    }
    return tr("%1 was %2 and is now %3").arg(path, shown(before), shown(now));
}

QString lastBackend(const json& state)
{
    const json list = state.is_object() ? state.value("backends", json::array()) : json::array();
    return list.is_array() && !list.empty() && list.back().contains("id")
               ? QString::fromStdString(list.back().at("id").get<std::string>())
               : QString();
}

QString partialOf(const QString& out)
{
    return QDir::cleanPath(out) + QStringLiteral(".partial");
}

// Nothing is ever removed from, or written to, a folder that only happens to have the name. A run
// killed at its very beginning leaves an empty one, or a state file half-written beside its place.
void requireRunIn(const QString& partial)
{
    const QDir folder(partial);
    bool mine = QFileInfo(partial).isDir();
    if (mine && !folder.exists(kStateFile))
        for (const QString& entry :
             folder.entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot))
            mine = mine && entry.startsWith(kStateFile);
    if (!mine)
        throw Error(tr("'%1' is in the way: it holds no unfinished run. Move it, or name another "
                       "folder for the result.")
                        .arg(partial));
}

} // namespace

void syncFolder(const QString& folder)
{
    const int fd = ::open(QFile::encodeName(folder).constData(), O_RDONLY | O_DIRECTORY);
    if (fd >= 0) {
        ::fsync(fd);
        ::close(fd);
    }
}

void writeFileSafely(const QString& path, const QByteArray& bytes)
{
    QSaveFile file(path);
    errno = 0;
    const bool written = file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size() && file.flush();
    if (!written)
        throwUnwritten(path, file.errorString());
    if (::fsync(file.handle()) != 0)
        throwUnwritten(path, QString::fromLocal8Bit(std::strerror(errno)));
    if (!file.commit())
        throwUnwritten(path, file.errorString());
    syncFolder(QFileInfo(path).absolutePath());
}

// The lock of one folder. A process killed a moment ago may not be gone yet, so it is waited for; one killed between
// making its lock file and writing into it left an empty one, which says of nobody that he holds it.
static std::unique_ptr<QLockFile> lockAt(const QString& path)
{
    constexpr int kDyingMs = 1000;
    auto lock = std::make_unique<QLockFile>(path);
    lock->setStaleLockTime(0);
    if (!lock->tryLock(kDyingMs) && lock->error() == QLockFile::LockFailedError && QFileInfo(path).size() == 0) {
        QFile::remove(path);
        lock->tryLock(0);
    }
    return lock;
}

RunStore::RunStore(const QString& out, const json& identity, Index shards, bool restart)
    : m_out(QDir::cleanPath(QFileInfo(out).absoluteFilePath())), m_partial(partialOf(m_out)),
      m_shards(shards)
{
    if (QFileInfo::exists(m_out))
        throw Error(tr("'%1' exists already; name another folder or remove it first.").arg(m_out));
    const QString parent = QFileInfo(m_out).absolutePath();
    if (!QFileInfo(parent).isDir())
        throw Error(tr("The folder '%1' that should hold the result does not exist.").arg(parent));
    m_lock = lockAt(m_partial + QStringLiteral(".lock"));
    if (!m_lock->isLocked()) {
        if (m_lock->error() == QLockFile::LockFailedError)
            throw Error(tr("Another run is writing to '%1'; wait for it or stop it first.").arg(m_out));
        throw Error(tr("The folder '%1' cannot be written to.").arg(parent));
    }
    if (QFileInfo::exists(m_partial)) {
        requireRunIn(m_partial);
        if (restart && !QDir(m_partial).removeRecursively())
            throw Error(tr("The unfinished run in '%1' cannot be removed.").arg(m_partial));
    }
    if (QFileInfo::exists(m_partial)) {
        adopt(identity);
    } else {
        if (!QDir().mkpath(m_partial))
            throw Error(tr("The folder '%1' cannot be made; have you the right to write there?")
                            .arg(m_partial));
        m_state = {{"identity", identity}, {"backends", json::array()}};
        writeState();
    }
}

// Goes on with the run that the folder holds.
void RunStore::adopt(const json& identity)
{
    m_state = QFileInfo::exists(path(kStateFile))
                  ? read(kStateFile)
                  : json{{"identity", identity}, {"backends", json::array()}};
    if (!m_state.is_object() || !m_state.contains("identity") || !m_state.contains("backends"))
        throw Error(tr("The state of the unfinished run in '%1' is damaged; start over with --restart.")
                        .arg(m_partial));
    if (m_state.at("identity") != identity)
        throw Error(tr("'%1' holds an unfinished run with other choices: %2. Start it again as it was, "
                       "or start over with --restart.")
                        .arg(m_partial, difference(m_state.at("identity"), identity)));
    removeLeftovers();
    writeState();
}

// A run that was killed while it wrote leaves a file beside the wished-for one. What is neither shard
// nor JSON is written anew at the end.
void RunStore::removeLeftovers() const
{
    const QDir folder(m_partial);
    for (const QString& file : folder.entryList(QDir::Files | QDir::Hidden))
        if (!file.endsWith(QLatin1String(".json")) && !file.endsWith(QLatin1String(".safetensors")))
            QFile::remove(folder.filePath(file));
}

RunStore::~RunStore() = default;

void RunStore::recordBackend(const QString& id, Index fromShard)
{
    if (lastBackend(m_state) == id)
        return;
    m_state["backends"].push_back({{"id", id.toStdString()}, {"from", fromShard}});
    writeState();
}

QString RunStore::path(const QString& fileName) const
{
    return m_partial + QLatin1Char('/') + fileName;
}

QString RunStore::shardName(Index shard) const
{
    return QStringLiteral("model-%1-of-%2.safetensors")
        .arg(shard + 1, 5, 10, QLatin1Char('0'))
        .arg(m_shards, 5, 10, QLatin1Char('0'));
}

bool RunStore::hasShard(Index shard) const
{
    return QFileInfo::exists(shardPath(shard));
}

void RunStore::write(const QString& fileName, const QByteArray& bytes) const
{
    writeFileSafely(path(fileName), bytes);
}

void RunStore::copyFrom(const QString& sourcePath, const QString& fileName) const
{
    QFile source(sourcePath);
    if (!source.open(QIODevice::ReadOnly))
        throw Error(tr("'%1' cannot be read: %2.").arg(sourcePath, source.errorString()));
    write(fileName, source.readAll());
}

json RunStore::read(const QString& fileName) const
{
    const QString file = path(fileName);
    if (!QFileInfo::exists(file))
        return {};
    try {
        return readStrictJson(file);
    } catch (const Error&) {
        return {};
    }
}

QString RunStore::stateFile()
{
    return QStringLiteral("run-state.json");
}

void RunStore::finish()
{
    syncFolder(m_partial);
    if (!QDir().rename(m_partial, m_out))
        throw Error(tr("The finished folder '%1' cannot be renamed to '%2'.").arg(m_partial, m_out));
    // Last, so that at no moment shards lie there of which nobody knows whose they are.
    QFile::remove(m_out + QLatin1Char('/') + kStateFile);
    syncFolder(QFileInfo(m_out).absolutePath());
}

void RunStore::discardIfEmpty()
{
    for (Index shard = 0; shard < m_shards; ++shard)
        if (hasShard(shard))
            return;
    QDir(m_partial).removeRecursively();
}

QString RunStore::backendOf(const QString& out)
{
    const QString file = partialOf(QFileInfo(out).absoluteFilePath()) + QLatin1Char('/') + kStateFile;
    try {
        return QFileInfo::exists(file) ? lastBackend(readStrictJson(file)) : QString();
    } catch (const Error&) {
        return {};
    }
}

void RunStore::writeState() const
{
    write(kStateFile, QByteArray::fromStdString(m_state.dump(2)));
}

} // namespace halftone
