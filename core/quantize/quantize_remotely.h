// SPDX-License-Identifier: GPL-3.0-or-later
// One linear layer through one method without its numbers leaving the backend: what quantizeMatrix does,
// for the plans and methods that need nothing of it on the host. Codes and classes come down at the end.
#pragma once

#include "quantize/quantize_matrix.h"

#include <optional>

namespace halftone {

struct RemoteLayer
{
    QString name;
    Array weights;                        ///< outputs x inputs, F32; left as they are
    Array hessian;                        ///< inputs x inputs, F64 or F32; empty: none
    std::shared_ptr<const HessianFactor> factor; ///< remoteFactorFor() of the same Hessian and settings
};

struct RemotelyQuantized
{
    Coding coding;    ///< as QuantizedMatrix::coding, classes included
    CodeMatrix codes;
    Array values;     ///< what the codes mean, F32
    double loss = 0;  ///< as QuantizedMatrix::loss
    double damping = 0;
};

/// Whether a layer with these settings can be coded so: whether the backend is far, and neither the
/// treatment nor the method's plan asks for more.
bool codesRemotely(const Quantizer& method, const Settings& settings, const Treatment& treatment,
                   const ComputeBackend& backend);

/// Factor for a method's plan; null when it needs none.
std::shared_ptr<const HessianFactor> remoteFactorFor(const Quantizer& method, const Settings& settings,
                                                     const QString& layer, const Array& hessian,
                                                     ComputeBackend& backend, Progress& progress);

/// Nothing where the method needs the weights on the host (Quantizer::codeRemotely). Throws as
/// quantizeMatrix does.
std::optional<RemotelyQuantized> quantizeRemotely(const Quantizer& method, const Settings& settings,
                                                  const RemoteLayer& layer, ComputeBackend& backend,
                                                  Progress& progress);

} // namespace halftone
