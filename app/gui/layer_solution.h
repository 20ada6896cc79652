// SPDX-License-Identifier: GPL-3.0-or-later
// One matrix solved with the settings of a recipe, whole or from a sample of its rows, on the evidence
// there is. Plain functions for the Look lane.
#pragma once

#include "inspect/rank_plane.h"
#include "packed/bit_count.h"
#include "quantize/quantize_matrix.h"
#include "quantize/row_sample.h"

namespace halftone {

struct HessianEvidence;

/// What a figure rests on.
enum class Basis {
    DataFree,   ///< the weights alone
    Original,   ///< Hessians of the original model's activations
};

struct LayerSolution
{
    std::shared_ptr<const QuantizedMatrix> coded;
    Settings settings;         ///< as solved
    Basis basis = Basis::DataFree;
    bool compensated = false;
    double energy = -1;        ///< tr(W H W^T), or |W|^2; negative when it was not asked for
    double loss = 0;           ///< tr(E H E^T) / tr(W H W^T), or |E|^2 / |W|^2 when data-free
    BitCount bits;             ///< as a packed file would hold it

    RowSource values() const;
};

/// What a solution is to tell. Both figures take about as long as the coding itself.
struct SolveWish
{
    bool loss = true;
    double energy = -1;        ///< of an earlier solution on the same Hessian; negative: unknown
};

struct SampledPoint
{
    double ratio = 0;
    double loss = -1;
    double standardError = 0;
};

struct SampledCurve
{
    std::vector<SampledPoint> points;
    std::int64_t rows = 0, population = 0;
};

/// Throws Error as quantizeMatrix, and Cancelled. evidence may be null: then nothing is compensated
/// and saliency is by magnitude.
LayerSolution solveLayer(const QString& method, const Settings& settings, const QString& name,
                         const RowSource& source, const HessianEvidence* evidence, const SolveWish& wish,
                         Progress& progress);

/// The compensated loss at several ratios from the same rows. The whole matrix' ranks give each sample
/// the share of salient weights that its rows have.
SampledCurve sampleLayer(const QString& method, const Settings& settings, const QString& name,
                         const RowSource& source, const RankPlane& ranks, const HessianEvidence& evidence,
                         Progress& progress);

/// error = original - values, read row by row.
RowSource differenceOf(const RowSource& original, const RowSource& values);
/// |w|, or w^2 times a factor of each column.
RowSource saliencyOf(const RowSource& original, std::vector<double> columnWeights);

} // namespace halftone
