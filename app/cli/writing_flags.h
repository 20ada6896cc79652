// SPDX-License-Identifier: GPL-3.0-or-later
// What the verbs that let a model write have in common: how the next token is picked, and what they say afterwards.
#pragma once

#include "app/cli/verbs.h"
#include "evaluate/generate.h"

namespace halftone::cli {

/// --temperature, --top-k, --top-p and --seed; `texts` is what equal seeds give.
void addSamplingFlags(CLI::App* app, Sampling& sampling, const std::string& texts);
/// "[12 tokens, 3.4 tokens/s, 5.6 MiB of weights, 7.8 MiB of keys and values]"
QString writingNote(std::int64_t tokens, double tokensPerSecond, const Generated& last);
/// Bytes of weights, cache and process.
nlohmann::json residentJson(const Generated& last);

} // namespace halftone::cli
