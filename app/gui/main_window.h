// SPDX-License-Identifier: GPL-3.0-or-later
// Puts panes and pages together and routes menus, shortcuts and drops to the Session. Thin on purpose:
// what a pane or page shows is its own business.
#pragma once

#include "open_dialog.h"

#include <QMainWindow>

class QActionGroup;
class QLabel;
class QMenu;
class QSplitter;
class QStackedWidget;
class QToolBar;

namespace halftone {

class Inspector;
class JobDrawer;
class JobStrip;
class LessonPanel;
class MessageBar;
class Session;
class TensorPane;

class MainWindow : public QMainWindow
{
    Q_OBJECT

public:
    explicit MainWindow(Session& session, QWidget* parent = nullptr);

    /// In the order of pageRows().
    enum Page { Model, Matrix, Compare, Text, Export };
    void showPage(Page page);

protected:
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dropEvent(QDropEvent* event) override;
    void closeEvent(QCloseEvent* event) override;

private:
    void makeActions(); // in main_menu.cpp, as are the menus' own
    void makeBar();
    void fillRecent();
    void addPages();
    void layOut();
    void follow();
    void chooseModel(ModelKind kind);
    void chooseProject();
    void askForSweep();
    void showSelection();
    void showCheckpoint();
    void showPanes();

    Session& m_session;
    QMenu* m_recent = nullptr;
    QMenu* m_view = nullptr;
    QToolBar* m_bar = nullptr;
    QLabel* m_breadcrumb = nullptr;
    QActionGroup* m_pageActions = nullptr;
    QAction* m_back = nullptr;
    QAction* m_forward = nullptr;
    QAction* m_jobs = nullptr;
    QAction* m_listPane = nullptr;
    QAction* m_recipePane = nullptr;
    QAction* m_lessonAction = nullptr;
    QAction* m_presenter = nullptr;
    MessageBar* m_messages;
    MessageBar* m_projectBar;
    TensorPane* m_tensors;
    LessonPanel* m_lesson;
    Inspector* m_inspector;
    QStackedWidget* m_pages;
    QSplitter* m_splitter;
    QSplitter* m_halves;
    JobDrawer* m_drawer;
    JobStrip* m_strip;
};

} // namespace halftone
