// SPDX-License-Identifier: GPL-3.0-or-later
// SmoothQuant (Xiao et al. 2022), the weights' half: input channel j is scaled by
// s_j = x_j^a / max|w_j|^(1 - a), weights w_ij s_j are rounded to 2^(b-1) - 1 levels each side of zero
// with one scale a row, and 1 / s_j stays with the matrix.
// Bits: b + p / m + p / n for n x m weights and scales of p bits, and a table of levels.
// Against the published code: x_j is the root mean square of the channel, since calibration keeps second
// moments, where it takes the largest value; s_j is the matrix's own, not shared by q, k and v and
// folded into the norm before; activations stay as they are (the paper's 8 bits are not simulated).
#pragma once

#include "quantize/quantizer.h"

namespace halftone {

class SmoothQuant : public Quantizer
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
