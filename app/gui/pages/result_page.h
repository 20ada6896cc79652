// SPDX-License-Identifier: GPL-3.0-or-later
// What one run gave: the figures that matter at a glance, what to beware of, and every layer. The whole
// report is a page for the browser.
#pragma once

#include "export/report.h"

#include <QWidget>

class QLabel;
class QSortFilterProxyModel;
class QTableView;

namespace halftone {

class LayerTableModel;
class Session;

class ResultPage : public QWidget
{
    Q_OBJECT

public:
    explicit ResultPage(Session& session, QWidget* parent = nullptr);

    /// Of the run in this folder; a session's finished run is shown by itself.
    void showRun(const Report& report, const RunTimes& times, const QString& folder);

private:
    QTableView* makeTable();
    void open(const QString& file);

    Session& m_session;
    QString m_folder;
    LayerTableModel* m_layers;
    QLabel* m_title;
    QLabel* m_facts;
    QLabel* m_figures;
    QLabel* m_bill;
    QLabel* m_notes;
};

} // namespace halftone
