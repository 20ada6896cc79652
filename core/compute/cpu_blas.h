// SPDX-License-Identifier: GPL-3.0-or-later
// The few BLAS and LAPACK calls the CPU backend makes, under one name for both precisions. Row-major,
// strides in elements; each runs on the calling thread alone.
#pragma once

#include "base/matrix.h"

#include <cblas.h>

extern "C" {
void spotrf_(const char* uplo, const int* n, float* a, const int* lda, int* info);
void dpotrf_(const char* uplo, const int* n, double* a, const int* lda, int* info);
void strtri_(const char* uplo, const char* diag, const int* n, float* a, const int* lda, int* info);
void dtrtri_(const char* uplo, const char* diag, const int* n, double* a, const int* lda, int* info);
}

namespace halftone::cpu {

/// A block of a row-major matrix.
template <class T>
struct Block
{
    T* data = nullptr;
    Index stride = 0;
    Block at(Index row, Index column) const { return {data + row * stride + column, stride}; }
    operator Block<const T>() const { return {data, stride}; }
};

inline int narrow(Index i) { return static_cast<int>(i); }

/// c[rows x columns] = alpha op(a) op(b) + beta c, with `depth` terms in each sum
inline void gemm(CBLAS_TRANSPOSE ta, CBLAS_TRANSPOSE tb, Index rows, Index columns, Index depth,
                 float alpha, Block<const float> a, Block<const float> b, float beta, Block<float> c)
{
    cblas_sgemm(CblasRowMajor, ta, tb, narrow(rows), narrow(columns), narrow(depth), alpha, a.data,
                narrow(a.stride), b.data, narrow(b.stride), beta, c.data, narrow(c.stride));
}
inline void gemm(CBLAS_TRANSPOSE ta, CBLAS_TRANSPOSE tb, Index rows, Index columns, Index depth,
                 double alpha, Block<const double> a, Block<const double> b, double beta,
                 Block<double> c)
{
    cblas_dgemm(CblasRowMajor, ta, tb, narrow(rows), narrow(columns), narrow(depth), alpha, a.data,
                narrow(a.stride), b.data, narrow(b.stride), beta, c.data, narrow(c.stride));
}

/// The triangle of c[size x size] named: c += alpha op(a) op(a)^T, with `depth` terms in each sum
inline void syrk(CBLAS_UPLO uplo, CBLAS_TRANSPOSE t, Index size, Index depth, float alpha,
                 Block<const float> a, Block<float> c)
{
    cblas_ssyrk(CblasRowMajor, uplo, t, narrow(size), narrow(depth), alpha, a.data, narrow(a.stride),
                1.0f, c.data, narrow(c.stride));
}
inline void syrk(CBLAS_UPLO uplo, CBLAS_TRANSPOSE t, Index size, Index depth, double alpha,
                 Block<const double> a, Block<double> c)
{
    cblas_dsyrk(CblasRowMajor, uplo, t, narrow(size), narrow(depth), alpha, a.data, narrow(a.stride),
                1.0, c.data, narrow(c.stride));
}

/// Solves with the lower triangle of `lower` in place of b[rows x columns]; b is scaled by alpha first.
inline void solveLower(CBLAS_SIDE side, CBLAS_TRANSPOSE t, Index rows, Index columns, float alpha,
                       Block<const float> lower, Block<float> b)
{
    cblas_strsm(CblasRowMajor, side, CblasLower, t, CblasNonUnit, narrow(rows), narrow(columns),
                alpha, lower.data, narrow(lower.stride), b.data, narrow(b.stride));
}
inline void solveLower(CBLAS_SIDE side, CBLAS_TRANSPOSE t, Index rows, Index columns, double alpha,
                       Block<const double> lower, Block<double> b)
{
    cblas_dtrsm(CblasRowMajor, side, CblasLower, t, CblasNonUnit, narrow(rows), narrow(columns),
                alpha, lower.data, narrow(lower.stride), b.data, narrow(b.stride));
}

// LAPACK counts columns first: the lower triangle of a row-major matrix is its upper one.

/// Lower Cholesky factor in place; the number LAPACK answers (0: done).
inline int factorLower(Index size, Block<float> a)
{
    const int n = narrow(size), stride = narrow(a.stride);
    int info = 0;
    spotrf_("U", &n, a.data, &stride, &info);
    return info;
}
inline int factorLower(Index size, Block<double> a)
{
    const int n = narrow(size), stride = narrow(a.stride);
    int info = 0;
    dpotrf_("U", &n, a.data, &stride, &info);
    return info;
}

/// Inverse of a lower triangle in place; 0 when done.
inline int invertLower(Index size, Block<float> a)
{
    const int n = narrow(size), stride = narrow(a.stride);
    int info = 0;
    strtri_("U", "N", &n, a.data, &stride, &info);
    return info;
}
inline int invertLower(Index size, Block<double> a)
{
    const int n = narrow(size), stride = narrow(a.stride);
    int info = 0;
    dtrtri_("U", "N", &n, a.data, &stride, &info);
    return info;
}

} // namespace halftone::cpu
