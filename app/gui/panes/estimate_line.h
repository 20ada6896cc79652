// SPDX-License-Identifier: GPL-3.0-or-later
// What a run of the recipe would weigh, need and take, said before Start. Asks the Look lane a moment
// after the last change; says nothing while a run goes, which would falsify the time.
#pragma once

#include "job.h"

#include <QLabel>
#include <QTimer>

namespace halftone {

class Session;
struct Estimate;

class EstimateLine : public QLabel
{
    Q_OBJECT

public:
    explicit EstimateLine(Session& session, QWidget* parent = nullptr);
    /// What the result is to be fitted to, or what is wrong with what was said of that.
    void setBudget(const Budget& budget, const QString& complaint);

private:
    void forget();
    void want();
    void showEstimate(const Estimate& estimate);

    Session& m_session;
    Budget m_budget;
    QString m_complaint;
    QTimer m_pause; ///< waits for the hand to rest
};

} // namespace halftone
