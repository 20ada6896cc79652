// SPDX-License-Identifier: GPL-3.0-or-later
#include "look_lane.h"

#include "base/error.h"
#include "base/precedence.h"

#include <algorithm>

namespace halftone {

namespace {

Precedence precedenceOf(LookLane::Urgency urgency)
{
    switch (urgency) {
    case LookLane::Urgency::Picture: return Precedence::Front;
    case LookLane::Urgency::Now: return Precedence::Answer;
    case LookLane::Urgency::WhenIdle: return Precedence::Job;
    default: return Precedence::Spare;
    }
}

// Frees in turn what is thrown away. Ends with the program, having freed all it was given.
class Bin
{
public:
    Bin() : m_thread([this] { empty(); }) {}
    ~Bin()
    {
        {
            std::lock_guard lock(m_mutex);
            m_closing = true;
        }
        m_wake.notify_one();
        m_thread.join();
    }

    void add(std::function<void()> free)
    {
        {
            std::lock_guard lock(m_mutex);
            m_waiting.push_back(std::move(free));
        }
        m_wake.notify_one();
    }

private:
    void empty()
    {
        takePrecedence(Precedence::Answer);
        std::unique_lock lock(m_mutex);
        for (;;) {
            m_wake.wait(lock, [&] { return m_closing || !m_waiting.empty(); });
            if (m_waiting.empty())
                return;
            const auto free = std::move(m_waiting.front());
            m_waiting.pop_front();
            lock.unlock();
            free();
            lock.lock();
        }
    }

    std::mutex m_mutex;
    std::condition_variable m_wake;
    std::deque<std::function<void()>> m_waiting;
    bool m_closing = false;
    std::thread m_thread;
};

} // namespace

void LookLane::discard(std::function<void()> free)
{
    static Bin bin;
    bin.add(std::move(free));
}

LookLane::LookLane(QObject* parent) : QObject(parent)
{
    for (const Urgency urgency : {Urgency::Picture, Urgency::Now, Urgency::Next, Urgency::Soon, Urgency::Evidence,
                                  Urgency::WhenIdle})
        track(urgency).thread = std::thread([this, urgency] { loop(urgency); });
}

LookLane::~LookLane()
{
    {
        std::lock_guard lock(m_mutex);
        m_stopping = true;
        for (Track& track : m_tracks) {
            track.waiting.clear();
            if (track.progress)
                track.progress->cancel();
        }
    }
    m_wake.notify_all();
    for (Track& track : m_tracks)
        track.thread.join();
}

void LookLane::removeWaiting(const QString& tag)
{
    for (Track& track : m_tracks) {
        std::erase_if(track.waiting, [&](const auto& task) { return task->tag == tag; });
        if (track.running && track.running->tag == tag)
            track.progress->cancel();
    }
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
        track(urgency).waiting.push_back(task);
    }
    m_wake.notify_all();
}

void LookLane::drop(const QString& tag)
{
    m_newest.remove(tag);
    std::lock_guard lock(m_mutex);
    removeWaiting(tag);
}

void LookLane::loop(Urgency urgency)
{
    takePrecedence(precedenceOf(urgency));
    Track& own = track(urgency);
    std::unique_lock lock(m_mutex);
    for (;;) {
        m_wake.wait(lock, [&] { return m_stopping || !own.waiting.empty(); });
        if (m_stopping)
            return;
        own.running = own.waiting.front();
        own.waiting.pop_front();
        own.progress = std::make_shared<Progress>();
        const auto task = own.running;
        const auto progress = own.progress;
        lock.unlock();
        run(task, *progress);
        lock.lock();
        own.running.reset();
        own.progress.reset();
    }
}

void LookLane::run(const std::shared_ptr<Task>& task, Progress& progress)
{
    try {
        deliver(task, task->work(progress));
    } catch (const Cancelled&) {
        // nobody waits for it any more
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
