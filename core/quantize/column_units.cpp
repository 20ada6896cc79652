// SPDX-License-Identifier: GPL-3.0-or-later
#include "quantize/column_units.h"

#include "base/half.h"

#include <algorithm>
#include <cmath>

namespace halftone {

namespace {
constexpr double kLeastUnit = 1.0 / 256;
}

ColumnUnits::ColumnUnits(const WalkPlan& plan, const std::shared_ptr<const HessianFactor>& factor, const MatrixD* hessian,
                         Matrix& target, ComputeBackend& backend)
    : m_hessian(hessian)
{
    if (!(plan.columnPower > 0) || plan.blockColumns > 0 || plan.activationOrder || !factor)
        return;
    const auto logs = factor->diagonal.array().log();
    m_unit = (plan.columnPower * (logs - logs.mean())).exp();
    for (double& unit : m_unit)
        unit = roundToHalf(static_cast<float>(std::clamp(unit, kLeastUnit, 1 / kLeastUnit)));
    target *= m_unit.cast<float>().cwiseInverse().asDiagonal();
    auto turned = std::make_shared<HessianFactor>(*factor);
    turned->diagonal = factor->diagonal.cwiseQuotient(m_unit);
    if (factor->upper)
        turned->upper = dividedColumns(factor->upper, backend);
    m_factor = turned;
    if (hessian) {
        m_own = m_unit.asDiagonal() * *hessian * m_unit.asDiagonal();
        m_hessian = &m_own;
    }
}

void ColumnUnits::applyTo(Coding& coding) const
{
    for (Grid& grid : coding.grids)
        if (active())
            grid.columnScale = m_unit.transpose().cast<float>();
}

Array ColumnUnits::dividedColumns(const Array& upper, ComputeBackend& backend) const
{
    const VectorD share = m_unit.cwiseInverse();
    if (upper.scalar == Scalar::F64)
        return backend.upload(MatrixD(backend.downloadMatrixD(upper) * share.asDiagonal()));
    return backend.upload(Matrix(backend.downloadMatrix(upper) * share.cast<float>().asDiagonal()));
}

} // namespace halftone
