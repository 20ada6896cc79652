// SPDX-License-Identifier: GPL-3.0-or-later
#include "project/project.h"

#include "base/error.h"

#include <QStandardPaths>
#include <algorithm>

namespace halftone {

Project::Project(QObject* parent) : QObject(parent), m_thread([this] { loop(); }) {}

Project::~Project()
{
    {
        std::lock_guard lock(m_mutex);
        m_stopping = true;
    }
    m_wake.notify_all();
    m_thread.join();
}

QString Project::standardPath()
{
    return QStandardPaths::writableLocation(QStandardPaths::AppDataLocation) + QStringLiteral("/project.halftone");
}

void Project::enqueue(std::function<void()> call)
{
    {
        std::lock_guard lock(m_mutex);
        m_calls.push_back(std::move(call));
    }
    m_wake.notify_all();
}

void Project::loop()
{
    std::unique_lock lock(m_mutex);
    for (;;) {
        m_wake.wait(lock, [this] { return m_stopping || !m_calls.empty(); });
        if (m_calls.empty())
            break; // stopping, and all is saved
        const auto call = std::move(m_calls.front());
        m_calls.pop_front();
        lock.unlock();
        try {
            call();
        } catch (const Error& error) {
            QMetaObject::invokeMethod(
                this, [this, sentence = error.sentence()] { emit complained(sentence); }, Qt::QueuedConnection);
        }
        lock.lock();
    }
    m_file.reset();
}

void Project::open(const QString& path)
{
    m_path = path;
    m_writable = false;
    enqueue([this, path] {
        m_file.reset();
        m_file = std::make_unique<ProjectFile>(path);
        auto content = std::make_shared<ProjectContent>(m_file->read());
        QMetaObject::invokeMethod(
            this,
            [this, content, because = m_file->readOnlyBecause()] { adopt(std::move(*content), because); },
            Qt::QueuedConnection);
    });
}

void Project::adopt(ProjectContent content, const QString& readOnlyBecause)
{
    m_writable = readOnlyBecause.isEmpty();
    m_runs.clear();
    for (RunRecord& run : content.runs)
        m_runs.push_back(std::make_shared<const RunRecord>(std::move(run)));
    m_state = std::move(content.state);
    emit runsChanged();
    // Another program's jobs are its own.
    emit opened(m_writable ? content.jobs : std::vector<nlohmann::json>{});
    if (!m_writable)
        emit complained(readOnlyBecause);
    else if (!content.skipped.isEmpty())
        emit complained(content.skipped.join(QLatin1Char(' ')));
}

void Project::save(std::function<void(ProjectFile&)> call)
{
    if (m_writable)
        enqueue([this, call = std::move(call)] { call(*m_file); });
}

std::shared_ptr<const RunRecord> Project::run(qint64 id) const
{
    const auto found = std::find_if(m_runs.begin(), m_runs.end(), [id](const auto& run) { return run->id == id; });
    return found == m_runs.end() ? nullptr : *found;
}

qint64 Project::add(RunRecord run)
{
    run.id = m_runs.empty() ? 1 : m_runs.back()->id + 1;
    const auto kept = std::make_shared<const RunRecord>(std::move(run));
    m_runs.push_back(kept);
    save([kept](ProjectFile& file) { file.addRun(*kept); });
    emit runsChanged();
    emit runAdded(kept->id);
    return kept->id;
}

void Project::annotate(qint64 id, const QString& label, const QString& note, bool pinned)
{
    for (auto& run : m_runs)
        if (run->id == id) {
            RunRecord changed = *run;
            changed.label = label;
            changed.note = note;
            changed.pinned = pinned;
            run = std::make_shared<const RunRecord>(std::move(changed));
            save([=](ProjectFile& file) { file.changeRun(id, label, note, pinned); });
            emit runsChanged();
            return;
        }
}

void Project::remove(qint64 id)
{
    if (std::erase_if(m_runs, [id](const auto& run) { return run->id == id; }) == 0)
        return;
    save([id](ProjectFile& file) { file.removeRun(id); });
    emit runsChanged();
}

void Project::saveJobs(const std::vector<nlohmann::json>& orders)
{
    save([orders](ProjectFile& file) { file.saveJobs(orders); });
}

void Project::remember(const QString& key, const nlohmann::json& value)
{
    m_state[key.toStdString()] = value;
    save([key, value](ProjectFile& file) { file.saveState(key, value); });
}

nlohmann::json Project::remembered(const QString& key) const
{
    const auto found = m_state.find(key.toStdString());
    return found == m_state.end() ? nlohmann::json() : *found;
}

} // namespace halftone
