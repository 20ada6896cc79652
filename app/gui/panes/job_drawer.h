// SPDX-License-Identifier: GPL-3.0-or-later
// What the job strip opens: the queue with its buttons, and of the selected job the errors of its
// layers as they come and its log.
#pragma once

#include <QWidget>

class QComboBox;
class QPlainTextEdit;
class QTableView;
class QToolButton;

namespace halftone {

class ChartPane;
class JobTableModel;
class Session;
struct Job;

class JobDrawer : public QWidget
{
    Q_OBJECT

public:
    explicit JobDrawer(Session& session, QWidget* parent = nullptr);

private:
    QWidget* makeQueue();
    QWidget* makeDetails();
    void fillDevices();
    QToolButton* addButton(QLayout* row, const QString& text, const QString& help, void (JobDrawer::*act)());
    int selectedId() const;
    const Job* selectedJob() const;
    void pauseOrResume();
    void cancel();
    void again();
    void earlier();
    void later();
    void clear();
    void select(int id);
    void enableButtons();
    void showDetails();

    Session& m_session;
    JobTableModel* m_model;
    QTableView* m_table;
    QComboBox* m_device = nullptr;
    QToolButton* m_pause = nullptr;
    QToolButton* m_cancel = nullptr;
    QToolButton* m_again = nullptr;
    QToolButton* m_earlier = nullptr;
    QToolButton* m_later = nullptr;
    QToolButton* m_clear = nullptr;
    ChartPane* m_chart = nullptr;
    QPlainTextEdit* m_log = nullptr;
    int m_shownId = 0;
    int m_shownLines = 0;
    int m_shownLayers = -1;
};

} // namespace halftone
