// SPDX-License-Identifier: GPL-3.0-or-later
// What the recipe would do to the selected matrix, ahead of any run: the mask of any ratio, the error
// curves, and the matrix solved with the settings as they stand. All is computed on the Look lane; each
// part says what it rests on.
#pragma once

#include "inspect/rank_plane.h"
#include "inspect/salience_curve.h"
#include "layer_solution.h"

#include <QObject>

namespace halftone {

class Session;
struct HessianEvidence;

class Preview : public QObject
{
    Q_OBJECT

public:
    explicit Preview(Session& session);

    /// The settings in force at the selected matrix, null without one or when a run leaves it alone.
    const Settings& settings() const { return m_settings; }
    /// Salient ratio in force; -1 when the method has none.
    double ratio() const;
    Basis wantedBasis() const;

    /// nullptr until measured.
    std::shared_ptr<const RankPlane> ranks() const { return m_ranks; }
    Basis ranksBasis() const { return m_ranksBasis; }
    std::shared_ptr<const SalienceCurve> curve() const { return m_curve; }
    /// The curve at ratios up to 1/2, made on the lane.
    const std::vector<SaliencePoint>& curvePoints() const { return m_points; }
    /// The compensated error from a sample of rows, by ascending ratio.
    std::shared_ptr<const SampledCurve> sample() const { return m_sample; }
    /// The compensated error at a ratio, between the sampled ones; loss is negative when unknown.
    SampledPoint sampledAt(double ratio) const;
    /// nullptr before the first; keeps the last one while a newer is being solved.
    std::shared_ptr<const LayerSolution> solution() const { return m_solution; }
    /// Whether the solution is that of the settings as they stand, errors compensated if they say so.
    bool solved() const;
    /// What the Hessian of the selected matrix is, or nullptr.
    std::shared_ptr<const HessianEvidence> evidence() const { return m_evidence; }

signals:
    void settingsChanged();
    void ranksChanged();
    void curveChanged();
    void sampleChanged();
    void solutionChanged();

private:
    void select();
    void follow();
    void settle();
    void wantEvidence();
    void wantRanks();
    void wantCurve();
    void wantSample();
    void wantSolution(bool compensated);
    RowSource source() const;
    Settings solvable(bool compensated) const;

    Session& m_session;
    Settings m_settings;
    std::shared_ptr<const HessianEvidence> m_evidence;
    std::shared_ptr<const RankPlane> m_ranks;
    Basis m_ranksBasis = Basis::DataFree;
    QByteArray m_ranksKey;
    std::shared_ptr<const SalienceCurve> m_curve;
    QByteArray m_curveKey;
    std::vector<SaliencePoint> m_points;
    std::shared_ptr<const SampledCurve> m_sample;
    QByteArray m_sampleKey;
    std::shared_ptr<const LayerSolution> m_solution;
    double m_energy = -1; // of the selected matrix on m_evidence; negative until known
    bool m_solving = false;
};

} // namespace halftone
