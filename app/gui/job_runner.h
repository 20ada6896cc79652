// SPDX-License-Identifier: GPL-3.0-or-later
// The Work lane: a queue of jobs, run in order on a thread of its own, and how each fares. What a job
// does is one function given to it; nothing here knows models or methods.
#pragma once

#include "job.h"

#include <QObject>
#include <QThread>
#include <functional>

namespace halftone {

/// Called on the Work thread for each layer once coded.
using LayerListener = std::function<void(const LayerReport&)>;
/// Throws Error and Cancelled. Called on the Work thread.
using RunFunction = std::function<RunOutcome(const RunOrder&, Progress&, const LayerListener&)>;

class JobRunner : public QObject
{
    Q_OBJECT

public:
    explicit JobRunner(RunFunction run, QObject* parent = nullptr);
    /// Cancels what runs and waits for it; nothing is told of that, so a journal keeps it unfinished.
    ~JobRunner() override;

    /// At the end of the queue; returns the job's id.
    int start(const RunOrder& order);
    /// The same, but it stands until it is resumed: a job of an earlier session.
    int hold(const RunOrder& order);

    /// In the order of the queue, ended ones too.
    const std::vector<std::shared_ptr<Job>>& jobs() const { return m_jobs; }
    /// nullptr for an unknown id.
    const Job* job(int id) const;
    const Job* running() const { return job(m_running); }
    int rowOf(int id) const;

    /// A running job stops soon, a waiting one at once; what is done stays on disk.
    void cancel(int id);
    /// Of a waiting job: whether the queue passes it by.
    void setPaused(int id, bool paused);
    /// Runs an ended job again, from its last finished block.
    void again(int id);
    /// By so many places, earlier when negative.
    void move(int id, int places);
    void clearEnded();

    void cancel() { cancel(m_running); }
    void setPaused(bool paused) { setPaused(m_running, paused); }
    bool busy() const { return m_running != 0; }
    bool paused() const { return running() && running()->state == Job::State::Paused; }
    int waiting() const;

signals:
    void started(const halftone::RunOrder& order);
    void progressed(const halftone::ProgressMoment& moment);
    void layerCoded(const halftone::LayerReport& layer);
    void pausedChanged(bool paused);
    void finished(std::shared_ptr<const halftone::RunOutcome> outcome);
    void failed(const halftone::RunOrder& order, const QString& sentence);
    void cancelled(const halftone::RunOrder& order);
    /// Jobs came, went, changed places or states.
    void queueChanged();
    /// A job got further.
    void jobAdvanced(int id);

private:
    void loop();
    void runOne(const RunOrder& order, Progress& progress);
    void post(std::function<void(Job&)> call);
    Job* find(int id);
    int add(const RunOrder& order, Job::State state);
    void next();
    void end(Job& job, Job::State state);

    RunFunction m_run;
    std::vector<std::shared_ptr<Job>> m_jobs; // these belong to the GUI thread
    int m_ids = 0;
    int m_running = 0;

    std::mutex m_mutex;
    std::condition_variable m_wake;
    std::shared_ptr<const RunOrder> m_handed;
    std::shared_ptr<Progress> m_progress;
    bool m_handedPaused = false;
    bool m_stopping = false;
    std::unique_ptr<QThread> m_thread; ///< Qt's own, since a report as PDF lays out text
};

} // namespace halftone
