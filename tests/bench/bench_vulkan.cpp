// SPDX-License-Identifier: GPL-3.0-or-later
// bench_vulkan [device number] [part of a row's name]: each verb on a Vulkan device at the shapes of a
// 7B model, beside the device's measured rates (largest product in fp32 and with fp16 factors, copy).
#include "compute/parity_quantize.h"
#include "gpu/vulkan_backend.h"

#include <QString>
#include <chrono>
#include <cstdio>
#include <cstdlib>

using namespace halftone;
using namespace halftone::parity;

namespace {

QString g_filter;

// Many repeats of a small sample are as good as noise and much faster to make.
Matrix noise(Index rows, Index columns, unsigned seed)
{
    const Matrix sample = randomMatrix(1, 99991, seed);
    Matrix m(rows, columns);
    for (Index i = 0; i < m.size(); ++i)
        m.data()[i] = sample.data()[i % sample.size()];
    return m;
}

double secondsOf(ComputeBackend& gpu, const std::function<void()>& work, int most = 20)
{
    using Clock = std::chrono::steady_clock;
    work();
    gpu.finish();
    int runs = 0;
    const auto begin = Clock::now();
    double seconds = 0;
    while (runs < most && seconds < 0.5) {
        for (int i = 0; i < 4 && runs < most; ++i, ++runs)
            work();
        gpu.finish();
        seconds = std::chrono::duration<double>(Clock::now() - begin).count();
    }
    return seconds / runs;
}

void row(ComputeBackend& gpu, const char* name, double work, const char* unit, const std::function<void()>& run,
         int most = 20)
{
    if (!QString::fromUtf8(name).contains(g_filter))
        return;
    try {
        const double seconds = secondsOf(gpu, run, most);
        std::printf("%-46s %10.3f ms %10.2f %s\n", name, seconds * 1e3, work / seconds, unit);
    } catch (const std::exception& e) {
        std::printf("%-46s failed: %s\n", name, e.what());
    }
    std::fflush(stdout);
}

Array random(ComputeBackend& gpu, Index rows, Index columns, unsigned seed)
{
    return gpu.upload(noise(rows, columns, seed));
}

void products(int device, const char* name, const VulkanOptions& options, Index size)
{
    if (!QString::fromUtf8(name).contains(g_filter))
        return;
    try {
        const auto gpu = makeVulkanBackend(device, options);
        const Array a = random(*gpu, size, size, 1), b = random(*gpu, size, size, 2);
        const Array c = gpu->allocate(Scalar::F32, size, size);
        row(*gpu, name, 2e-12 * std::pow(static_cast<double>(size), 3), "TFLOP/s",
            [&] { gpu->project(c, a, b); });
        // A few rows against the definition.
        const Matrix left = gpu->downloadMatrix(a.rowRange(size / 2 - 1, 3)), right = gpu->downloadMatrix(b);
        const MatrixD want = left.cast<double>() * right.cast<double>().transpose();
        std::printf("    largest deviation %.2e of the largest value\n",
                    deviation(*gpu, c.rowRange(size / 2 - 1, 3), want));
        std::fflush(stdout);
    } catch (const std::exception& e) {
        std::printf("%-46s failed: %s\n", name, e.what());
    }
}

// What a layer that stays on the device needs around its walk; rates count each weight read or written once.
void layer(ComputeBackend& gpu, const Array& weights)
{
    const Index rows = weights.rows, columns = weights.columns;
    const double giga = 1e-9 * static_cast<double>(rows) * static_cast<double>(columns);
    const Array marks = gpu.allocate(Scalar::U8, rows, columns), values = gpu.allocate(Scalar::F32, rows, columns);
    const Saliency saliency{Saliency::Kind::Energy, VectorD::Ones(columns)};
    row(gpu, "markSalient", 5 * giga, "GB/s", [&] { gpu.markSalient(marks, weights, saliency, 0.1, 0); });
    row(gpu, "groupStatistics", 5 * giga, "GB/s", [&] { gpu.groupStatistics(weights, marks, {0, true, 0}); });
    row(gpu, "groupStatistics, groups of 128", 5 * giga, "GB/s",
        [&] { gpu.groupStatistics(weights, marks, {0, true, 128}); });
    const Coding coding = makeCoding(noise(rows, columns, 14), Classes::One, 0);
    row(gpu, "decodeCodes", 5 * giga, "GB/s", [&] { gpu.decodeCodes(values, marks, coding, {}); });
    row(gpu, "rowEnergies without Hessian", 4 * giga, "GB/s", [&] { gpu.rowEnergies(weights, {}); });
    const Array wide = gpu.allocate(Scalar::F64, rows, columns);
    row(gpu, "convert", 12 * giga, "GB/s", [&] { gpu.convert(wide, weights); });
}

void verbs(ComputeBackend& gpu, Index hidden, Index wide, Index tokens)
{
    Progress progress;
    const auto d = [](Index i) { return static_cast<double>(i); };
    const Array x = random(gpu, tokens, hidden, 3), y = random(gpu, tokens, hidden, 4);
    const Array out = gpu.allocate(Scalar::F32, tokens, hidden);
    const double gigabytes = 4e-9 * d(tokens * hidden);
    row(gpu, "copy", 2 * gigabytes, "GB/s", [&] { gpu.copy(out, x); });
    row(gpu, "add", 3 * gigabytes, "GB/s", [&] { gpu.add(out, x); });
    row(gpu, "rmsNorm", 2 * gigabytes, "GB/s",
        [&] { gpu.rmsNorm(out, x, gpu.upload(Matrix(Matrix::Ones(1, hidden))), 1e-5f); });
    row(gpu, "swiGlu", 3 * gigabytes, "GB/s", [&] { gpu.swiGlu(out, x); });
    const Array cosine = random(gpu, tokens, 64, 5), sine = random(gpu, tokens, 64, 6);
    row(gpu, "rotary", 2 * gigabytes, "GB/s", [&] { gpu.rotary(out, 128, cosine, sine, RotaryStyle::Halves); });
    const AttentionShape shape{hidden / 128, hidden / 128, 128, 0.088f, 0, 0};
    row(gpu, "attention (causal half counted)", 2e-12 * d(tokens * tokens * hidden), "TFLOP/s",
        [&] { gpu.attention(out, x, y, x, shape); });
    const Array weight = random(gpu, wide, hidden, 7), up = gpu.allocate(Scalar::F32, tokens, wide);
    row(gpu, "project t x wide", 2e-12 * d(tokens * hidden * wide), "TFLOP/s",
        [&] { gpu.project(up, x, weight); });
    for (Scalar scalar : {Scalar::F32, Scalar::F64}) {
        const QString suffix = scalar == Scalar::F64 ? QStringLiteral(" F64") : QStringLiteral(" F32");
        const auto name = [&](const char* verb, Index n) {
            return QStringLiteral("%1 %2%3").arg(QLatin1String(verb)).arg(n).arg(suffix).toStdString();
        };
        for (Index n : {hidden, wide}) {
            const Array sum = gpu.allocate(scalar, n, n);
            gpu.fillZero(sum);
            const Array in = n == hidden ? x : random(gpu, tokens, wide, 8);
            gpu.addGram(sum, in);
            row(gpu, name("addGram (half counted)", n).c_str(), 1e-12 * d(tokens * n * n), "TFLOP/s",
                [&] { gpu.addGram(sum, in); });
            // Something positive definite to factor: the identity and a little.
            Matrix identity = 0.01f * randomMatrix(1, n, 9).transpose() * randomMatrix(1, n, 9);
            identity.diagonal().array() += 1.0f;
            const Array kept = scalar == Scalar::F64 ? gpu.upload(MatrixD(identity.cast<double>())) : gpu.upload(identity);
            row(gpu, name("cholesky", n).c_str(), 1e-12 / 3 * d(n) * d(n) * d(n), "TFLOP/s",
                [&] { gpu.copy(sum, kept); gpu.cholesky(sum, progress); }, 3);
            row(gpu, name("inverseUpperFactor", n).c_str(), 2e-12 / 3 * d(n) * d(n) * d(n), "TFLOP/s",
                [&] { gpu.copy(sum, kept); gpu.inverseUpperFactor(sum, progress); }, 3);
            const Matrix weights = noise(hidden, n, 10);
            const Coding coding = makeCoding(weights, Classes::PerWeight, 0);
            const Array w = gpu.allocate(scalar, hidden, n), coded = gpu.allocate(scalar, hidden, n);
            const Array codes = gpu.allocate(Scalar::U8, hidden, n), loss = gpu.allocate(Scalar::F64, hidden, 1);
            const Array start = scalar == Scalar::F64 ? gpu.upload(MatrixD(weights.cast<double>())) : gpu.upload(weights);
            gpu.fillZero(loss);
            row(gpu, name("walkColumns 4096 x", n).c_str(), 1e-12 * d(hidden) * d(n) * d(n), "TFLOP/s",
                [&] {
                    gpu.copy(w, start);
                    gpu.walkColumns(w, sum, coding, 0, n, coded, codes, loss, progress);
                }, 3);
            const Array lower = gpu.allocate(scalar, n, n);
            gpu.copy(lower, kept);
            gpu.cholesky(lower, progress);
            row(gpu, name("solveRight 4096 x", n).c_str(), 2e-12 * d(hidden) * d(n) * d(n), "TFLOP/s",
                [&] { gpu.copy(w, start); gpu.solveRight(w, lower); }, 3);
        }
    }
    layer(gpu, weight);
    const Array logits = random(gpu, 256, 32000, 11);
    const std::vector<int> targets(256, 5);
    row(gpu, "score 256 x 32000", 4e-9 * 256 * 32000, "GB/s", [&] { gpu.score(logits, targets, logits); });
    const Matrix host = noise(hidden, hidden, 12);
    const Array there = gpu.allocate(Scalar::F32, hidden, hidden);
    row(gpu, "upload", 4e-9 * d(hidden * hidden), "GB/s", [&] { gpu.upload(there, host.data()); });
    Matrix back(hidden, hidden);
    row(gpu, "download", 4e-9 * d(hidden * hidden), "GB/s", [&] { gpu.download(back.data(), there); });
}

} // namespace

