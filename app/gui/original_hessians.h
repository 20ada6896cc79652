// SPDX-License-Identifier: GPL-3.0-or-later
// The quick calibration: what the original model's layers see on a little text, walked on the Look
// lane beside all else. Begins by itself when it is short, else when asked.
#pragma once

#include "compute/array.h"
#include "model_layers.h"
#include "quantize/hessian_factor.h"

#include <QObject>
#include <QPair>
#include <QSet>
#include <memory>

namespace halftone {

class HessianCache;
class OriginalActivations;
class Session;

/// One stage's Hessian, factored.
struct HessianEvidence
{
    Array hessian;                        ///< m x m, F32, of the CPU backend
    std::shared_ptr<const HessianFactor> factor;
    std::vector<double> diagonal;         ///< of the Hessian
    std::vector<double> columnWeights;    ///< 1 / U_jj^2
    double damping = 0;                   ///< asked for
};

class OriginalHessians : public QObject
{
    Q_OBJECT

public:
    enum class State {
        None,       ///< nothing open, or nothing that can be run
        Trying,     ///< finding out how long it takes
        Offered,    ///< takes long: start() is asked for
        Going,
        Done,
        Failed,
        Kept,       ///< nothing measured: what was looked at lay on disk from an earlier time
    };

    explicit OriginalHessians(Session& session);

    State state() const { return m_state; }
    double secondsLeft() const { return m_secondsLeft; }
    double share() const { return m_share; }
    qint64 bytes() const { return m_bytes; }
    /// Why it failed; or which text it took.
    const QString& sentence() const { return m_sentence; }
    void start();
    /// From now on looks there before it measures, and keeps there what it measured.
    void keepIn(std::shared_ptr<const HessianCache> cache) { m_cache = std::move(cache); }
    const HessianCache* cache() const { return m_cache.get(); }
    std::shared_ptr<const HessianCache> keptIn() const { return m_cache; }

    /// nullptr when it is not there yet; then it is being made, and arrived() will tell, if it can be.
    std::shared_ptr<const HessianEvidence> evidence(int tensor, double damping);

signals:
    void changed();
    void arrived();

private:
    struct Step;
    void reset();
    void go();
    void took(const Step& step);
    void make(LayerPlace place, double damping);
    void load(LayerPlace place, double damping);
    void keep(LayerPlace place, const std::shared_ptr<const HessianEvidence>& evidence);
    void take(LayerPlace place, std::shared_ptr<const HessianEvidence> evidence);

    Session& m_session;
    State m_state = State::None;
    bool m_asked = false;
    double m_secondsLeft = -1;
    double m_share = 0;
    qint64 m_bytes = 0;
    Index m_blocksKnown = 0;
    QString m_sentence;
    QString m_text; // the recipe's calibration text that is walked
    std::shared_ptr<OriginalActivations> m_activations; // used on the Look lane only
    // The two stages used last: a factor of a wide layer fills half a GB.
    QList<QPair<QPair<Index, Stage>, std::shared_ptr<const HessianEvidence>>> m_kept;
    std::optional<QPair<Index, Stage>> m_making;
    std::shared_ptr<const HessianCache> m_cache;
    QSet<QPair<Index, int>> m_notKept; // stages that were looked for there
};

} // namespace halftone
