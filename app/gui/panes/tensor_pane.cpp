// SPDX-License-Identifier: GPL-3.0-or-later
#include "panes/tensor_pane.h"

#include "models/tensor_tree_model.h"
#include "session.h"

#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QTreeView>
#include <QVBoxLayout>

namespace halftone {

namespace {

constexpr int kExpandAtMost = 2000;

} // namespace

TensorPane::TensorPane(Session& session, QWidget* parent)
    : QWidget(parent), m_session(session), m_model(new TensorTreeModel(this)), m_search(new QLineEdit),
      m_tree(new QTreeView), m_count(new QLabel)
{
    setMinimumWidth(200);
    m_search->setObjectName(QStringLiteral("search"));
    m_search->setPlaceholderText(tr("Search tensors"));
    m_search->setAccessibleName(tr("Search tensors"));
    m_search->setClearButtonEnabled(true);
    m_tree->setModel(m_model);
    m_tree->setAccessibleName(tr("Tensors"));
    m_tree->setUniformRowHeights(true);
    m_tree->header()->setStretchLastSection(false);
    m_tree->header()->setSectionResizeMode(TensorTreeModel::Name, QHeaderView::Stretch);
    m_tree->header()->setSectionResizeMode(TensorTreeModel::Shape, QHeaderView::Interactive);
    m_tree->header()->resizeSection(TensorTreeModel::Shape, 100);
    m_tree->setTextElideMode(Qt::ElideMiddle);
    m_tree->setIndentation(14);
    m_tree->setFrameShape(QFrame::NoFrame);
    m_count->setForegroundRole(QPalette::PlaceholderText);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(8, 8, 0, 8);
    layout->addWidget(m_search);
    layout->addWidget(m_tree, 1);
    layout->addWidget(m_count);

    connect(m_search, &QLineEdit::textChanged, this, &TensorPane::filter);
    connect(m_search, &QLineEdit::returnPressed, m_tree, qOverload<>(&QWidget::setFocus));
    connect(m_tree, &QTreeView::activated, this, [this](const QModelIndex& index) {
        if (m_model->tensorAt(index) >= 0)
            emit activated();
    });
    connect(m_tree->selectionModel(), &QItemSelectionModel::currentChanged, this,
            [this](const QModelIndex& index) { m_session.select(m_model->tensorAt(index)); });
    connect(&session, &Session::checkpointChanged, this, [this] {
        m_model->setCheckpoint(m_session.checkpoint());
        showCount();
    });
    connect(&session, &Session::selectionChanged, this, &TensorPane::follow);
}

void TensorPane::focusSearch()
{
    m_search->setFocus();
    m_search->selectAll();
}

void TensorPane::filter(const QString& text)
{
    m_model->setFilter(text);
    if (!text.trimmed().isEmpty() && m_model->shownTensors() <= kExpandAtMost)
        m_tree->expandAll();
    follow(m_session.selected());
    showCount();
}

void TensorPane::showCount()
{
    const auto all = m_session.checkpoint() ? int(m_session.checkpoint()->tensors().size()) : 0;
    m_count->setText(m_model->shownTensors() == all
                         ? tr("%n tensors", nullptr, all)
                         : tr("%L1 of %Ln tensors", nullptr, all).arg(m_model->shownTensors()));
}

void TensorPane::follow(int tensor)
{
    const QModelIndex index = m_model->indexOf(tensor);
    if (!index.isValid() || m_model->tensorAt(m_tree->currentIndex()) == tensor)
        return;
    m_tree->expand(index.parent());
    m_tree->setCurrentIndex(index);
    m_tree->scrollTo(index);
}

} // namespace halftone
