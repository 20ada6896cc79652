// SPDX-License-Identifier: GPL-3.0-or-later
#include "job_runner.h"

#include "base/no_room.h"
#include "base/precedence.h"
#include "texts.h"

#include <QLocale>
#include <QTime>
#include <algorithm>

namespace halftone {

namespace {

void write(Job& job, const QString& line)
{
    job.log += QStringLiteral("%1  %2").arg(QTime::currentTime().toString(QStringLiteral("HH:mm:ss")), line);
}

} // namespace

JobRunner::JobRunner(RunFunction run, QObject* parent)
    : QObject(parent), m_run(std::move(run)), m_thread(QThread::create([this] { loop(); }))
{
    m_thread->start();
}

JobRunner::~JobRunner()
{
    {
        std::lock_guard lock(m_mutex);
        m_stopping = true;
        m_handed.reset();
        if (m_progress)
            m_progress->cancel();
    }
    m_wake.notify_all();
    m_thread->wait();
}

const Job* JobRunner::job(int id) const
{
    const int row = rowOf(id);
    return row < 0 ? nullptr : m_jobs[std::size_t(row)].get();
}

Job* JobRunner::find(int id)
{
    const int row = rowOf(id);
    return row < 0 ? nullptr : m_jobs[std::size_t(row)].get();
}

int JobRunner::rowOf(int id) const
{
    const auto found = std::find_if(m_jobs.begin(), m_jobs.end(), [id](const auto& job) { return job->id == id; });
    return found == m_jobs.end() ? -1 : int(found - m_jobs.begin());
}

int JobRunner::add(const RunOrder& order, Job::State state)
{
    auto job = std::make_shared<Job>();
    job->id = ++m_ids;
    job->order = order;
    job->state = state;
    m_jobs.push_back(job);
    emit queueChanged();
    next();
    return job->id;
}

int JobRunner::start(const RunOrder& order)
{
    return add(order, Job::State::Waiting);
}

int JobRunner::hold(const RunOrder& order)
{
    return add(order, Job::State::Held);
}

int JobRunner::waiting() const
{
    return int(std::count_if(m_jobs.begin(), m_jobs.end(),
                             [](const auto& job) { return job->state == Job::State::Waiting; }));
}

void JobRunner::next()
{
    if (busy())
        return;
    const auto first = std::find_if(m_jobs.begin(), m_jobs.end(),
                                    [](const auto& job) { return job->state == Job::State::Waiting; });
    if (first == m_jobs.end())
        return;
    Job& job = **first;
    job.state = Job::State::Running;
    job.moment = {tr("Starting"), {}, 0, -1, 0};
    job.layers.clear();
    job.sentence.clear();
    write(job, tr("Started"));
    m_running = job.id;
    {
        std::lock_guard lock(m_mutex);
        m_handed = std::make_shared<const RunOrder>(job.order);
        m_handedPaused = false;
    }
    m_wake.notify_all();
    emit started(job.order);
    emit queueChanged();
}

void JobRunner::cancel(int id)
{
    Job* job = find(id);
    if (!job || !job->open())
        return;
    if (job->active()) {
        std::lock_guard lock(m_mutex);
        const bool taken = !m_handed;
        m_handed.reset();
        if (taken) {
            if (m_progress)
                m_progress->cancel();
            return; // the lane will say so
        }
    }
    end(*job, Job::State::Cancelled);
    emit cancelled(job->order);
    next();
}

void JobRunner::setPaused(int id, bool paused)
{
    Job* job = find(id);
    using State = Job::State;
    if (!job || job->state != (job->active() ? (paused ? State::Running : State::Paused)
                                             : (paused ? State::Waiting : State::Held)))
        return;
    if (!job->active()) {
        job->state = paused ? State::Held : State::Waiting;
        emit queueChanged();
        next();
        return;
    }
    job->state = paused ? State::Paused : State::Running;
    write(*job, paused ? tr("Paused") : tr("Resumed"));
    {
        std::lock_guard lock(m_mutex);
        m_handedPaused = paused;
        if (m_progress && !m_handed)
            m_progress->setPaused(paused);
    }
    emit pausedChanged(paused);
    emit queueChanged();
}

void JobRunner::again(int id)
{
    Job* job = find(id);
    if (!job || job->open() || job->state == Job::State::Finished)
        return;
    job->state = Job::State::Waiting;
    emit queueChanged();
    next();
}

void JobRunner::move(int id, int places)
{
    const int row = rowOf(id);
    if (row < 0)
        return;
    const int to = std::clamp(row + places, 0, int(m_jobs.size()) - 1);
    const auto at = [this](int r) { return m_jobs.begin() + r; };
    if (to < row)
        std::rotate(at(to), at(row), at(row + 1));
    else if (to > row)
        std::rotate(at(row), at(row + 1), at(to + 1));
    emit queueChanged();
}

void JobRunner::clearEnded()
{
    std::erase_if(m_jobs, [](const auto& job) { return !job->open(); });
    emit queueChanged();
}

// Everything a person sees happens on the GUI thread, in the order in which the job said it.
void JobRunner::post(std::function<void(Job&)> call)
{
    QMetaObject::invokeMethod(
        this,
        [this, call = std::move(call)] {
            if (Job* job = find(m_running))
                call(*job);
        },
        Qt::QueuedConnection);
}

void JobRunner::end(Job& job, Job::State state)
{
    if (job.id == m_running)
        m_running = 0;
    job.state = state;
    emit queueChanged();
}

void JobRunner::runOne(const RunOrder& order, Progress& progress)
{
    const auto fail = [this](const QString& sentence, Job::State state = Job::State::Failed) {
        post([this, sentence, state](Job& job) {
            job.sentence = sentence;
            write(job, sentence);
            end(job, state);
            emit failed(job.order, sentence);
            next();
        });
    };
    const auto layerDone = [this](const LayerReport& layer) {
        post([this, layer](Job& job) {
            job.layers.push_back(layer);
            write(job, tr("%1: error %2, %3 bits on disk")
                           .arg(layer.name, percentText(layer.error, 2), QLocale().toString(layer.diskBits, 'f', 2)));
            emit layerCoded(layer);
            emit jobAdvanced(job.id);
        });
    };
    try {
        const auto outcome = std::make_shared<RunOutcome>(m_run(order, progress, layerDone));
        outcome->order = order;
        post([this, outcome](Job& job) {
            job.outcome = outcome;
            job.moment.share = 1;
            write(job, tr("Finished"));
            end(job, Job::State::Finished);
            emit finished(outcome);
            next();
        });
    } catch (const Cancelled&) {
        post([this](Job& job) {
            write(job, tr("Cancelled"));
            end(job, Job::State::Cancelled);
            emit cancelled(job.order);
            next();
        });
    } catch (const NoRoom& error) {
        fail(error.sentence(), Job::State::Held);
    } catch (const Error& error) {
        fail(error.sentence());
    } catch (const std::exception& error) {
        fail(tr("The run failed: %1.").arg(QString::fromUtf8(error.what())));
    }
}

void JobRunner::loop()
{
    takePrecedence(Precedence::Job);
    std::unique_lock lock(m_mutex);
    for (;;) {
        m_wake.wait(lock, [this] { return m_stopping || m_handed; });
        if (m_stopping)
            return;
        const auto order = std::move(m_handed);
        m_handed.reset();
        const auto progress = std::make_shared<Progress>([this](const ProgressMoment& moment) {
            post([this, moment](Job& job) {
                if (moment.stage != job.moment.stage)
                    write(job, moment.stage);
                job.moment = moment;
                emit progressed(moment);
                emit jobAdvanced(job.id);
            });
        });
        progress->setPaused(m_handedPaused);
        m_progress = progress;
        lock.unlock();
        runOne(*order, *progress);
        lock.lock();
        m_progress.reset();
    }
}

} // namespace halftone
