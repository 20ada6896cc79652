// SPDX-License-Identifier: GPL-3.0-or-later
// One line at the foot: what runs, how far it is, and the buttons to pause or cancel it.
#pragma once

#include <QWidget>

class QLabel;
class QProgressBar;
class QPushButton;
class QToolButton;

namespace halftone {

class Session;
struct ProgressMoment;

class JobStrip : public QWidget
{
    Q_OBJECT

public:
    explicit JobStrip(Session& session, QWidget* parent = nullptr);

    /// Shows or hides the drawer that belongs to the strip.
    void openDrawer(bool open);

signals:
    void resultWanted();
    void drawerWanted(bool open);

private:
    void showMoment(const ProgressMoment& moment);
    void showIdle(const QString& text, bool withResult);
    void setRunning(bool running);
    void followQueue();
    void showCount();
    void tellDesktop(const QString& title, const QString& text) const;

    Session& m_session;
    QToolButton* m_drawer;
    QLabel* m_text;
    QLabel* m_left;
    QProgressBar* m_bar;
    QPushButton* m_pause;
    QPushButton* m_cancel;
    QPushButton* m_result;
    QPushButton* m_folder;
    QString m_place;
};

} // namespace halftone
