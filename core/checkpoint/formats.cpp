// SPDX-License-Identifier: GPL-3.0-or-later
#include "checkpoint/formats.h"

#include "checkpoint/gguf.h"
#include "checkpoint/huggingface.h"
#include "checkpoint/safetensors.h"

#include <array>

namespace halftone {

namespace {
constexpr std::array<CheckpointFormat, 3> kFormats{{
    {"gguf", recognisesGguf, openGguf},
    {"huggingface", recognisesHuggingFace, openHuggingFace},
    {"safetensors", recognisesSafetensors, openSafetensors},
}};
} // namespace

std::span<const CheckpointFormat> checkpointFormats()
{
    return kFormats;
}

} // namespace halftone
