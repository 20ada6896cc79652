// SPDX-License-Identifier: GPL-3.0-or-later
// How much the open model feels each of its layers: measured once when it is asked for, on the recipe's
// calibration text, as a budget is spread by. On a lane of its own, since it takes long and cannot be
// taken up in the middle.
#pragma once

#include "look_lane.h"
#include "pipeline/sensitivity.h"

#include <QObject>
#include <memory>

namespace halftone {

class Session;

class ModelSensitivity : public QObject
{
    Q_OBJECT

public:
    explicit ModelSensitivity(Session& session);

    /// Does nothing while it is being measured or once it is.
    void measure();
    bool measuring() const { return m_measuring; }
    bool measured() const { return m_measured != nullptr; }
    double share() const { return m_share; }
    /// Of the weights' size, by which they were disturbed; 0 before.
    double noise() const { return m_measured ? m_measured->noise : 0; }
    /// Why it could not be measured; empty otherwise.
    const QString& complaint() const { return m_complaint; }
    /// Divergence in nats a token when the tensor's layer is disturbed; not a number while unknown.
    double of(int tensor) const;

signals:
    /// Any of the above.
    void changed();

private:
    void reset();

    Session& m_session;
    QString m_text; // the calibration text it was, or is being, measured on
    bool m_measuring = false;
    double m_share = 0;
    QString m_complaint;
    std::shared_ptr<const Sensitivity> m_measured;
    LookLane m_lane; // the last: it ends before what its tasks tell
};

} // namespace halftone
