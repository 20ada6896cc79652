// SPDX-License-Identifier: GPL-3.0-or-later
#include "main_window.h"

#include "job_runner.h"
#include "pages/page_list.h"
#include "pages/start_page.h"
#include "panes/inspector.h"
#include "panes/job_drawer.h"
#include "panes/job_strip.h"
#include "panes/lesson_panel.h"
#include "panes/recipe_menu.h"
#include "panes/tensor_pane.h"
#include "project/project.h"
#include "session.h"
#include "widgets/message_bar.h"

#include <QActionGroup>
#include <QCloseEvent>
#include <QLabel>
#include <QMenu>
#include <QMessageBox>
#include <QMimeData>
#include <QSettings>
#include <QSplitter>
#include <QStackedWidget>
#include <QToolBar>
#include <QUrl>
#include <QVBoxLayout>

namespace halftone {

MainWindow::MainWindow(Session& session, QWidget* parent)
    : QMainWindow(parent), m_session(session), m_messages(new MessageBar), m_projectBar(new MessageBar),
      m_tensors(new TensorPane(session)), m_lesson(new LessonPanel(session)), m_inspector(new Inspector(session)), m_pages(new QStackedWidget),
      m_splitter(new QSplitter), m_halves(new QSplitter(Qt::Vertical)), m_drawer(new JobDrawer(session)),
      m_strip(new JobStrip(session))
{
    setWindowTitle(tr("Halftone"));
    setAcceptDrops(true);
    makeActions();
    addPages();
    layOut();
    follow();
    showCheckpoint();
}

void MainWindow::addPages()
{
    auto* start = new StartPage(m_session);
    m_pages->addWidget(start);
    connect(start, &StartPage::openFileWanted, this, [this] { chooseModel(ModelKind::File); });
    connect(start, &StartPage::openFolderWanted, this, [this] { chooseModel(ModelKind::Folder); });
    connect(start, &StartPage::lessonsWanted, m_lessonAction, &QAction::trigger);
    for (const PageRow& row : pageRows()) {
        const int index = m_pages->addWidget(row.make(m_session, *this));
        QAction* action = m_bar->addAction(tr(row.title));
        action->setCheckable(true);
        action->setShortcut(QKeySequence(Qt::CTRL | Qt::Key(Qt::Key_0 + index)));
        action->setToolTip(tr("%1 (%2)").arg(action->text(), action->shortcut().toString(QKeySequence::NativeText)));
        m_pageActions->addAction(action);
        m_view->addAction(action);
        connect(action, &QAction::triggered, m_pages, [this, index] { m_pages->setCurrentIndex(index); });
    }
}

void MainWindow::layOut()
{
    m_splitter->addWidget(m_lesson);
    m_splitter->addWidget(m_tensors);
    m_splitter->addWidget(m_pages);
    m_splitter->addWidget(m_inspector);
    m_splitter->setStretchFactor(2, 1);
    m_splitter->setSizes({400, 290, 850, 300});
    m_lesson->hide();
    m_halves->addWidget(m_splitter);
    m_halves->addWidget(m_drawer);
    m_halves->setStretchFactor(0, 1);
    m_halves->setSizes({600, 240});
    m_halves->setChildrenCollapsible(false);
    m_drawer->hide();
    auto* content = new QWidget;
    auto* rows = new QVBoxLayout(content);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(0);
    rows->addWidget(m_messages);
    rows->addWidget(m_projectBar);
    rows->addWidget(m_halves, 1);
    rows->addWidget(m_strip);
    setCentralWidget(content);
    resize(1440, 900);
    const QSettings settings;
    restoreGeometry(settings.value(QStringLiteral("window/geometry")).toByteArray());
    m_splitter->restoreState(settings.value(QStringLiteral("window/panes")).toByteArray());
    m_halves->restoreState(settings.value(QStringLiteral("window/halves")).toByteArray());
}

void MainWindow::follow()
{
    connect(m_tensors, &TensorPane::activated, this, [this] { showPage(Matrix); });
    connect(m_inspector, &Inspector::sweepWanted, this, &MainWindow::askForSweep);
    connect(m_strip, &JobStrip::resultWanted, this, [this] { showPage(Compare); });
    connect(m_strip, &JobStrip::drawerWanted, m_jobs, &QAction::setChecked);
    connect(m_jobs, &QAction::toggled, m_strip, &JobStrip::openDrawer);
    connect(m_jobs, &QAction::toggled, m_drawer, &QWidget::setVisible);
    connect(m_lessonAction, &QAction::toggled, m_lesson, &QWidget::setVisible);
    connect(m_lessonAction, &QAction::toggled, this, [this](bool on) {
        showPanes();
        if (on)
            m_lesson->begin();
    });
    connect(m_presenter, &QAction::toggled, m_lesson, &LessonPanel::setPresenting);
    connect(m_presenter, &QAction::toggled, m_recipePane, [this](bool on) { m_recipePane->setChecked(!on); }); // room for it
    connect(m_lesson, &LessonPanel::closed, this, [this] { m_lessonAction->setChecked(false); });
    connect(m_lesson, &LessonPanel::pageWanted, this, [this](int page) { showPage(Page(page)); });
    connect(&m_session.project(), &Project::complained, m_projectBar, &MessageBar::showMessage);
    connect(&m_session, &Session::complained, m_messages, &MessageBar::showMessage);
    connect(&m_session, &Session::modelLost, this, [this](const QString& sentence) {
        m_messages->showCurable(sentence, tr("Reopen"), [this] { m_session.reopen(); });
    });
    connect(&m_session, &Session::modelFound, m_messages, &QWidget::hide);
    connect(&m_session, &Session::openingChanged, this, [this](bool opening) {
        if (opening)
            m_messages->hide();
    });
    connect(&m_session, &Session::checkpointChanged, this, &MainWindow::showCheckpoint);
    connect(&m_session, &Session::historyChanged, this, &MainWindow::showSelection);
    connect(&m_session, &Session::recentPathsChanged, this, &MainWindow::fillRecent);
}

void MainWindow::showPage(Page page)
{
    m_pageActions->actions().at(page)->trigger();
}

void MainWindow::showCheckpoint()
{
    const bool open = m_session.checkpoint() != nullptr;
    showPanes();
    m_pageActions->setEnabled(open);
    if (!open)
        m_pages->setCurrentIndex(0);
    else if (!m_session.reopened())
        showPage(Model);
    setWindowTitle(open ? tr("%1 – Halftone").arg(m_session.name()) : tr("Halftone"));
    showSelection();
}

void MainWindow::showSelection()
{
    const TensorView* tensor = m_session.selectedTensor();
    m_breadcrumb->setText(tensor ? tr("%1  ›  %2").arg(m_session.name(), tensor->name) : m_session.name());
    m_back->setEnabled(m_session.canGoBack());
    m_forward->setEnabled(m_session.canGoForward());
}

void MainWindow::chooseModel(ModelKind kind)
{
    askForModel(this, kind, [this](const QString& path) { m_session.open(path); });
}

void MainWindow::dragEnterEvent(QDragEnterEvent* event)
{
    if (event->mimeData()->hasUrls())
        event->acceptProposedAction();
}

void MainWindow::dropEvent(QDropEvent* event)
{
    const QList<QUrl> urls = event->mimeData()->urls();
    if (urls.isEmpty() || !urls.first().isLocalFile())
        return;
    event->acceptProposedAction();
    const QString path = urls.first().toLocalFile();
    if (path.endsWith(QLatin1String(".halftone")))
        m_session.project().open(path);
    else if (path.endsWith(QLatin1String(".json")) && m_session.checkpoint())
        m_inspector->menu()->load(path); // a recipe for the open model
    else
        m_session.open(path);
}

void MainWindow::closeEvent(QCloseEvent* event)
{
    if (m_session.jobs().busy() &&
        QMessageBox::question(this, tr("Halftone"),
                              tr("A run is going on. Quit? Next time it stands in Jobs, to be resumed from its last "
                                 "finished block.")) != QMessageBox::Yes) {
        event->ignore();
        return;
    }
    QSettings settings;
    settings.setValue(QStringLiteral("window/geometry"), saveGeometry());
    settings.setValue(QStringLiteral("window/panes"), m_splitter->saveState());
    settings.setValue(QStringLiteral("window/halves"), m_halves->saveState());
    event->accept();
}

} // namespace halftone
