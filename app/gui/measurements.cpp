// SPDX-License-Identifier: GPL-3.0-or-later
#include "measurements.h"

#include "look_lane.h"
#include "session.h"

namespace halftone {

namespace {

// Up to here a model is measured as soon as it is open: about two seconds on two cores.
constexpr std::int64_t kMeasuredUnasked = 400'000'000;

const auto kOneTag = QStringLiteral("stats");
const auto kAllTag = QStringLiteral("stats of all");

} // namespace

bool hasNumbers(const TensorView& tensor)
{
    return (info(tensor.type).floating || tensor.type == ElementType::Packed) && tensor.elements() > 0;
}

Measurements::Measurements(Session& session) : QObject(&session), m_session(session)
{
    connect(&session, &Session::checkpointChanged, this, &Measurements::reset);
}

void Measurements::reset()
{
    m_session.look().drop(kOneTag);
    m_session.look().drop(kAllTag);
    m_stats.clear();
    m_next = -1;
    m_measurable = 0;
    std::int64_t weights = 0;
    for (const TensorView& tensor : m_session.checkpoint()->tensors())
        if (hasNumbers(tensor)) {
            ++m_measurable;
            weights += tensor.elements();
        }
    if (weights <= kMeasuredUnasked)
        wantAll();
}

void Measurements::want(int tensor)
{
    const auto checkpoint = m_session.checkpoint();
    if (m_stats.contains(tensor) || !hasNumbers(checkpoint->tensors()[std::size_t(tensor)]))
        return;
    m_session.look().ask<TensorStats>(
        kOneTag, this,
        [checkpoint, tensor](Progress& progress) {
            return computeStats(rowsOf(checkpoint, checkpoint->tensors()[std::size_t(tensor)]), progress);
        },
        [this, tensor](std::shared_ptr<const TensorStats> stats) {
            m_stats.insert(tensor, std::move(stats));
            emit measuredTensor(tensor);
        },
        [this](const QString& sentence) { emit m_session.complained(sentence); }, LookLane::Urgency::WhenIdle);
}

void Measurements::wantAll()
{
    if (m_next < 0) {
        m_next = 0;
        next();
    }
}

void Measurements::next()
{
    const auto checkpoint = m_session.checkpoint();
    const auto& tensors = checkpoint->tensors();
    while (std::size_t(m_next) < tensors.size() &&
           (m_stats.contains(m_next) || !hasNumbers(tensors[std::size_t(m_next)])))
        ++m_next;
    if (std::size_t(m_next) >= tensors.size()) {
        m_next = -1;
        return;
    }
    const int tensor = m_next++;
    m_session.look().ask<TensorStats>(
        kAllTag, this,
        [checkpoint, tensor](Progress& progress) {
            return computeStats(rowsOf(checkpoint, checkpoint->tensors()[std::size_t(tensor)]), progress);
        },
        [this, tensor](std::shared_ptr<const TensorStats> stats) {
            m_stats.insert(tensor, std::move(stats));
            next();
            emit measuredTensor(tensor);
        },
        [this](const QString& sentence) {
            m_next = -1;
            emit m_session.complained(sentence);
        },
        LookLane::Urgency::WhenIdle);
}

} // namespace halftone
