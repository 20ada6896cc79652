// SPDX-License-Identifier: GPL-3.0-or-later
// What llama.cpp makes of the inputs of a product before it multiplies: on the processor it rounds them to a type that
// goes with the weights' (ggml's vec_dot_type). With inputs rounded so, products of floats give what llama.cpp gives.
#pragma once

#include "base/element_type.h"
#include "base/matrix.h"

namespace halftone {

enum class GgmlInputs {
    AsTheyAre, ///< beside F32
    Half,      ///< fp16, beside F16
    Bfloat16,  ///< beside BF16
    Runs32,    ///< 8 bits in runs of 32, -127 .. 127 times a scale of fp16: Q8_0 and Q8_1, beside types in blocks of 32 to 128.
               ///< (Q8_1 keeps the sum of a run besides, rounded to fp16, which is not imitated.)
    Runs256    ///< 8 bits in runs of 256 with a scale of fp32: Q8_K, beside K and ternary types
};

GgmlInputs ggmlInputs(ElementType weights);

/// x[t x columns] to what the integers mean. Columns that do not divide into runs end in a shorter run, which ggml
/// does not have.
void roundGgmlInputs(GgmlInputs how, Matrix& x);

} // namespace halftone
