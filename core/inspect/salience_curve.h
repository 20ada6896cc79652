// SPDX-License-Identifier: GPL-3.0-or-later
// Bits and error of partial binarization (PB-LLM) at every salient ratio at once, from sums kept per
// row: what a slider shows while it moves. Error without compensation and with a diagonal Hessian
// only; the column walk alone knows the compensated one.
#pragma once

#include "base/progress.h"
#include "inspect/row_source.h"

#include <span>
#include <vector>

namespace halftone {

struct SalienceSettings
{
    /// Factor of w^2 in the saliency, one a column: 1 / U_jj^2 of the inverse Hessian's upper factor
    /// (Frantar and Alistarh 2023, SparseGPT). Empty means saliency by magnitude.
    std::span<const double> columnWeights;
    /// Diagonal of the Hessian, one a column: weighs the squared error. Empty means 1: data-free.
    std::span<const double> errorWeights;
    int salientBits = 8;      ///< 2..8, one grid a row over the whole row's range
    int parameterBits = 56;   ///< stored a row: two fp16 of the binary grid, fp16 and 8 bits of the other
};

struct SaliencePoint
{
    double ratio = 0;
    double nominalBits = 0;   ///< r b + (1 - r) + 1, bitmap counted (PB-LLM, section 3.4)
    double diskBits = 0;      ///< r b + (1 - r) + H2(r) + row parameters: the mask entropy-coded
    double error = 0;         ///< sum d (w - q)^2 / sum d w^2, d = errorWeights
    double threshold = 0;     ///< the saliency above which a weight is salient
};

/// ratio, nominalBits and diskBits of partial binarization with a mask of single weights; the others 0.
SaliencePoint closedFormBits(double ratio, int salientBits, std::int64_t columns, int parameterBits = 56);

class SalienceCurve
{
public:
    /// Reads every weight twice, on all cores; holds about 160 x 9 floats a row. Weights that are not finite
    /// count as 0. Throws Error when a span of the settings is not as long as the matrix is wide,
    /// what the source throws, and Cancelled. Does not depend on the number of threads.
    static SalienceCurve build(const RowSource& source, const SalienceSettings& settings,
                               Progress& progress);

    /// ratio is clamped to [0, 1]. Interpolates between about 160 ratios, denser at both ends: the
    /// error is within 0.4 % of itself.
    SaliencePoint at(double ratio) const;

    bool dataFree() const { return m_dataFree; }

private:
    struct Edge
    {
        double ratio = 0;       ///< salient share when all weights at or above `bucket` are salient
        std::int64_t bucket = 0;
    };

    struct Columns;

    std::vector<std::int64_t> measureRows(const RowSource& source, const Columns& columns,
                                          Progress& progress);
    void sumRows(const RowSource& source, const Columns& columns, Progress& progress);
    void chooseEdges(const std::vector<std::int64_t>& histogram, std::int64_t weights);

    std::int64_t m_rows = 0;
    std::int64_t m_columns = 0;
    SalienceSettings m_settings;
    bool m_dataFree = true;
    std::vector<Edge> m_edges;          ///< by ascending ratio
    std::vector<float> m_sums;          ///< rows x edges x kSums: over the weights below the edge
    std::vector<float> m_steps;         ///< rows: step of the salient grid
    std::vector<double> m_energy;       ///< rows: sum of d w^2 over all weights
    double m_totalErrorWeight = 0;      ///< sum of d over one row
};

} // namespace halftone
