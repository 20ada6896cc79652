// SPDX-License-Identifier: GPL-3.0-or-later
// One row of the selected matrix: its histogram with the levels of its binary weights marked. Follows the
// map's cursor, or the row that is typed.
#pragma once

#include <QWidget>
#include <memory>

class QLabel;
class QSpinBox;

namespace halftone {

class HistogramView;
class Session;
struct RowFigures;

class RowInspector : public QWidget
{
    Q_OBJECT

public:
    explicit RowInspector(Session& session, QWidget* parent = nullptr);
    /// A negative row leaves the last one standing.
    void showRow(qint64 row);

protected:
    void showEvent(QShowEvent*) override;

private:
    void follow();
    void want();
    void show(const RowFigures& figures);

    Session& m_session;
    QSpinBox* m_row;
    HistogramView* m_histogram;
    QLabel* m_sentence;
};

} // namespace halftone
