// SPDX-License-Identifier: GPL-3.0-or-later
#include "evaluate/generate.h"

#include "base/error.h"
#include "base/free_memory.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <ctime>
#include <numeric>
#include <utility>

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

constexpr Index kFeedTokens = 512; // of a prompt, at a time

std::int64_t bytesOf(const Array& a) { return 4 * a.size(); }

std::int64_t bytesOf(const Block& block)
{
    std::int64_t sum = bytesOf(block.attentionNorm) + bytesOf(block.mlpNorm) + bytesOf(block.queryNorm) +
                       bytesOf(block.keyNorm);
    for (std::size_t i = 0; i < kLinears.size(); ++i)
        sum += bytesOf(block.weights[i]) + bytesOf(block.biases[i]) +
               (block.packed[i] ? block.packed[i]->bytes() : 0);
    return sum;
}

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

Writer::Writer(Transformer& model, const Tokenizer& tokenizer, Index capacity, Progress& progress,
               std::int64_t floatBytes)
    : m_model(model), m_tokenizer(tokenizer), m_capacity(capacity)
{
    const auto begin = std::chrono::steady_clock::now();
    m_head = model.prepareHead();
    m_logits = model.backend().allocate(Scalar::F32, 1, m_head.rows);
    m_weightBytes = bytesOf(m_head.floats) + (m_head.packed ? m_head.packed->bytes() : 0);
    const Index blocks = model.config().blocks;
    const auto fitting =
        model.runsPacked() ? blocks
                           : std::min<std::int64_t>(blocks, floatBytes / std::max<std::int64_t>(1, model.blockBytes()));
    for (Index b = 0; b < blocks; ++b) {
        progress.check();
        m_caches.push_back(model.makeCache(capacity));
        m_cacheBytes += bytesOf(m_caches.back().keys) + bytesOf(m_caches.back().values);
        if (b < fitting) {
            m_blocks.push_back(model.loadBlock(b));
            m_weightBytes += bytesOf(m_blocks.back());
        }
    }
    if (model.runsPacked()) // what matrices were decoded by is many times what is kept of them
        returnFreedMemory();
    m_loadSeconds = secondsSince(begin);
}

// Feeds tokens and returns the logits after the last one.
std::vector<float> Writer::feed(std::span<const int> tokens, Progress& progress)
{
    const Array hidden = m_model.embed(tokens);
    for (std::size_t b = 0; b < m_caches.size(); ++b) {
        progress.check();
        if (b < m_blocks.size())
            m_model.runBlock(m_blocks[b], hidden, {}, nullptr, &m_caches[b]);
        else
            m_model.runBlock(m_model.loadBlock(static_cast<Index>(b)), hidden, {}, nullptr, &m_caches[b]);
    }
    m_fed.insert(m_fed.end(), tokens.begin(), tokens.end());
    const Array last = m_model.normed(hidden.rowRange(hidden.rows - 1, 1));
    m_model.multiplyHead(m_logits, last, m_head);
    std::vector<float> logits(static_cast<std::size_t>(m_head.rows));
    m_model.backend().download(logits.data(), m_logits);
    if (!std::all_of(logits.begin(), logits.end(), [](float l) { return std::isfinite(l); }))
        throw Error(tr("The model '%1' predicts values that are not finite: it is damaged, or its "
                       "activations overflow.")
                        .arg(m_model.checkpoint().path()));
    return logits;
}

// Forgets what the caches hold beyond the beginning that the prompt shares with it. The last token is
// always fed, since its logits are needed.
void Writer::keepCommonPart(const std::vector<int>& prompt)
{
    std::size_t same = 0;
    while (same < m_fed.size() && same + 1 < prompt.size() && m_fed[same] == prompt[same])
        ++same;
    m_fed.resize(same);
    for (KeyValueCache& cache : m_caches)
        cache.used = static_cast<Index>(same);
}

// A long prompt in parts. Blocks that are read anew each time would be read for each part.
std::vector<float> Writer::feedAll(std::span<const int> tokens, Progress& progress)
{
    if (m_blocks.size() < m_caches.size())
        return feed(tokens, progress);
    std::vector<float> logits;
    for (std::size_t at = 0; at < tokens.size(); at += kFeedTokens)
        logits = feed(tokens.subspan(at, std::min<std::size_t>(kFeedTokens, tokens.size() - at)), progress);
    return logits;
}

Generated Writer::write(const std::vector<int>& prompt, const Sampling& sampling,
                        const TokenListener& listener, Progress& progress)
{
    const Index length = static_cast<Index>(prompt.size()) + sampling.maxTokens;
    if (prompt.empty())
        throw Error(tr("The prompt is empty; the model needs at least one token to go on from."));
    if (length > m_capacity)
        throw Error(tr("Prompt and new text have %1 tokens, but there is room for %2. Ask for fewer tokens.")
                        .arg(length).arg(m_capacity));
    auto begin = std::chrono::steady_clock::now();
    keepCommonPart(prompt);
    std::vector<float> logits = feedAll(std::span(prompt).subspan(m_fed.size()), progress);
    Generated out;
    out.loadSeconds = std::exchange(m_loadSeconds, 0.0);
    out.promptSeconds = secondsSince(begin);
    out.weightBytes = m_weightBytes;
    out.cacheBytes = m_cacheBytes;
    begin = std::chrono::steady_clock::now();
    const std::clock_t processor = std::clock();
    std::uint64_t state = sampling.seed;
    const auto stops = [&](int token) {
        return (sampling.stopAtEnd && token == m_tokenizer.eos()) ||
               std::find(sampling.stopTokens.begin(), sampling.stopTokens.end(), token) != sampling.stopTokens.end();
    };
    while (static_cast<Index>(out.tokens.size()) < sampling.maxTokens) {
        const int token = sampleToken(logits, sampling, state);
        if (stops(token))
            break;
        out.tokens.push_back(token);
        if (listener && !listener(token, m_tokenizer.piece(token)))
            break;
        if (static_cast<Index>(out.tokens.size()) < sampling.maxTokens)
            logits = feed(std::span(&token, 1), progress);
    }
    out.seconds = secondsSince(begin);
    out.processorSeconds = static_cast<double>(std::clock() - processor) / CLOCKS_PER_SEC;
    return out;
}

Generated generate(Transformer& model, const Tokenizer& tokenizer, const std::vector<int>& prompt,
                   const Sampling& sampling, const TokenListener& listener, Progress& progress,
                   std::int64_t floatBytes)
{
    const Index context = model.config().context;
    const Index capacity = static_cast<Index>(prompt.size()) + sampling.maxTokens;
    if (capacity > context)
        throw Error(tr("Prompt and new text have %1 tokens, but the model's context is %2. Ask for "
                       "fewer tokens.")
                        .arg(capacity)
                        .arg(context));
    Writer writer(model, tokenizer, capacity, progress, floatBytes);
    return writer.write(prompt, sampling, listener, progress);
}

} // namespace halftone
