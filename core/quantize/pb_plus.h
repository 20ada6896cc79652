// SPDX-License-Identifier: GPL-3.0-or-later
// Partial binarization with each choice made for the output. Weights become a sign times their row's scale, except
// those so much larger that a sign would represent them badly: those are salient, and take one of a few levels
// farther out. Rows and columns count in units of their own (those of columns after Lifar et al. 2026, WaterSIC),
// so that a weight counts as large where its error would matter. Which weights are salient is settled last: each
// takes the level nearest to what the walk and the refinement want of it.
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
    void sortClasses(Coding& coding, CodeMatrix& codes) const override;
};

} // namespace halftone
