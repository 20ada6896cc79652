// SPDX-License-Identifier: GPL-3.0-or-later
// The same layer coded on the host and where it lies: for every backend's test.
#pragma once

#include "base/error.h"
#include "compute/cpu_backend.h"
#include "quantize/quantize_remotely.h"
#include "quantize/quantizers.h"

#include <random>

namespace halftone {

struct RemoteCase
{
    const char* name;
    const char* method;
    Settings settings;
};

inline const std::vector<RemoteCase>& remoteCases()
{
    static const std::vector<RemoteCase> cases{
        {"pb-llm as published", "pb-llm", {{"salient_ratio", 0.1}}},
        {"pb-llm in groups", "pb-llm", {{"salient_ratio", 0.3}, {"scope", "group"}, {"group_size", 64}}},
        {"pb-llm by magnitude, masked", "pb-llm",
         {{"saliency", "magnitude"}, {"binary_fit", "masked"}, {"salient_range", "salient"}}},
        {"pb-llm by activation, fp32", "pb-llm", {{"saliency", "activation"}, {"precision", "fp32"}}},
        {"pb-llm, all salient", "pb-llm", {{"salient_ratio", 1.0}}},
        {"pb-llm, none salient, without compensation", "pb-llm", {{"salient_ratio", 0.0}, {"compensation", false}}},
        {"rtn", "rtn", {{"bits", 3}}},
        {"rtn, symmetric rows", "rtn", {{"symmetric", true}, {"scope", "row"}}},
        {"gptq, groups fitted first", "gptq", {{"static_groups", true}, {"group_size", 64}}},
        {"gptq, rows", "gptq", {{"scope", "row"}, {"bits", 3}}},
    };
    return cases;
}

struct RemoteExample
{
    Matrix weights;
    MatrixD hessian;

    RemoteExample()
    {
        std::mt19937 random(7);
        std::normal_distribution<float> normal;
        weights = Matrix::NullaryExpr(96, 200, [&] { return normal(random); });
        Matrix x = Matrix::NullaryExpr(400, 200, [&] { return normal(random); });
        x.col(3) *= 30;
        x.col(17).setZero(); // a dead input
        hessian = 1000 * (x.transpose() * x).cast<double>();
    }
};

struct BothWays
{
    QuantizedMatrix host;
    RemotelyQuantized remote;
    Matrix remoteValues;
};

/// On the CPU by quantizeMatrix, on `backend` by quantizeRemotely.
inline BothWays codedBothWays(const RemoteCase& c, const RemoteExample& e, ComputeBackend& backend)
{
    Progress progress;
    const Quantizer& method = quantizer(QString::fromUtf8(c.method));
    const auto cpu = makeCpuBackend();
    BothWays both;
    both.host = quantizeMatrix(method, c.settings, {QStringLiteral("w"), e.weights, &e.hessian, nullptr, {}}, *cpu, progress);
    const Array weights = backend.upload(e.weights), hessian = backend.upload(e.hessian);
    const auto factor = remoteFactorFor(method, c.settings, QStringLiteral("w"), hessian, backend, progress);
    auto remote = quantizeRemotely(method, c.settings, {QStringLiteral("w"), weights, hessian, factor}, backend, progress);
    if (!remote)
        throw Error(QStringLiteral("'%1' was not coded where it lies").arg(QString::fromUtf8(c.name)));
    both.remoteValues = backend.downloadMatrix(remote->values);
    both.remote = std::move(*remote);
    return both;
}

} // namespace halftone
