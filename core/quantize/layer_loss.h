// SPDX-License-Identifier: GPL-3.0-or-later
// What an error of a layer's weights costs at its outputs.
#pragma once

#include "compute/backend.h"

namespace halftone {

/// w H w^T of each row of weights[n x m], hessian[m x m] in F32 on the backend (product in fp32, sum
/// in fp64); |w|^2 when hessian is empty.
VectorD rowEnergies(const Matrix& weights, const Array& hessian, ComputeBackend& backend);

/// tr(E H E^T) of error[n x m] and hessian[m x m] (product in fp32, sum in fp64); |E|^2 without one.
double outputLoss(const Matrix& error, const MatrixD* hessian, ComputeBackend& backend);

/// The loss of values as a share of the energy of the weights; 0 when that is 0.
double relativeLoss(const MatrixD* hessian, const Matrix& weights, const Matrix& values, ComputeBackend& backend);

} // namespace halftone
