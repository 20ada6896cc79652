// SPDX-License-Identifier: GPL-3.0-or-later
#include "layer_map.h"

#include "look_lane.h"
#include "measurements.h"
#include "original_hessians.h"
#include "preview.h"
#include "session.h"
#include "texts.h"

namespace halftone {

namespace {

constexpr std::int64_t kBuiltAtOnce = 4 << 20; // weights whose pyramid takes no longer than a picture
constexpr double kSampledFrom = 4;             // weights a cell
constexpr std::int64_t kDraggedStep = 2;       // of the mask's rows: reading all ranks takes memory too long

} // namespace

LayerMap::LayerMap(Session& session, const QString& tag) : QObject(&session), m_session(session), m_tag(tag)
{
    connect(&session, &Session::selectionChanged, this, &LayerMap::reset);
    connect(&session.measurements(), &Measurements::measuredTensor, this, [this](int tensor) {
        if (m_layer == Layer::Original && tensor == m_session.selected()) {
            m_stats = m_session.measurements().stats(tensor);
            emit changed();
        }
    });
    const Preview& preview = session.preview();
    connect(&preview, &Preview::solutionChanged, this, [this] {
        if (m_layer == Layer::Quantized || m_layer == Layer::Error)
            takeSource();
    });
    connect(&preview, &Preview::ranksChanged, this, [this] {
        if (m_layer == Layer::Mask)
            takeSource();
        else if (m_layer == Layer::HessianSaliency && !m_source.read && m_session.preview().evidence())
            takeSource();
    });
    connect(&preview, &Preview::settingsChanged, this, [this] {
        if (m_layer == Layer::Mask)
            feed();
        emit changed();
    });
    connect(&session, &Session::recipeSettled, this, [this] {
        if (m_layer == Layer::Mask && m_quick)
            feed();
        emit changed();
    });
    connect(&session.hessians(), &OriginalHessians::changed, this, [this] {
        if (m_layer == Layer::HessianSaliency)
            emit changed();
    });
    connect(&session.hessians(), &OriginalHessians::arrived, this, [this] {
        if (m_layer == Layer::HessianSaliency && !m_source.read && m_session.preview().evidence())
            takeSource();
    });
}

void LayerMap::setLayer(Layer layer)
{
    if (layer == m_layer)
        return;
    m_layer = layer;
    takeSource();
}

void LayerMap::reset()
{
    m_window = {};
    takeSource();
}

RowSource LayerMap::sourceOf() const
{
    const TensorView* tensor = m_session.selectedTensor();
    if (!tensor || !hasNumbers(*tensor))
        return {};
    const RowSource original = rowsOf(m_session.checkpoint(), *tensor);
    const Preview& preview = m_session.preview();
    switch (m_layer) {
    case Layer::Quantized: return preview.solution() ? preview.solution()->values() : RowSource{};
    case Layer::Error:
        return preview.solution() ? differenceOf(original, preview.solution()->values()) : RowSource{};
    case Layer::Magnitude: return saliencyOf(original, {});
    case Layer::HessianSaliency:
        return preview.evidence() ? saliencyOf(original, preview.evidence()->columnWeights) : RowSource{};
    case Layer::Mask: return preview.ranks() ? original : RowSource{};
    default: return original;
    }
}

void LayerMap::takeSource()
{
    ++m_turn;
    for (const char* task : {" cells", " pyramid", " stats"})
        m_session.look().drop(m_tag + QLatin1String(task));
    m_busy = m_again = false;
    m_source = sourceOf();
    m_pyramid.reset();
    m_builder.reset();
    m_stats = m_layer == Layer::Original ? m_session.measurements().stats(m_session.selected()) : nullptr;
    m_begun = false;
    emit changed();
    begin();
}

// Nothing is read before someone looks.
void LayerMap::begin()
{
    if (m_begun || !m_source.read || m_window.rows <= 0)
        return;
    m_begun = true;
    if (m_layer != Layer::Mask)
        m_builder = LookLane::freedElsewhere(new HeatPyramidBuilder(m_source));
    feed(); // first of all
    if (m_layer == Layer::Mask)
        return;
    wantStats();
    wantPyramid();
}

void LayerMap::setWindow(const HeatWindow& window)
{
    m_window = window;
    if (m_begun)
        feed();
    else
        begin();
}

// A hand that drags is followed on some rows of the mask, where a cell has many.
bool LayerMap::quickly() const
{
    return m_layer == Layer::Mask && m_session.dragging() && m_window.weightsPerCell >= kSampledFrom;
}

void LayerMap::feed()
{
    if (!m_begun)
        return;
    if (m_busy) {
        m_again = true;
        return;
    }
    m_busy = true;
    m_again = false;
    m_quick = quickly();
    const Preview& preview = m_session.preview();
    m_session.look().ask<HeatPicture>(
        m_tag + QStringLiteral(" cells"), this,
        [window = m_window, source = m_source, pyramid = m_pyramid, builder = m_builder,
         ranks = m_layer == Layer::Mask ? preview.ranks() : nullptr, ratio = preview.ratio(),
         step = quickly() ? kDraggedStep : 1](Progress& progress) {
            if (ranks)
                return HeatPicture{window, ranks->maskCells(window, ratio, step), step > 1};
            if (pyramid)
                return HeatPicture{window, fillHeatWindow(*pyramid, source, window, progress), false};
            if (window.weightsPerCell < kSampledFrom)
                return HeatPicture{window, fillHeatWindow({}, source, window, progress), false};
            if (source.elements() <= kBuiltAtOnce)
                return HeatPicture{window, fillHeatWindow(builder->build(progress), source, window, progress), false};
            return HeatPicture{window, sampleHeatWindow(source, window, progress), true};
        },
        [this, turn = m_turn](std::shared_ptr<const HeatPicture> picture) {
            if (turn != m_turn)
                return;
            m_busy = false;
            emit pictureMade(std::move(picture));
            if (m_again)
                feed();
        },
        [this](const QString& sentence) {
            m_busy = false;
            emit m_session.complained(sentence);
        },
        LookLane::Urgency::Picture);
}

void LayerMap::wantPyramid()
{
    m_session.look().ask<HeatPyramid>(
        m_tag + QStringLiteral(" pyramid"), this,
        [builder = m_builder](Progress& progress) { return builder->build(progress); },
        [this](std::shared_ptr<const HeatPyramid> pyramid) {
            m_pyramid = std::move(pyramid);
            m_builder.reset();
            emit changed();
            feed();
        },
        [this](const QString& sentence) { emit m_session.complained(sentence); });
}

void LayerMap::wantStats()
{
    if (m_layer == Layer::Original) {
        m_session.measurements().want(m_session.selected());
        return;
    }
    m_session.look().ask<TensorStats>(
        m_tag + QStringLiteral(" stats"), this,
        [source = m_source](Progress& progress) { return computeStats(source, progress); },
        [this](std::shared_ptr<const TensorStats> stats) {
            m_stats = std::move(stats);
            emit changed();
        },
        {}, LookLane::Urgency::WhenIdle);
}

QString LayerMap::missing() const
{
    const TensorView* tensor = m_session.selectedTensor();
    if (!tensor || m_source.read)
        return {};
    if (!hasNumbers(*tensor))
        return tr("Tensors of type %1 hold no weights to show.").arg(name(tensor->type));
    if (m_layer == Layer::Original || m_layer == Layer::Magnitude)
        return {};
    if (!m_session.layers().config)
        return tr("This file is no model that can be run: only its weights can be shown.");
    if (!m_session.layers().places.contains(m_session.selected()))
        return tr("A run leaves this tensor as it is: choose a linear layer of a block.");
    if (m_layer == Layer::Mask && m_session.preview().ratio() < 0)
        return tr("This method has no salient weights.");
    if (m_layer != Layer::HessianSaliency)
        return tr("Computing…");
    const OriginalHessians& hessians = m_session.hessians();
    switch (hessians.state()) {
    case OriginalHessians::State::Offered:
        return tr("This needs the Hessians of the original model: Measure, on the right, about %1.")
            .arg(durationText(hessians.secondsLeft()));
    case OriginalHessians::State::Failed: return hessians.sentence();
    default: return tr("Measuring the Hessians of the original model, %1 done…").arg(percentText(hessians.share(), 0));
    }
}

QString LayerMap::stamp() const
{
    const Preview& preview = m_session.preview();
    if (!m_source.read || preview.settings().is_null())
        return {};
    if (m_layer == Layer::Mask) {
        const QString basis = preview.ranksBasis() == Basis::Original ? tr("salient by the original's Hessian")
                              : preview.wantedBasis() == Basis::Original
                                  ? tr("salient by magnitude, until the Hessian is measured")
                                  : tr("salient by magnitude: data-free");
        return quickly() ? tr("%1; of every other row until released").arg(basis) : basis;
    }
    if (m_layer == Layer::HessianSaliency)
        return tr("on the original's Hessian");
    if ((m_layer != Layer::Quantized && m_layer != Layer::Error) || !preview.solution())
        return {};
    const LayerSolution& solution = *preview.solution();
    if (preview.solved())
        return solution.compensated ? tr("compensated, on the original's Hessian")
               : solution.basis == Basis::Original ? tr("on the original's Hessian, without compensation")
                                                   : tr("without compensation: data-free");
    if (m_session.dragging())
        return solution.compensated ? tr("as before, until released") : tr("uncompensated until released");
    return solution.compensated ? tr("as before, solving…") : tr("uncompensated, solving…");
}

} // namespace halftone
