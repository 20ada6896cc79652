// SPDX-License-Identifier: GPL-3.0-or-later
// BiLLM (Huang et al. 2024): in blocks of columns, a few salient columns get two binary planes (a second for
// the residual of the first), the other weights split by size into two groups of one plane each.
// Bits: 1 a weight, 1 more in salient columns, 1 for the split, 7 parameters of p bits for each row and
// block (4 in the paper's variant): about 2.9 at blocks of 128, where the paper counts 1.1.
// Variant "published" is the code: column search and split on the saliency w^2 / U_jj^2 itself, two planes
// for the rest of the columns too while searching, zeros of salient columns among the quantiles, means,
// errors of a block moved on by its diagonal. Variant "paper" follows algorithm 2: search on the weights
// with one plane each, levels -a and a without means, splits at tenths of the largest weight.
// Against the code: blocks narrower than its 50 candidates try as many as they have.
#pragma once

#include "quantize/quantizer.h"

namespace halftone {

class BiLlm : public Quantizer
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
