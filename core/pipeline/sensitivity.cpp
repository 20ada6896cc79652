// SPDX-License-Identifier: GPL-3.0-or-later
#include "pipeline/sensitivity.h"

#include "base/error.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <numeric>
#include <random>
#include <span>
#include <vector>

namespace halftone {

namespace {

constexpr double kNoise = 0.1;
constexpr Index kScored = 256; // last tokens of a window: they have seen the most

class Measurement
{
public:
    Measurement(Transformer& model, const TokenWindows& text, Index windows, Index tokens,
                Progress& progress)
        : m_model(model), m_backend(model.backend()), m_progress(progress),
          m_windows(std::min(windows, text.count)), m_tokens(std::min(tokens, text.context)),
          m_head(model.loadHead())
    {
        m_out.noise = kNoise;
        m_out.block.assign(static_cast<std::size_t>(model.config().blocks), 0);
        measure(text);
    }

    Sensitivity result() { return std::move(m_out); }

private:
    using Disturbed = std::function<bool(Index block, Linear linear)>;
    using States = std::vector<Array>; // one a window

    // All windows go through a block together: it is loaded and disturbed once.
    void measure(const TokenWindows& text)
    {
        const Index blocks = m_model.config().blocks;
        const double steps = static_cast<double>(blocks) + static_cast<double>(kLinears.size());
        const auto say = [&](const QString& item) {
            m_progress.advance(tr("Sensitivity"), item, m_done++ / steps);
        };
        States hidden;
        for (Index w = 0; w < m_windows; ++w) {
            m_texts.push_back(text.window(w).first(static_cast<std::size_t>(m_tokens)));
            hidden.push_back(m_model.embed(m_texts.back()));
        }
        // The original's states before each block, so that a disturbed block is walked from there.
        std::vector<States> before;
        for (Index b = 0; b < blocks; ++b) {
            before.push_back(copied(hidden));
            const Block block = m_model.loadBlock(b);
            for (const Array& state : hidden)
                m_model.runBlock(block, state);
            m_progress.check();
        }
        for (const Array& state : hidden)
            m_reference.push_back(logits(state));
        for (Index b = 0; b < blocks; ++b) {
            say(tr("block %1").arg(b + 1));
            m_out.block[static_cast<std::size_t>(b)] =
                divergenceOf(before[static_cast<std::size_t>(b)], b, [b](Index at, Linear) { return at == b; });
        }
        for (Linear linear : kLinears) {
            say(shortName(linear));
            m_out.kind[static_cast<std::size_t>(linear)] =
                divergenceOf(before.front(), 0, [linear](Index, Linear at) { return at == linear; });
        }
    }

    States copied(const States& states)
    {
        States out;
        for (const Array& a : states) {
            out.push_back(m_backend.allocate(a.scalar, a.rows, a.columns));
            m_backend.copy(out.back(), a);
        }
        return out;
    }

    // Mean over the windows, walked on from before block `from`.
    double divergenceOf(const States& before, Index from, const Disturbed& disturbed)
    {
        const States states = copied(before);
        for (Index b = from; b < m_model.config().blocks; ++b) {
            m_progress.check();
            Block block = m_model.loadBlock(b);
            for (Linear linear : kLinears)
                if (disturbed(b, linear))
                    disturb(block.weight(linear), b, linear);
            for (const Array& state : states)
                m_model.runBlock(block, state);
        }
        m_backend.finish();
        double sum = 0;
        for (std::size_t w = 0; w < states.size(); ++w)
            sum += divergence(states[w], m_texts[w], m_reference[w]);
        return sum / static_cast<double>(states.size());
    }

    void disturb(Array& weight, Index b, Linear linear)
    {
        Matrix w = m_backend.downloadMatrix(weight);
        const double size = std::sqrt(w.cast<double>().squaredNorm() / static_cast<double>(w.size()));
        std::mt19937 random(static_cast<unsigned>(b * 16 + static_cast<Index>(linear)));
        std::normal_distribution<double> normal(0, kNoise * size);
        for (Index i = 0; i < w.size(); ++i)
            w.data()[i] += static_cast<float>(normal(random));
        weight = m_backend.upload(w);
    }

    Index scored() const { return std::min(kScored, m_tokens - 1); }

    Array logits(const Array& hidden)
    {
        const Array normed = m_model.normed(hidden);
        const Array out = m_backend.allocate(Scalar::F32, scored(), m_head.rows);
        m_backend.project(out, normed.rowRange(m_tokens - 1 - scored(), scored()), m_head);
        return out;
    }

    double divergence(const Array& hidden, std::span<const int> tokens, const Array& reference)
    {
        const TokenScores scores =
            m_backend.score(logits(hidden), tokens.last(static_cast<std::size_t>(scored())), reference);
        const double sum = std::accumulate(scores.divergence.begin(), scores.divergence.end(), 0.0);
        return sum / static_cast<double>(scored());
    }

    Transformer& m_model;
    ComputeBackend& m_backend;
    Progress& m_progress;
    Index m_windows, m_tokens;
    Array m_head;
    std::vector<std::span<const int>> m_texts;
    std::vector<Array> m_reference; // logits
    double m_done = 0;
    Sensitivity m_out;
};

} // namespace

double Sensitivity::of(Index b, Linear linear) const
{
    const double all = std::accumulate(kind.begin(), kind.end(), 0.0);
    return all > 0 ? block[static_cast<std::size_t>(b)] * kind[static_cast<std::size_t>(linear)] / all : 0;
}

Sensitivity measureSensitivity(Transformer& model, const TokenWindows& text, Index windows, Index tokens,
                               Progress& progress)
{
    return Measurement(model, text, windows, tokens, progress).result();
}

} // namespace halftone
