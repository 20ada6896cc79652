// SPDX-License-Identifier: GPL-3.0-or-later
#include "preview.h"

#include "look_lane.h"
#include "measurements.h"
#include "original_hessians.h"
#include "quantize/quantizers.h"
#include "session.h"

#include <algorithm>
#include <cmath>

namespace halftone {

namespace {

const auto kRanksTag = QStringLiteral("ranks");
const auto kCurveTag = QStringLiteral("curve");
const auto kSampleTag = QStringLiteral("row sample");
const auto kRoughTag = QStringLiteral("uncompensated");
const auto kSolveTag = QStringLiteral("solve");
constexpr int kCurvePoints = 101;                 // up to a ratio of 1/2, as the slider
constexpr std::int64_t kSolvedWhileDragging = 4 << 20; // weights

bool chose(const Settings& settings, const char* parameter, const char* value)
{
    return settings.is_object() && settings.value(parameter, std::string()) == value;
}

QByteArray keyOf(const Settings& settings, bool evidence, std::initializer_list<const char*> leftOut)
{
    Settings rest = settings;
    for (const char* parameter : leftOut)
        if (rest.is_object())
            rest.erase(parameter);
    return QByteArray::fromStdString(rest.dump()) + (evidence ? "H" : "");
}

} // namespace

Preview::Preview(Session& session) : QObject(&session), m_session(session)
{
    connect(&session, &Session::selectionChanged, this, &Preview::select);
    connect(&session, &Session::recipeChanged, this, &Preview::follow);
    connect(&session, &Session::recipeSettled, this, &Preview::settle);
    connect(&session.hessians(), &OriginalHessians::arrived, this, &Preview::wantEvidence);
    // A walk that began anew has other Hessians.
    connect(&session.hessians(), &OriginalHessians::changed, this, [this] {
        if (m_evidence && m_session.hessians().state() == OriginalHessians::State::None)
            select();
    });
}

void Preview::select()
{
    for (const QString& tag : {kRanksTag, kCurveTag, kSampleTag, kRoughTag, kSolveTag})
        m_session.look().drop(tag);
    m_evidence.reset();
    m_energy = -1;
    m_ranks.reset();
    m_curve.reset();
    m_points.clear();
    m_sample.reset();
    m_solution.reset();
    m_solving = false;
    m_ranksKey.clear();
    m_curveKey.clear();
    m_sampleKey.clear();
    follow();
    emit ranksChanged();
    emit curveChanged();
    emit sampleChanged();
    emit solutionChanged();
    settle();
}

double Preview::ratio() const
{
    return m_settings.is_object() ? m_settings.value("salient_ratio", -1.0) : -1;
}

Basis Preview::wantedBasis() const
{
    return chose(m_settings, "saliency", "hessian") ? Basis::Original : Basis::DataFree;
}

RowSource Preview::source() const
{
    return rowsOf(m_session.checkpoint(), *m_session.selectedTensor());
}

void Preview::follow()
{
    const bool layer = m_session.layers().places.contains(m_session.selected());
    m_settings = layer ? m_session.recipe().settingsFor(m_session.selectedTensor()->name) : Settings();
    emit settingsChanged();
    if (!layer || !m_session.dragging())
        return;
    if (m_session.selectedTensor()->elements() > kSolvedWhileDragging) {
        // What is being solved is of the past, and the hand needs the cores.
        for (const QString& tag : {kRoughTag, kSolveTag})
            m_session.look().drop(tag);
        m_solving = false;
    } else if (!m_solving) {
        wantSolution(false);
    }
}

void Preview::settle()
{
    if (m_settings.is_null())
        return;
    wantEvidence();
    wantRanks();
    wantCurve();
    if (m_solution && m_solution->settings == solvable(true) &&
        (m_solution->basis == Basis::Original) == (m_evidence != nullptr)) {
        wantSample();
        return;
    }
    // The quickest to show goes first, unless something is shown and the quickest is slow itself.
    wantSolution(m_solution && m_session.selectedTensor()->elements() > kSolvedWhileDragging);
    wantSample();
}

void Preview::wantEvidence()
{
    if (m_settings.is_null())
        return;
    const auto evidence = m_session.hessians().evidence(m_session.selected(), m_settings.value("damping", 0.01));
    if (!evidence || evidence == m_evidence)
        return;
    m_evidence = evidence;
    m_energy = -1;
    settle();
}

void Preview::wantRanks()
{
    if (ratio() < 0)
        return;
    const bool byHessian = wantedBasis() == Basis::Original && m_evidence;
    const bool columns = chose(m_settings, "selection", "column");
    const std::int64_t group =
        chose(m_settings, "scope", "group") ? m_settings.value("group_size", std::int64_t(0)) : 0;
    const QByteArray key = QByteArray::number(byHessian) + QByteArray::number(columns) + ' ' + QByteArray::number(qlonglong(group));
    if (key == m_ranksKey)
        return;
    m_ranksKey = key;
    m_session.look().ask<RankPlane>(
        kRanksTag, this,
        [source = source(), evidence = byHessian ? m_evidence : nullptr, columns, group](Progress& progress) {
            RankSettings settings;
            if (evidence)
                settings.columnWeights = evidence->columnWeights;
            settings.wholeColumns = columns;
            settings.groupColumns = group;
            return RankPlane::build(source, settings, progress);
        },
        [this, byHessian](std::shared_ptr<const RankPlane> ranks) {
            m_ranks = std::move(ranks);
            m_ranksBasis = byHessian ? Basis::Original : Basis::DataFree;
            emit ranksChanged();
            wantSample();
        },
        [this](const QString& sentence) { emit m_session.complained(sentence); }, LookLane::Urgency::Next);
}

void Preview::wantCurve()
{
    if (ratio() < 0)
        return;
    const bool byHessian = wantedBasis() == Basis::Original && m_evidence;
    const int bits = m_settings.value("salient_bits", 8);
    const QByteArray key = QByteArray::number(bits) + (byHessian ? "s" : "") + (m_evidence ? "H" : "");
    if (key == m_curveKey)
        return;
    m_curveKey = key;
    struct Measured
    {
        std::shared_ptr<const SalienceCurve> curve;
        std::vector<SaliencePoint> points;
    };
    m_session.look().ask<Measured>(
        kCurveTag, this,
        [source = source(), evidence = m_evidence, byHessian, bits](Progress& progress) {
            SalienceSettings settings;
            settings.salientBits = bits;
            if (evidence)
                settings.errorWeights = evidence->diagonal;
            if (byHessian)
                settings.columnWeights = evidence->columnWeights;
            Measured out;
            out.curve = LookLane::freedElsewhere(new SalienceCurve(SalienceCurve::build(source, settings, progress)));
            for (int i = 0; i < kCurvePoints; ++i)
                out.points.push_back(out.curve->at(0.5 * i / (kCurvePoints - 1)));
            return out;
        },
        [this](std::shared_ptr<const Measured> measured) {
            m_curve = measured->curve;
            m_points = measured->points;
            emit curveChanged();
        },
        [this](const QString& sentence) { emit m_session.complained(sentence); }, LookLane::Urgency::Next);
}

// The row sample walks with the very settings of the recipe, apart from the ratio.
void Preview::wantSample()
{
    if (ratio() < 0 || !m_evidence || !m_ranks || (wantedBasis() == Basis::Original) != (m_ranksBasis == Basis::Original))
        return;
    const QByteArray key = keyOf(m_settings, true, {"salient_ratio"}) + m_ranksKey;
    if (key == m_sampleKey)
        return;
    m_sampleKey = key;
    m_sample.reset();
    emit sampleChanged();
    m_session.look().ask<SampledCurve>(
        kSampleTag, this,
        [method = m_session.recipe().method, settings = solvable(true), name = m_session.selectedTensor()->name,
         source = source(), ranks = m_ranks, evidence = m_evidence](Progress& progress) {
            return sampleLayer(method, settings, name, source, *ranks, *evidence, progress);
        },
        [this](std::shared_ptr<const SampledCurve> sample) {
            m_sample = std::move(sample);
            emit sampleChanged();
        },
        [this](const QString& sentence) { emit m_session.complained(sentence); }, LookLane::Urgency::Soon);
}

// Settings that the evidence allows. The preview solves in fp32, which its Hessians are in.
Settings Preview::solvable(bool compensated) const
{
    Settings settings = m_settings;
    if (settings.contains("precision"))
        settings["precision"] = "fp32";
    if (!m_evidence && settings.contains("saliency"))
        settings["saliency"] = "magnitude";
    if ((!m_evidence || !compensated) && settings.contains("compensation"))
        settings["compensation"] = false;
    return settings;
}

// First without compensation, which is quick, then, when nobody drags, with it.
void Preview::wantSolution(bool compensated)
{
    m_session.look().drop(kSolveTag);
    m_solving = true;
    const Settings settings = solvable(compensated);
    // The error of what another solution will replace at once is nobody's question.
    const SolveWish wish{compensated || settings == solvable(true), m_energy};
    m_session.look().ask<LayerSolution>(
        compensated ? kSolveTag : kRoughTag, this,
        [method = m_session.recipe().method, settings, name = m_session.selectedTensor()->name, source = source(),
         evidence = m_evidence, wish](Progress& progress) {
            return solveLayer(method, settings, name, source, evidence.get(), wish, progress);
        },
        [this, compensated, evidence = m_evidence](std::shared_ptr<const LayerSolution> solution) {
            m_solving = false;
            m_solution = std::move(solution);
            if (m_solution->energy >= 0 && evidence == m_evidence)
                m_energy = m_solution->energy;
            emit solutionChanged();
            if (compensated || m_settings.is_null())
                return;
            if (m_session.dragging()) {
                if (m_solution->settings != solvable(false))
                    wantSolution(false);
            } else if (!solved()) {
                wantSolution(true);
            }
        },
        [this](const QString& sentence) {
            m_solving = false;
            emit m_session.complained(sentence);
        },
        LookLane::Urgency::Soon);
}

bool Preview::solved() const
{
    return m_solution && !m_settings.is_null() && m_solution->settings == solvable(true) &&
           (m_solution->basis == Basis::Original) == (m_evidence != nullptr);
}

SampledPoint Preview::sampledAt(double ratio) const
{
    if (!m_sample || m_sample->points.empty())
        return {ratio, -1, 0};
    const auto& points = m_sample->points;
    const auto above = std::find_if(points.begin(), points.end(),
                                    [ratio](const SampledPoint& p) { return p.ratio >= ratio; });
    if (above == points.begin() || above == points.end()) {
        const SampledPoint& end = above == points.end() ? points.back() : points.front();
        return std::abs(end.ratio - ratio) < 1e-9 ? end : SampledPoint{ratio, -1, 0};
    }
    const SampledPoint& low = *(above - 1);
    const double part = (std::sqrt(ratio) - std::sqrt(low.ratio)) / (std::sqrt(above->ratio) - std::sqrt(low.ratio));
    return {ratio, std::lerp(low.loss, above->loss, part), std::lerp(low.standardError, above->standardError, part)};
}

} // namespace halftone
