// SPDX-License-Identifier: GPL-3.0-or-later
#include "original_hessians.h"

#include "app/backends.h"
#include "look_lane.h"
#include "pipeline/original_activations.h"
#include "session.h"

#include <QElapsedTimer>

namespace halftone {

namespace {

const auto kWalkTag = QStringLiteral("original activations");
const auto kFactorTag = QStringLiteral("original hessian");
constexpr double kSecondsUnasked = 60;
constexpr int kMsAtOnce = 300; // then a layer that someone looks at has its turn
constexpr int kKept = 2;

} // namespace

struct OriginalHessians::Step
{
    std::shared_ptr<OriginalActivations> activations;
    bool more = false;
    double secondsLeft = -1, share = 0;
    qint64 bytes = 0;
    Index blocksKnown = 0;
    QString text;
};

OriginalHessians::OriginalHessians(Session& session) : QObject(&session), m_session(session)
{
    connect(&session, &Session::checkpointChanged, this, &OriginalHessians::reset);
    connect(&session, &Session::recipeSettled, this, [this] {
        if (m_session.checkpoint() && m_session.recipe().calibration.text != m_text)
            reset();
    });
}

void OriginalHessians::reset()
{
    m_session.look().drop(kWalkTag);
    m_session.look().drop(kFactorTag);
    m_activations.reset();
    m_kept.clear();
    m_making.reset();
    m_asked = false;
    m_secondsLeft = -1;
    m_share = 0;
    m_blocksKnown = 0;
    m_sentence.clear();
    m_text = m_session.recipe().calibration.text;
    m_state = State::None;
    emit changed();
}

void OriginalHessians::start()
{
    m_asked = true;
    if (m_state == State::Offered) {
        m_state = State::Going;
        emit changed();
        go();
    }
}

void OriginalHessians::go()
{
    m_session.look().ask<Step>(
        kWalkTag, this,
        [known = m_activations, checkpoint = m_session.checkpoint(), recipe = m_session.recipe()](Progress& progress) {
            QElapsedTimer timer;
            timer.start();
            auto walker = known;
            if (!walker)
                walker = std::make_shared<OriginalActivations>(checkpoint, recipe,
                                                               makeBackend(QStringLiteral("cpu")));
            Step out;
            out.more = walker->stepsDone() < walker->steps();
            do
                out.more = out.more && walker->step(progress);
            while (out.more && known && timer.elapsed() < kMsAtOnce);
            out.activations = walker;
            out.secondsLeft = walker->secondsLeft();
            out.share = walker->steps() ? double(walker->stepsDone()) / double(walker->steps()) : 1;
            out.bytes = walker->bytes();
            out.blocksKnown = walker->blocksKnown();
            out.text = walker->textName();
            return out;
        },
        [this](std::shared_ptr<const Step> step) { took(*step); },
        [this](const QString& sentence) {
            m_state = State::Failed;
            m_sentence = sentence;
            emit changed();
        },
        LookLane::Urgency::Evidence);
}

void OriginalHessians::took(const Step& step)
{
    m_activations = step.activations;
    m_secondsLeft = step.secondsLeft;
    m_share = step.share;
    m_bytes = step.bytes;
    m_sentence = step.text;
    const bool known = step.blocksKnown > m_blocksKnown;
    m_blocksKnown = step.blocksKnown;
    if (!step.more)
        m_state = State::Done;
    else
        m_state = m_asked || m_state == State::Going || m_secondsLeft <= kSecondsUnasked ? State::Going
                                                                                         : State::Offered;
    emit changed();
    if (known)
        emit arrived();
    if (m_state == State::Going)
        go();
}

std::shared_ptr<const HessianEvidence> OriginalHessians::evidence(int tensor, double damping)
{
    const auto place = m_session.layers().places.constFind(tensor);
    if (place == m_session.layers().places.constEnd())
        return nullptr;
    const QPair<Index, Stage> key{place->block, stageOf(place->linear)};
    for (int i = 0; i < m_kept.size(); ++i)
        if (m_kept[i].first == key && m_kept[i].second->damping == damping) {
            m_kept.move(i, 0);
            return m_kept.front().second;
        }
    // Nothing is calibrated before someone looks at a layer.
    if (m_state == State::None) {
        m_state = State::Trying;
        emit changed();
        go();
    }
    if (place->block < m_blocksKnown && m_making != key)
        make(*place, damping);
    return nullptr;
}

void OriginalHessians::make(LayerPlace place, double damping)
{
    const QPair<Index, Stage> key{place.block, stageOf(place.linear)};
    m_making = key;
    m_session.look().ask<HessianEvidence>(
        kFactorTag, this,
        [walker = m_activations, key, damping](Progress& progress) {
            HessianEvidence out;
            out.damping = damping;
            out.hessian = walker->hessian(key.first, key.second, progress);
            const MatrixD hessian = walker->backend().downloadMatrix(out.hessian).cast<double>();
            out.factor = factorHessian(tr("block %1").arg(key.first + 1), hessian, damping, Scalar::F32,
                                       walker->backend(), progress);
            for (Index j = 0; j < hessian.rows(); ++j) {
                out.diagonal.push_back(hessian(j, j));
                out.columnWeights.push_back(1 / (out.factor->diagonal[j] * out.factor->diagonal[j]));
            }
            return out;
        },
        [this, key](std::shared_ptr<const HessianEvidence> evidence) {
            m_making.reset();
            m_kept.prepend({key, std::move(evidence)});
            while (m_kept.size() > kKept)
                m_kept.removeLast();
            emit arrived();
        },
        [this](const QString& sentence) {
            m_making.reset();
            emit m_session.complained(sentence);
        },
        LookLane::Urgency::Evidence);
}

} // namespace halftone
