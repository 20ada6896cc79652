// SPDX-License-Identifier: GPL-3.0-or-later
// A tokenizer.json said in GGUF's keys ("tokenizer.ggml.*"), for programs that read no other. Only the
// kinds that llama.cpp has are translated; anything else is refused by name.
#pragma once

#include "checkpoint/checkpoint.h"

namespace halftone {

/// The flat pairs, the chat template among them. `vocabulary` is the number of rows of the embedding:
/// ids without a token are filled up with unused ones. The result is read back and must cut and number
/// a test text as the original does. Throws Error when the tokenizer has no like in GGUF.
nlohmann::json ggufTokenizer(const Checkpoint& checkpoint, std::int64_t vocabulary);

} // namespace halftone
