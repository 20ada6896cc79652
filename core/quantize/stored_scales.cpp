// SPDX-License-Identifier: GPL-3.0-or-later
#include "quantize/stored_scales.h"

#include "base/half.h"
#include "checkpoint/ggml_codes.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace halftone {

namespace {

constexpr Index kSuper = 256;

int multiple(double value, float step)
{
    return step > 0 ? static_cast<int>(std::lround(value / step)) : 0;
}

} // namespace

ScaleChange bestChange(const ScaleCurve& n)
{
    const double determinant = n.ll * n.oo - n.lo * n.lo;
    if (n.oo > 0 && determinant > 1e-6 * n.ll * n.oo)
        return {(n.lo * n.go - n.oo * n.gl) / determinant, (n.lo * n.gl - n.ll * n.go) / determinant};
    return {-n.gl / n.ll, 0};
}

ScaleChange moveScales(Grid& grid, Index row, Index group, const ScaleCurve& n, const StoredScales& stored)
{
    if (!(n.ll > 0))
        return {};
    const ScaleChange wish = bestChange(n);
    const auto moved = [&](const Matrix& parameter, double by) {
        const auto value = static_cast<float>(parameter(row, group) + by);
        return grid.parameterBits == 16 || stored.tied ? roundToHalf(value) : value;
    };
    const bool own = n.oo > 0 && !stored.tied;
    const float scale = moved(grid.scale, wish.scale), offset = own ? moved(grid.offset, wish.offset) : 0;
    const ScaleChange change{static_cast<double>(scale) - grid.scale(row, group),
                             own ? static_cast<double>(offset) - grid.offset(row, group) : 0};
    if (!std::isfinite(scale) || !std::isfinite(offset) || !(n.change(change.scale, change.offset) < 0))
        return {};
    grid.scale(row, group) = scale;
    if (own)
        grid.offset(row, group) = offset;
    if (stored.tied)
        grid.offset(row, group) = -stored.zero * scale;
    return change;
}

SuperSteps::SuperSteps(const Grid& grid, Index columns, const StoredScales& stored)
    : m_most(stored.most), m_parts(kSuper / grid.groupColumns)
{
    const Index supers = columns / kSuper;
    m_scale.setZero(grid.scale.rows(), supers);
    m_least.setZero(grid.scale.rows(), supers);
    for (Index row = 0; row < m_scale.rows(); ++row)
        for (Index s = 0; s < supers; ++s) {
            std::array<float, 16> scales{}, leasts{};
            for (Index p = 0; p < m_parts; ++p) {
                scales[static_cast<std::size_t>(p)] = grid.scale(row, s * m_parts + p);
                leasts[static_cast<std::size_t>(p)] = -grid.offset(row, s * m_parts + p);
            }
            const auto count = static_cast<std::size_t>(m_parts);
            const auto d = commonStep({scales.data(), count}, m_most), least = commonStep({leasts.data(), count}, m_most);
            m_scale(row, s) = d && least ? *d : 0;
            m_least(row, s) = d && least ? *least : 0;
        }
}

ScaleChange SuperSteps::levels(const Grid& grid, Index row, Index column, float level) const
{
    const Index group = grid.group(column), s = super(group);
    return {multiple(grid.scale(row, group), m_scale(row, s)) * static_cast<double>(level),
            static_cast<double>(-multiple(-grid.offset(row, group), m_least(row, s)))};
}

ScaleChange SuperSteps::move(Grid& grid, Index row, Index column, const ScaleCurve& n)
{
    const Index s = column / kSuper;
    float& d = m_scale(row, s);
    float& least = m_least(row, s);
    if (!(d > 0) || !(n.ll > 0))
        return {};
    const ScaleChange wish = bestChange(n);
    const float newD = roundToHalf(d + static_cast<float>(wish.scale));
    const float newLeast = least > 0 ? roundToHalf(least + static_cast<float>(wish.offset)) : 0;
    const ScaleChange change{static_cast<double>(newD) - d, static_cast<double>(newLeast) - least};
    // A step that goes would take its multiples with it.
    if (!std::isfinite(newD) || !std::isfinite(newLeast) || !(newD > 0) || (least > 0 && !(newLeast > 0)) ||
        !(n.change(change.scale, change.offset) < 0))
        return {};
    for (Index g = s * m_parts; g < (s + 1) * m_parts; ++g) {
        grid.scale(row, g) = newD * static_cast<float>(multiple(grid.scale(row, g), d));
        grid.offset(row, g) = -newLeast * static_cast<float>(multiple(-grid.offset(row, g), least));
    }
    d = newD;
    least = newLeast;
    return change;
}

ScaleChange SuperSteps::moveGroup(Grid& grid, Index row, Index group, const ScaleCurve& n) const
{
    const float d = m_scale(row, super(group)), least = m_least(row, super(group));
    if (!(d > 0) || !(n.ll > 0))
        return {};
    const ScaleChange wish = bestChange(n);
    const float scale = grid.scale(row, group), offset = grid.offset(row, group);
    const int nearScale = multiple(scale + wish.scale, d), nearLeast = multiple(-(offset + wish.offset), least);
    ScaleChange best;
    double lowest = 0;
    for (int a = nearScale - 1; a <= nearScale + 1; ++a)
        for (int b = nearLeast - 1; b <= nearLeast + 1; ++b) {
            const float newScale = d * static_cast<float>(std::clamp(a, 0, m_most));
            const float newOffset = -least * static_cast<float>(std::clamp(b, 0, m_most));
            const ScaleChange change{static_cast<double>(newScale) - scale, static_cast<double>(newOffset) - offset};
            if (const double its = n.change(change.scale, change.offset); its < lowest) {
                lowest = its;
                best = change;
                grid.scale(row, group) = newScale;
                grid.offset(row, group) = newOffset;
            }
        }
    return best;
}

} // namespace halftone
