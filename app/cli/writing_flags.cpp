// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/writing_flags.h"

#include "app/cli/packed_flags.h"
#include "base/error.h"

namespace halftone::cli {

void addSamplingFlags(CLI::App* app, Sampling& sampling, const std::string& texts)
{
    app->add_option("--temperature", sampling.temperature, "0 always takes the most likely token (default)")
        ->check(CLI::Range(0.0, 100.0));
    app->add_option("--top-k", sampling.topK, "Choose among the k most likely tokens")->check(CLI::NonNegativeNumber);
    app->add_option("--top-p", sampling.topP, "Choose among the fewest tokens that hold this share")
        ->check(CLI::Range(0.0, 1.0));
    app->add_option("--seed", sampling.seed, "Equal seeds give equal " + texts);
}

QString writingNote(std::int64_t tokens, double tokensPerSecond, const Generated& last)
{
    return tr("[%1 tokens, %2 tokens/s, %3 of weights, %4 of keys and values]")
        .arg(tokens).arg(tokensPerSecond, 0, 'f', 1)
        .arg(mebibytes(last.weightBytes), mebibytes(last.cacheBytes));
}

nlohmann::json residentJson(const Generated& last)
{
    return {{"weights", last.weightBytes}, {"cache", last.cacheBytes}, {"process", processBytes()}};
}

} // namespace halftone::cli
