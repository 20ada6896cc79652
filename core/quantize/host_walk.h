// SPDX-License-Identifier: GPL-3.0-or-later
// The walk over a layer's columns for methods that look at them on the host: as they lie, in the order of their
// activations, or block after block with grids of its own for each.
#pragma once

#include "quantize/quantize_matrix.h"

namespace halftone {

/// Throws Error naming the layer where a scale did not fit into its bits.
void checkCoding(const QString& name, const Coding& coding);

/// Rounds problem.target as the plan says, with out.coding, which methods refit on the way; leaves the codes in out.
void walkOnHost(const Quantizer& method, const Settings& settings, const WalkPlan& plan, const CodingProblem& problem,
                QuantizedMatrix& out, ComputeBackend& backend, Progress& progress);

} // namespace halftone
