// SPDX-License-Identifier: GPL-3.0-or-later
// The menus and the bar of the main window: every action has a name, a place in a menu and, where it is
// used often, a key.
#include "main_window.h"
#include "panes/inspector.h"
#include "panes/preferences_dialog.h"
#include "panes/recipe_menu.h"
#include "panes/sweep_dialog.h"
#include "panes/tensor_pane.h"
#include "project/project.h"
#include "session.h"
#include "widgets/command_palette.h"

#include <QActionGroup>
#include <QDir>
#include <QFileDialog>
#include <QLabel>
#include <QMenuBar>
#include <QSettings>
#include <QStyle>
#include <QToolBar>

namespace halftone {

void MainWindow::makeActions()
{
    QMenu* file = menuBar()->addMenu(tr("&File"));
    file->addAction(tr("&Open file…"), QKeySequence::Open, this, [this] { chooseModel(ModelKind::File); });
    file->addAction(tr("Open &folder…"), Qt::CTRL | Qt::SHIFT | Qt::Key_O, this, [this] { chooseModel(ModelKind::Folder); });
    m_recent = file->addMenu(tr("Open &recent"));
    file->addAction(tr("Open &project…"), this, &MainWindow::chooseProject);
    file->addSeparator();
    file->addAction(tr("&Preferences…"), QKeySequence(Qt::CTRL | Qt::Key_Comma), this, [this] {
        auto* dialog = new PreferencesDialog(m_session, this);
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        dialog->open();
    });
    file->addAction(tr("&Quit"), QKeySequence::Quit, this, &QWidget::close);
    m_view = menuBar()->addMenu(tr("&View"));
    m_back = m_view->addAction(tr("Back"), QKeySequence::Back, &m_session, &Session::goBack);
    m_forward = m_view->addAction(tr("Forward"), QKeySequence::Forward, &m_session, &Session::goForward);
    m_view->addAction(tr("Search tensors"), QKeySequence::Find, this, [this] {
        m_listPane->setChecked(true);
        m_tensors->focusSearch();
    });
    m_jobs = m_view->addAction(tr("Jobs"));
    m_jobs->setShortcut(Qt::CTRL | Qt::Key_J);
    m_jobs->setCheckable(true);
    const auto pane = [this](const QString& name, Qt::Key key, const QString& kept) {
        QAction* action = m_view->addAction(name);
        action->setShortcut(key);
        action->setCheckable(true);
        action->setChecked(QSettings().value(kept, true).toBool());
        connect(action, &QAction::toggled, this, [this, kept](bool on) {
            if (!m_presenter->isChecked()) // which takes room for as long as it lasts
                QSettings().setValue(kept, on);
            showPanes();
        });
        return action;
    };
    m_listPane = pane(tr("List of tensors"), Qt::Key_F7, QStringLiteral("window/list"));
    m_recipePane = pane(tr("Recipe at the side"), Qt::Key_F8, QStringLiteral("window/recipe"));
    m_view->addSeparator();
    menuBar()->addMenu(m_inspector->menu());
    QMenu* run = menuBar()->addMenu(tr("&Run"));
    run->addAction(tr("Sweep over salient ratios…"), this, &MainWindow::askForSweep);
    QMenu* help = menuBar()->addMenu(tr("&Help"));
    m_lessonAction = help->addAction(tr("Lessons"));
    m_lessonAction->setObjectName(QStringLiteral("lessons"));
    m_lessonAction->setShortcut(Qt::CTRL | Qt::Key_L);
    m_lessonAction->setCheckable(true);
    m_presenter = help->addAction(tr("Present lessons in large type"));
    m_presenter->setCheckable(true);
    m_presenter->setObjectName(QStringLiteral("presenter"));
    help->addAction(tr("What is under the pointer"), QKeySequence::HelpContents, this, [this] { showHelpUnderPointer(this); });
    help->addAction(tr("All commands…"), Qt::CTRL | Qt::Key_K, this, [this] { (new CommandPalette(this))->open(); });
    m_pageActions = new QActionGroup(this);
    makeBar();
    fillRecent();
}

void MainWindow::makeBar()
{
    m_bar = addToolBar(tr("Navigation"));
    m_bar->setMovable(false);
    m_bar->setContextMenuPolicy(Qt::PreventContextMenu);
    m_back->setIcon(style()->standardIcon(QStyle::SP_ArrowBack));
    m_forward->setIcon(style()->standardIcon(QStyle::SP_ArrowForward));
    m_bar->addActions({m_back, m_forward});
    m_breadcrumb = new QLabel;
    m_breadcrumb->setContentsMargins(8, 0, 8, 0);
    m_breadcrumb->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    m_breadcrumb->setMinimumWidth(1);
    m_breadcrumb->setForegroundRole(QPalette::PlaceholderText);
    m_bar->addWidget(m_breadcrumb);
}

// The guide takes the place of the list.
void MainWindow::showPanes()
{
    const bool open = m_session.checkpoint() != nullptr;
    m_tensors->setVisible(open && m_listPane->isChecked() && !m_lessonAction->isChecked());
    m_inspector->setVisible(open && m_recipePane->isChecked());
}

void MainWindow::fillRecent()
{
    m_recent->clear();
    for (const QString& path : m_session.recentPaths())
        m_recent->addAction(QDir::toNativeSeparators(path), &m_session, [this, path] { m_session.open(path); });
    m_recent->setEnabled(!m_recent->isEmpty());
}

void MainWindow::askForSweep()
{
    auto* dialog = new SweepDialog(m_session, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this, [this] { showPage(Compare); }); // where the results appear
    dialog->open();
}

void MainWindow::chooseProject()
{
    auto* dialog = new QFileDialog(this, tr("Open a project, or name a new one"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setOption(QFileDialog::DontConfirmOverwrite);
    dialog->setNameFilters({tr("Projects (*.halftone)"), tr("All files (*)")});
    dialog->setDefaultSuffix(QStringLiteral("halftone"));
    connect(dialog, &QFileDialog::fileSelected, &m_session.project(), &Project::open);
    dialog->open();
}

} // namespace halftone
