// SPDX-License-Identifier: GPL-3.0-or-later
// Whether the files of the open model are still what was opened. Says so when they vanish or change;
// what to do about it is the reader's choice.
#pragma once

#include <QDateTime>
#include <QFileSystemWatcher>
#include <QHash>
#include <QObject>
#include <QTimer>
#include <functional>

namespace halftone {

class Session;

class ModelWatch : public QObject
{
    Q_OBJECT

public:
    explicit ModelWatch(Session& session);

signals:
    /// A sentence that names the file.
    void lost(const QString& sentence);
    /// All files are as they were opened, after they were not.
    void found();

private:
    struct Stamp
    {
        qint64 bytes = -1; ///< -1: not there
        QDateTime changed;
        bool operator==(const Stamp&) const = default;
    };
    using Stamps = QHash<QString, Stamp>;

    void begin();
    void look();
    void compare(const Stamps& now);
    void askFor(std::function<void(const Stamps&)> use);

    Session& m_session;
    QFileSystemWatcher m_watcher;
    QTimer m_rest; ///< many changes at once are looked at once
    Stamps m_opened;
    bool m_lost = false;
};

} // namespace halftone
