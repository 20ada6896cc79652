// SPDX-License-Identifier: GPL-3.0-or-later
// GPTQ (Frantar et al. 2022, algorithm 1): every weight at the same bits, columns rounded one after the
// other, errors moved to the later ones: w_k -= (w_j - q_j) / U_jj U_jk with U^T U = (H + damping)^-1.
// Bits: b + 2 p / g for groups of g columns and parameters of p bits; p / g for symmetric grids up to
// 4 bits, which store no offsets; activation order with running groups adds 16 bits a column.
// Against the published code: U comes from one factorization in fp64, and groups narrower than its
// blocks of 128 are fitted to fully compensated weights, where it fits them to those of the block's
// beginning, and rows' grids are fitted without inputs that are never on. "True sequential" is the recipe's `staged`.
#pragma once

#include "quantize/quantizer.h"

namespace halftone {

class Gptq : public Quantizer
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
    void refit(Coding& coding, const Matrix& running, Index begin, Index end,
               const Settings& settings) const override;
};

} // namespace halftone
