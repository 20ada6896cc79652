// SPDX-License-Identifier: GPL-3.0-or-later
#include "evaluate/perplexity.h"

#include "base/error.h"
#include "compute/cancel_watch.h"

#include <algorithm>
#include <chrono>
#include <cmath>

namespace halftone {

namespace {

// Rows of logits held at once: a vocabulary of 150,000 takes 150 MB.
constexpr Index kLogitRows = 256;

Perplexity perplexityOf(const std::vector<double>& windowLoss)
{
    const double n = static_cast<double>(windowLoss.size());
    double mean = 0;
    for (double loss : windowLoss)
        mean += loss / n;
    double squares = 0;
    for (double loss : windowLoss)
        squares += (loss - mean) * (loss - mean);
    const double error = n > 1 ? std::sqrt(squares / (n - 1) / n) : 0.0;
    return {std::exp(mean), std::exp(mean) * error};
}

// One model on its way through a group of windows.
struct Walker
{
    Transformer& model;
    std::vector<Array> hidden; // one per window

    void begin(const TokenWindows& windows, Index first, Index count)
    {
        hidden.clear();
        for (Index w = 0; w < count; ++w)
            hidden.push_back(model.embed(windows.window(first + w)));
    }
};

class Walk
{
public:
    Walk(Transformer& model, Transformer* reference, const TokenWindows& windows, Progress& progress)
        : m_model{model, {}}, m_windows(windows), m_progress(progress),
          m_blocks(model.config().blocks + (reference ? reference->config().blocks : 0))
    {
        if (reference)
            m_reference.emplace(Walker{*reference, {}});
    }

    void group(Index first, Index count)
    {
        runBlocks(m_model, first, count, 0);
        if (m_reference)
            runBlocks(*m_reference, first, count, m_model.model.config().blocks);
        scoreGroup(first, count);
    }

    Evaluation result() const
    {
        Evaluation out;
        out.perplexity = perplexityOf(m_loss);
        out.windows = m_windows.count;
        out.context = m_windows.context;
        out.predictions = m_windows.count * (m_windows.context - 1);
        out.windowLoss = m_loss;
        if (m_reference) {
            out.referencePerplexity = perplexityOf(m_referenceLoss);
            out.divergence = divergence();
        }
        return out;
    }

private:
    double share(Index first, Index count, double part) const
    {
        return (static_cast<double>(first) + static_cast<double>(count) * part) /
               static_cast<double>(m_windows.count);
    }

    void runBlocks(Walker& walker, Index first, Index count, Index blocksBefore)
    {
        walker.begin(m_windows, first, count);
        const Index blocks = walker.model.config().blocks;
        for (Index b = 0; b < blocks; ++b) {
            const Block block = walker.model.loadBlock(b);
            for (Index w = 0; w < count; ++w) {
                // The head costs about as much as a few blocks: it gets the last tenth.
                const double done = (static_cast<double>(blocksBefore + b) +
                                     static_cast<double>(w) / static_cast<double>(count)) /
                                    static_cast<double>(m_blocks);
                m_progress.advance(tr("Evaluate"), tr("block %1 of %2").arg(b + 1).arg(blocks),
                                   share(first, count, 0.9 * done));
                walker.model.runBlock(block, walker.hidden[static_cast<std::size_t>(w)]);
                walker.model.backend().finish();
            }
        }
    }

    void scoreGroup(Index first, Index count)
    {
        ComputeBackend& backend = m_model.model.backend();
        const Head head = m_model.model.prepareHead();
        const Head referenceHead = m_reference ? m_reference->model.prepareHead() : Head();
        const Array logits = backend.allocate(Scalar::F32, kLogitRows, head.rows);
        const Array referenceLogits =
            m_reference ? backend.allocate(Scalar::F32, kLogitRows, head.rows) : Array();
        for (Index w = 0; w < count; ++w) {
            m_progress.advance(tr("Evaluate"), tr("window %1").arg(first + w + 1),
                               share(first, count,
                                     0.9 + 0.1 * static_cast<double>(w) / static_cast<double>(count)));
            scoreWindow(first + w, static_cast<std::size_t>(w), head, logits, referenceHead,
                        referenceLogits);
        }
    }

