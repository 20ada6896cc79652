// SPDX-License-Identifier: GPL-3.0-or-later
#include "evaluate/generate.h"

#include "base/error.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <numeric>

namespace halftone {

namespace {

double uniform(std::uint64_t& state)
{
    // SplitMix64 (Steele, Lea and Flood 2014).
    std::uint64_t z = (state += 0x9e3779b97f4a7c15u);
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return static_cast<double>((z ^ (z >> 31)) >> 11) * 0x1p-53;
}

class Writer
{
public:
    Writer(Transformer& model, Index capacity, std::int64_t floatBytes)
        : m_model(model), m_head(model.loadHead()),
          m_logits(model.backend().allocate(Scalar::F32, 1, m_head.rows))
    {
        const Index blocks = model.config().blocks;
        const auto fitting =
            std::min<std::int64_t>(blocks, floatBytes / std::max<std::int64_t>(1, model.blockBytes()));
        for (Index b = 0; b < blocks; ++b) {
            m_caches.push_back(model.makeCache(capacity));
            if (b < fitting)
                m_blocks.push_back(model.loadBlock(b));
        }
    }

    // Feeds tokens and returns the logits after the last one.
    std::vector<float> feed(std::span<const int> tokens, Progress& progress)
    {
        const Array hidden = m_model.embed(tokens);
        for (std::size_t b = 0; b < m_caches.size(); ++b) {
            progress.check();
            if (b < m_blocks.size())
                m_model.runBlock(m_blocks[b], hidden, {}, nullptr, &m_caches[b]);
            else
                m_model.runBlock(m_model.loadBlock(static_cast<Index>(b)), hidden, {}, nullptr,
                                 &m_caches[b]);
        }
        const Array last = m_model.normed(hidden.rowRange(hidden.rows - 1, 1));
        m_model.backend().multiplyTransposed(m_logits, last, m_head);
        std::vector<float> logits(static_cast<std::size_t>(m_head.rows));
        m_model.backend().download(logits.data(), m_logits);
        if (!std::all_of(logits.begin(), logits.end(), [](float l) { return std::isfinite(l); }))
            throw Error(tr("The model '%1' predicts values that are not finite: it is damaged, or its "
                           "activations overflow.")
                            .arg(m_model.checkpoint().path()));
        return logits;
    }

private:
    Transformer& m_model;
    Array m_head, m_logits;
    std::vector<Block> m_blocks;
    std::vector<KeyValueCache> m_caches;
};

double secondsSince(std::chrono::steady_clock::time_point begin)
{
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
}

} // namespace

int sampleToken(std::span<const float> logits, const Sampling& sampling, std::uint64_t& state)
{
    const auto best = std::max_element(logits.begin(), logits.end());
    if (sampling.temperature <= 0)
        return static_cast<int>(best - logits.begin());
    std::vector<int> order(logits.size());
    std::iota(order.begin(), order.end(), 0);
    // Ties are broken by the token's number, so that a seed gives one text.
    std::sort(order.begin(), order.end(), [&](int a, int b) {
        const float la = logits[static_cast<std::size_t>(a)], lb = logits[static_cast<std::size_t>(b)];
        return la != lb ? la > lb : a < b;
    });
    if (sampling.topK > 0 && order.size() > static_cast<std::size_t>(sampling.topK))
        order.resize(static_cast<std::size_t>(sampling.topK));
    std::vector<double> weight(order.size());
    double sum = 0;
    for (std::size_t i = 0; i < order.size(); ++i) {
        const double distance = double{logits[static_cast<std::size_t>(order[i])]} - double{*best};
        sum += weight[i] = std::exp(distance / sampling.temperature);
    }
    std::size_t kept = order.size();
    if (sampling.topP < 1) {
        double held = 0;
        for (kept = 0; kept < order.size() && held < sampling.topP * sum; ++kept)
            held += weight[kept];
        kept = std::max<std::size_t>(kept, 1);
        sum = std::accumulate(weight.begin(), weight.begin() + static_cast<std::ptrdiff_t>(kept), 0.0);
    }
    double point = uniform(state) * sum;
    for (std::size_t i = 0; i < kept; ++i)
        if ((point -= weight[i]) < 0)
            return order[i];
    return order[kept - 1];
}

Generated generate(Transformer& model, const Tokenizer& tokenizer, const std::vector<int>& prompt,
                   const Sampling& sampling, const TokenListener& listener, Progress& progress,
                   std::int64_t floatBytes)
{
    const Index context = model.config().context;
    const Index capacity = static_cast<Index>(prompt.size()) + sampling.maxTokens;
    if (prompt.empty())
        throw Error(tr("The prompt is empty; the model needs at least one token to go on from."));
    if (capacity > context)
        throw Error(tr("Prompt and new text have %1 tokens, but the model's context is %2. Ask for "
                       "fewer tokens.")
                        .arg(capacity)
                        .arg(context));
    auto begin = std::chrono::steady_clock::now();
    Writer writer(model, capacity, floatBytes);
    std::vector<float> logits = writer.feed(prompt, progress);
    Generated out;
    out.promptSeconds = secondsSince(begin);
    begin = std::chrono::steady_clock::now();
    std::uint64_t state = sampling.seed;
    while (static_cast<Index>(out.tokens.size()) < sampling.maxTokens) {
        const int token = sampleToken(logits, sampling, state);
        if (sampling.stopAtEnd && token == tokenizer.eos())
            break;
        out.tokens.push_back(token);
        if (listener && !listener(token, tokenizer.piece(token)))
            break;
        if (static_cast<Index>(out.tokens.size()) < sampling.maxTokens)
            logits = writer.feed(std::span(&token, 1), progress);
    }
    out.seconds = secondsSince(begin);
    return out;
}

} // namespace halftone
