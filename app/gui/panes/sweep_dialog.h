// SPDX-License-Identifier: GPL-3.0-or-later
// Asks for salient ratios and puts one job for each into the queue: the recipe as it is, but for the
// ratio.
#pragma once

#include <QDialog>
#include <vector>

class QLabel;
class QLineEdit;
class QPushButton;
class QSpinBox;

namespace halftone {

class Session;

class SweepDialog : public QDialog
{
    Q_OBJECT

public:
    explicit SweepDialog(Session& session, QWidget* parent = nullptr);

    /// The shares written in a text such as "5, 10; 20 %", by ascending size; commas may be decimal
    /// signs where no space follows. Empty when anything in it is no share.
    static std::vector<double> ratiosIn(const QString& text);

private:
    void check();
    void start();

    Session& m_session;
    QLineEdit* m_ratios;
    QSpinBox* m_repeats;
    QLineEdit* m_folder;
    QLabel* m_say;
    QPushButton* m_start;
};

} // namespace halftone
