// SPDX-License-Identifier: GPL-3.0-or-later
#include "original_hessians.h"

#include "app/backends.h"
#include "look_lane.h"
#include "pipeline/hessian_cache.h"
#include "pipeline/model_texts.h"
#include "pipeline/original_activations.h"
#include "session.h"

#include <QElapsedTimer>
#include <QFileInfo>

namespace halftone {

namespace {

const auto kWalkTag = QStringLiteral("original activations");
const auto kFactorTag = QStringLiteral("original hessian");
constexpr double kSecondsUnasked = 60;
constexpr int kMsAtOnce = 300; // then a layer that someone looks at has its turn
constexpr int kKept = 2;

HessianEvidence evidenceOf(const Array& hessian, Index block, double damping, ComputeBackend& backend,
                           Progress& progress)
{
    HessianEvidence out;
    out.damping = damping;
    out.hessian = hessian;
    const MatrixD numbers = backend.downloadMatrix(hessian).cast<double>();
    out.factor = factorHessian(OriginalHessians::tr("block %1").arg(block + 1), numbers, damping, Scalar::F32, backend,
                               progress);
    for (Index j = 0; j < numbers.rows(); ++j) {
        out.diagonal.push_back(numbers(j, j));
        out.columnWeights.push_back(1 / (out.factor->diagonal[j] * out.factor->diagonal[j]));
    }
    return out;
}

QString cacheKey(const Checkpoint& checkpoint, const Recipe& recipe)
{
    return HessianCache::keyOf(checkpoint, calibrationTextOf(recipe), OriginalActivations::kWindows,
                               OriginalActivations::kContext);
}

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
    m_notKept.clear();
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
    if (m_cache && !m_notKept.contains({key.first, int(key.second)})) {
        if (m_making != key)
            load(*place, damping);
        return nullptr;
    }
    // Nothing is calibrated before someone looks at a layer.
    if (m_state == State::None || m_state == State::Kept) {
        m_state = State::Trying;
        emit changed();
        go();
    }
    if (place->block < m_blocksKnown && m_making != key)
        make(*place, damping);
    return nullptr;
}

void OriginalHessians::take(LayerPlace place, std::shared_ptr<const HessianEvidence> evidence)
{
    m_making.reset();
    m_kept.prepend({{place.block, stageOf(place.linear)}, std::move(evidence)});
    while (m_kept.size() > kKept)
        m_kept.removeLast();
    emit arrived();
}

void OriginalHessians::load(LayerPlace place, double damping)
{
    const QPair<Index, Stage> key{place.block, stageOf(place.linear)};
    m_making = key;
    const QString text = calibrationTextOf(m_session.recipe());
    m_session.look().ask<HessianEvidence>(
        kFactorTag, this,
        [cache = m_cache, checkpoint = m_session.checkpoint(), recipe = m_session.recipe(), key, damping,
         width = m_session.layers().config->shape(place.linear)[1]](Progress& progress) {
            const auto kept = cache->read(cacheKey(*checkpoint, recipe), key.first, key.second, width);
            if (!kept)
                return HessianEvidence{};
            const auto backend = makeBackend(QStringLiteral("cpu"));
            return evidenceOf(backend->upload(*kept), key.first, damping, *backend, progress);
        },
        [this, place, key, text](std::shared_ptr<const HessianEvidence> evidence) {
            if (!evidence->hessian) {
                m_making.reset();
                m_notKept.insert({key.first, int(key.second)});
                emit arrived(); // who wants it asks again, and has it measured
                return;
            }
            if (m_state == State::None) {
                m_state = State::Kept;
                m_sentence = QFileInfo(text).fileName();
                emit changed();
            }
            take(place, std::move(evidence));
        },
        [this, key](const QString&) { // measuring will say what is wrong
            m_making.reset();
            m_notKept.insert({key.first, int(key.second)});
            emit arrived();
        },
        LookLane::Urgency::Evidence);
}

void OriginalHessians::keep(LayerPlace place, const std::shared_ptr<const HessianEvidence>& evidence)
{
    const Stage stage = stageOf(place.linear);
    m_session.look().ask<int>(
        QStringLiteral("keep hessian %1 %2").arg(place.block).arg(int(stage)), this,
        [cache = m_cache, checkpoint = m_session.checkpoint(), recipe = m_session.recipe(), evidence, place,
         stage](Progress&) {
            const auto backend = makeBackend(QStringLiteral("cpu"));
            cache->write(cacheKey(*checkpoint, recipe), place.block, stage, backend->downloadMatrix(evidence->hessian));
            return 0;
        },
        {}, {}, LookLane::Urgency::WhenIdle);
}

void OriginalHessians::make(LayerPlace place, double damping)
{
    const QPair<Index, Stage> key{place.block, stageOf(place.linear)};
    m_making = key;
    m_session.look().ask<HessianEvidence>(
        kFactorTag, this,
        [walker = m_activations, key, damping](Progress& progress) {
            return evidenceOf(walker->hessian(key.first, key.second, progress), key.first, damping, walker->backend(),
                              progress);
        },
        [this, place](std::shared_ptr<const HessianEvidence> evidence) {
            if (m_cache)
                keep(place, evidence);
            take(place, std::move(evidence));
        },
        [this](const QString& sentence) {
            m_making.reset();
            emit m_session.complained(sentence);
        },
        LookLane::Urgency::Evidence);
}

} // namespace halftone
