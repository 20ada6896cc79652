// SPDX-License-Identifier: GPL-3.0-or-later
// Methods whose grids are the blocks of GGUF's types, compensated by the column walk like any other: the
// result goes into a GGUF file bit for bit and runs in llama.cpp. One row a type; what each block can say
// is checkpoint/ggml_codes' matter.
#pragma once

#include "quantize/quantizer.h"

namespace halftone {

class GgmlGrid : public Quantizer
{
public:
    /// One of Q1_0, TQ2_0, Q2_0, Q2_K, Q4_0, Q4_K.
    explicit GgmlGrid(ElementType type) : m_type(type) {}

    QString id() const override;
    QString title() const override;
    QString paper() const override;
    std::vector<Parameter> parameters() const override;
    WalkPlan plan(const Settings& settings) const override;
    Coding code(const CodingProblem& problem, const Settings& settings) const override;
    void refitBlock(Coding& coding, const CodingProblem& problem, const Matrix& running, Index begin,
                    Index end, const Settings& settings) const override;
    std::optional<ElementType> storedAs(Index columns, const Settings& settings) const override;
    StoredScales storedScales(Index columns, const Settings& settings) const override;

private:
    ElementType m_type;
};

} // namespace halftone
