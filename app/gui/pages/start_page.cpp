// SPDX-License-Identifier: GPL-3.0-or-later
#include "pages/start_page.h"

#include "session.h"

#include <QDir>
#include <QFileInfo>
#include <QLabel>
#include <QListWidget>
#include <QPushButton>
#include <QVBoxLayout>

namespace halftone {

StartPage::StartPage(Session& session, QWidget* parent)
    : QWidget(parent), m_session(session), m_recent(new QWidget), m_list(new QListWidget)
{
    auto* title = new QLabel(tr("Drop a model here"));
    QFont large = title->font();
    large.setPointSizeF(large.pointSizeF() * 1.8);
    title->setFont(large);
    auto* text = new QLabel(tr("A Hugging Face folder, a .safetensors or a .gguf file. Opening reads only "
                               "its header; nothing is changed."));
    text->setForegroundRole(QPalette::PlaceholderText);
    text->setWordWrap(true);
    auto* file = new QPushButton(tr("Open file…"));
    auto* folder = new QPushButton(tr("Open folder…"));
    auto* buttons = new QHBoxLayout;
    buttons->addWidget(file);
    buttons->addWidget(folder);
    buttons->addStretch(1);
    m_list->setAccessibleName(tr("Recent models"));
    auto* recentRows = new QVBoxLayout(m_recent);
    recentRows->setContentsMargins(0, 24, 0, 0);
    recentRows->addWidget(new QLabel(tr("Recent models")));
    recentRows->addWidget(m_list);

    auto* column = new QWidget;
    column->setFixedWidth(560);
    auto* rows = new QVBoxLayout(column);
    rows->setSpacing(12);
    rows->addStretch(1);
    rows->addWidget(title);
    rows->addWidget(text);
    rows->addLayout(buttons);
    rows->addWidget(m_recent);
    rows->addStretch(2);
    auto* layout = new QHBoxLayout(this);
    layout->addStretch(1);
    layout->addWidget(column);
    layout->addStretch(1);

    connect(file, &QPushButton::clicked, this, &StartPage::openFileWanted);
    connect(folder, &QPushButton::clicked, this, &StartPage::openFolderWanted);
    connect(m_list, &QListWidget::itemActivated, this, [this](QListWidgetItem* item) {
        m_session.open(item->data(Qt::UserRole).toString());
    });
    connect(&session, &Session::recentPathsChanged, this, &StartPage::fillRecent);
    fillRecent();
}

void StartPage::fillRecent()
{
    m_list->clear();
    for (const QString& path : m_session.recentPaths()) {
        auto* item = new QListWidgetItem(QDir::toNativeSeparators(path), m_list);
        item->setData(Qt::UserRole, path);
    }
    m_recent->setVisible(m_list->count() > 0);
}

} // namespace halftone
