// SPDX-License-Identifier: GPL-3.0-or-later
#include "compute/ggml_inputs.h"

#include "base/half.h"
#include "base/parallel.h"

#include <algorithm>
#include <cmath>

namespace halftone {

namespace {

// ggml's quantize_row_q8_0: the integers are found with the scale before it is rounded.
void roundRun32(float* x, Index count)
{
    float most = 0;
    for (Index i = 0; i < count; ++i)
        most = std::max(most, std::abs(x[i]));
    const float scale = roundToHalf(most / 127.0f), inverse = most > 0 ? 127.0f / most : 0.0f;
    for (Index i = 0; i < count; ++i)
        x[i] = scale * std::nearbyint(x[i] * inverse);
}

// ggml's quantize_row_q8_K: the largest magnitude becomes -127, whatever its sign.
void roundRun256(float* x, Index count)
{
    float farthest = 0;
    for (Index i = 0; i < count; ++i)
        if (std::abs(x[i]) > std::abs(farthest))
            farthest = x[i];
    if (farthest == 0)
        return; // zeros stay zeros
    const float inverse = -127.0f / farthest;
    for (Index i = 0; i < count; ++i)
        x[i] = std::min(127.0f, std::nearbyint(inverse * x[i])) / inverse;
}

} // namespace

GgmlInputs ggmlInputs(ElementType weights)
{
    switch (weights) {
    case ElementType::F16: return GgmlInputs::Half;
    case ElementType::BF16: return GgmlInputs::Bfloat16;
    case ElementType::Q4_0:
    case ElementType::Q4_1:
    case ElementType::Q5_0:
    case ElementType::Q5_1:
    case ElementType::Q8_0:
    case ElementType::IQ4_NL:
    case ElementType::Q1_0:
    case ElementType::Q2_0: return GgmlInputs::Runs32;
    case ElementType::Q2_K:
    case ElementType::Q3_K:
    case ElementType::Q4_K:
    case ElementType::Q5_K:
    case ElementType::Q6_K:
    case ElementType::TQ1_0:
    case ElementType::TQ2_0: return GgmlInputs::Runs256;
    default: return GgmlInputs::AsTheyAre;
    }
}

void roundGgmlInputs(GgmlInputs how, Matrix& x)
{
    if (how == GgmlInputs::AsTheyAre)
        return;
    parallelFor(x.rows(), [&](std::int64_t t) {
        float* row = x.row(t).data();
        switch (how) {
        case GgmlInputs::Half:
            std::transform(row, row + x.cols(), row, roundToHalf);
            break;
        case GgmlInputs::Bfloat16:
            std::transform(row, row + x.cols(), row, [](float value) { return bfloat16ToFloat(floatToBfloat16(value)); });
            break;
        default: {
            const Index run = how == GgmlInputs::Runs32 ? 32 : 256;
            for (Index begin = 0; begin < x.cols(); begin += run) {
                const Index count = std::min(run, x.cols() - begin);
                run == 32 ? roundRun32(row + begin, count) : roundRun256(row + begin, count);
            }
        }
        }
    });
}

} // namespace halftone
