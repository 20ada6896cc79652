// SPDX-License-Identifier: GPL-3.0-or-later
#include "panes/recipe_menu.h"

#include "base/error.h"
#include "look_lane.h"
#include "panes/budget_dialog.h"
#include "pipeline/presets.h"
#include "session.h"

#include <QClipboard>
#include <QCoreApplication>
#include <QFileDialog>
#include <QGuiApplication>
#include <QSaveFile>

namespace halftone {

namespace {

const auto kTag = QStringLiteral("recipe file");

void writeRecipe(const Recipe& recipe, const QString& path)
{
    QSaveFile file(path);
    const QByteArray text = commentedRecipe(recipe).toUtf8();
    if (!file.open(QIODevice::WriteOnly) || file.write(text) != text.size() || !file.commit())
        throw Error(RecipeMenu::tr("The recipe '%1' cannot be written: %2.").arg(path, file.errorString()));
}

} // namespace

RecipeMenu::RecipeMenu(Session& session, std::function<QString()> command, QWidget* parent)
    : QMenu(tr("Re&cipe"), parent), m_session(session)
{
    setToolTipsVisible(true);
    QAction* undo = session.undoStack().createUndoAction(this, tr("Undo"));
    QAction* redo = session.undoStack().createRedoAction(this, tr("Redo"));
    undo->setShortcut(QKeySequence::Undo);
    redo->setShortcut(QKeySequence::Redo);
    addActions({undo, redo});
    addSeparator();
    addPresets();
    QAction* budget = addAction(tr("Fit a budget…"), Qt::CTRL | Qt::Key_B, this, &RecipeMenu::askForBudget);
    budget->setObjectName(QStringLiteral("budget"));
    budget->setToolTip(tr("Spreads bits over the layers so that the whole fits"));
    addSeparator();
    addAction(tr("Open recipe…"), this, &RecipeMenu::chooseFile);
    addAction(tr("Save recipe…"), this, &RecipeMenu::chooseNewFile);
    QAction* copy = addAction(tr("Copy as command"), Qt::CTRL | Qt::SHIFT | Qt::Key_C, this,
                              [command] { QGuiApplication::clipboard()->setText(command()); });
    copy->setObjectName(QStringLiteral("copyAsCommand"));
    const auto enable = [this] { setEnabled(m_session.checkpoint() != nullptr); };
    connect(&session, &Session::checkpointChanged, this, enable);
    enable();
}

void RecipeMenu::addPresets()
{
    QMenu* menu = addMenu(tr("&Presets"));
    menu->setToolTipsVisible(true);
    for (const Preset& preset : presets()) {
        QAction* action = menu->addAction(QCoreApplication::translate("core", preset.title));
        action->setToolTip(QCoreApplication::translate("core", preset.why));
        connect(action, &QAction::triggered, this, [this, action, id = QString::fromLatin1(preset.id)] {
            Recipe recipe = m_session.recipe();
            applyPreset(id, recipe);
            m_session.setRecipe(recipe, action->text());
        });
    }
}

void RecipeMenu::chooseFile()
{
    auto* dialog = new QFileDialog(parentWidget(), tr("Open recipe"), {}, tr("Recipes (*.json)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, this, &RecipeMenu::load);
    dialog->open();
}

void RecipeMenu::chooseNewFile()
{
    auto* dialog = new QFileDialog(parentWidget(), tr("Save recipe"), QStringLiteral("recipe.json"), tr("Recipes (*.json)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(QStringLiteral("json"));
    connect(dialog, &QFileDialog::fileSelected, this, &RecipeMenu::save);
    dialog->open();
}

void RecipeMenu::load(const QString& path)
{
    m_session.look().ask<Recipe>(
        kTag, this, [path](Progress&) { return Recipe::fromFile(path); },
        [this](std::shared_ptr<const Recipe> recipe) { m_session.setRecipe(*recipe, tr("open recipe")); },
        [this](const QString& sentence) { emit m_session.complained(sentence); });
}

void RecipeMenu::save(const QString& path)
{
    m_session.look().ask<bool>(
        kTag, this,
        [recipe = m_session.recipe(), path](Progress&) {
            writeRecipe(recipe, path);
            return true;
        },
        {}, [this](const QString& sentence) { emit m_session.complained(sentence); });
}

void RecipeMenu::askForBudget()
{
    auto* dialog = new BudgetDialog(m_session, parentWidget());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->open();
}

} // namespace halftone
