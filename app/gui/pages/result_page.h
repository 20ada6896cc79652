// SPDX-License-Identifier: GPL-3.0-or-later
// What the last run gave: the figures that matter at a glance, and the whole report below.
#pragma once

#include <QWidget>

class QLabel;
class QTextBrowser;

namespace halftone {

class Session;

class ResultPage : public QWidget
{
    Q_OBJECT

public:
    explicit ResultPage(Session& session, QWidget* parent = nullptr);

private:
    void showOutcome();

    Session& m_session;
    QLabel* m_title;
    QLabel* m_figures;
    QTextBrowser* m_report;
};

} // namespace halftone
