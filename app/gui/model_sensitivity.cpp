// SPDX-License-Identifier: GPL-3.0-or-later
#include "model_sensitivity.h"

#include "app/backends.h"
#include "pipeline/allocate_bits.h"
#include "session.h"

#include <limits>

namespace halftone {

namespace {

const auto kTag = QStringLiteral("sensitivity");

} // namespace

ModelSensitivity::ModelSensitivity(Session& session) : QObject(&session), m_session(session)
{
    connect(&session, &Session::checkpointChanged, this, &ModelSensitivity::reset);
    connect(&session, &Session::recipeSettled, this, [this] {
        if ((m_measuring || m_measured) && m_session.recipe().calibration.text != m_text)
            reset();
    });
}

void ModelSensitivity::reset()
{
    m_lane.drop(kTag);
    m_measuring = false;
    m_share = 0;
    m_complaint.clear();
    m_measured.reset();
    emit changed();
}

void ModelSensitivity::measure()
{
    if (m_measuring || m_measured || !m_session.layers().config)
        return;
    m_measuring = true;
    m_share = 0;
    m_complaint.clear();
    m_text = m_session.recipe().calibration.text;
    emit changed();
    m_lane.ask<Sensitivity>(
        kTag, this,
        [this, recipe = m_session.recipe()](Progress& progress) {
            const auto backend = makeBackend(recipe.backend, recipe.gpuPrecision == QLatin1String("auto"));
            Progress part(progress, [&](const ProgressMoment& moment) {
                if (progress.cancelled())
                    return;
                QMetaObject::invokeMethod(
                    this,
                    [this, share = moment.share] {
                        m_share = share;
                        emit changed();
                    },
                    Qt::QueuedConnection);
            });
            return sensitivityOf(recipe, *backend, part);
        },
        [this](std::shared_ptr<const Sensitivity> measured) {
            m_measuring = false;
            m_measured = std::move(measured);
            emit changed();
        },
        [this](const QString& sentence) {
            m_measuring = false;
            m_complaint = sentence;
            emit changed();
        },
        LookLane::Urgency::WhenIdle);
}

double ModelSensitivity::of(int tensor) const
{
    const auto place = m_session.layers().places.constFind(tensor);
    if (!m_measured || place == m_session.layers().places.constEnd())
        return std::numeric_limits<double>::quiet_NaN();
    return m_measured->of(place->block, place->linear);
}

} // namespace halftone
