// SPDX-License-Identifier: GPL-3.0-or-later
// The CPU's version of each verb on plain pointers, row-major and contiguous. Shapes were checked by
// the caller; backend.h says what each verb means. Tiles depend on the shapes alone.
#pragma once

#include "base/error.h"
#include "compute/backend.h"

namespace halftone::cpu {

/// For tiles, which run on many threads: they stop; only the caller of the verb waits while paused.
inline void stopWhenCancelled(const Progress& progress)
{
    if (progress.cancelled())
        throw Cancelled();
}
inline void stopWhenCancelled(const Progress* watched)
{
    if (watched)
        stopWhenCancelled(*watched);
}

// `watched` may be null.

void multiplyTransposed(float* out, const float* x, const float* weight, Index tokens, Index outputs,
                        Index inputs, const Progress* watched);
void addBias(float* a, const float* bias, Index rows, Index columns);
void add(float* a, const float* b, Index size);
void subtract(float* a, const float* b, Index size);
void rmsNorm(float* out, const float* x, const float* gain, float epsilon, Index rows, Index columns);
void rotary(float* x, const float* cosine, const float* sine, Index rows, Index columns,
            Index headWidth, Index pairs, RotaryStyle style);
void swiGlu(float* gate, const float* up, Index size);
void attention(float* out, const float* q, const float* k, const float* v, Index queries,
               const AttentionShape& shape, const Progress* watched);

/// reference may be null
TokenScores score(const float* logits, const float* reference, std::span<const int> targets,
                  Index vocabulary);

void addGram(double* sum, const float* x, Index tokens, Index columns, const Progress* watched);
void addGram(float* sum, const float* x, Index tokens, Index columns, const Progress* watched);
void addCrossGram(double* sum, const float* a, const float* b, Index tokens, Index rows, Index columns,
                  const Progress* watched);
void addCrossGram(float* sum, const float* a, const float* b, Index tokens, Index rows, Index columns,
                  const Progress* watched);

/// energies[i] = x_i H x_i^T of each row of x[rows x columns]; only what lies on and above H's diagonal is read.
void rowEnergies(double* energies, const float* x, const float* hessian, Index rows, Index columns,
                 const Progress* watched);

template <class T> bool cholesky(T* a, Index size, Progress& progress);
template <class T> bool inverseUpperFactor(T* a, Index size, Progress& progress);
template <class T> void solveRight(T* b, const T* lower, Index rows, Index columns,
                                   const Progress* watched);

/// What walkColumns works on; upper is null for rounding alone.
template <class T>
struct Walk
{
    T* weights = nullptr;
    const T* upper = nullptr;
    const Coding* coding = nullptr;
    T* coded = nullptr;
    std::uint8_t* codes = nullptr;
    double* loss = nullptr;
    Index rows = 0;
    Index columns = 0;
};
template <class T> void walkColumns(const Walk<T>& walk, Index begin, Index end, Progress& progress);

} // namespace halftone::cpu
