// SPDX-License-Identifier: GPL-3.0-or-later
// The lane beside the window that looks at things: opening, statistics, pictures. Newest wins: a task
// replaces the waiting or running one of the same tag. Tasks of one urgency run in order on a thread of
// theirs, behind those of more urgent ones by the system's own measure (precedence.h), so that a picture
// waits for nothing longer than a picture and nothing is begun twice. Long jobs belong to JobRunner.
#pragma once

#include "base/progress.h"

#include <QHash>
#include <QObject>
#include <QPointer>
#include <array>
#include <deque>
#include <functional>
#include <memory>
#include <thread>

namespace halftone {

class LookLane : public QObject
{
    Q_OBJECT

public:
    enum class Urgency {
        Picture,    ///< follows a hand: short
        Now,        ///< someone waits for it
        Next,       ///< someone waits for it, but more for what is Now
        Soon,       ///< someone waits for it, but it takes seconds
        Evidence,   ///< as Soon, and holds nothing of that up
        WhenIdle,   ///< may be wanted one day
    };
    using Failed = std::function<void(const QString& sentence)>;

    explicit LookLane(QObject* parent = nullptr);
    ~LookLane() override;

    /// Runs work(progress) on the lane, then done(result) on the GUI thread, unless by then the
    /// receiver is gone or a newer task of the same tag was asked for. An Error reaches failed().
    /// work should call progress.check() so that a newer task need not wait.
    template <typename Result>
    void ask(const QString& tag, QObject* receiver, std::function<Result(Progress&)> work,
             std::function<void(std::shared_ptr<const Result>)> done, Failed failed = {},
             Urgency urgency = Urgency::Now)
    {
        enqueue(tag, receiver, urgency, std::move(failed),
                [work = std::move(work), done = std::move(done)](Progress& progress) {
                    const std::shared_ptr<const Result> result = freedElsewhere(new Result(work(progress)));
                    return std::function<void()>([result, done] {
                        if (done)
                            done(result);
                    });
                });
    }

    /// Forgets the task of this tag; its result will not arrive.
    void drop(const QString& tag);

    /// Has something large freed on a thread for that: giving memory back takes the system 50 ms for
    /// what a matrix fills, and the last holder of a result is often the GUI thread.
    static void discard(std::function<void()> free);
    template <typename Thing>
    static std::shared_ptr<Thing> freedElsewhere(Thing* thing)
    {
        return {thing, [](Thing* made) { discard([made] { delete made; }); }};
    }

private:
    // Runs on the lane; what it returns runs on the GUI thread.
    using Work = std::function<std::function<void()>(Progress&)>;
    struct Task
    {
        QString tag;
        quint64 ticket = 0;
        QPointer<QObject> receiver; // looked at on the GUI thread only
        Urgency urgency = Urgency::Now;
        Failed failed;
        Work work;
    };

    // What runs the tasks of one urgency.
    struct Track
    {
        std::deque<std::shared_ptr<Task>> waiting;
        std::shared_ptr<Task> running;
        std::shared_ptr<Progress> progress; // of the running task
        std::thread thread;
    };

    Track& track(Urgency urgency) { return m_tracks[std::size_t(urgency)]; }
    void enqueue(const QString& tag, QObject* receiver, Urgency urgency, Failed failed, Work work);
    void loop(Urgency urgency);
    void run(const std::shared_ptr<Task>& task, Progress& progress);
    void deliver(const std::shared_ptr<Task>& task, std::function<void()> finished);
    void removeWaiting(const QString& tag);

    QHash<QString, quint64> m_newest; // GUI thread only
    quint64 m_tickets = 0;

    std::mutex m_mutex;
    std::condition_variable m_wake;
    std::array<Track, 6> m_tracks; // in the order of Urgency
    bool m_stopping = false;
};

} // namespace halftone
