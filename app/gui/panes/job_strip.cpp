// SPDX-License-Identifier: GPL-3.0-or-later
#include "panes/job_strip.h"

#include "desktop_notification.h"
#include "job_runner.h"
#include "session.h"
#include "texts.h"

#include <QDesktopServices>
#include <QDir>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QToolButton>
#include <QUrl>
#include <algorithm>

namespace halftone {

JobStrip::JobStrip(Session& session, QWidget* parent)
    : QWidget(parent), m_session(session), m_drawer(new QToolButton), m_text(new QLabel), m_left(new QLabel),
      m_bar(new QProgressBar), m_pause(new QPushButton), m_cancel(new QPushButton(tr("Cancel"))),
      m_result(new QPushButton(tr("Show result"))), m_folder(new QPushButton(tr("Open folder")))
{
    m_bar->setRange(0, 1000);
    m_bar->setTextVisible(false);
    m_bar->setFixedWidth(220);
    m_bar->setAccessibleName(tr("Progress of the run"));
    m_text->setAccessibleDescription(tr("What is running"));
    m_drawer->setCheckable(true);
    m_drawer->setAutoRaise(true);
    m_drawer->setToolTip(tr("Shows the queue of jobs, their layers and logs"));
    connect(m_drawer, &QToolButton::toggled, this, &JobStrip::drawerWanted);
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(12, 4, 12, 4);
    layout->addWidget(m_drawer);
    layout->addWidget(m_text, 1);
    for (QWidget* widget : {static_cast<QWidget*>(m_left), static_cast<QWidget*>(m_bar),
                            static_cast<QWidget*>(m_pause), static_cast<QWidget*>(m_cancel),
                            static_cast<QWidget*>(m_result), static_cast<QWidget*>(m_folder)})
        layout->addWidget(widget);
    showIdle(tr("No run"), false);

    connect(m_pause, &QPushButton::clicked, this,
            [this] { m_session.jobs().setPaused(!m_session.jobs().paused()); });
    connect(m_cancel, &QPushButton::clicked, this, [this] {
        m_cancel->setEnabled(false);
        m_session.jobs().cancel();
    });
    connect(m_result, &QPushButton::clicked, this, &JobStrip::resultWanted);
    m_folder->setObjectName(QStringLiteral("openFolder"));
    connect(m_folder, &QPushButton::clicked, this, [this] {
        const QFileInfo place(m_place);
        QDesktopServices::openUrl(QUrl::fromLocalFile(place.isDir() ? m_place : place.absolutePath()));
    });
    followQueue();
}

void JobStrip::followQueue()
{
    const JobRunner& jobs = m_session.jobs();
    connect(&jobs, &JobRunner::queueChanged, this, &JobStrip::showCount);
    connect(&jobs, &JobRunner::started, this, [this] {
        setRunning(true);
        showMoment({tr("Starting"), {}, 0, -1, 0});
    });
    connect(&jobs, &JobRunner::progressed, this, &JobStrip::showMoment);
    connect(&jobs, &JobRunner::pausedChanged, this, [this](bool paused) {
        m_pause->setText(paused ? tr("Resume") : tr("Pause"));
        m_left->setText(paused ? tr("paused") : QString());
    });
    connect(&jobs, &JobRunner::finished, this, [this](std::shared_ptr<const RunOutcome> outcome) {
        const RunOrder& order = outcome->order;
        const QString place = QDir::toNativeSeparators(order.exported.wanted() ? order.exported.out : order.out);
        showIdle(order.out.isEmpty() ? tr("Finished: %1").arg(place)
                                     : tr("Finished in %1: %2").arg(durationText(outcome->times.total), place),
                 !order.out.isEmpty());
        m_place = place;
        m_folder->setVisible(true);
        tellDesktop(tr("Finished: %1").arg(titleOf(order)), place);
    });
    connect(&jobs, &JobRunner::failed, this, [this](const RunOrder& order, const QString& sentence) {
        // One that stands has been told of with the queue.
        const auto& all = m_session.jobs().jobs();
        if (std::none_of(all.begin(), all.end(), [](const auto& job) { return job->state == Job::State::Held && !job->sentence.isEmpty(); }))
            showIdle(tr("The run failed; what is done is kept and Start goes on from there"), false);
        tellDesktop(tr("Failed: %1").arg(titleOf(order)), sentence);
    });
    connect(&jobs, &JobRunner::cancelled, this, [this](const RunOrder&) {
        if (!m_session.jobs().busy())
            showIdle(tr("Cancelled; Start goes on from the last finished block"), false);
    });
    showCount();
}

void JobStrip::openDrawer(bool open)
{
    m_drawer->setChecked(open);
}

// How many jobs there are still to do, those that stand included.
void JobStrip::showCount()
{
    int open = 0, held = 0;
    for (const auto& job : m_session.jobs().jobs()) {
        open += job->open();
        held += job->state == Job::State::Held;
    }
    m_drawer->setText(open > 0 ? tr("Jobs (%L1)").arg(open) : tr("Jobs"));
    if (held > 0 && !m_session.jobs().busy())
        showIdle(tr("%n jobs stand until they are resumed: open Jobs", nullptr, held), false);
}

// Someone who looks at the window sees it anyway.
void JobStrip::tellDesktop(const QString& title, const QString& text) const
{
    if (!isActiveWindow())
        notifyDesktop(title, text);
}

void JobStrip::setRunning(bool running)
{
    for (QWidget* widget : {static_cast<QWidget*>(m_left), static_cast<QWidget*>(m_bar),
                            static_cast<QWidget*>(m_pause), static_cast<QWidget*>(m_cancel)})
        widget->setVisible(running);
    m_result->setVisible(false);
    m_folder->setVisible(false);
    m_cancel->setEnabled(true);
    m_pause->setText(tr("Pause"));
}

void JobStrip::showIdle(const QString& text, bool withResult)
{
    setRunning(false);
    m_text->setText(text);
    m_result->setVisible(withResult);
}

void JobStrip::showMoment(const ProgressMoment& moment)
{
    m_text->setText(moment.item.isEmpty() ? moment.stage
                                          : tr("%1: %2").arg(moment.stage, moment.item));
    m_bar->setValue(int(moment.share * 1000));
    QString left = percentText(moment.share, 0);
    if (moment.secondsLeft >= 0)
        left = tr("%1, %2 left").arg(left, durationText(moment.secondsLeft));
    m_left->setText(left);
}

} // namespace halftone
