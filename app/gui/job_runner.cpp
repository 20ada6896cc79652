// SPDX-License-Identifier: GPL-3.0-or-later
#include "job_runner.h"

#include "base/error.h"

namespace halftone {

JobRunner::JobRunner(RunFunction run, QObject* parent)
    : QObject(parent), m_run(std::move(run)), m_thread([this] { loop(); })
{
}

JobRunner::~JobRunner()
{
    {
        std::lock_guard lock(m_mutex);
        m_stopping = true;
        m_orders.clear();
        if (m_progress)
            m_progress->cancel();
    }
    m_wake.notify_all();
    m_thread.join();
}

void JobRunner::start(const RunOrder& order)
{
    {
        std::lock_guard lock(m_mutex);
        m_orders.push_back(order);
    }
    m_wake.notify_all();
}

int JobRunner::waiting() const
{
    std::lock_guard lock(m_mutex);
    return int(m_orders.size());
}

void JobRunner::cancel()
{
    std::lock_guard lock(m_mutex);
    if (m_progress)
        m_progress->cancel();
}

void JobRunner::setPaused(bool paused)
{
    if (!m_busy || paused == m_paused)
        return;
    m_paused = paused;
    {
        std::lock_guard lock(m_mutex);
        if (m_progress)
            m_progress->setPaused(paused);
    }
    emit pausedChanged(paused);
}

// Everything a person sees happens on the GUI thread, in the order in which the job said it.
void JobRunner::post(std::function<void()> call)
{
    QMetaObject::invokeMethod(this, std::move(call), Qt::QueuedConnection);
}

void JobRunner::end()
{
    m_busy = false;
    m_paused = false;
}

void JobRunner::loop()
{
    std::unique_lock lock(m_mutex);
    for (;;) {
        m_wake.wait(lock, [this] { return m_stopping || !m_orders.empty(); });
        if (m_stopping)
            return;
        const RunOrder order = m_orders.front();
        m_orders.pop_front();
        const auto progress = std::make_shared<Progress>([this](const ProgressMoment& moment) {
            post([this, moment] { emit progressed(moment); });
        });
        m_progress = progress;
        lock.unlock();
        post([this, order] {
            m_busy = true;
            emit started(order);
        });
        const auto fail = [this, order](const QString& sentence) {
            post([this, order, sentence] {
                end();
                emit failed(order, sentence);
            });
        };
        try {
            const auto outcome = std::make_shared<RunOutcome>(m_run(order, *progress));
            outcome->order = order;
            post([this, outcome] {
                end();
                emit finished(outcome);
            });
        } catch (const Cancelled&) {
            post([this, order] {
                end();
                emit cancelled(order);
            });
        } catch (const Error& error) {
            fail(error.sentence());
        } catch (const std::exception& error) {
            fail(tr("The run failed: %1.").arg(QString::fromUtf8(error.what())));
        }
        lock.lock();
        m_progress.reset();
    }
}

} // namespace halftone
