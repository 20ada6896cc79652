// SPDX-License-Identifier: GPL-3.0-or-later
#include "checkpoint/formats.h"

#include "checkpoint/gguf.h"
#include "checkpoint/huggingface.h"
#include "checkpoint/packed_folder.h"
#include "checkpoint/safetensors.h"

#include <array>

namespace halftone {

namespace {
constexpr std::array<CheckpointFormat, 4> kFormats{{
    {"gguf", recognisesGguf, openGguf},
    {"halftone", recognisesPackedFolder, openPackedFolder},
    {"huggingface", recognisesHuggingFace, openHuggingFace},
    {"safetensors", recognisesSafetensors, openSafetensors},
}};
} // namespace

std::span<const CheckpointFormat> checkpointFormats()
{
    return kFormats;
}

} // namespace halftone
