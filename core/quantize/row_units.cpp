// SPDX-License-Identifier: GPL-3.0-or-later
#include "quantize/row_units.h"

#include <cmath>

namespace halftone {

VectorD rowUnits(const Matrix& m, double alike)
{
    VectorD units(m.rows());
    double logs = 0;
    Index used = 0;
    for (Index r = 0; r < m.rows(); ++r) {
        units[r] = std::sqrt(m.row(r).cast<double>().squaredNorm() / static_cast<double>(m.cols()));
        if (units[r] > 0) {
            logs += std::log(units[r]);
            ++used;
        }
    }
    const double mean = used > 0 ? std::exp(logs / static_cast<double>(used)) : 0;
    for (double& unit : units)
        if (unit > 0)
            unit = std::pow(unit, 1 - alike) * std::pow(mean, alike);
    return units;
}

} // namespace halftone
