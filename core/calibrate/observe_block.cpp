// SPDX-License-Identifier: GPL-3.0-or-later
#include "calibrate/observe_block.h"

#include <algorithm>
#include <cmath>

namespace halftone {

namespace {

class Observation
{
public:
    Observation(Transformer& model, const Block& block, const Block* originalBlock,
                const Streams& streams, std::span<const Stage> stages, const ObservationChoice& choice)
        : m_model(model), m_backend(model.backend()), m_block(block), m_originalBlock(originalBlock),
          m_streams(streams), m_stages(stages), m_clip(choice.tokenClip)
    {
        for (Stage stage : stages) {
            const Index width = model.config().shape(linearsOf(stage).front())[1];
            StageHessian& h = at(stage);
            h.gram = zeros(choice.precision, width, width);
            if (!drift())
                continue;
            h.cross = zeros(choice.precision, width, width);
            if (addsToResidual(stage))
                h.residual = zeros(choice.precision, model.config().hidden, width);
        }
    }

    void window(std::size_t w)
    {
        if (drift())
            run(*m_originalBlock, m_streams.original, m_streams.originalBetween, w,
                [this](Stage stage, const Array& x, const Array& residual) {
                    keepOriginal(stage, x, residual);
                });
        run(m_block, m_streams.coded, m_streams.codedBetween, w,
            [this](Stage stage, const Array& x, const Array& residual) { add(stage, x, residual); });
    }

    std::array<StageHessian, kStages.size()> result() { return std::move(m_hessians); }

private:
    bool drift() const { return m_originalBlock && !m_streams.original.empty(); }
    bool wanted(Stage stage) const
    {
        return std::find(m_stages.begin(), m_stages.end(), stage) != m_stages.end();
    }
    void run(const Block& block, const std::vector<Array>& hidden, const std::vector<Array>& between, std::size_t w,
             const Transformer::Observer& observer)
    {
        const Stage last = m_stages.back();
        if (between.empty())
            m_model.runBlock(block, hidden[w], observer, &last);
        else
            m_model.runStage(last, block, hidden[w], between[w], observer);
    }
    StageHessian& at(Stage stage) { return m_hessians[static_cast<std::size_t>(stage)]; }

    static bool addsToResidual(Stage stage) { return stage == Stage::Output || stage == Stage::Down; }

    Array zeros(Scalar scalar, Index rows, Index columns)
    {
        const Array out = m_backend.allocate(scalar, rows, columns);
        m_backend.fillZero(out);
        return out;
    }

    void keep(Array& kept, const Array& x)
    {
        if (!kept || kept.rows != x.rows)
            kept = m_backend.allocate(Scalar::F32, x.rows, x.columns);
        m_backend.copy(kept, x);
    }

    void keepOriginal(Stage stage, const Array& x, const Array& residual)
    {
        if (!wanted(stage))
            return;
        keep(m_original[static_cast<std::size_t>(stage)], x);
        if (addsToResidual(stage))
            keep(m_originalResidual[static_cast<std::size_t>(stage)], residual);
    }

    void add(Stage stage, const Array& x, const Array& residual)
    {
        if (!wanted(stage))
            return;
        StageHessian& h = at(stage);
        const Vector factors = m_clip > 0 ? clipFactors(x) : Vector();
        const Array seen = scaledRows(x, factors);
        m_backend.addGram(h.gram, seen);
        h.tokens += x.rows;
        if (!drift())
            return;
        const auto addDifference = [&](const Array& sum, const Array& original, const Array& coded) {
            m_backend.subtract(original, coded);
            m_backend.addCrossGram(sum, scaledRows(original, factors), seen);
        };
        addDifference(h.cross, m_original[static_cast<std::size_t>(stage)], x);
        if (addsToResidual(stage))
            addDifference(h.residual, m_originalResidual[static_cast<std::size_t>(stage)], residual);
    }

    // min(1, sqrt(clip median |x|^2 / |x|^2)) of each token: squared in the sums.
    Vector clipFactors(const Array& x)
    {
        const Vector energy = m_backend.downloadMatrix(x).rowwise().squaredNorm();
        std::vector<float> sorted(energy.begin(), energy.end());
        const auto middle = sorted.begin() + static_cast<std::ptrdiff_t>(sorted.size() / 2);
        std::nth_element(sorted.begin(), middle, sorted.end());
        const float most = static_cast<float>(m_clip) * *middle;
        Vector factors(energy.size());
        for (Index t = 0; t < energy.size(); ++t)
            factors[t] = energy[t] > most ? std::sqrt(most / energy[t]) : 1;
        return factors;
    }

    Array scaledRows(const Array& x, const Vector& factors)
    {
        if (factors.size() == 0)
            return x;
        return m_backend.upload(Matrix(factors.asDiagonal() * m_backend.downloadMatrix(x)));
    }

    Transformer& m_model;
    ComputeBackend& m_backend;
    const Block& m_block;
    const Block* m_originalBlock;
    const Streams& m_streams;
    std::span<const Stage> m_stages;
    double m_clip;
    std::array<StageHessian, kStages.size()> m_hessians;
    std::array<Array, kStages.size()> m_original, m_originalResidual;
};

} // namespace

std::array<StageHessian, kStages.size()>
observeBlock(Transformer& model, const Block& block, const Block* originalBlock,
             const Streams& streams, std::span<const Stage> stages, const ObservationChoice& choice,
             const std::function<void(Index window)>& onWindow)
{
    Observation observation(model, block, originalBlock, streams, stages, choice);
    for (std::size_t w = 0; w < streams.coded.size(); ++w) {
        observation.window(w);
        if ((w + 1) % kWindowsAhead == 0)
            model.backend().finish();
        if (onWindow)
            onWindow(static_cast<Index>(w));
    }
    model.backend().finish();
    return observation.result();
}

} // namespace halftone