int main(int argc, char** argv)
{
    const int device = argc > 1 ? std::atoi(argv[1]) : 0;
    g_filter = argc > 2 ? QString::fromUtf8(argv[2]) : QString();
    const Index size = qEnvironmentVariableIsSet("HALFTONE_BENCH_SMALL") ? 512 : 4096;
    for (const VulkanDeviceInfo& d : vulkanDevices())
        std::printf("vulkan:%d %s, %s, %.1f GB, matrix units %d\n", d.number, qPrintable(d.name),
                    qPrintable(d.driver), static_cast<double>(d.memoryBytes) * 1e-9, static_cast<int>(d.matrixUnits));
    VulkanOptions options;
    products(device, "product fp32, depth 8", options, size);
    options.wideDepth = 16;
    products(device, "product fp32, depth 16", options, size);
    options.halves = true;
    for (const HalvesTile& tile : {HalvesTile{128, 128, 32, 64, 64, 1}, HalvesTile{256, 128, 32, 64, 64, 1},
                                   HalvesTile{128, 256, 32, 64, 64, 1}, HalvesTile{128, 128, 64, 64, 64, 1}}) {
        options.halvesTile = tile;
        products(device,
                 qPrintable(QStringLiteral("product fp16 %1x%2x%3 by %4x%5 (%6)").arg(tile.rows).arg(tile.columns)
                                .arg(tile.depth).arg(tile.partRows).arg(tile.partColumns).arg(tile.stages)), options, size);
    }
    VulkanOptions plain;
    plain.halves = qEnvironmentVariableIsSet("HALFTONE_BENCH_HALVES");
    const auto gpu = makeVulkanBackend(device, plain);
    verbs(*gpu, size, size == 4096 ? 11008 : 1376, size / 2);
    return 0;
}
