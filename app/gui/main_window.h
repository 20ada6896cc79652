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

class MessageBar;
class Session;
class TensorPane;

class MainWindow : public QMainWindow
{
    Q_OBJECT

public:
    explicit MainWindow(Session& session, QWidget* parent = nullptr);

    /// In the order of Ctrl+1, Ctrl+2, ...
    enum Page { Model, Matrix, Result };
    void showPage(Page page);

protected:
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dropEvent(QDropEvent* event) override;
    void closeEvent(QCloseEvent* event) override;

private:
    void makeActions();
    QAction* addPage(const QString& title, QWidget* page);
    void fillRecent();
    void chooseModel(ModelKind kind);
    void showSelection();
    void showCheckpoint();

    Session& m_session;
    QMenu* m_recent = nullptr;
    QToolBar* m_bar = nullptr;
    QLabel* m_breadcrumb = nullptr;
    QActionGroup* m_pageActions = nullptr;
    QAction* m_back = nullptr;
    QAction* m_forward = nullptr;
    MessageBar* m_messages;
    TensorPane* m_tensors;
    QWidget* m_inspector;
    QStackedWidget* m_pages;
    QSplitter* m_splitter;
};

} // namespace halftone
