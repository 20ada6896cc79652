// SPDX-License-Identifier: GPL-3.0-or-later
// SparseGPT (Frantar and Alistarh 2023): in blocks of 128 columns the weights with the least
// w^2 / U_jj^2 (U^T U = (H + damping)^-1) become zero, or so many of each run; the rest makes up for
// them as in GPTQ. Bits: (1 - s) p + mask for sparsity s and survivors of p bits.
// Against the published code: survivors are rounded to what is stored within the walk, not behind it; a
// sparsity of 0 prunes nothing; rows' grids (survivors of few bits) are fitted without dead inputs.
#pragma once

#include "quantize/quantizer.h"

namespace halftone {

class SparseGpt : public Quantizer
{
public:
    QString id() const override;
    QString title() const override;
    QString paper() const override;
    std::vector<Parameter> parameters() const override;
    WalkPlan plan(const Settings& settings) const override;
    Coding code(const CodingProblem& problem, const Settings& settings) const override;
    void codeBlock(Coding& coding, CodeMatrix& codes, const BlockProblem& block,
                   const Settings& settings) const override;
};

} // namespace halftone
