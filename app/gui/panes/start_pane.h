// SPDX-License-Identifier: GPL-3.0-or-later
// The foot of the inspector: where the result goes, what other programs are to get of it, what it may
// weigh, what the run will cost, and Start. One Start quantizes, writes for the other program and verifies that.
#pragma once

#include "job.h"

#include <QWidget>

class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;

namespace halftone {

class BudgetField;
class EstimateLine;
class Session;

class StartPane : public QWidget
{
    Q_OBJECT

public:
    explicit StartPane(Session& session, QWidget* parent = nullptr);
    /// Folder for the result, as it stands.
    QString out() const;
    /// As it stands; none where it is not understood.
    Budget budget() const;

signals:
    void sweepWanted();

private:
    void suggestOutput();
    void chooseOutput();
    void enableStart();
    void showBudget();
    void showHint();
    void start();

    Session& m_session;
    QLineEdit* m_output;
    QComboBox* m_target;
    QLabel* m_hint;
    BudgetField* m_budget;
    EstimateLine* m_estimate;
    QPushButton* m_start;
};

} // namespace halftone
