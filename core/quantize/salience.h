// SPDX-License-Identifier: GPL-3.0-or-later
// How much each weight matters, and which are kept at many bits because of it.
#pragma once

#include "base/matrix.h"
#include "compute/backend.h"
#include "packed/packed_matrix.h"

namespace halftone {

/// |w| of weights[n x m].
Matrix magnitudeSaliency(const Matrix& weights);

/// w^2 / U_jj^2 with U of HessianFactor: the loss of removing a weight once the earlier ones are fixed
/// (Frantar and Alistarh 2023, SparseGPT; used by PB-LLM's code). diagonal[m].
Matrix hessianSaliency(const Matrix& weights, const VectorD& diagonal);

/// |w| sqrt(H_jj): weight times size of its inputs (Sun et al. 2023, Wanda). energy[m] = H_jj.
Matrix activationSaliency(const Matrix& weights, const VectorD& energy);

/// The last two where the weights lie on a backend.
Saliency hessianSaliency(const VectorD& diagonal);
Saliency activationSaliency(const VectorD& energy);

enum class Selection { Element, Column };

/// Marks (1) the salient share of weights: those above the sorted saliency at index
/// floor(count * (1 - ratio)), so that ties with it stay unmarked (Shang et al. 2023, PB-LLM).
/// A ratio of 0 marks none, 1 marks all. groupColumns > 0 sets a threshold for each group of columns,
/// 0 one for the whole matrix. Element: n x m; Column: 1 x m, whole columns ranked by their sums.
CodeMatrix selectSalient(const Matrix& saliency, double ratio, Selection selection,
                         Index groupColumns);

} // namespace halftone
