// SPDX-License-Identifier: GPL-3.0-or-later
// The number types every folder shares: row-major Eigen matrices, rows x columns as in the papers
// (a linear layer's weight is outputs x inputs).
#pragma once

#include <Eigen/Core>

namespace halftone {

using Index = Eigen::Index;
using Matrix = Eigen::Matrix<float, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
using MatrixD = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
using Vector = Eigen::VectorXf;
using VectorD = Eigen::VectorXd;

} // namespace halftone
