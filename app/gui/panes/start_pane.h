// SPDX-License-Identifier: GPL-3.0-or-later
// The foot of the inspector: where the result goes, what other programs are to get of it, what the run
// will cost, and Start. One Start quantizes, writes for the other program and verifies that.
#pragma once

#include <QWidget>

class QComboBox;
class QLineEdit;
class QPushButton;

namespace halftone {

class Session;

class StartPane : public QWidget
{
    Q_OBJECT

public:
    explicit StartPane(Session& session, QWidget* parent = nullptr);
    /// Folder for the result, as it stands.
    QString out() const;

private:
    void suggestOutput();
    void chooseOutput();
    void enableStart();
    void start();

    Session& m_session;
    QLineEdit* m_output;
    QComboBox* m_target;
    QPushButton* m_start;
};

} // namespace halftone
