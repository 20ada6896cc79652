// SPDX-License-Identifier: GPL-3.0-or-later
// The product of packed codes with float inputs: the definition that the 8-bit kernels approximate.
#pragma once

#include "compute/packed_inputs.h"
#include "compute/packed_levels.h"

namespace halftone::cpu {

/// out[t * outStride + r] += the product of rows [rowBegin, rowBegin + rows) of part with the inputs.
void packedRowsFloat(const ResidentPart& part, Index rowBegin, Index rows, const PackedLevels& levels,
                     const PackedInputs& inputs, Index tokens, float* out, Index outStride);

} // namespace halftone::cpu
