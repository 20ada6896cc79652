// SPDX-License-Identifier: GPL-3.0-or-later
// The model as a whole: what it is, what it weighs, its layers as a map coloured by one figure, and every
// tensor's figures in one table.
#pragma once

#include <QWidget>

class QComboBox;
class QLabel;
class QPushButton;
class QSortFilterProxyModel;
class QTableView;

namespace halftone {

class LegendBar;
class ModelMapModel;
class Session;

class ModelPage : public QWidget
{
    Q_OBJECT

public:
    explicit ModelPage(Session& session, QWidget* parent = nullptr);

protected:
    void resizeEvent(QResizeEvent* event) override;

signals:
    /// The selected tensor is to be looked at closely.
    void activated();

private:
    QWidget* makeMap();
    void setUpTable();
    void showMapScale();
    void fitMap();
    void showModel();
    void showMeasured();
    void showSensitivity();
    void follow(int tensor);

    Session& m_session;
    QLabel* m_title;
    QLabel* m_facts;
    QLabel* m_measured;
    QPushButton* m_measure;
    QWidget* m_mapPart;
    QComboBox* m_figure;
    QPushButton* m_feel;
    QLabel* m_feels;
    LegendBar* m_legend;
    ModelMapModel* m_mapModel;
    QTableView* m_map;
    QTableView* m_table;
    QSortFilterProxyModel* m_sorted;
};

} // namespace halftone
