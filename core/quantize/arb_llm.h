// SPDX-License-Identifier: GPL-3.0-or-later
// ARB-LLM (Li et al. 2024), which alternates between levels and signs instead of fitting once:
//   plain  mu += mean(W - What); a = mean(B (W - mu)); B = sign(W - mu)
//   x      mu, a minimize the output error with the Hessian's block, B fixed
//   rc     What = r_i c_j B, r and c by least squares in turn, B = sign(W), no means
// on BiLLM's salient columns (two planes) and a split by size of both kinds of columns (the paper's
// column-group bitmap). Bits: 1 a weight, 1 more in salient columns, 1 for the split, and parameters of
// p bits for each row, block and group: 10 (plain, x), or 6 and four a column (rc).
// No code is published; from the paper: salient columns by BiLLM's search, two planes of rc share their
// column scales, x damps the Hessian as the walk does, and errors of a block move on exactly.
#pragma once

#include "quantize/quantizer.h"

namespace halftone {

class ArbLlm : public Quantizer
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
