// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/error.h"
#include "base/parallel.h"
#include "base/precedence.h"
#include "base/progress.h"

#include <QtTest>
#include <atomic>
#include <mutex>
#include <set>
#include <stdexcept>
#include <thread>
#include <vector>
#ifdef __linux__
#include <sys/resource.h>
#endif

using namespace halftone;

class TestParallel : public QObject
{
    Q_OBJECT
private slots:
    void visitsEachItemOnce()
    {
        setThreadCount(4);
        std::vector<std::atomic<int>> visits(10007);
        parallelFor(10007, [&](std::int64_t i) { ++visits[static_cast<std::size_t>(i)]; });
        for (auto& v : visits)
            QCOMPARE(v.load(), 1);
        setThreadCount(0);
    }
    void rethrowsTheFirstFailureAndGoesOnWorking()
    {
        setThreadCount(3);
        QVERIFY_EXCEPTION_THROWN(
            parallelFor(100,
                        [](std::int64_t i) {
                            if (i == 50)
                                throw std::runtime_error("50");
                        }),
            std::runtime_error);
        std::atomic<int> sum{0};
        parallelFor(10, [&](std::int64_t) { ++sum; });
        QCOMPARE(sum.load(), 10);
        setThreadCount(0);
    }
    void nestedLoopsAndTwoCallersAtOnceFinish()
    {
        setThreadCount(3);
        std::atomic<int> sum{0};
        auto work = [&] {
            for (int k = 0; k < 200; ++k)
                parallelFor(5, [&](std::int64_t) {
                    parallelFor(3, [&](std::int64_t) { ++sum; });
                });
        };
        std::thread other(work);
        work();
        other.join();
        QCOMPARE(sum.load(), 2 * 200 * 15);
        setThreadCount(0);
    }
    void helpersHaveThePrecedenceOfTheirCaller()
    {
        setThreadCount(4);
        const auto niceness = [] {
#ifdef __linux__
            return getpriority(PRIO_PROCESS, 0);
#else
            return 0;
#endif
        };
        // Slow enough for each helper to take some.
        const auto loop = [&](std::set<int>& niced, std::set<Precedence>& had) {
            std::mutex mutex;
            parallelFor(40, [&](std::int64_t) {
                std::this_thread::sleep_for(std::chrono::milliseconds(1));
                const std::lock_guard lock(mutex);
                niced.insert(niceness());
                had.insert(precedence());
            });
        };
        std::set<int> front, job;
        std::set<Precedence> frontHad, jobHad;
        const int own = niceness();
        std::thread lowered([&] {
            takePrecedence(Precedence::Job);
            loop(job, jobHad);
        });
        loop(front, frontHad);
        lowered.join();
        QCOMPARE(frontHad, std::set{Precedence::Front});
        QCOMPARE(jobHad, std::set{Precedence::Job});
        QCOMPARE(front, std::set{own});
        QCOMPARE(niceness(), own);
#ifdef __linux__
        QCOMPARE(job, std::set{std::min(19, own + 11)});
#endif
        setThreadCount(0);
    }
    void cancelWakesPausedWork()
    {
        Progress progress;
        progress.setPaused(true);
        std::atomic<bool> cancelled{false};
        std::thread worker([&] {
            try {
                progress.check();
            } catch (const Cancelled&) {
                cancelled = true;
            }
        });
        std::this_thread::sleep_for(std::chrono::milliseconds(20));
        QVERIFY(!cancelled);
        progress.cancel();
        worker.join();
        QVERIFY(cancelled);
    }
};

QTEST_APPLESS_MAIN(TestParallel)
#include "tst_parallel.moc"
