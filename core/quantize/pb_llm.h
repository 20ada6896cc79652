// SPDX-License-Identifier: GPL-3.0-or-later
// PB-LLM (Shang et al. 2023, "PB-LLM: Partially Binarized Large Language Models") as its published code
// does it: salient weights at 2 to 8 bits, all others binary, errors compensated by the column walk.
#pragma once

#include "quantize/quantizer.h"

namespace halftone {

class PbLlm : public Quantizer
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
};

} // namespace halftone
