// SPDX-License-Identifier: GPL-3.0-or-later
// Every action of a window in one list to type into: its name, its menu and its key.
#pragma once

#include <QDialog>
#include <QPointer>
#include <functional>

class QAction;
class QLineEdit;
class QAbstractButton;
class QListWidget;

namespace halftone {

class CommandPalette : public QDialog
{
    Q_OBJECT

public:
    /// Of the menus, buttons and named tabs of `window`, as they are when it opens.
    explicit CommandPalette(QWidget* window);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    struct Entry
    {
        QString text, key;
        QPointer<QObject> owner; ///< of what is done
        std::function<void()> act;
    };
    void gather(const QList<QAction*>& actions, const QString& menu);
    void gather(QAbstractButton* button);
    void filter(const QString& text);
    void run();

    QLineEdit* m_search;
    QListWidget* m_list;
    QList<Entry> m_entries;
};

/// What is known about the widget under the pointer, or the focused one: its help, or its name.
void showHelpUnderPointer(QWidget* window);

} // namespace halftone
