// SPDX-License-Identifier: GPL-3.0-or-later
// What the layers of the original model see on a little text: the preview's Hessians. A run sees the
// outputs of blocks that are already packed, so its Hessians differ; who shows these says so.
#pragma once

#include "calibrate/observe_block.h"
#include "pipeline/recipe.h"

#include <memory>
#include <vector>

namespace halftone {

class OriginalActivations
{
public:
    static constexpr Index kWindows = 8;
    static constexpr Index kContext = 512; ///< tokens of a window

    /// Cuts the recipe's calibration text into at most kWindows windows of at most kContext tokens. Throws Error
    /// for a checkpoint that is no model or has no tokenizer.
    OriginalActivations(std::shared_ptr<const Checkpoint> checkpoint, const Recipe& recipe,
                        std::unique_ptr<ComputeBackend> backend);

    /// Takes one window through one block and remembers what went in. When it throws Cancelled the
    /// step is taken again. False when all are done.
    bool step(Progress& progress);
    Index steps() const;
    Index stepsDone() const { return m_done; }
    /// Blocks whose inputs are known for all windows.
    Index blocksKnown() const;
    /// Of the whole walk, from the steps so far; -1 before the first.
    double secondsLeft() const;
    /// What the remembered inputs will fill once all are there.
    std::int64_t bytes() const;
    Index tokens() const;

    /// sum of x x^T of the inputs of a stage of a known block [m x m], in F32 on backend().
    Array hessian(Index block, Stage stage, Progress& progress);
    ComputeBackend& backend() { return *m_backend; }
    const ModelConfig& config() const { return m_model.config(); }
    QString textName() const { return m_textName; }

private:
    std::unique_ptr<ComputeBackend> m_backend;
    Transformer m_model;
    QString m_textName;
    Index m_windows = 0;
    Index m_context = 0;
    Index m_done = 0;
    double m_seconds = 0;
    Block m_block;                           ///< that m_inBlock names
    Index m_inBlock = -1;
    std::vector<std::vector<Array>> m_inputs; ///< [block][window], t x hidden
};

} // namespace halftone
