// SPDX-License-Identifier: GPL-3.0-or-later
// The Work lane: runs jobs in order on a thread of its own and says how they fare. What a job does is
// one function given to it; nothing here knows models or methods.
#pragma once

#include "base/progress.h"

#include <QElapsedTimer>
#include <QObject>
#include <QString>
#include <deque>
#include <functional>
#include <memory>
#include <nlohmann/json.hpp>
#include <thread>

namespace halftone {

/// What is to be run: a recipe and where its result goes.
struct RunOrder
{
    QString title;                                  ///< for the strip: model and method
    nlohmann::json recipe = nlohmann::json::object();
    QString out;                                    ///< folder of the result
};

struct RunOutcome
{
    RunOrder order;
    nlohmann::json report = nlohmann::json::object();
    QString reportHtml;                             ///< empty when there is none
    double seconds = 0;
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
    bool m_busy = false;   // these three belong to the GUI thread
    bool m_paused = false;
    QElapsedTimer m_timer;

    mutable std::mutex m_mutex;
    std::condition_variable m_wake;
    std::deque<RunOrder> m_orders;
    std::shared_ptr<Progress> m_progress;
    bool m_stopping = false;
    std::thread m_thread;
};

} // namespace halftone
