// SPDX-License-Identifier: GPL-3.0-or-later
// The Work lane: runs jobs in order on a thread of its own and says how they fare. What a job does is
// one function given to it; nothing here knows models or methods.
#pragma once

#include "base/progress.h"
#include "export/report.h"
#include "pipeline/recipe.h"

#include <QObject>
#include <QString>
#include <deque>
#include <functional>
#include <memory>
#include <thread>

namespace halftone {

/// What is to be run and where its result goes.
struct RunOrder
{
    Recipe recipe;
    QString out; ///< folder of the result; a partial one beside it is resumed
};

struct RunOutcome
{
    RunOrder order;
    Report report;
    RunTimes times;
};

/// Throws Error and Cancelled. Called on the Work thread.
using RunFunction = std::function<RunOutcome(const RunOrder&, Progress&)>;

class JobRunner : public QObject
{
    Q_OBJECT

public:
    explicit JobRunner(RunFunction run, QObject* parent = nullptr);
    /// Cancels what runs and waits for it.
    ~JobRunner() override;

    void start(const RunOrder& order);
    void cancel();
    void setPaused(bool paused);
    bool busy() const { return m_busy; }
    bool paused() const { return m_paused; }
    int waiting() const;

signals:
    void started(const halftone::RunOrder& order);
    void progressed(const halftone::ProgressMoment& moment);
    void pausedChanged(bool paused);
    void finished(std::shared_ptr<const halftone::RunOutcome> outcome);
    void failed(const halftone::RunOrder& order, const QString& sentence);
    void cancelled(const halftone::RunOrder& order);

private:
    void loop();
    void post(std::function<void()> call);
    void end();

    RunFunction m_run;
    bool m_busy = false;   // these belong to the GUI thread
    bool m_paused = false;

    mutable std::mutex m_mutex;
    std::condition_variable m_wake;
    std::deque<RunOrder> m_orders;
    std::shared_ptr<Progress> m_progress;
    bool m_stopping = false;
    std::thread m_thread;
};

} // namespace halftone
