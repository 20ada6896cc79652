// SPDX-License-Identifier: GPL-3.0-or-later
// The folder a run writes into: beside the wished-for one until all is there, locked against a second
// run, resumable from the last finished block, then renamed. Knows files, not models.
#pragma once

#include "base/matrix.h"

#include <QByteArray>
#include <QString>
#include <memory>
#include <nlohmann/json.hpp>
#include <vector>

class QLockFile;

namespace halftone {

class RunStore
{
public:
    /// Opens `<out>.partial`, or makes it. `identity` is everything that must be equal for a resumed
    /// run to end with the same bytes; a partial folder of another identity is refused with an Error
    /// that says what differs, unless `restart` is set, which removes it. Throws Error also when `out`
    /// exists already, when the folder is locked by another run or was not made by one, or when it
    /// cannot be written.
    RunStore(const QString& out, const nlohmann::json& identity, Index shards, bool restart);
    ~RunStore();
    RunStore(const RunStore&) = delete;
    RunStore& operator=(const RunStore&) = delete;

    /// Notes that blocks from here on are coded by this backend.
    void recordBackend(const QString& id, Index fromShard);
    nlohmann::json backends() const { return m_state.at("backends"); }

    QString folder() const { return m_partial; }
    /// The run's own state, which goes when the run has finished.
    static QString stateFile();
    QString path(const QString& fileName) const;
    /// "model-00002-of-00032.safetensors" for shard 1.
    QString shardName(Index shard) const;
    QString shardPath(Index shard) const { return path(shardName(shard)); }
    bool hasShard(Index shard) const;
    Index shards() const { return m_shards; }

    /// Writes a small file beside, syncs and renames it.
    void write(const QString& fileName, const QByteArray& bytes) const;
    void copyFrom(const QString& sourcePath, const QString& fileName) const;
    /// A small JSON file of this folder; null when it is not there or damaged.
    nlohmann::json read(const QString& fileName) const;

    /// Gives the folder its name and removes the run's own state.
    void finish();
    /// Removes the folder of a run that failed before its first shard.
    void discardIfEmpty();

    /// The backend that last worked on the unfinished run into `out`; empty if there is none.
    static QString backendOf(const QString& out);

private:
    void adopt(const nlohmann::json& identity);
    void removeLeftovers() const;
    void writeState() const;

    QString m_out, m_partial;
    Index m_shards = 0;
    nlohmann::json m_state;
    std::unique_ptr<QLockFile> m_lock;
};

/// Writes bytes to `path` by way of a file beside it: all or nothing, on disk when it returns.
/// Throws Error naming the path and the system's reason (no space, no rights).
void writeFileSafely(const QString& path, const QByteArray& bytes);
/// fsync of a folder, so that renames in it last.
void syncFolder(const QString& folder);

} // namespace halftone
