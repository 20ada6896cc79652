// SPDX-License-Identifier: GPL-3.0-or-later
// One linear layer through one method: prepare, grids, column walk, refinement, loss. What becomes of
// the result (packing, the next block's inputs) is the caller's.
#pragma once

#include "quantize/layer_loss.h"
#include "quantize/quantizer.h"
#include "quantize/refine_codes.h"

namespace halftone {

/// What is done around any method, alike for all layers of a run.
struct Treatment
{
    /// The basis in which the layer is coded. Weights are given in the original basis, hessian and
    /// factor in this one (rotatedBothSides): they are shared by several layers.
    Rotation rotation = {};
    Refinement refinement = {}; ///< needs the Hessian; without one nothing is refined
    bool entropyCoded = false;  ///< symbols of a range coder in the file
};

struct LayerProblem
{
    QString name;                         ///< of the weight tensor: for messages
    const Matrix& weights;                ///< outputs x inputs
    const MatrixD* hessian = nullptr;     ///< inputs x inputs, sum of x x^T at any scale; null: none
    /// factorFor() of the same Hessian, settings and backend; made here when missing.
    std::shared_ptr<const HessianFactor> factor;
    Treatment treatment = {};
    /// Only the size of the result matters: a missing Hessian takes all inputs alike, and nothing is
    /// compensated.
    bool sizeOnly = false;
};

struct QuantizedMatrix
{
    Coding coding;
    CodeMatrix codes;
    Matrix values;        ///< what the codes mean: bit for bit what PackedMatrix unpacks
    /// tr(E H E^T) / tr(W H W^T), E = W - values; without a Hessian |E|^2 / |W|^2. 0 when W is 0.
    double loss = 0;
    double damping = 0;   ///< that was used; 0 without a Hessian
};

/// Factor for a method's plan, to be shared by layers with the same inputs; null when it needs none.
std::shared_ptr<const HessianFactor> factorFor(const Quantizer& method, const Settings& settings,
                                               const QString& layer, const MatrixD& hessian,
                                               ComputeBackend& backend, Progress& progress);

/// settings may be incomplete; they are checked. Throws Error naming the layer for shapes that do not
/// fit, weights that are not finite, a missing or hopeless Hessian.
QuantizedMatrix quantizeMatrix(const Quantizer& method, const Settings& settings,
                               const LayerProblem& problem, ComputeBackend& backend,
                               Progress& progress);

/// The same without `loss`, which stays 0: for some rows of a layer, whose loss rowEnergies() tells.
QuantizedMatrix codeMatrix(const Quantizer& method, const Settings& settings,
                           const LayerProblem& problem, ComputeBackend& backend, Progress& progress);

} // namespace halftone
