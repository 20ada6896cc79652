// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/error.h"
#include "base/precedence.h"
#include "job_runner.h"
#include "look_lane.h"

#include <QSignalSpy>
#include <QtTest>

using namespace halftone;

namespace {

// Waits on the lane until told to go on, or cancelled.
int hold(const std::atomic<bool>& released, Progress& progress)
{
    while (!released) {
        progress.check();
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
    return 0;
}

RunOrder orderFor(const QString& out)
{
    RunOrder order;
    order.out = out;
    return order;
}

} // namespace

class LanesTest : public QObject
{
    Q_OBJECT

private slots:
    void newestOfATagWins()
    {
        LookLane lane;
        std::vector<int> arrived;
        std::atomic<bool> never{false};
        const auto done = [&](std::shared_ptr<const int> value) { arrived.push_back(*value); };
        const auto tag = QStringLiteral("picture");
        lane.ask<int>(tag, this, [&](Progress& progress) { return hold(never, progress); }, done);
        for (int i = 1; i <= 20; ++i)
            lane.ask<int>(tag, this, [i](Progress&) { return i; }, done);
        QTRY_COMPARE(arrived.size(), std::size_t(1));
        QCOMPARE(arrived[0], 20);
        QTest::qWait(20);
        QCOMPARE(arrived.size(), std::size_t(1));
    }

    void whatIsUrgentWaitsForNothingSlower()
    {
        LookLane lane;
        using Urgency = LookLane::Urgency;
        std::atomic<bool> released{false};
        std::atomic<int> starts{0};
        QStringList arrived;
        for (const auto& [urgency, name] : {std::pair(Urgency::WhenIdle, "idle"), {Urgency::Evidence, "evidence"},
                                           {Urgency::Soon, "soon"}, {Urgency::Next, "next"}, {Urgency::Now, "now"}})
            lane.ask<int>(
                QLatin1String(name), this,
                [&](Progress& progress) {
                    ++starts;
                    return hold(released, progress);
                },
                [&arrived, name = name](auto) { arrived += QLatin1String(name); }, {}, urgency);
        QTRY_COMPARE(starts.load(), 5);
        Precedence seen = Precedence::Job;
        lane.ask<int>(
            QStringLiteral("picture"), this,
            [&](Progress&) {
                seen = precedence();
                return 1;
            },
            [&](auto) { arrived += QStringLiteral("picture"); }, {}, Urgency::Picture);
        QTRY_COMPARE(arrived, QStringList{QStringLiteral("picture")});
        QCOMPARE(int(seen), int(Precedence::Front));
        released = true;
        QTRY_COMPARE(arrived.size(), 6);
        QCOMPARE(starts.load(), 5); // and nothing was begun twice
    }

    void resultsAreFreedOffTheGuiThread()
    {
        struct Large
        {
            std::shared_ptr<std::atomic<int>> freedBy; // 1: the GUI thread, 2: another
            std::thread::id gui;
            ~Large()
            {
                if (freedBy)
                    *freedBy = std::this_thread::get_id() == gui ? 1 : 2;
            }
            Large(std::shared_ptr<std::atomic<int>> by, std::thread::id thread) : freedBy(std::move(by)), gui(thread) {}
            Large(Large&&) = default;
        };
        const auto freedBy = std::make_shared<std::atomic<int>>(0);
        LookLane lane;
        std::shared_ptr<const Large> held;
        lane.ask<Large>(
            QStringLiteral("a"), this, [&, gui = std::this_thread::get_id()](Progress&) { return Large(freedBy, gui); },
            [&](std::shared_ptr<const Large> value) { held = std::move(value); });
        QTRY_VERIFY(held);
        QTest::qWait(20);
        QCOMPARE(freedBy->load(), 0);
        held.reset();
        QTRY_COMPARE(freedBy->load(), 2);
    }

