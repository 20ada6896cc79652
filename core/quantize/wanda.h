// SPDX-License-Identifier: GPL-3.0-or-later
// Wanda (Sun et al. 2023): in each row the weights with the least |w_ij| sqrt(H_jj) become zero, H_jj the
// energy of input j; nothing is compensated. Bits: (1 - s) p + mask for sparsity s and survivors of p
// bits. Against the published code: none for weights; inputs that are never on lose their weights.
#pragma once

#include "quantize/quantizer.h"

namespace halftone {

class Wanda : public Quantizer
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
