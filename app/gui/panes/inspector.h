// SPDX-License-Identifier: GPL-3.0-or-later
// The right pane: the recipe of the model, of a kind of layer or of one layer, what it means for the
// selected matrix, and Start.
#pragma once

#include <QWidget>

class QComboBox;
class QLabel;
class QPushButton;
class QTabBar;
class QToolButton;

namespace halftone {

class ParameterForm;
class RatioPreview;
class RecipeMenu;
class Session;
class StartPane;

class Inspector : public QWidget
{
    Q_OBJECT

public:
    explicit Inspector(Session& session, QWidget* parent = nullptr);
    RecipeMenu* menu() const { return m_menu; }

signals:
    void sweepWanted();

protected:
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dropEvent(QDropEvent* event) override;

private:
    QWidget* makeScope();
    QToolButton* makeRecipeMenu();
    void connectAll();
    void rebuildForm();
    void showRecipe();
    void showScope();

    Session& m_session;
    QTabBar* m_scope;
    QLabel* m_scopeText;
    QWidget* m_copies; ///< shown for a layer that has something of its own
    QComboBox* m_method;
    QString m_shownMethod;
    ParameterForm* m_form;
    RatioPreview* m_preview;
    StartPane* m_foot;
    RecipeMenu* m_menu;
};

} // namespace halftone
