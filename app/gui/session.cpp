// SPDX-License-Identifier: GPL-3.0-or-later
#include "session.h"

#include "job_journal.h"
#include "job_runner.h"
#include "look_lane.h"
#include "measurements.h"
#include "model_sensitivity.h"
#include "model_watch.h"
#include "original_hessians.h"
#include "preview.h"
#include "recipe_edit.h"
#include "project/project.h"

#include <QDir>
#include <QFileInfo>
#include <QSettings>
#include <algorithm>

namespace halftone {

namespace {

constexpr int kRecentPaths = 10;
const auto kRecentKey = QStringLiteral("recentPaths");
const auto kBackendKey = QStringLiteral("run/backend");

} // namespace

struct Session::Opened
{
    std::shared_ptr<const Checkpoint> checkpoint;
    std::shared_ptr<const ModelLayers> layers;
};

Session::Session(LookLane& look, JobRunner& jobs, QObject* parent)
    : QObject(parent), m_look(look), m_jobs(jobs), m_project(new Project(this)),
      m_measurements(new Measurements(*this)), m_sensitivity(new ModelSensitivity(*this)),
      m_hessians(new OriginalHessians(*this)),
      m_preview(new Preview(*this)), m_layers(std::make_shared<ModelLayers>())
{
    connect(&jobs, &JobRunner::finished, this, [this](std::shared_ptr<const RunOutcome> outcome) {
        if (outcome->order.out.isEmpty())
            return; // an export alone
        m_outcome = std::move(outcome);
        emit outcomeChanged();
    });
    connect(&jobs, &JobRunner::failed, this,
            [this](const RunOrder&, const QString& sentence) { emit complained(sentence); });
    keepJobs(jobs, *m_project);
    const auto* watch = new ModelWatch(*this);
    connect(watch, &ModelWatch::lost, this, &Session::modelLost);
    connect(watch, &ModelWatch::found, this, &Session::modelFound);
}

Session::~Session() = default;

QString Session::keptBackend() const
{
    return QSettings().value(kBackendKey, QStringLiteral("auto")).toString();
}

void Session::setBackend(const QString& id)
{
    if (id == m_recipe.backend)
        return;
    m_recipe.backend = id;
    QSettings().setValue(kBackendKey, id);
    emit recipeChanged();
}

void Session::open(const QString& path)
{
    load(path, false);
}

void Session::reopen()
{
    if (m_checkpoint)
        load(m_checkpoint->path(), true);
}

void Session::load(const QString& path, bool again)
{
    m_opening = true;
    emit openingChanged(true);
    m_look.ask<Opened>(
        QStringLiteral("open"), this,
        [path](Progress&) {
            const auto checkpoint = Checkpoint::open(path);
            return Opened{checkpoint, std::make_shared<ModelLayers>(ModelLayers::of(*checkpoint))};
        },
        [this, path, again](std::shared_ptr<const Opened> opened) {
            m_opening = false;
            m_reopened = again;
            emit openingChanged(false);
            adopt(*opened);
            remember(path);
        },
        [this, again](const QString& sentence) {
            m_opening = false;
            emit openingChanged(false);
            if (again)
                emit modelLost(sentence);
            else
                emit complained(sentence);
        });
}

void Session::adopt(const Opened& opened)
{
    const QString selected = m_reopened && selectedTensor() ? selectedTensor()->name : QString();
    m_checkpoint = opened.checkpoint;
    m_layers = opened.layers;
    m_recipe.model = m_checkpoint->path();
    m_selected = -1;
    m_back.clear();
    m_forward.clear();
    if (!m_reopened) {
        m_recipe.overrides.clear(); // they name layers of another model
        m_undo.clear();
        m_scope = Scope::Model;
    }
    emit checkpointChanged();
    const auto& tensors = m_checkpoint->tensors();
    const auto same = std::find_if(tensors.begin(), tensors.end(), [&](const TensorView& t) { return t.name == selected; });
    if (same != tensors.end())
        m_selected = int(same - tensors.begin());
    emit selectionChanged(m_selected);
    emit historyChanged();
    emit scopeChanged();
    emit recipeChanged();
    emit recipeSettled();
}

QString Session::name() const
{
    return m_checkpoint ? QFileInfo(QDir::cleanPath(m_checkpoint->path())).fileName() : QString();
}

QStringList Session::recentPaths() const
{
    return QSettings().value(kRecentKey).toStringList();
}

void Session::remember(const QString& path)
{
    const QString absolute = QFileInfo(path).absoluteFilePath();
    QStringList paths = recentPaths();
    paths.removeAll(absolute);
    paths.prepend(absolute);
    QSettings().setValue(kRecentKey, QStringList(paths.mid(0, kRecentPaths)));
    emit recentPathsChanged();
}

void Session::applyRecipe(const Recipe& recipe)
{
    m_recipe = recipe;
    emit recipeChanged();
    if (!m_dragging)
        emit recipeSettled();
}

void Session::setRecipe(const Recipe& recipe, const QString& what)
{
    Recipe after = recipe;
    if (m_checkpoint)
        after.model = m_checkpoint->path();
    if (after.toJson() == m_recipe.toJson())
        return;
    m_undo.push(new RecipeEdit([this](const Recipe& r) { applyRecipe(r); }, m_recipe, after, what,
                               m_dragging ? m_drags : 0));
}

void Session::setMethod(const QString& id)
{
    if (id == m_recipe.method)
        return;
    Recipe after = m_recipe;
    after.method = id;
    after.settings = nlohmann::json::object();
    after.overrides.clear();
    after.steerBits = 0;
    setRecipe(after, tr("method"));
}

void Session::setSetting(const QString& parameter, const nlohmann::json& value)
{
    setRecipe(withSetting(m_recipe, scopePlace(), parameter, value), parameter);
}

void Session::resetSetting(const QString& parameter)
{
    setRecipe(withoutSetting(m_recipe, scopePlace(), parameter), tr("reset"));
}

void Session::copyOverridesToKind()
{
    setRecipe(withCopiedOverrides(m_recipe, placeOf(Scope::Layer).pattern, placeOf(Scope::Kind).pattern),
              tr("copy to kind"));
}

void Session::copyOverridesToBlock()
{
    const auto own = m_layers->places.constFind(m_selected);
    if (own == m_layers->places.constEnd())
        return;
    Recipe after = m_recipe;
    for (auto place = m_layers->places.constBegin(); place != m_layers->places.constEnd(); ++place)
        if (place->block == own->block)
            after = withCopiedOverrides(after, selectedTensor()->name, m_checkpoint->tensors()[std::size_t(place.key())].name);
    setRecipe(after, tr("copy to block"));
}

void Session::beginDrag()
{
    ++m_drags;
    m_dragging = true;
}

void Session::endDrag()
{
    if (!m_dragging)
        return;
    m_dragging = false;
    emit recipeSettled();
}

void Session::setScope(Scope scope)
{
    m_scope = scope;
    emit scopeChanged();
}

ScopePlace Session::scopePlace() const
{
    return placeOf(m_scope);
}

ScopePlace Session::placeOf(Scope scope) const
{
    const auto place = m_layers->places.constFind(m_selected);
    if (scope == Scope::Model || place == m_layers->places.constEnd())
        return {};
    const QString name = selectedTensor()->name;
    return {scope, scope == Scope::Kind ? m_layers->kindPattern(place->linear) : name, name};
}

const TensorView* Session::selectedTensor() const
{
    return m_checkpoint && m_selected >= 0 ? &m_checkpoint->tensors()[std::size_t(m_selected)] : nullptr;
}

void Session::show(int tensor)
{
    m_selected = tensor;
    emit selectionChanged(tensor);
    emit historyChanged();
}

void Session::select(int tensor)
{
    if (!m_checkpoint || tensor == m_selected || tensor < 0 ||
        std::size_t(tensor) >= m_checkpoint->tensors().size())
        return;
    if (m_selected >= 0)
        m_back.append(m_selected);
    m_forward.clear();
    show(tensor);
}

void Session::goBack()
{
    if (m_back.isEmpty())
        return;
    m_forward.append(m_selected);
    show(m_back.takeLast());
}

void Session::goForward()
{
    if (m_forward.isEmpty())
        return;
    m_back.append(m_selected);
    show(m_forward.takeLast());
}

} // namespace halftone
