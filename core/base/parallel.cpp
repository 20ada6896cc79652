// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/parallel.h"

#include "base/precedence.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <exception>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>
#if defined(__linux__)
#include <sched.h>
#endif

namespace halftone {

namespace {

// One loop being worked on. Kept alive by every thread that has seen it.
struct Loop
{
    std::int64_t count = 0;
    const std::function<void(std::int64_t)>* body = nullptr;
    std::atomic<std::int64_t> next{0};
    std::atomic<int> helpersWanted{0};
    std::atomic<int> active{0}; // threads inside run(); changed under the pool's mutex
    std::exception_ptr failure;
    std::mutex failureMutex;

    void run()
    {
        for (;;) {
            const std::int64_t i = next.fetch_add(1, std::memory_order_relaxed);
            if (i >= count)
                return;
            try {
                (*body)(i);
            } catch (...) {
                std::lock_guard lock(failureMutex);
                if (!failure)
                    failure = std::current_exception();
                next.store(count, std::memory_order_relaxed);
            }
        }
    }
};

// Looks for a moment before the caller goes to sleep: a model that writes runs a loop every few
// microseconds, and waking a thread takes longer than that.
template <class Condition>
void lookBriefly(const Condition& condition)
{
    const auto end = std::chrono::steady_clock::now() + std::chrono::microseconds(40);
    while (!condition() && std::chrono::steady_clock::now() < end)
        for (int i = 0; i < 16 && !condition(); ++i) {
#if defined(__x86_64__)
            __builtin_ia32_pause();
#endif
        }
}

thread_local bool insideLoop = false;
std::atomic<int> wantedThreads{0};

class Pool
{
public:
    explicit Pool(Precedence precedence) : m_precedence(precedence) {}
    ~Pool()
    {
        {
            std::lock_guard lock(m_mutex);
            m_stopping = true;
        }
        m_wake.notify_all();
        for (auto& thread : m_threads)
            thread.join();
    }

    void run(Loop& loop, int helpers)
    {
        auto* shared = &loop;
        {
            std::lock_guard lock(m_mutex);
            while (static_cast<int>(m_threads.size()) < helpers)
                m_threads.emplace_back([this] { work(); });
            loop.helpersWanted = helpers;
            m_loops.push_back(shared);
        }
        m_posted.fetch_add(1, std::memory_order_release); // those who look take the mutex at once
        m_wake.notify_all();
        insideLoop = true;
        loop.run();
        insideLoop = false;
        std::unique_lock lock(m_mutex);
        std::erase(m_loops, shared);
        if (loop.active != 0) {
            lock.unlock();
            lookBriefly([&] { return loop.active.load(std::memory_order_acquire) == 0; });
            lock.lock();
        }
        m_done.wait(lock, [&] { return loop.active == 0; });
    }

private:
    void work()
    {
        insideLoop = true;
        takePrecedence(m_precedence);
        std::unique_lock lock(m_mutex);
        for (;;) {
            Loop* loop = loopInNeed();
            if (!loop && !m_stopping) { // the next one is seldom far, also while the caller ends this one
                const std::uint64_t seen = m_posted.load(std::memory_order_relaxed);
                lock.unlock();
                lookBriefly([&] { return m_posted.load(std::memory_order_acquire) != seen; });
                lock.lock();
                m_wake.wait(lock, [&] {
                    loop = loopInNeed();
                    return m_stopping || loop;
                });
            }
            if (m_stopping)
                return;
            ++loop->active;
            lock.unlock();
            loop->run();
            lock.lock();
            if (--loop->active == 0)
                m_done.notify_all();
        }
    }

    // The latest that has items left and helpers to come. Under the mutex.
    Loop* loopInNeed() const
    {
        Loop* loop = nullptr;
        for (Loop* candidate : m_loops)
            if (candidate->active < candidate->helpersWanted &&
                candidate->next.load(std::memory_order_relaxed) < candidate->count)
                loop = candidate;
        return loop;
    }

    const Precedence m_precedence;
    std::mutex m_mutex;
    std::condition_variable m_wake;
    std::condition_variable m_done;
    std::vector<Loop*> m_loops;
    std::vector<std::thread> m_threads;
    std::atomic<std::uint64_t> m_posted{0}; // loops so far
    bool m_stopping = false;
};

// A helper that a run has lowered must not be what a picture waits for.
Pool& pool(Precedence precedence)
{
    static std::array<Pool, kPrecedences> pools{Pool(Precedence::Front), Pool(Precedence::Answer),
                                                Pool(Precedence::Spare), Pool(Precedence::Job)};
    return pools[std::size_t(precedence)];
}

} // namespace

void setThreadCount(int count)
{
    wantedThreads = std::max(0, count);
}

// Those that the process may run on: under taskset, or in a container, fewer than there are.
static int usableCores()
{
#if defined(__linux__)
    cpu_set_t mask;
    if (sched_getaffinity(0, sizeof mask, &mask) == 0)
        return std::max(1, CPU_COUNT(&mask));
#endif
    return std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
}

int threadCount()
{
    // Asking opens a file of /sys each time, which a model that writes would do for every product.
    static const int cores = usableCores();
    const int wanted = wantedThreads;
    return wanted > 0 ? wanted : cores;
}

void parallelFor(std::int64_t count, const std::function<void(std::int64_t)>& body)
{
    const int helpers =
        insideLoop ? 0 : static_cast<int>(std::min<std::int64_t>(threadCount(), count)) - 1;
    Loop loop;
    loop.count = count;
    loop.body = &body;
    if (helpers <= 0)
        loop.run();
    else
        pool(precedence()).run(loop, helpers);
    if (loop.failure)
        std::rethrow_exception(loop.failure);
}

} // namespace halftone
