// SPDX-License-Identifier: GPL-3.0-or-later
// What is open now and what is selected, with signals when either changes. Every pane and page
// follows it and none follows another. It opens files on the Look lane, never on the GUI thread.
#pragma once

#include "checkpoint/checkpoint.h"
#include "pipeline/recipe.h"

#include <QObject>
#include <QStringList>
#include <memory>

namespace halftone {

class JobRunner;
class LookLane;
class Measurements;
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

    /// Where runs are computed: the id of a device, or "auto".
    void setBackend(const QString& id);

    void open(const QString& path);
    bool opening() const { return m_opening; }
    /// nullptr while nothing is open.
    std::shared_ptr<const Checkpoint> checkpoint() const { return m_checkpoint; }
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
    /// One of the method's parameters for the whole model.
    void setSetting(const QString& parameter, const nlohmann::json& value);

    /// Of the last finished run; nullptr before.
    std::shared_ptr<const RunOutcome> outcome() const { return m_outcome; }

signals:
    void openingChanged(bool opening);
    void checkpointChanged();
    void selectionChanged(int tensor);
    void historyChanged();
    void recentPathsChanged();
    void recipeChanged();
    void outcomeChanged();
    /// A sentence for the person, shown in place.
    void complained(const QString& sentence);

private:
    void adopt(std::shared_ptr<const Checkpoint> checkpoint);
    void remember(const QString& path);
    void show(int tensor);

    LookLane& m_look;
    JobRunner& m_jobs;
    Project* m_project;
    Measurements* m_measurements;
    bool m_opening = false;
    std::shared_ptr<const Checkpoint> m_checkpoint;
    Recipe m_recipe;
    std::shared_ptr<const RunOutcome> m_outcome;
    int m_selected = -1;
    QList<int> m_back;
    QList<int> m_forward;
};

} // namespace halftone
