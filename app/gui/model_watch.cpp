// SPDX-License-Identifier: GPL-3.0-or-later
#include "model_watch.h"

#include "look_lane.h"
#include "session.h"

#include <QDir>
#include <QFileInfo>

namespace halftone {

namespace {

const auto kTag = QStringLiteral("model's files");
constexpr int kRestMs = 300;

} // namespace

ModelWatch::ModelWatch(Session& session) : QObject(&session), m_session(session)
{
    m_rest.setSingleShot(true);
    m_rest.setInterval(kRestMs);
    connect(&session, &Session::checkpointChanged, this, &ModelWatch::begin);
    // A file that is replaced drops out of the watcher, so its folder is watched too.
    connect(&m_watcher, &QFileSystemWatcher::fileChanged, &m_rest, qOverload<>(&QTimer::start));
    connect(&m_watcher, &QFileSystemWatcher::directoryChanged, &m_rest, qOverload<>(&QTimer::start));
    connect(&m_rest, &QTimer::timeout, this, &ModelWatch::look);
}

void ModelWatch::begin()
{
    if (!m_watcher.files().isEmpty())
        m_watcher.removePaths(m_watcher.files());
    if (!m_watcher.directories().isEmpty())
        m_watcher.removePaths(m_watcher.directories());
    m_opened.clear();
    m_lost = false;
    QStringList paths = m_session.checkpoint()->files();
    for (const QString& file : m_session.checkpoint()->files())
        paths += QFileInfo(file).path();
    paths.removeDuplicates();
    if (!paths.isEmpty())
        m_watcher.addPaths(paths);
    askFor([this](const Stamps& now) { m_opened = now; });
}

// File systems may be slow, so they are asked on the lane.
void ModelWatch::askFor(std::function<void(const Stamps&)> use)
{
    m_session.look().ask<Stamps>(
        kTag, this,
        [files = m_session.checkpoint()->files()](Progress& progress) {
            Stamps stamps;
            for (const QString& file : files) {
                progress.check();
                const QFileInfo info(file);
                stamps.insert(file, info.isFile() ? Stamp{info.size(), info.lastModified()} : Stamp{});
            }
            return stamps;
        },
        [use](std::shared_ptr<const Stamps> stamps) { use(*stamps); });
}

void ModelWatch::look()
{
    if (!m_session.checkpoint() || m_opened.isEmpty())
        return;
    const QStringList watched = m_watcher.files();
    for (const QString& file : m_session.checkpoint()->files())
        if (!watched.contains(file))
            m_watcher.addPath(file); // of a file that is there again
    askFor([this](const Stamps& now) { compare(now); });
}

void ModelWatch::compare(const Stamps& now)
{
    QString gone, changed;
    for (auto it = m_opened.cbegin(); it != m_opened.cend(); ++it) {
        const Stamp stamp = now.value(it.key());
        if (stamp.bytes < 0)
            gone = it.key();
        else if (stamp != *it)
            changed = it.key();
    }
    const bool lostNow = !gone.isEmpty() || !changed.isEmpty();
    if (lostNow)
        emit lost((gone.isEmpty() ? tr("'%1' has changed since it was opened. What is shown, the recipe and the runs stay as they are.")
                                  : tr("'%1' is no longer there. What is shown, the recipe and the runs stay; put the file back to go on."))
                      .arg(QDir::toNativeSeparators(gone.isEmpty() ? changed : gone)));
    else if (m_lost)
        emit found();
    m_lost = lostNow;
}

} // namespace halftone
