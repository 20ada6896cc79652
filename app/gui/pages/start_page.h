// SPDX-License-Identifier: GPL-3.0-or-later
// What stands there while nothing is open: where to drop a model, Open, the sample model, and the
// recent ones.
#pragma once

#include <QWidget>

class QListWidget;

namespace halftone {

class Session;

class StartPage : public QWidget
{
    Q_OBJECT

public:
    explicit StartPage(Session& session, QWidget* parent = nullptr);

signals:
    void openFileWanted();
    void openFolderWanted();
    void lessonsWanted();

private:
    void openSample();
    void fillRecent();

    Session& m_session;
    QWidget* m_recent;
    QListWidget* m_list;
};

} // namespace halftone