    void scoreWindow(Index window, std::size_t slot, const Head& head, const Array& logits,
                     const Head& referenceHead, const Array& referenceLogits)
    {
        ComputeBackend& backend = m_model.model.backend();
        const auto tokens = m_windows.window(window);
        const Index predictions = m_windows.context - 1;
        const Array normed = m_model.model.normed(m_model.hidden[slot]);
        const Array referenceNormed =
            m_reference ? m_reference->model.normed(m_reference->hidden[slot]) : Array();
        double loss = 0, referenceLoss = 0;
        for (Index row = 0; row < predictions; row += kLogitRows) {
            m_progress.check();
            const Index rows = std::min(kLogitRows, predictions - row);
            const auto targets = tokens.subspan(static_cast<std::size_t>(row + 1),
                                                static_cast<std::size_t>(rows));
            const Array part = logits.rowRange(0, rows);
            m_model.model.multiplyHead(part, normed.rowRange(row, rows), head);
            Array referencePart;
            if (m_reference) {
                referencePart = referenceLogits.rowRange(0, rows);
                m_reference->model.multiplyHead(referencePart, referenceNormed.rowRange(row, rows),
                                                referenceHead);
                for (double l : backend.score(referencePart, targets, {}).logLikelihood)
                    referenceLoss -= l;
            }
            const TokenScores scores = backend.score(part, targets, referencePart);
            for (double l : scores.logLikelihood)
                loss -= l;
            m_divergence.insert(m_divergence.end(), scores.divergence.begin(),
                                scores.divergence.end());
            for (auto same : scores.sameTop)
                m_sameTop += same;
        }
        keep(m_loss, m_model, loss, window);
        if (m_reference)
            keep(m_referenceLoss, *m_reference, referenceLoss, window);
    }

    void keep(std::vector<double>& losses, const Walker& walker, double loss, Index window) const
    {
        if (!std::isfinite(loss))
            throw Error(tr("The model '%1' predicts values that are not finite in window %2: it is "
                           "damaged, or its activations overflow.")
                            .arg(walker.model.checkpoint().path())
                            .arg(window + 1));
        losses.push_back(loss / static_cast<double>(m_windows.context - 1));
    }

    Divergence divergence() const
    {
        Divergence d;
        std::vector<double> sorted = m_divergence;
        std::sort(sorted.begin(), sorted.end());
        const double n = static_cast<double>(sorted.size());
        for (double v : m_divergence)
            d.mean += v / n;
        d.p99 = sorted.empty() ? 0 : sorted[static_cast<std::size_t>(0.99 * (n - 1))];
        d.sameTop = static_cast<double>(m_sameTop) / n;
        return d;
    }

    Walker m_model;
    std::optional<Walker> m_reference;
    const TokenWindows& m_windows;
    Progress& m_progress;
    Index m_blocks;
    std::vector<double> m_loss, m_referenceLoss, m_divergence;
    std::int64_t m_sameTop = 0;
};

} // namespace

Evaluation evaluate(Transformer& model, Transformer* reference, const TokenWindows& windows,
                    Progress& progress, std::int64_t activationBytes)
{
    if (reference && reference->config().vocabulary != model.config().vocabulary)
        throw Error(tr("The model has a vocabulary of %1 tokens and the reference one of %2: they cannot "
                       "be compared.")
                        .arg(model.config().vocabulary)
                        .arg(reference->config().vocabulary));
    const CancelWatch watch(model.backend(), progress);
    const auto begin = std::chrono::steady_clock::now();
    std::int64_t windowBytes = 4 * windows.context * model.config().hidden;
    if (reference)
        windowBytes += 4 * windows.context * reference->config().hidden;
    const Index groupSize =
        std::clamp<Index>(static_cast<Index>(activationBytes / windowBytes), 1, windows.count);
    Walk walk(model, reference, windows, progress);
    for (Index first = 0; first < windows.count; first += groupSize)
        walk.group(first, std::min(groupSize, windows.count - first));
    Evaluation out = walk.result();
    out.seconds =
        std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
    return out;
}

} // namespace halftone
