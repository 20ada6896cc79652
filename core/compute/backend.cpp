// SPDX-License-Identifier: GPL-3.0-or-later
#include "compute/backend.h"

#include "base/error.h"
#include "compute/shape_check.h"

namespace halftone {

void ComputeBackend::multiplyPacked(std::span<const PackedProduct>, const Array&, Activations)
{
    throw Error(tr("The device '%1' cannot multiply with packed matrices; the CPU can.").arg(id()));
}

Array ComputeBackend::upload(const Matrix& m)
{
    Array a = allocate(Scalar::F32, m.rows(), m.cols());
    upload(a, m.data());
    return a;
}

Array ComputeBackend::upload(const MatrixD& m)
{
    Array a = allocate(Scalar::F64, m.rows(), m.cols());
    upload(a, m.data());
    return a;
}

Matrix ComputeBackend::downloadMatrix(const Array& a)
{
    requireShape("downloadMatrix", "array", a, Scalar::F32, a.rows, a.columns);
    Matrix m(a.rows, a.columns);
    download(m.data(), a);
    return m;
}

MatrixD ComputeBackend::downloadMatrixD(const Array& a)
{
    requireShape("downloadMatrixD", "array", a, Scalar::F64, a.rows, a.columns);
    MatrixD m(a.rows, a.columns);
    download(m.data(), a);
    return m;
}

} // namespace halftone
