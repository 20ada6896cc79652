// SPDX-License-Identifier: GPL-3.0-or-later
#include "compute/vector_math.h"

namespace halftone::cpu {

HALFTONE_VECTORIZE
float largest(const float* x, std::int64_t size)
{
    float most = x[0];
#pragma omp simd reduction(max : most)
    for (std::int64_t i = 0; i < size; ++i)
        most = x[i] > most ? x[i] : most;
    return most;
}

} // namespace halftone::cpu
