// SPDX-License-Identifier: GPL-3.0-or-later
// One grid for all weights, made for numbers that are Gaussian, as rotated weights are: the best few
// fixed levels (Lloyd 1982, Max 1960), or uniform ones so fine that an entropy coder needs a wished
// number of bits. Scaled to each row, errors compensated by the column walk.
#pragma once

#include "quantize/quantizer.h"

namespace halftone {

class GaussianLevels : public Quantizer
{
public:
    QString id() const override;
    QString title() const override;
    QString paper() const override;
    std::vector<Parameter> parameters() const override;
    WalkPlan plan(const Settings& settings) const override;
    Coding code(const CodingProblem& problem, const Settings& settings) const override;
};

/// The levels of least mean squared error for a standard normal number, ascending.
std::vector<float> lloydLevels(int count);
/// Entropy in bits of a standard normal number rounded to multiples of step.
double roundedEntropy(double step);
/// The step at which roundedEntropy is `bits` (0.05 to 8).
double stepForEntropy(double bits);

} // namespace halftone
