// SPDX-License-Identifier: GPL-3.0-or-later
// The project's runs against each other: quality over size with error bars, a table to choose and
// annotate them, and of the chosen ones results, layers and recipes.
#pragma once

#include "project/run_record.h"

#include <QWidget>
#include <memory>

class QCheckBox;
class QComboBox;
class QLabel;
class QSortFilterProxyModel;
class QStackedWidget;
class QTableView;
class QStandardItemModel;

namespace halftone {

class ChartPane;
class ResultPage;
class RunTableModel;
class Session;

class ComparePage : public QWidget
{
    Q_OBJECT

public:
    explicit ComparePage(Session& session, QWidget* parent = nullptr);
    using Run = std::shared_ptr<const RunRecord>;

private:
    QWidget* makeHead();
    QWidget* makeTable();
    QWidget* makeDetails();
    void chooseColumns(const QPoint& place);
    void askForSweep();
    void forget();
    void follow();
    void select(qint64 id);
    std::vector<Run> selectedRuns() const;
    void showChart();
    void showDetails();
    void showRecipes(const std::vector<Run>& runs);

    Session& m_session;
    RunTableModel* m_runs;
    QSortFilterProxyModel* m_sorted;
    QComboBox* m_size = nullptr;
    QComboBox* m_quality = nullptr;
    QCheckBox* m_published = nullptr;
    ChartPane* m_chart = nullptr;
    QTableView* m_table = nullptr;
    ResultPage* m_result = nullptr;
    ChartPane* m_layers = nullptr;
    QStandardItemModel* m_recipes = nullptr;
    QLabel* m_recipesText = nullptr;
    QStackedWidget* m_stack;
};

} // namespace halftone
