// SPDX-License-Identifier: GPL-3.0-or-later
// The angles of rotary position embedding, with every way of stretching them that the Llama family
// uses. Numbers only; turning is the backend's verb rotary().
#pragma once

#include "model/config.h"

namespace halftone {

struct RotaryAngles
{
    Matrix cosine; ///< positions x rotaryWidth / 2
    Matrix sine;
};

/// Angles of positions [begin, begin + count) in a sequence of sequenceLength tokens (the dynamic and
/// long-rope kinds depend on it). Frequencies as in transformers' modeling_rope_utils: linear and
/// dynamic NTK, YaRN (Peng et al. 2023), LongRoPE (Ding et al. 2024), Llama 3's bands.
RotaryAngles rotaryAngles(const ModelConfig& config, Index begin, Index count,
                          Index sequenceLength);

struct RotaryFrequencies
{
    std::vector<double> perPosition; ///< radians per token, one per pair
    double attention = 1;            ///< multiplies cosine and sine
};

/// What the angles in a sequence of sequenceLength tokens come from.
RotaryFrequencies rotaryFrequencies(const ModelConfig& config, Index sequenceLength);

} // namespace halftone
