// SPDX-License-Identifier: GPL-3.0-or-later
// What the levels of each row count in.
#pragma once

#include "base/matrix.h"

namespace halftone {

/// Of each row of m[n x m] its root mean square, or, so far as `alike` goes from 0 to 1, that of all rows (their
/// geometric mean); 0 for a row of zeros. With an entropy coder behind, errors cost least where they are alike.
VectorD rowUnits(const Matrix& m, double alike);

} // namespace halftone
