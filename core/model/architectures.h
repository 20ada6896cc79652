// SPDX-License-Identifier: GPL-3.0-or-later
// The model families that can be run, one row each: what differs between them is flags and names.
#pragma once

#include "model/config.h"

#include <span>

namespace halftone {

struct Architecture
{
    const char* huggingFace;     ///< config.json's architectures[0]
    const char* gguf;            ///< general.architecture
    RotaryStyle ggufStyle;       ///< how GGUF stores q and k for this family
    bool queryKeyNorms;          ///< an RMS norm per head on q and k (Qwen3)
    bool attentionBias;          ///< q, k, v carry biases whatever config.json says (Qwen2)
};

std::span<const Architecture> architectures();

/// Tensor names as transformers and as llama.cpp write them.
TensorNames huggingFaceNames();
TensorNames ggufNames();

} // namespace halftone
