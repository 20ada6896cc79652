// SPDX-License-Identifier: GPL-3.0-or-later
#include "calibrate/observe_block.h"

#include <algorithm>

namespace halftone {

namespace {

class Observation
{
public:
    Observation(Transformer& model, const Block& block, const Block* originalBlock,
                const Streams& streams, std::span<const Stage> stages, Scalar precision)
        : m_model(model), m_backend(model.backend()), m_block(block), m_originalBlock(originalBlock),
          m_streams(streams), m_stages(stages)
    {
        for (Stage stage : stages) {
            const Index width = model.config().shape(linearsOf(stage).front())[1];
            StageHessian& h = at(stage);
            h.gram = m_backend.allocate(precision, width, width);
            m_backend.fillZero(h.gram);
            if (drift()) {
                h.cross = m_backend.allocate(precision, width, width);
                m_backend.fillZero(h.cross);
            }
        }
    }

    void window(std::size_t w)
    {
        const Stage last = m_stages.back();
        if (drift())
            m_model.runBlock(
                *m_originalBlock, m_streams.original[w],
                [this](Stage stage, const Array& x) { keepOriginal(stage, x); }, &last);
        m_model.runBlock(
            m_block, m_streams.coded[w], [this](Stage stage, const Array& x) { add(stage, x); },
            &last);
    }

    std::array<StageHessian, kStages.size()> result() { return std::move(m_hessians); }

private:
    bool drift() const { return m_originalBlock && !m_streams.original.empty(); }
    bool wanted(Stage stage) const
    {
        return std::find(m_stages.begin(), m_stages.end(), stage) != m_stages.end();
    }
    StageHessian& at(Stage stage) { return m_hessians[static_cast<std::size_t>(stage)]; }

    void keepOriginal(Stage stage, const Array& x)
    {
        if (!wanted(stage))
            return;
        Array& kept = m_original[static_cast<std::size_t>(stage)];
        if (!kept || kept.rows != x.rows)
            kept = m_backend.allocate(Scalar::F32, x.rows, x.columns);
        m_backend.copy(kept, x);
    }

    void add(Stage stage, const Array& x)
    {
        if (!wanted(stage))
            return;
        StageHessian& h = at(stage);
        m_backend.addGram(h.gram, x);
        h.tokens += x.rows;
        if (drift()) {
            const Array& difference = m_original[static_cast<std::size_t>(stage)];
            m_backend.subtract(difference, x);
            m_backend.addCrossGram(h.cross, difference, x);
        }
    }

    Transformer& m_model;
    ComputeBackend& m_backend;
    const Block& m_block;
    const Block* m_originalBlock;
    const Streams& m_streams;
    std::span<const Stage> m_stages;
    std::array<StageHessian, kStages.size()> m_hessians;
    std::array<Array, kStages.size()> m_original;
};

} // namespace

std::array<StageHessian, kStages.size()>
observeBlock(Transformer& model, const Block& block, const Block* originalBlock,
             const Streams& streams, std::span<const Stage> stages, Scalar precision,
             const std::function<void(Index window)>& onWindow)
{
    Observation observation(model, block, originalBlock, streams, stages, precision);
    for (std::size_t w = 0; w < streams.coded.size(); ++w) {
        observation.window(w);
        model.backend().finish();
        if (onWindow)
            onWindow(static_cast<Index>(w));
    }
    return observation.result();
}

} // namespace halftone
