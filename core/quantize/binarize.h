// SPDX-License-Identifier: GPL-3.0-or-later
// The binarizers that a first figure of the field compares (Shang et al. 2023, figure 2), for weights alone:
//   bnn      sign(w), no scale (Courbariaux et al. 2016)
//   fda      the same; its Fourier series changes gradients only (Xu et al. 2021)
//   xnor     sign(w - mean) mean |w - mean| of the row, the mean not added again (Rastegari et al. 2016)
//   bi-real  sign(w) mean |w| of the row (Liu et al. 2018)
//   recu     as xnor on weights clamped to the quantiles tau and 1 - tau (Xu et al. 2021b)
// Bits: 1 + p / m for rows of m columns and scales of p bits. Nothing is compensated. Against the papers,
// which train with these: only what the forward pass does to given weights remains.
#pragma once

#include "quantize/quantizer.h"

namespace halftone {

class Binarize : public Quantizer
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
