// SPDX-License-Identifier: GPL-3.0-or-later
// How long work says where it is, and how it is told to stop or to wait. It reports and throws
// Cancelled; it draws nothing.
#pragma once

#include <QString>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>

namespace halftone {

/// One moment of a run. share is 0..1 of the whole job; secondsLeft is negative while unknown.
struct ProgressMoment
{
    QString stage;      ///< "calibrate", "quantize", "evaluate", ... (translated)
    QString item;       ///< the layer or file at work
    double share = 0;
    double secondsLeft = -1;
    double secondsElapsed = 0;
};

/// Handed by reference to everything that takes long. Thread-safe: any thread may cancel, pause or
/// check; advance() belongs to the thread that runs the job.
class Progress
{
public:
    using Listener = std::function<void(const ProgressMoment&)>;

    /// The listener is called on the working thread, at most about ten times a second, and always
    /// for a change of stage.
    explicit Progress(Listener listener = {});
    /// For a part of a job that reports shares of its own: its listener passes them on, while
    /// cancelling and pausing `whole` reach the part at every check.
    Progress(Progress& whole, Listener listener);

    /// Says where the work is; waits while paused. Throws Cancelled once cancel() was called.
    void advance(const QString& stage, const QString& item, double share);

    /// Throws Cancelled once cancel() was called; waits while paused. Cheap: call it in inner loops
    /// so that no stretch of work exceeds one second.
    void check();

    void cancel();
    void setPaused(bool paused);
    bool cancelled() const
    {
        return m_cancelled.load(std::memory_order_relaxed) || (m_whole && m_whole->cancelled());
    }

private:
    Listener m_listener;
    Progress* m_whole = nullptr;
    std::atomic<bool> m_cancelled{false};
    std::atomic<bool> m_paused{false};
    std::mutex m_mutex;
    std::condition_variable m_wake;
    QString m_stage;
    std::chrono::steady_clock::time_point m_start;
    std::chrono::steady_clock::time_point m_lastReport;
    double m_secondsPaused = 0;
    double m_firstShare = -1;
};

} // namespace halftone
