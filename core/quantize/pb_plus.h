// SPDX-License-Identifier: GPL-3.0-or-later
// Partial binarization as PB-LLM does it, with each choice made for the output: salient is what a sign
// would represent worst, no run of columns gets all or nothing, scales fit the weights they scale, and
// salient levels span the salient weights alone. Code and scales are refined after the walk by the
// recipe's refinement.
#pragma once

#include "quantize/quantizer.h"

namespace halftone {

class PbPlus : public Quantizer
{
public:
    QString id() const override;
    QString title() const override;
    QString paper() const override;
    std::vector<Parameter> parameters() const override;
    WalkPlan plan(const Settings& settings) const override;
    Coding code(const CodingProblem& problem, const Settings& settings) const override;
};

} // namespace halftone
