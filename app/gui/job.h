// SPDX-License-Identifier: GPL-3.0-or-later
// One entry of the queue: what is to be done, how far it is, what it has said. Plain values; the queue
// itself is JobRunner's.
#pragma once

#include "base/progress.h"
#include "export/report.h"
#include "pipeline/recipe.h"

#include <QString>
#include <QStringList>
#include <memory>
#include <optional>
#include <vector>

namespace halftone {

/// A file or folder for other programs, made of a result or of the model as it is.
struct ExportOrder
{
    QString target;                                     ///< id in exportTargets(); empty: none
    nlohmann::json settings = nlohmann::json::object(); ///< of the target
    QString out;

    bool wanted() const { return !target.isEmpty(); }
};

/// What a result may weigh; its run first finds out which layers the model feels most.
struct Budget
{
    double value = 0;       ///< bits per weight on disk, or MB (10^6 bytes) of the packed folder
    bool megabytes = false;

    bool wanted() const { return value > 0; }
};

/// What is to be run and where its result goes.
struct RunOrder
{
    Recipe recipe;
    QString out;            ///< folder of the result, a partial one beside it is resumed; empty: only export
    QString label{};        ///< in lists; empty: made of model and result
    ExportOrder exported{}; ///< done behind the run, or alone on recipe.model
    Budget budget{};        ///< spread over the layers first
};

struct ExportOutcome
{
    QString path;
    std::int64_t bytes = 0;
    QStringList facts; ///< what reloading and comparing showed, one sentence each
};

struct RunOutcome
{
    RunOrder order;
    Report report;
    RunTimes times;
    std::optional<ExportOutcome> exported;
};

struct Job
{
    enum class State { Waiting, Held, Running, Paused, Finished, Failed, Cancelled };

    int id = 0;
    RunOrder order;
    State state = State::Waiting;
    ProgressMoment moment;
    std::vector<LayerReport> layers; ///< coded so far
    QStringList log;                 ///< each line with its time of day
    QString sentence;                ///< what went wrong
    std::shared_ptr<const RunOutcome> outcome;

    bool active() const { return state == State::Running || state == State::Paused; }
    /// Still has work to do, now or later.
    bool open() const { return active() || state == State::Waiting || state == State::Held; }
};

/// What lists call an order.
QString titleOf(const RunOrder& order);

nlohmann::json orderJson(const RunOrder& order);
/// Throws Error for an order that makes no sense.
RunOrder orderFromJson(const nlohmann::json& json);

} // namespace halftone
