// SPDX-License-Identifier: GPL-3.0-or-later
// Magnitude pruning (Han et al. 2015): the smallest weights of a matrix become zero, the others stay as they
// are. Bits: (1 - s) p + mask for sparsity s and survivors of p bits; the mask takes 1 bit a weight at
// one half. As the code of Sun et al. 2023 (Wanda) does it: w = 0 where |w| is at most the value at
// sorted place floor(n m s). Against it: a sparsity of 0 prunes nothing.
#pragma once

#include "quantize/quantizer.h"

namespace halftone {

class MagnitudePruning : public Quantizer
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
