// SPDX-License-Identifier: GPL-3.0-or-later
// What each verb of backend.h asks of its arguments, for every backend alike. Each function throws
// Error naming the verb, the argument and both shapes; it touches no number.
#pragma once

#include "compute/backend.h"

namespace halftone {

/// Bytes of one scalar.
std::int64_t scalarBytes(Scalar scalar);

/// Throws unless rows and columns are not negative and their bytes can be counted.
void checkAllocate(Scalar scalar, Index rows, Index columns);

/// `verb` and `name` are names in the code and so not translated.
void requireShape(const char* verb, const char* name, const Array& a, Scalar scalar, Index rows,
                  Index columns);

void checkCopy(const Array& to, const Array& from);
void checkMultiplyTransposed(const Array& out, const Array& x, const Array& weight);
void checkMultiplyPacked(std::span<const PackedProduct> products, const Array& x);
void checkAddBias(const Array& a, const Array& bias);
void checkSameShape(const char* verb, const Array& a, const Array& b); ///< both F32
void checkRmsNorm(const Array& out, const Array& x, const Array& gain);
void checkRotary(const Array& x, Index headWidth, const Array& cosine, const Array& sine);
void checkAttention(const Array& out, const Array& q, const Array& k, const Array& v,
                    const AttentionShape& shape);
void checkScore(const Array& logits, std::span<const int> targets, const Array& referenceLogits);
void checkAddGram(const Array& sum, const Array& x);
void checkAddCrossGram(const Array& sum, const Array& a, const Array& b);
void checkFactor(const char* verb, const Array& a); ///< square, F32 or F64
void checkSolveRight(const Array& b, const Array& lower);
void checkWalkColumns(const Array& weights, const Array& upper, const Coding& coding, Index begin,
                      Index end, const Array& coded, const Array& codes, const Array& loss);
void checkWalkAllColumns(const Array& weights, const Array& upper, const Coding& coding, const Array& classes,
                         const Array& coded, const Array& codes, const Array& loss);
void checkDecodeCodes(const Array& values, const Array& codes, const Coding& coding, const Array& classes);
void checkConvert(const Array& to, const Array& from);
void checkSetDiagonal(const Array& a, const VectorD& diagonal);
void checkRowEnergies(const Array& rows, const Array& hessian);
void checkMarkSalient(const Array& marks, const Array& weights, const Saliency& saliency);
void checkGroupStatistics(const Array& weights, const Array& classes);

} // namespace halftone
