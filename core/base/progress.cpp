// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/progress.h"

#include "base/error.h"

#include <utility>

namespace halftone {

using Clock = std::chrono::steady_clock;

namespace {
double secondsBetween(Clock::time_point a, Clock::time_point b)
{
    return std::chrono::duration<double>(b - a).count();
}
} // namespace

Progress::Progress(Listener listener)
    : m_listener(std::move(listener)), m_start(Clock::now()), m_lastReport(m_start)
{
}

Progress::Progress(Progress& whole, Listener listener) : Progress(std::move(listener))
{
    m_whole = &whole;
}

void Progress::check()
{
    if (m_whole)
        m_whole->check();
    if (m_paused.load(std::memory_order_relaxed)) {
        std::unique_lock lock(m_mutex);
        const auto begin = Clock::now();
        m_wake.wait(lock, [this] { return !m_paused || m_cancelled; });
        m_secondsPaused += secondsBetween(begin, Clock::now());
    }
    if (cancelled())
        throw Cancelled();
}

void Progress::advance(const QString& stage, const QString& item, double share)
{
    check();
    if (!m_listener)
        return;
    const auto now = Clock::now();
    if (stage == m_stage && secondsBetween(m_lastReport, now) < 0.1)
        return;
    const double elapsed = secondsBetween(m_start, now) - m_secondsPaused;
    // A resumed run starts above zero: the speed is judged from where this run began.
    if (m_firstShare < 0)
        m_firstShare = share;
    const double done = share - m_firstShare;
    const double left = done > 0.002 ? elapsed * (1 - share) / done : -1;
    m_stage = stage;
    m_lastReport = now;
    m_listener({stage, item, share, left, elapsed});
}

void Progress::cancel()
{
    {
        std::lock_guard lock(m_mutex);
        m_cancelled = true;
    }
    m_wake.notify_all();
}

void Progress::setPaused(bool paused)
{
    {
        std::lock_guard lock(m_mutex);
        m_paused = paused;
    }
    m_wake.notify_all();
}

} // namespace halftone
