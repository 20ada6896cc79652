// SPDX-License-Identifier: GPL-3.0-or-later
// Products with matrices that stay packed: codes, masks and lists are read where they lie, a block of 32
// codes at a time; no matrix of floats is made. Results do not depend on the number of threads.
#pragma once

#include "compute/backend.h"
#include "compute/packed_rows.h"
#include "packed/resident_matrix.h"

#include <span>

namespace halftone {

namespace cpu {

enum class InstructionSet { Plain, Avx2, Avx512 };
/// The best that this processor has.
InstructionSet bestInstructionSet();
QString nameOf(InstructionSet set);

/// One product of several that share their input: out[t x rows] = x[t x columns] weight^T.
struct PackedTask
{
    const ResidentMatrix* weight = nullptr;
    float* out = nullptr;
};

/// x [tokens x columns], columns alike for all weights.
void multiplyPacked(std::span<const PackedTask> tasks, const float* x, Index tokens, Activations activations,
                    InstructionSet set, const Progress* watched);

} // namespace cpu

} // namespace halftone
