// SPDX-License-Identifier: GPL-3.0-or-later
// One sentence in place of a dialog: what went wrong, selectable for copying, with a button to dismiss.
#pragma once

#include <QFrame>
#include <functional>

class QLabel;
class QPushButton;

namespace halftone {

class MessageBar : public QFrame
{
    Q_OBJECT

public:
    explicit MessageBar(QWidget* parent = nullptr);
    void showMessage(const QString& sentence);
    /// With a button that cures it.
    void showCurable(const QString& sentence, const QString& cure, std::function<void()> act);
    QString message() const;

private:
    QLabel* m_label;
    QPushButton* m_cure;
    std::function<void()> m_act;
};

} // namespace halftone
