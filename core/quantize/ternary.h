// SPDX-License-Identifier: GPL-3.0-or-later
// Ternary weights -a, 0, a for each row or group of columns, with compensation.
//   twn      a = mean |w| of those above 0.7 mean |w| (Li and Liu 2016)
//   absmean  a = mean |w| (Ma et al. 2024, BitNet b1.58)
//   optimal  the a and threshold of least squared error: the k largest with (sum |w|)^2 / k greatest
// Bits: 1.6 (five codes in a byte; 1.58 nominal) + p / g for groups of g columns and scales of p bits.
// Against the papers, which train: weights go to the nearest level, so twn's threshold is a / 2.
#pragma once

#include "quantize/quantizer.h"

namespace halftone {

class Ternary : public Quantizer
{
public:
    QString id() const override;
    QString title() const override;
    QString paper() const override;
    std::vector<Parameter> parameters() const override;
    WalkPlan plan(const Settings& settings) const override;
    Coding code(const CodingProblem& problem, const Settings& settings) const override;
    void refit(Coding& coding, const Matrix& running, Index begin, Index end,
               const Settings& settings) const override;
};

} // namespace halftone
