// SPDX-License-Identifier: GPL-3.0-or-later
#include "pipeline/original_activations.h"

#include "compute/cancel_watch.h"
#include "pipeline/model_texts.h"

#include <chrono>

namespace halftone {

OriginalActivations::OriginalActivations(std::shared_ptr<const Checkpoint> checkpoint,
                                         const Recipe& recipe, std::unique_ptr<ComputeBackend> backend)
    : m_backend(std::move(backend)), m_model(checkpoint, *m_backend)
{
    const auto tokenizer = Tokenizer::forCheckpoint(*checkpoint);
    Recipe small = recipe;
    small.judge = false;
    small.calibration.windows.reset();
    small.calibration.seed = 0; // one look serves all repeats
    small.calibration.context = std::min(kContext, m_model.config().context);
    const RunTexts texts = textsFor(small, *tokenizer, m_model.config());
    m_textName = texts.calibrationName;
    m_windows = std::min(kWindows, texts.calibration.count);
    m_context = texts.calibration.context;
    m_inputs.resize(static_cast<std::size_t>(m_model.config().blocks));
    for (Index w = 0; w < m_windows; ++w)
        m_inputs.front().push_back(m_model.embed(texts.calibration.window(w)));
}

// The last block's outputs are nobody's inputs.
Index OriginalActivations::steps() const
{
    return m_windows * (m_model.config().blocks - 1);
}

Index OriginalActivations::blocksKnown() const
{
    return 1 + m_done / m_windows;
}

bool OriginalActivations::step(Progress& progress)
{
    if (m_done >= steps())
        return false;
    const CancelWatch watch(*m_backend, progress);
    const auto begin = std::chrono::steady_clock::now();
    const Index block = m_done / m_windows, window = m_done % m_windows;
    progress.check();
    if (m_inBlock != block) {
        m_inBlock = -1;
        m_block = m_model.loadBlock(block);
        m_inBlock = block;
    }
    const Array& in = m_inputs[static_cast<std::size_t>(block)][static_cast<std::size_t>(window)];
    const Array out = m_backend->allocate(Scalar::F32, in.rows, in.columns);
    m_backend->copy(out, in);
    m_model.runBlock(m_block, out);
    m_backend->finish();
    m_inputs[static_cast<std::size_t>(block + 1)].push_back(out);
    ++m_done;
    m_seconds += std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
    return m_done < steps();
}

double OriginalActivations::secondsLeft() const
{
    if (m_done == 0)
        return steps() == 0 ? 0 : -1;
    return m_seconds / static_cast<double>(m_done) * static_cast<double>(steps() - m_done);
}

std::int64_t OriginalActivations::bytes() const
{
    return std::int64_t{4} * m_windows * m_context * m_model.config().hidden * m_model.config().blocks;
}

Index OriginalActivations::tokens() const
{
    return m_windows * m_context;
}

Array OriginalActivations::hessian(Index block, Stage stage, Progress& progress)
{
    const CancelWatch watch(*m_backend, progress);
    const Block weights = m_inBlock == block ? m_block : m_model.loadBlock(block);
    Streams streams;
    streams.coded = m_inputs[static_cast<std::size_t>(block)];
    auto hessians = observeBlock(m_model, weights, nullptr, streams, {&stage, 1}, {Scalar::F32},
                                 [&](Index) { progress.check(); });
    return hessians[static_cast<std::size_t>(stage)].gram;
}

} // namespace halftone
