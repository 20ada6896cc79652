// SPDX-License-Identifier: GPL-3.0-or-later
// What is open now and what is selected, with signals when either changes. Every pane and page
// follows it and none follows another. It opens files on the Look lane, never on the GUI thread.
#pragma once

#include "checkpoint/checkpoint.h"
#include "model_layers.h"
#include "recipe_scope.h"

#include <QObject>
#include <QStringList>
#include <QUndoStack>
#include <memory>

namespace halftone {

class JobRunner;
class LookLane;
class Measurements;
class ModelSensitivity;
class OriginalHessians;
class Preview;
class Project;
struct RunOutcome;

class Session : public QObject
{
    Q_OBJECT

public:
    /// Both lanes must outlive the session.
    Session(LookLane& look, JobRunner& jobs, QObject* parent = nullptr);
    ~Session() override;

    LookLane& look() const { return m_look; }
    JobRunner& jobs() const { return m_jobs; }
    Project& project() const { return *m_project; }
    Measurements& measurements() const { return *m_measurements; }
    ModelSensitivity& sensitivity() const { return *m_sensitivity; }
    OriginalHessians& hessians() const { return *m_hessians; }
    Preview& preview() const { return *m_preview; }

    /// Where runs are computed: the id of a device, or "auto". Kept for the next time.
    void setBackend(const QString& id);
    QString keptBackend() const;

    void open(const QString& path);
    /// The open model from its files as they are now; selection, recipe and undo stay.
    void reopen();
    /// Whether the model last opened was open before.
    bool reopened() const { return m_reopened; }
    bool opening() const { return m_opening; }
    /// nullptr while nothing is open.
    std::shared_ptr<const Checkpoint> checkpoint() const { return m_checkpoint; }
    /// Of the open model.
    const ModelLayers& layers() const { return *m_layers; }
    /// Last part of the path, for titles.
    QString name() const;
    QStringList recentPaths() const;

    /// Index into checkpoint()->tensors(), or -1.
    int selected() const { return m_selected; }
    const TensorView* selectedTensor() const;
    void select(int tensor);
    bool canGoBack() const { return !m_back.isEmpty(); }
    bool canGoForward() const { return !m_forward.isEmpty(); }
    void goBack();
    void goForward();

    /// What a run would do; its model is the open one.
    const Recipe& recipe() const { return m_recipe; }
    void setMethod(const QString& id);
    /// One of the method's parameters, in the present scope.
    void setSetting(const QString& parameter, const nlohmann::json& value);
    void resetSetting(const QString& parameter);
    /// The overrides of the selected layer for its kind in every block.
    void copyOverridesToKind();
    /// The same for the other kinds of its block.
    void copyOverridesToBlock();
    /// Another recipe for the open model, as one step of undo.
    void setRecipe(const Recipe& recipe, const QString& what);
    /// What is set from here on until endDrag() is one step of undo.
    void beginDrag();
    void endDrag();
    bool dragging() const { return m_dragging; }
    QUndoStack& undoStack() { return m_undo; }

    /// What setSetting() sets. Without a linear layer selected it is the model.
    void setScope(Scope scope);
    ScopePlace scopePlace() const;
    /// Of the selected layer; the model's when none is selected.
    ScopePlace placeOf(Scope scope) const;

    /// Of the last finished run; nullptr before.
    std::shared_ptr<const RunOutcome> outcome() const { return m_outcome; }

signals:
    void openingChanged(bool opening);
    void checkpointChanged();
    void selectionChanged(int tensor);
    void historyChanged();
    void recentPathsChanged();
    void recipeChanged();
    /// The recipe changed and no drag goes on.
    void recipeSettled();
    void scopeChanged();
    void outcomeChanged();
    /// A sentence for the person, shown in place.
    void complained(const QString& sentence);
    /// The files of the open model are gone or others; reopen() is the cure.
    void modelLost(const QString& sentence);
    void modelFound();

private:
    struct Opened;
    void load(const QString& path, bool again);
    void adopt(const Opened& opened);
    void applyRecipe(const Recipe& recipe);
    void remember(const QString& path);
    void show(int tensor);

    LookLane& m_look;
    JobRunner& m_jobs;
    Project* m_project;
    Measurements* m_measurements;
    ModelSensitivity* m_sensitivity;
    OriginalHessians* m_hessians;
    Preview* m_preview;
    bool m_opening = false;
    bool m_reopened = false;
    std::shared_ptr<const Checkpoint> m_checkpoint;
    std::shared_ptr<const ModelLayers> m_layers;
    Recipe m_recipe;
    QUndoStack m_undo;
    Scope m_scope = Scope::Model;
    int m_drags = 0;
    bool m_dragging = false;
    std::shared_ptr<const RunOutcome> m_outcome;
    int m_selected = -1;
    QList<int> m_back;
    QList<int> m_forward;
};

} // namespace halftone
