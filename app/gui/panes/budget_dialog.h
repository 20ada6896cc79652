// SPDX-License-Identifier: GPL-3.0-or-later
// "Fit in 60 MB", "2.0 bits": spreads the bits over the layers by what the model feels, shows what each
// kind of layer gets and what the whole costs, and makes that the recipe. The work is done on a lane of
// its own, since it takes its time and nothing else should wait.
#pragma once

#include "budget_plan.h"
#include "look_lane.h"

#include <QDialog>

class QComboBox;
class QDoubleSpinBox;
class QLabel;
class QProgressBar;
class QPushButton;
class QTableWidget;

namespace halftone {

class Session;

class BudgetDialog : public QDialog
{
    Q_OBJECT

public:
    explicit BudgetDialog(Session& session, QWidget* parent = nullptr);

private:
    QWidget* makeTable();
    void showUnit();
    void spread();
    void showPlan();
    void setBusy(bool busy);
    void use();

    Session& m_session;
    QComboBox* m_unit;
    QDoubleSpinBox* m_value;
    QPushButton* m_spread;
    QPushButton* m_use = nullptr;
    QProgressBar* m_bar;
    QLabel* m_say;
    QTableWidget* m_table;
    std::shared_ptr<const BudgetPlan> m_plan;
    LookLane m_lane;
};

} // namespace halftone
