// SPDX-License-Identifier: GPL-3.0-or-later
// The left pane: search and the tree of tensors. Follows and sets the Session's selection.
#pragma once

#include <QWidget>

class QLabel;
class QLineEdit;
class QTreeView;

namespace halftone {

class Session;
class TensorTreeModel;

class TensorPane : public QWidget
{
    Q_OBJECT

public:
    explicit TensorPane(Session& session, QWidget* parent = nullptr);
    void focusSearch();

signals:
    /// A tensor was chosen to be looked at closely (Enter or double click).
    void activated();

private:
    void filter(const QString& text);
    void showCount();
    void follow(int tensor);

    Session& m_session;
    TensorTreeModel* m_model;
    QLineEdit* m_search;
    QTreeView* m_tree;
    QLabel* m_count;
};

} // namespace halftone
