// SPDX-License-Identifier: GPL-3.0-or-later
// Inputs of a packed product in the order in which the codes of one part lie.
#pragma once

#include "compute/packed_product.h"

namespace halftone::cpu {

struct PackedInputs
{
    std::vector<float> x;                 ///< tokens x blocks x 32, by slot; Float32 only
    std::vector<std::int8_t> q;           ///< the same in 8 bits, with `runs` as PackedRows says; Int8 only
    std::vector<float> blockScale;        ///< tokens x blocks; Int8 only
    std::vector<float> runScale;          ///< tokens x blocks x bits; with runs only
    std::vector<float> sum;               ///< tokens x segments
};

/// Whether the inputs made for one part serve another.
bool sameInputs(const ResidentPart& a, const ResidentPart& b);
/// x [tokens x columns]. `runs`: for a vector kernel.
PackedInputs packedInputs(const ResidentPart& part, const float* x, Index tokens, Index columns,
                          Activations activations, bool runs);

} // namespace halftone::cpu
