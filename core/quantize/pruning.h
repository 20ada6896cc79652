// SPDX-License-Identifier: GPL-3.0-or-later
// What the pruning methods share: which weights go, and how those that stay are stored.
#pragma once

#include "quantize/quantizer.h"

namespace halftone {

constexpr std::uint8_t kPruned = 0;
constexpr std::uint8_t kKept = 1;

/// So many of each run of `of` weights of a row are pruned; of = 0: a share of all.
struct PruningPattern
{
    Index pruned = 0;
    Index of = 0;
};

/// sparsity, pattern, survivors, parameter_bits
std::vector<Parameter> pruningParameters();
PruningPattern readPattern(const Settings& settings);

/// Classes "pruned" (one level, zero) and "kept" (raw, or the grid of GPTQ over the whole row of
/// weights[n x m]); everything is kept at first.
Coding pruningCoding(const Matrix& weights, const Settings& settings);

/// Marks the `pruned` least of each run of scores[count]; of a shorter last run the same share, rounded
/// down. Equal scores: the earlier goes first.
void pruneRuns(const double* scores, Index count, const PruningPattern& pattern, std::uint8_t* classes);

/// The score at sorted place floor(count * share): what is at most that high is pruned. Below all for a
/// share of 0, infinite for 1. Reorders scores.
double pruningThreshold(std::vector<double>& scores, double share);

/// The value that a kept weight gets, with its code.
double keepWeight(Coding& coding, CodeMatrix& codes, Index row, Index column, double value);

/// Codes of a whole layer whose classes are known.
void codeKept(Coding& coding, CodeMatrix& codes, const BlockProblem& block);

} // namespace halftone
