// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/command_palette.h"

#include <QAction>
#include <QApplication>
#include <QCursor>
#include <QKeyEvent>
#include <QLineEdit>
#include <QListWidget>
#include <QMainWindow>
#include <QMenu>
#include <QMenuBar>
#include <QTabBar>
#include <QTimer>
#include <QToolButton>
#include <QVBoxLayout>
#include <QWhatsThis>

namespace halftone {

CommandPalette::CommandPalette(QWidget* window) : QDialog(window), m_search(new QLineEdit), m_list(new QListWidget)
{
    setWindowTitle(tr("Commands"));
    setAttribute(Qt::WA_DeleteOnClose);
    m_search->setPlaceholderText(tr("Type what you want to do"));
    m_search->setAccessibleName(tr("Search commands"));
    m_list->setAccessibleName(tr("Commands"));
    m_search->installEventFilter(this);
    auto* rows = new QVBoxLayout(this);
    rows->addWidget(m_search);
    rows->addWidget(m_list);
    resize(560, 420);
    if (const auto* main = qobject_cast<QMainWindow*>(window))
        gather(main->menuBar()->actions(), {});
    // What a view offers by its own menu, such as saving its picture.
    for (const QWidget* view : window->findChildren<QWidget*>())
        if (view->isVisible() && view->contextMenuPolicy() == Qt::ActionsContextMenu)
            gather(view->actions(), view->accessibleName());
    for (QAbstractButton* button : window->findChildren<QAbstractButton*>())
        if (button->isVisible() && button->isEnabled())
            gather(button);
    for (QTabBar* tabs : window->findChildren<QTabBar*>())
        for (int i = 0; tabs->isVisible() && i < tabs->count(); ++i)
            if (tabs->isTabEnabled(i) && !tabs->accessibleName().isEmpty())
                m_entries += {tr("%1 › %2").arg(tabs->accessibleName(), tabs->tabText(i)), {}, tabs,
                              [tabs, i] { tabs->setCurrentIndex(i); }};
    connect(m_search, &QLineEdit::textChanged, this, &CommandPalette::filter);
    connect(m_search, &QLineEdit::returnPressed, this, &CommandPalette::run);
    connect(m_list, &QListWidget::itemActivated, this, &CommandPalette::run);
    connect(m_list, &QListWidget::itemClicked, this, &CommandPalette::run);
    filter({});
}

void CommandPalette::gather(const QList<QAction*>& actions, const QString& menu)
{
    for (QAction* action : actions) {
        if (action->isSeparator() || !action->isVisible() || !action->isEnabled())
            continue;
        const QString name = action->text().remove(QLatin1Char('&'));
        const QString path = menu.isEmpty() ? name : tr("%1 › %2").arg(menu, name);
        if (action->menu())
            gather(action->menu()->actions(), path);
        else
            m_entries += {path, action->shortcut().toString(QKeySequence::NativeText), action, [action] { action->trigger(); }};
    }
}

// Buttons of menus and of tool bars are there as actions already; those without words say nothing here.
void CommandPalette::gather(QAbstractButton* button)
{
    const auto* tool = qobject_cast<QToolButton*>(button);
    if (tool && (tool->menu() || tool->defaultAction()))
        return;
    QString name = button->text().remove(QLatin1Char('&'));
    if (name.size() < 2)
        name = button->accessibleName();
    if (!name.isEmpty())
        m_entries += {name, button->shortcut().toString(QKeySequence::NativeText), button, [button] { button->click(); }};
}

void CommandPalette::filter(const QString& text)
{
    m_list->clear();
    const QStringList words = text.split(QLatin1Char(' '), Qt::SkipEmptyParts);
    for (int i = 0; i < m_entries.size(); ++i) {
        const Entry& entry = m_entries[i];
        const bool fits = std::all_of(words.begin(), words.end(), [&](const QString& word) {
            return entry.text.contains(word, Qt::CaseInsensitive);
        });
        if (!fits)
            continue;
        auto* item = new QListWidgetItem(entry.key.isEmpty() ? entry.text : tr("%1    (%2)").arg(entry.text, entry.key), m_list);
        item->setData(Qt::UserRole, i);
    }
    m_list->setCurrentRow(0);
}

bool CommandPalette::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == m_search && event->type() == QEvent::KeyPress) {
        const int key = static_cast<QKeyEvent*>(event)->key();
        if (key == Qt::Key_Down || key == Qt::Key_Up) {
            const int row = m_list->currentRow() + (key == Qt::Key_Down ? 1 : -1);
            m_list->setCurrentRow(std::clamp(row, 0, std::max(0, m_list->count() - 1)));
            return true;
        }
    }
    return QDialog::eventFilter(watched, event);
}

void CommandPalette::run()
{
    const QListWidgetItem* item = m_list->currentItem();
    if (!item)
        return;
    const Entry entry = m_entries[item->data(Qt::UserRole).toInt()];
    accept();
    // Behind the closing, so that a dialog of the action is not this one's child; not if it is gone by then.
    if (entry.owner)
        QTimer::singleShot(0, entry.owner, entry.act);
}

void showHelpUnderPointer(QWidget* window)
{
    QWidget* widget = QApplication::widgetAt(QCursor::pos());
    if (!widget || widget->window() != window->window())
        widget = QApplication::focusWidget();
    for (; widget; widget = widget->parentWidget()) {
        const QString help = !widget->whatsThis().isEmpty() ? widget->whatsThis() : widget->toolTip();
        if (help.isEmpty() && widget->accessibleName().isEmpty() && widget->accessibleDescription().isEmpty())
            continue;
        QStringList parts;
        for (const QString& part : {widget->accessibleName(), help, widget->accessibleDescription()})
            if (!part.isEmpty() && !parts.contains(part))
                parts += part;
        QWhatsThis::showText(widget->mapToGlobal(widget->rect().bottomLeft()), parts.join(QLatin1Char('\n')), widget);
        return;
    }
}

} // namespace halftone
