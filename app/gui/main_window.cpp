// SPDX-License-Identifier: GPL-3.0-or-later
#include "main_window.h"

#include "job_runner.h"
#include "pages/matrix_page.h"
#include "pages/model_page.h"
#include "pages/result_page.h"
#include "pages/start_page.h"
#include "panes/inspector.h"
#include "panes/job_strip.h"
#include "panes/tensor_pane.h"
#include "session.h"
#include "widgets/message_bar.h"

#include <QActionGroup>
#include <QCloseEvent>
#include <QDir>
#include <QLabel>
#include <QMenuBar>
#include <QMessageBox>
#include <QMimeData>
#include <QUrl>
#include <QSettings>
#include <QSplitter>
#include <QStackedWidget>
#include <QStyle>
#include <QToolBar>
#include <QVBoxLayout>

namespace halftone {

MainWindow::MainWindow(Session& session, QWidget* parent)
    : QMainWindow(parent), m_session(session), m_messages(new MessageBar),
      m_tensors(new TensorPane(session)), m_inspector(new Inspector(session)),
      m_pages(new QStackedWidget), m_splitter(new QSplitter)
{
    setWindowTitle(tr("Halftone"));
    setAcceptDrops(true);
    makeActions();
    auto* startPage = new StartPage(session);
    auto* modelPage = new ModelPage(session);
    auto* strip = new JobStrip(session);
    m_pages->addWidget(startPage);
    addPage(tr("Model"), modelPage);
    addPage(tr("Matrix"), new MatrixPage(session));
    QAction* result = addPage(tr("Result"), new ResultPage(session));
    result->setVisible(false);

    m_splitter->addWidget(m_tensors);
    m_splitter->addWidget(m_pages);
    m_splitter->addWidget(m_inspector);
    m_splitter->setStretchFactor(1, 1);
    m_splitter->setSizes({290, 850, 300});
    auto* content = new QWidget;
    auto* rows = new QVBoxLayout(content);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(0);
    rows->addWidget(m_messages);
    rows->addWidget(m_splitter, 1);
    rows->addWidget(strip);
    setCentralWidget(content);
    showCheckpoint();

    connect(startPage, &StartPage::openFileWanted, this, [this] { chooseModel(ModelKind::File); });
    connect(startPage, &StartPage::openFolderWanted, this, [this] { chooseModel(ModelKind::Folder); });
    connect(m_tensors, &TensorPane::activated, this, [this] { showPage(Matrix); });
    connect(modelPage, &ModelPage::activated, this, [this] { showPage(Matrix); });
    connect(strip, &JobStrip::resultWanted, this, [this] { showPage(Result); });
    connect(&session, &Session::complained, m_messages, &MessageBar::showMessage);
    connect(&session, &Session::openingChanged, this, [this](bool opening) {
        if (opening)
            m_messages->hide();
    });
    connect(&session, &Session::checkpointChanged, this, &MainWindow::showCheckpoint);
    connect(&session, &Session::historyChanged, this, &MainWindow::showSelection);
    connect(&session, &Session::recentPathsChanged, this, &MainWindow::fillRecent);
    connect(&session, &Session::outcomeChanged, result, [result] { result->setVisible(true); });

    resize(1440, 900);
    const QSettings settings;
    restoreGeometry(settings.value(QStringLiteral("window/geometry")).toByteArray());
    m_splitter->restoreState(settings.value(QStringLiteral("window/splitter")).toByteArray());
}

void MainWindow::makeActions()
{
    QMenu* file = menuBar()->addMenu(tr("&File"));
    file->addAction(tr("&Open file…"), QKeySequence::Open, this, [this] { chooseModel(ModelKind::File); });
    file->addAction(tr("Open &folder…"), Qt::CTRL | Qt::SHIFT | Qt::Key_O, this, [this] { chooseModel(ModelKind::Folder); });
    m_recent = file->addMenu(tr("Open &recent"));
    file->addSeparator();
    file->addAction(tr("&Quit"), QKeySequence::Quit, this, &QWidget::close);
    QMenu* view = menuBar()->addMenu(tr("&View"));
    m_back = view->addAction(tr("Back"), QKeySequence::Back, &m_session, &Session::goBack);
    m_forward = view->addAction(tr("Forward"), QKeySequence::Forward, &m_session, &Session::goForward);
    view->addAction(tr("Search tensors"), QKeySequence::Find, this, [this] { m_tensors->focusSearch(); });
    view->addSeparator();
    m_pageActions = new QActionGroup(this);

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
    fillRecent();
}

QAction* MainWindow::addPage(const QString& title, QWidget* page)
{
    const int index = m_pages->addWidget(page);
    QAction* action = m_bar->addAction(title);
    action->setCheckable(true);
    action->setShortcut(QKeySequence(Qt::CTRL | Qt::Key(Qt::Key_0 + index)));
    action->setToolTip(tr("%1 (%2)").arg(title, action->shortcut().toString(QKeySequence::NativeText)));
    m_pageActions->addAction(action);
    menuBar()->actions().last()->menu()->addAction(action);
    connect(action, &QAction::triggered, m_pages, [this, index] { m_pages->setCurrentIndex(index); });
    return action;
}

void MainWindow::showPage(Page page)
{
    m_pageActions->actions().at(page)->trigger();
}

void MainWindow::showCheckpoint()
{
    const bool open = m_session.checkpoint() != nullptr;
    m_tensors->setVisible(open);
    m_inspector->setVisible(open);
    m_pageActions->setEnabled(open);
    if (open)
        showPage(Model);
    else
        m_pages->setCurrentIndex(0);
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

void MainWindow::fillRecent()
{
    m_recent->clear();
    for (const QString& path : m_session.recentPaths())
        m_recent->addAction(QDir::toNativeSeparators(path), &m_session, [this, path] { m_session.open(path); });
    m_recent->setEnabled(!m_recent->isEmpty());
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
    m_session.open(urls.first().toLocalFile());
}

void MainWindow::closeEvent(QCloseEvent* event)
{
    if (m_session.jobs().busy() &&
        QMessageBox::question(this, tr("Halftone"),
                              tr("A run is going on. Quit? It can be resumed later from its last finished "
                                 "block.")) != QMessageBox::Yes) {
        event->ignore();
        return;
    }
    QSettings settings;
    settings.setValue(QStringLiteral("window/geometry"), saveGeometry());
    settings.setValue(QStringLiteral("window/splitter"), m_splitter->saveState());
    event->accept();
}

} // namespace halftone
