// SPDX-License-Identifier: GPL-3.0-or-later
// One sentence in place of a dialog: what went wrong, selectable for copying, with a button to dismiss.
#pragma once

#include <QFrame>

class QLabel;

namespace halftone {

class MessageBar : public QFrame
{
    Q_OBJECT

public:
    explicit MessageBar(QWidget* parent = nullptr);
    void showMessage(const QString& sentence);
    QString message() const;

private:
    QLabel* m_label;
};

} // namespace halftone
