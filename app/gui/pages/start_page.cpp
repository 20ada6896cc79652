// SPDX-License-Identifier: GPL-3.0-or-later
#include "pages/start_page.h"

#include "base/error.h"
#include "pipeline/resources.h"
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
    auto* sample = new QPushButton(tr("Open the sample model"));
    sample->setObjectName(QStringLiteral("sample"));
    sample->setToolTip(tr("A small language model made for Halftone, ready to be compressed"));
    buttons->addWidget(sample);
    auto* lessons = new QPushButton(tr("Begin the lessons"));
    lessons->setObjectName(QStringLiteral("beginLessons"));
    lessons->setToolTip(tr("Seven short lessons on the sample model show what binarization does"));
    buttons->addWidget(lessons);
    buttons->addStretch(1);
    auto* area = new QFrame;
    area->setFrameShape(QFrame::StyledPanel);
    area->setBackgroundRole(QPalette::Base);
    area->setAutoFillBackground(true);
    auto* areaRows = new QVBoxLayout(area);
    areaRows->setContentsMargins(32, 32, 32, 32);
    areaRows->setSpacing(12);
    areaRows->addWidget(title);
    areaRows->addWidget(text);
    areaRows->addSpacing(8);
    areaRows->addLayout(buttons);
    m_list->setAccessibleName(tr("Recent models"));
    auto* recentRows = new QVBoxLayout(m_recent);
    recentRows->setContentsMargins(0, 12, 0, 0);
    recentRows->addWidget(new QLabel(tr("Recent models")));
    recentRows->addWidget(m_list);

    auto* column = new QWidget;
    column->setFixedWidth(640);
    auto* rows = new QVBoxLayout(column);
    rows->setSpacing(12);
    rows->addStretch(1);
    rows->addWidget(area);
    rows->addWidget(m_recent);
    rows->addStretch(2);
    auto* layout = new QHBoxLayout(this);
    layout->addStretch(1);
    layout->addWidget(column);
    layout->addStretch(1);

    connect(file, &QPushButton::clicked, this, &StartPage::openFileWanted);
    connect(folder, &QPushButton::clicked, this, &StartPage::openFolderWanted);
    connect(lessons, &QPushButton::clicked, this, &StartPage::lessonsWanted);
    connect(sample, &QPushButton::clicked, this, &StartPage::openSample);
    connect(m_list, &QListWidget::itemActivated, this, [this](QListWidgetItem* item) {
        m_session.open(item->data(Qt::UserRole).toString());
    });
    connect(&session, &Session::recentPathsChanged, this, &StartPage::fillRecent);
    fillRecent();
}

void StartPage::openSample()
{
    try {
        m_session.open(modelPath(QStringLiteral("sample")));
    } catch (const Error& error) {
        emit m_session.complained(error.sentence());
    }
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
