// SPDX-License-Identifier: GPL-3.0-or-later
// The model as a whole: what it is, what it weighs, and every tensor's figures in one table.
#pragma once

#include <QWidget>

class QLabel;
class QPushButton;
class QSortFilterProxyModel;
class QTableView;

namespace halftone {

class Session;

class ModelPage : public QWidget
{
    Q_OBJECT

public:
    explicit ModelPage(Session& session, QWidget* parent = nullptr);

signals:
    /// The selected tensor is to be looked at closely.
    void activated();

private:
    void showModel();
    void showMeasured();
    void follow(int tensor);

    Session& m_session;
    QLabel* m_title;
    QLabel* m_facts;
    QLabel* m_measured;
    QPushButton* m_measure;
    QTableView* m_table;
    QSortFilterProxyModel* m_sorted;
};

} // namespace halftone
