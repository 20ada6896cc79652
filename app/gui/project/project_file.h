// SPDX-License-Identifier: GPL-3.0-or-later
// A project on disk: one SQLite file with the runs, the unfinished jobs and what the window remembers.
// Every call belongs to the thread that opened it. Another program that has it open, or a newer
// version that wrote it, makes it read-only; a damaged one is refused and left as it is.
#pragma once

#include "project/run_record.h"

#include <QLockFile>
#include <QSqlDatabase>
#include <nlohmann/json.hpp>
#include <optional>
#include <vector>

namespace halftone {

struct ProjectContent
{
    std::vector<RunRecord> runs;       ///< oldest first
    std::vector<nlohmann::json> jobs;  ///< unfinished orders, in the order of the queue
    nlohmann::json state = nlohmann::json::object();
    QStringList skipped;               ///< what could not be read, one sentence each
};

class ProjectFile
{
public:
    /// Makes the file when there is none. Throws Error when it is no project, damaged, or cannot be
    /// made.
    explicit ProjectFile(const QString& path);
    ~ProjectFile();
    ProjectFile(const ProjectFile&) = delete;
    ProjectFile& operator=(const ProjectFile&) = delete;

    /// Why nothing may be written, as a sentence; empty when it may.
    const QString& readOnlyBecause() const { return m_readOnlyBecause; }

    /// One run that cannot be read does not hide the others.
    ProjectContent read();
    /// All of these throw Error (a full disk, lost rights) and change nothing then.
    void addRun(const RunRecord& run);
    void changeRun(qint64 id, const QString& label, const QString& note, bool pinned);
    void removeRun(qint64 id);
    void saveJobs(const std::vector<nlohmann::json>& orders);
    void saveState(const QString& key, const nlohmann::json& value);

private:
    void openDatabase(bool readOnly);
    int version();
    void make();
    void run(const QString& statement, const QVariantList& values = {});

    QString m_path;
    QString m_connection;
    QString m_readOnlyBecause;
    QLockFile m_lock;
    QSqlDatabase m_database;
};

} // namespace halftone
