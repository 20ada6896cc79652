// SPDX-License-Identifier: GPL-3.0-or-later
// Columns in units of their own while they are coded: what the plan's columnPower asks for.
#pragma once

#include "quantize/quantizer.h"

namespace halftone {

class ColumnUnits
{
public:
    /// Divides target's columns by their units.
    ColumnUnits(const WalkPlan& plan, const std::shared_ptr<const HessianFactor>& factor, const MatrixD* hessian,
                Matrix& target, ComputeBackend& backend);

    bool active() const { return m_unit.size() > 0; }
    std::shared_ptr<const HessianFactor> factor() const { return m_factor; }
    const MatrixD* hessian() const { return m_hessian; }

    /// Codes keep their meaning in the columns' own units.
    void applyTo(Coding& coding) const;

private:
    Array dividedColumns(const Array& upper, ComputeBackend& backend) const;

    VectorD m_unit;
    MatrixD m_own;
    const MatrixD* m_hessian;
    std::shared_ptr<const HessianFactor> m_factor;
};

} // namespace halftone
