// SPDX-License-Identifier: GPL-3.0-or-later
// Plain rounding: each weight goes to the nearest of 2^n levels of its row or group. The baseline that
// every other method must beat.
#pragma once

#include "quantize/quantizer.h"

namespace halftone {

class RoundToNearest : public Quantizer
{
public:
    QString id() const override;
    QString title() const override;
    QString paper() const override;
    std::vector<Parameter> parameters() const override;
    WalkPlan plan(const Settings& settings) const override;
    Coding code(const CodingProblem& problem, const Settings& settings) const override;
    std::optional<RemoteCoding> codeRemotely(const RemoteProblem& problem, const Settings& settings,
                                             ComputeBackend& backend) const override;
};

} // namespace halftone
