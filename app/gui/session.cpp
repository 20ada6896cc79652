// SPDX-License-Identifier: GPL-3.0-or-later
#include "session.h"

#include "job_journal.h"
#include "job_runner.h"
#include "look_lane.h"
#include "measurements.h"
#include "project/project.h"

#include <QDir>
#include <QFileInfo>
#include <QSettings>

namespace halftone {

namespace {

constexpr int kRecentPaths = 10;
const auto kRecentKey = QStringLiteral("recentPaths");

} // namespace

Session::Session(LookLane& look, JobRunner& jobs, QObject* parent)
    : QObject(parent), m_look(look), m_jobs(jobs), m_project(new Project(this)), m_measurements(new Measurements(*this))
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
}

Session::~Session() = default;

void Session::setBackend(const QString& id)
{
    if (id == m_recipe.backend)
        return;
    m_recipe.backend = id;
    emit recipeChanged();
}

void Session::open(const QString& path)
{
    using Opened = std::shared_ptr<const Checkpoint>;
    m_opening = true;
    emit openingChanged(true);
    m_look.ask<Opened>(
        QStringLiteral("open"), this, [path](Progress&) { return Checkpoint::open(path); },
        [this, path](std::shared_ptr<const Opened> opened) {
            m_opening = false;
            emit openingChanged(false);
            adopt(*opened);
            remember(path);
        },
        [this](const QString& sentence) {
            m_opening = false;
            emit openingChanged(false);
            emit complained(sentence);
        });
}

void Session::adopt(std::shared_ptr<const Checkpoint> checkpoint)
{
    m_checkpoint = std::move(checkpoint);
    m_recipe.model = m_checkpoint->path();
    m_selected = -1;
    m_back.clear();
    m_forward.clear();
    emit checkpointChanged();
    emit selectionChanged(m_selected);
    emit historyChanged();
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

void Session::setMethod(const QString& id)
{
    if (id == m_recipe.method)
        return;
    m_recipe.method = id;
    m_recipe.settings = nlohmann::json::object();
    m_recipe.overrides.clear();
    emit recipeChanged();
}

void Session::setSetting(const QString& parameter, const nlohmann::json& value)
{
    nlohmann::json& setting = m_recipe.settings[parameter.toStdString()];
    if (setting == value)
        return;
    setting = value;
    emit recipeChanged();
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
