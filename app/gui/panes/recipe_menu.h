// SPDX-License-Identifier: GPL-3.0-or-later
// What can be done with the recipe as a whole: undo, presets, a budget, files, the command line. The same
// menu stands in the window's bar and in the inspector.
#pragma once

#include <QMenu>
#include <functional>

namespace halftone {

class Session;

class RecipeMenu : public QMenu
{
    Q_OBJECT

public:
    /// command gives what is typed to do the same.
    RecipeMenu(Session& session, std::function<QString()> command, QWidget* parent);
    void load(const QString& path);

private:
    void addPresets();
    void chooseFile();
    void chooseNewFile();
    void save(const QString& path);
    void askForBudget();

    Session& m_session;
};

} // namespace halftone
