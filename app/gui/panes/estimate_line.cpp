// SPDX-License-Identifier: GPL-3.0-or-later
#include "panes/estimate_line.h"

#include "app/backends.h"
#include "job_runner.h"
#include "look_lane.h"
#include "pipeline/estimate.h"
#include "session.h"
#include "texts.h"

#include <QLocale>

namespace halftone {

namespace {

const auto kTag = QStringLiteral("estimate");
constexpr int kRestMs = 500;

} // namespace

EstimateLine::EstimateLine(Session& session, QWidget* parent) : QLabel(parent), m_session(session)
{
    setWordWrap(true);
    setTextFormat(Qt::RichText);
    setTextInteractionFlags(Qt::TextSelectableByMouse);
    setAccessibleDescription(tr("Size, memory and time of the run"));
    setObjectName(QStringLiteral("estimate"));
    m_pause.setSingleShot(true);
    m_pause.setInterval(kRestMs);
    connect(&m_pause, &QTimer::timeout, this, &EstimateLine::want);
    connect(&session, &Session::recipeChanged, this, &EstimateLine::forget);
    connect(&session, &Session::checkpointChanged, this, &EstimateLine::forget);
    connect(&session.jobs(), &JobRunner::started, this, [this] {
        m_pause.stop();
        m_session.look().drop(kTag);
    });
}

void EstimateLine::setBudget(const Budget& budget, const QString& complaint)
{
    if (budget.value == m_budget.value && budget.megabytes == m_budget.megabytes && complaint == m_complaint)
        return;
    m_budget = budget;
    m_complaint = complaint;
    forget();
}

void EstimateLine::forget()
{
    if (!m_complaint.isEmpty()) {
        m_pause.stop();
        m_session.look().drop(kTag);
        setText(m_complaint.toHtmlEscaped());
        return;
    }
    if (!m_session.checkpoint() || m_session.jobs().busy())
        return;
    setText(tr("Estimating size, memory and time…"));
    m_session.look().drop(kTag);
    m_pause.start();
}

void EstimateLine::want()
{
    m_session.look().ask<Estimate>(
        kTag, this,
        [recipe = m_session.recipe()](Progress& progress) {
            return estimateRun(recipe, *makeBackend(recipe.backend), progress);
        },
        [this](std::shared_ptr<const Estimate> estimate) { showEstimate(*estimate); },
        [this](const QString& sentence) { setText(sentence.toHtmlEscaped()); },
        LookLane::Urgency::WhenIdle);
}

void EstimateLine::showEstimate(const Estimate& estimate)
{
    const auto bits = [](double value) { return QLocale().toString(value, 'f', 2); };
    if (m_budget.wanted()) {
        const QString size = m_budget.megabytes ? sizeText(std::int64_t(m_budget.value * 1e6)) : tr("%1 bits per weight on disk").arg(bits(m_budget.value));
        setText(tr("Fitted to <b>%1</b> by how much the model feels each layer, which is measured first; then about "
                   "<b>%2</b>, needs %3 of memory (now %4)")
                    .arg(size, durationText(estimate.seconds), sizeText(estimate.memoryBytes), sizeText(estimate.originalBytes)));
        return;
    }
    QString text = tr("About <b>%1</b> (now %2), <b>%3</b>, needs %4 of memory<br>%5 bits per weight on "
                      "disk, %6 nominal")
                       .arg(sizeText(estimate.packedBytes), sizeText(estimate.originalBytes),
                            durationText(estimate.seconds), sizeText(estimate.memoryBytes),
                            bits(estimate.diskBits), bits(estimate.nominalBits));
    for (const QString& warning : estimate.warnings)
        text += QStringLiteral("<br>• ") + warning.toHtmlEscaped();
    setText(text);
}

} // namespace halftone
