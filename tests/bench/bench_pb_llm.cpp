// SPDX-License-Identifier: GPL-3.0-or-later
// Compares PB-LLM with its published code on matrices of a real model. The argument is what
// golden/make_pb_llm.py wrote for `model`. Fails unless 99.9 % of the weights of each case agree to
// 1e-4 and the loss to 4 digits.
#include "base/error.h"
#include "checkpoint/checkpoint.h"
#include "compute/cpu_backend.h"
#include "quantize/quantize_matrix.h"
#include "quantize/quantizers.h"

#include <chrono>
#include <cmath>
#include <cstdio>

using namespace halftone;

namespace {

bool compare(const Checkpoint& file, const QString& name, ComputeBackend& backend)
{
    const QString layer = name.section(QLatin1Char('.'), 0, 1);
    auto read = [&](const QString& tensor) { return file.readMatrix(file.require(tensor)); };
    const Matrix weights = read(layer + QStringLiteral(".weight"));
    const MatrixD hessian = read(layer + QStringLiteral(".hessian")).cast<double>();
    const Matrix expected = read(name);
    Progress progress;
    const auto begin = std::chrono::steady_clock::now();
    const QuantizedMatrix q = quantizeMatrix(
        quantizer(QStringLiteral("pb-llm")),
        {{"salient_ratio", name.section(QLatin1Char('.'), 2).toDouble()}, {"parameter_bits", 32}},
        {name, weights, &hessian, nullptr}, backend, progress);
    const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - begin;

    const auto agree = ((q.values - expected).array().abs() <= 1e-4f).count();
    const double share = static_cast<double>(agree) / static_cast<double>(weights.size());
    const double theirs = std::stod(file.metadata().at(name.toStdString()).get<std::string>());
    const MatrixD error = (weights - q.values).cast<double>();
    const MatrixD wide = weights.cast<double>();
    const double ours = (error * hessian).cwiseProduct(error).sum() /
                        (wide * hessian).cwiseProduct(wide).sum();
    const bool good = share >= .999 && std::abs(ours - theirs) < 5e-5 * theirs;
    std::printf("%-12s %5lld x %-5lld  %9.5f %%  %.7f  %.7f  %6.2f s  %s\n", qPrintable(name),
                static_cast<long long>(weights.rows()), static_cast<long long>(weights.cols()),
                100 * share, ours, theirs, seconds.count(), good ? "" : "DIFFERS");
    return good;
}

} // namespace

int main(int argc, char** argv)
{
    try {
        if (argc != 2)
            throw Error(QStringLiteral("usage: bench_pb_llm FILE (see tests/golden/make_pb_llm.py)"));
        const auto file = Checkpoint::open(QString::fromLocal8Bit(argv[1]));
        const auto backend = makeCpuBackend();
        std::printf("case          shape           equal to 1e-4  loss       reference  time\n");
        bool good = true;
        for (const TensorView& t : file->tensors())
            if (t.name.count(QLatin1Char('.')) == 3)
                good = compare(*file, t.name, *backend) && good;
        return good ? 0 : 1;
    } catch (const Error& error) {
        std::fprintf(stderr, "%s\n", error.what());
        return 1;
    }
}