    void droppedAndOrphanedResultsDoNotArrive()
    {
        LookLane lane;
        int arrived = 0;
        const auto done = [&](std::shared_ptr<const int>) { ++arrived; };
        auto receiver = std::make_unique<QObject>();
        lane.ask<int>(QStringLiteral("a"), receiver.get(), [](Progress&) { return 1; }, done);
        lane.ask<int>(QStringLiteral("b"), this, [](Progress&) { return 1; }, done);
        lane.drop(QStringLiteral("b"));
        receiver.reset();
        bool last = false;
        lane.ask<int>(QStringLiteral("c"), this, [](Progress&) { return 1; },
                      [&](std::shared_ptr<const int>) { last = true; });
        QTRY_VERIFY(last);
        QCOMPARE(arrived, 0);
    }

    void errorsArriveAsSentences()
    {
        LookLane lane;
        QString sentence;
        lane.ask<int>(
            QStringLiteral("a"), this,
            [](Progress&) -> int { throw Error(QStringLiteral("It is broken.")); },
            [](std::shared_ptr<const int>) {}, [&](const QString& text) { sentence = text; });
        QTRY_COMPARE(sentence, QStringLiteral("It is broken."));
    }

    void jobsRunInOrderAndSayHowTheyFare()
    {
        QStringList ran;
        JobRunner jobs([&](const RunOrder& order, Progress& progress, const LayerListener&) {
            progress.advance(QStringLiteral("quantize"), QStringLiteral("layer"), 0.5);
            ran += order.out;
            if (order.out == QStringLiteral("bad"))
                throw Error(QStringLiteral("No room."));
            RunOutcome outcome;
            outcome.order = order;
            return outcome;
        });
        QSignalSpy progressed(&jobs, &JobRunner::progressed);
        int finished = 0;
        QString failure;
        connect(&jobs, &JobRunner::finished, this, [&] { ++finished; });
        connect(&jobs, &JobRunner::failed, this,
                [&](const RunOrder&, const QString& sentence) { failure = sentence; });
        for (const char* out : {"one", "bad", "two"})
            jobs.start(orderFor(QLatin1String(out)));
        QTRY_COMPARE(finished, 2);
        QCOMPARE(ran.join(QLatin1Char(' ')), QStringLiteral("one bad two"));
        QCOMPARE(failure, QStringLiteral("No room."));
        QCOMPARE(progressed.count(), 3);
        QVERIFY(!jobs.busy());
    }

    void jobsRunBehindWhatPeopleWaitFor()
    {
        Precedence seen = Precedence::Front;
        JobRunner jobs([&](const RunOrder& order, Progress&, const LayerListener&) {
            seen = precedence();
            RunOutcome outcome;
            outcome.order = order;
            return outcome;
        });
        bool finished = false;
        connect(&jobs, &JobRunner::finished, this, [&] { finished = true; });
        jobs.start(orderFor(QStringLiteral("one")));
        QTRY_VERIFY(finished);
        QCOMPARE(int(seen), int(Precedence::Job));
    }

    void pausesResumesAndCancelsAtOnce()
    {
        std::atomic<int> rounds{0};
        JobRunner jobs([&](const RunOrder&, Progress& progress, const LayerListener&) -> RunOutcome {
            for (;; ++rounds) {
                progress.check();
                std::this_thread::sleep_for(std::chrono::milliseconds(1));
            }
        });
        bool cancelled = false;
        connect(&jobs, &JobRunner::cancelled, this, [&] { cancelled = true; });
        jobs.start(orderFor(QStringLiteral("endless")));
        QTRY_VERIFY(rounds > 3);
        jobs.setPaused(true);
        QVERIFY(jobs.paused());
        QTest::qWait(20);
        const int stopped = rounds;
        QTest::qWait(30);
        QCOMPARE(rounds.load(), stopped);
        jobs.setPaused(false);
        QTRY_VERIFY(rounds > stopped);
        jobs.setPaused(true);
        jobs.cancel();
        QTRY_VERIFY_WITH_TIMEOUT(cancelled, 2000);
        QVERIFY(!jobs.busy() && !jobs.paused());
    }
};

QTEST_GUILESS_MAIN(LanesTest)
#include "tst_lanes.moc"
