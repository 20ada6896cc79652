// SPDX-License-Identifier: GPL-3.0-or-later
// What codes mean, for a whole matrix.
#pragma once

#include "packed/packed_matrix.h"

namespace halftone {

/// Bit for bit what PackedMatrix unpacks.
Matrix valuesOf(const Coding& coding, const CodeMatrix& codes);

} // namespace halftone
