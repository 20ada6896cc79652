// SPDX-License-Identifier: GPL-3.0-or-later
// The runs of a project as the window sees them: always in memory, saved by themselves as they change.
// Files are touched on a thread of its own only. Without open() it keeps nothing, which tests like.
#pragma once

#include "project/project_file.h"

#include <QObject>
#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>

namespace halftone {

class Project : public QObject
{
    Q_OBJECT

public:
    explicit Project(QObject* parent = nullptr);
    /// Waits until all is saved.
    ~Project() override;

    /// Takes the place of what was open. Answers by opened() or complained().
    void open(const QString& path);
    const QString& path() const { return m_path; }
    bool writable() const { return m_writable; }
    /// Where the project lies when nobody names another.
    static QString standardPath();

    const std::vector<std::shared_ptr<const RunRecord>>& runs() const { return m_runs; }
    /// nullptr for an unknown id.
    std::shared_ptr<const RunRecord> run(qint64 id) const;
    /// Gives the run its id.
    qint64 add(RunRecord run);
    void annotate(qint64 id, const QString& label, const QString& note, bool pinned);
    /// Forgets a run; its folder stays.
    void remove(qint64 id);

    void saveJobs(const std::vector<nlohmann::json>& orders);
    void remember(const QString& key, const nlohmann::json& value);
    nlohmann::json remembered(const QString& key) const;

signals:
    void runsChanged();
    void runAdded(qint64 id);
    /// The project's unfinished jobs, which nobody may start but a person.
    void opened(const std::vector<nlohmann::json>& jobs);
    void complained(const QString& sentence);

private:
    void enqueue(std::function<void()> call);
    void save(std::function<void(ProjectFile&)> call);
    void adopt(ProjectContent content, const QString& readOnlyBecause);
    void loop();

    QString m_path;
    bool m_writable = false;
    std::vector<std::shared_ptr<const RunRecord>> m_runs;
    nlohmann::json m_state = nlohmann::json::object();

    std::unique_ptr<ProjectFile> m_file; // belongs to the thread
    std::mutex m_mutex;
    std::condition_variable m_wake;
    std::deque<std::function<void()>> m_calls;
    bool m_stopping = false;
    std::thread m_thread;
};

} // namespace halftone
