// SPDX-License-Identifier: GPL-3.0-or-later
#include "look_lane.h"

#include "base/error.h"

#include <algorithm>

namespace halftone {

LookLane::LookLane(QObject* parent) : QObject(parent), m_thread([this] { loop(); }) {}

LookLane::~LookLane()
{
    {
        std::lock_guard lock(m_mutex);
        m_stopping = true;
        m_waiting.clear();
        if (m_progress)
            m_progress->cancel();
    }
    m_wake.notify_all();
    m_thread.join();
}

void LookLane::removeWaiting(const QString& tag)
{
    std::erase_if(m_waiting, [&](const auto& task) { return task->tag == tag; });
    if (m_running && m_running->tag == tag)
        m_progress->cancel();
}

void LookLane::enqueue(const QString& tag, QObject* receiver, Urgency urgency, Failed failed,
                       Work work)
{
    auto task = std::make_shared<Task>();
    task->tag = tag;
    task->ticket = ++m_tickets;
    task->receiver = receiver;
    task->urgency = urgency;
    task->failed = std::move(failed);
    task->work = std::move(work);
    m_newest[tag] = task->ticket;
    {
        std::lock_guard lock(m_mutex);
        removeWaiting(tag);
        if (urgency == Urgency::Now) {
            // One that gives way already is not put back twice.
            if (m_running && m_running->urgency == Urgency::WhenIdle && !m_progress->cancelled()) {
                m_progress->cancel();
                m_waiting.push_front(m_running);
            }
            const auto idle = std::find_if(m_waiting.begin(), m_waiting.end(), [](const auto& other) {
                return other->urgency == Urgency::WhenIdle;
            });
            m_waiting.insert(idle, task);
        } else {
            m_waiting.push_back(task);
        }
    }
    m_wake.notify_all();
}

void LookLane::drop(const QString& tag)
{
    m_newest.remove(tag);
    std::lock_guard lock(m_mutex);
    removeWaiting(tag);
}

void LookLane::loop()
{
    std::unique_lock lock(m_mutex);
    for (;;) {
        m_wake.wait(lock, [this] { return m_stopping || !m_waiting.empty(); });
        if (m_stopping)
            return;
        m_running = m_waiting.front();
        m_waiting.pop_front();
        m_progress = std::make_shared<Progress>();
        const auto task = m_running;
        const auto progress = m_progress;
        lock.unlock();
        bool ended = true;
        try {
            deliver(task, task->work(*progress));
        } catch (const Cancelled&) {
            ended = false;
        } catch (const Error& error) {
            deliver(task, [task, sentence = error.sentence()] {
                if (task->failed)
                    task->failed(sentence);
            });
        } catch (const std::exception& error) {
            deliver(task, [task, what = QString::fromUtf8(error.what())] {
                if (task->failed)
                    task->failed(LookLane::tr("Looking at the model failed: %1.").arg(what));
            });
        }
        lock.lock();
        if (ended)
            std::erase(m_waiting, task); // it was asked to give way, but was done first
        m_running.reset();
        m_progress.reset();
    }
}

void LookLane::deliver(const std::shared_ptr<Task>& task, std::function<void()> finished)
{
    QMetaObject::invokeMethod(
        this,
        [this, task, finished = std::move(finished)] {
            if (m_newest.value(task->tag) != task->ticket || !task->receiver)
                return;
            m_newest.remove(task->tag);
            finished();
        },
        Qt::QueuedConnection);
}

} // namespace halftone
