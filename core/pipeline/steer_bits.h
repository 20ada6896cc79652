// SPDX-License-Identifier: GPL-3.0-or-later
// Keeps a run to its budget of bits: what layers really take on disk depends on compensation, drift and
// refinement, so it is known only block by block, and what is left to code makes up for what is done.
#pragma once

#include "export/report.h"
#include "model/config.h"
#include "pipeline/recipe.h"

#include <span>

namespace halftone {

/// recipe with other overrides for the layers of `block`, such that the mean bits on disk of all linear
/// layers come out at recipe.steerBits (a little below: the last block cannot be made up for), when each layer
/// still to be coded misses what is expected of it as those of `done` (all blocks before) that are most like
/// it did. All are moved by the same number of bits, so a plan that spends more on some stays as it is. The
/// first block is moved only when the plan is far from the budget. The same recipe when it has no budget.
Recipe steered(const Recipe& recipe, const ModelConfig& config, Index block, std::span<const LayerReport> done);

} // namespace halftone
