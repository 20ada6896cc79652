// SPDX-License-Identifier: GPL-3.0-or-later
// bench_vulkan [device number] [part of a row's name] [fp32=TFLOP/s] [fp16=TFLOP/s] [fp64=TFLOP/s] [bytes=GB/s]: each verb
// on a Vulkan device at the shapes of a 7B model, as rows of a table: rate, its share of what the card can do (as said in
// the arguments: cuBLAS' largest products, the datasheet's bandwidth), and the longest dispatch, which must stay under
// some 50 ms for a desktop's sake. Attention counts the half that causality leaves, Gram matrices the half of symmetry.
// With HALFTONE_BENCH_HALVES products with activations take fp16 factors.
#include "compute/parity_quantize.h"
#include "gpu/vulkan_backend.h"

#include <QString>
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <map>

using namespace halftone;
using namespace halftone::parity;

namespace {

QString g_filter;
std::map<QString, double> g_peaks; // by the names of the arguments
bool g_timed = false;              // each dispatch by itself
double g_longest = 0;

// Which of the card's rates a row is a share of.
enum class Peak { Fp32, Fp16, Fp64, Bytes };

QString shareOf(double rate, Peak peak)
{
    const char* names[] = {"fp32", "fp16", "fp64", "bytes"};
    const auto known = g_peaks.find(QLatin1String(names[static_cast<int>(peak)]));
    return known == g_peaks.end() ? QStringLiteral("-") : QStringLiteral("%1 %").arg(100 * rate / known->second, 0, 'f', 0);
}

VulkanOptions timedOptions()
{
    VulkanOptions options;
    options.isTimed = [] { return g_timed; };
    options.onDispatch = [](const char*, double seconds) { g_longest = std::max(g_longest, seconds); };
    return options;
}

// Many repeats of a small sample are as good as noise and much faster to make.
Matrix noise(Index rows, Index columns, unsigned seed)
{
    const Matrix sample = randomMatrix(1, 99991, seed);
    Matrix m(rows, columns);
    for (Index i = 0; i < m.size(); ++i)
        m.data()[i] = sample.data()[i % sample.size()];
    return m;
}

// As many runs between two waits for the device as take a fifth of a second, `most` at most; the best of several times.
double secondsOf(ComputeBackend& gpu, const std::function<void()>& work, int most = 20)
{
    using Clock = std::chrono::steady_clock;
    const auto measure = [&](int runs) {
        const auto begin = Clock::now();
        for (int i = 0; i < runs; ++i)
            work();
        gpu.finish();
        return std::chrono::duration<double>(Clock::now() - begin).count() / runs;
    };
    measure(1);
    double best = measure(1);
    const int runs = std::clamp(static_cast<int>(0.2 / best), 1, most);
    for (int round = 0; round < (runs == most ? 5 : 2); ++round)
        best = std::min(best, measure(runs));
    return best;
}

// `work` in TFLOP or GB, as `peak` is.
void row(ComputeBackend& gpu, const char* name, double work, Peak peak, const std::function<void()>& run, int most = 20)
{
    if (!QString::fromUtf8(name).contains(g_filter))
        return;
    try {
        const double seconds = secondsOf(gpu, run, most);
        g_timed = true;
        g_longest = 0;
        run();
        gpu.finish();
        g_timed = false;
        std::printf("| %-48s | %10.3f ms | %9.4g %-7s | %5s | %8.3f ms |\n", name, seconds * 1e3, work / seconds,
                    peak == Peak::Bytes ? "GB/s" : "TFLOP/s", qPrintable(shareOf(work / seconds, peak)), g_longest * 1e3);
    } catch (const std::exception& e) {
        g_timed = false;
        std::printf("| %-48s | failed: %s\n", name, e.what());
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
        row(*gpu, name, 2e-12 * std::pow(static_cast<double>(size), 3), options.halves ? Peak::Fp16 : Peak::Fp32,
            [&] { gpu->project(c, a, b); });
        // A few rows against the definition.
        const Matrix left = gpu->downloadMatrix(a.rowRange(size / 2 - 1, 3)), right = gpu->downloadMatrix(b);
        const MatrixD want = left.cast<double>() * right.cast<double>().transpose();
        std::fprintf(stderr, "largest deviation %.2e of the largest value\n",
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
    row(gpu, "markSalient", 5 * giga, Peak::Bytes, [&] { gpu.markSalient(marks, weights, saliency, 0.1, 0); });
    row(gpu, "groupStatistics", 5 * giga, Peak::Bytes, [&] { gpu.groupStatistics(weights, marks, {0, true, 0}); });
    row(gpu, "groupStatistics, groups of 128", 5 * giga, Peak::Bytes,
        [&] { gpu.groupStatistics(weights, marks, {0, true, 128}); });
    const Coding coding = makeCoding(noise(rows, columns, 14), Classes::One, 0);
    row(gpu, "decodeCodes", 5 * giga, Peak::Bytes, [&] { gpu.decodeCodes(values, marks, coding, {}); });
    row(gpu, "rowEnergies without Hessian", 4 * giga, Peak::Bytes, [&] { gpu.rowEnergies(weights, {}); });
    const Array wide = gpu.allocate(Scalar::F64, rows, columns);
    row(gpu, "convert", 12 * giga, Peak::Bytes, [&] { gpu.convert(wide, weights); });
}

void verbs(ComputeBackend& gpu, bool halves, Index hidden, Index wide, Index tokens)
{
    Progress progress;
    const Peak activations = halves ? Peak::Fp16 : Peak::Fp32;
    const auto d = [](Index i) { return static_cast<double>(i); };
    const Array x = random(gpu, tokens, hidden, 3), y = random(gpu, tokens, hidden, 4);
    const Array out = gpu.allocate(Scalar::F32, tokens, hidden);
    const double gigabytes = 4e-9 * d(tokens * hidden);
    row(gpu, "copy", 2 * gigabytes, Peak::Bytes, [&] { gpu.copy(out, x); });
    row(gpu, "add", 3 * gigabytes, Peak::Bytes, [&] { gpu.add(out, x); });
    row(gpu, "rmsNorm", 2 * gigabytes, Peak::Bytes,
        [&] { gpu.rmsNorm(out, x, gpu.upload(Matrix(Matrix::Ones(1, hidden))), 1e-5f); });
    row(gpu, "swiGlu", 3 * gigabytes, Peak::Bytes, [&] { gpu.swiGlu(out, x); });
    const Array cosine = random(gpu, tokens, 64, 5), sine = random(gpu, tokens, 64, 6);
    row(gpu, "rotary", 2 * gigabytes, Peak::Bytes, [&] { gpu.rotary(out, 128, cosine, sine, RotaryStyle::Halves); });
    const AttentionShape shape{hidden / 128, hidden / 128, 128, 0.088f, 0, 0};
    row(gpu, "attention (half counted)", 2e-12 * d(tokens * tokens * hidden), activations,
        [&] { gpu.attention(out, x, y, x, shape); });
    const Array weight = random(gpu, wide, hidden, 7), up = gpu.allocate(Scalar::F32, tokens, wide);
    row(gpu, "project t x wide", 2e-12 * d(tokens * hidden * wide), activations,
        [&] { gpu.project(up, x, weight); });
    for (Scalar scalar : {Scalar::F32, Scalar::F64}) {
        const Peak own = scalar == Scalar::F64 ? Peak::Fp64 : Peak::Fp32;
        const QString suffix = scalar == Scalar::F64 ? QStringLiteral(" F64") : QStringLiteral(" F32");
        const auto name = [&](const char* verb, Index n) {
            return QStringLiteral("%1 %2%3").arg(QLatin1String(verb)).arg(n).arg(suffix).toStdString();
        };
        for (Index n : {hidden, wide}) {
            const Array sum = gpu.allocate(scalar, n, n);
            gpu.fillZero(sum);
            const Array in = n == hidden ? x : random(gpu, tokens, wide, 8);
            gpu.addGram(sum, in);
            row(gpu, name("addGram (half counted)", n).c_str(), 1e-12 * d(tokens * n * n), halves ? Peak::Fp16 : own,
                [&] { gpu.addGram(sum, in); });
            // Something positive definite to factor: the identity and a little.
            Matrix identity = 0.01f * randomMatrix(1, n, 9).transpose() * randomMatrix(1, n, 9);
            identity.diagonal().array() += 1.0f;
            const Array kept = scalar == Scalar::F64 ? gpu.upload(MatrixD(identity.cast<double>())) : gpu.upload(identity);
            row(gpu, name("cholesky", n).c_str(), 1e-12 / 3 * d(n) * d(n) * d(n), own,
                [&] { gpu.copy(sum, kept); gpu.cholesky(sum, progress); }, 3);
            row(gpu, name("inverseUpperFactor", n).c_str(), 2e-12 / 3 * d(n) * d(n) * d(n), own,
                [&] { gpu.copy(sum, kept); gpu.inverseUpperFactor(sum, progress); }, 3);
            const Matrix weights = noise(hidden, n, 10);
            const Coding coding = makeCoding(weights, Classes::PerWeight, 0);
            const Array w = gpu.allocate(scalar, hidden, n), coded = gpu.allocate(scalar, hidden, n);
            const Array codes = gpu.allocate(Scalar::U8, hidden, n), loss = gpu.allocate(Scalar::F64, hidden, 1);
            const Array start = scalar == Scalar::F64 ? gpu.upload(MatrixD(weights.cast<double>())) : gpu.upload(weights);
            gpu.fillZero(loss);
            row(gpu, name("walkColumns 4096 x", n).c_str(), 1e-12 * d(hidden) * d(n) * d(n), own,
                [&] {
                    gpu.copy(w, start);
                    gpu.walkColumns(w, sum, coding, 0, n, coded, codes, loss, progress);
                }, 3);
            const Array lower = gpu.allocate(scalar, n, n);
            gpu.copy(lower, kept);
            gpu.cholesky(lower, progress);
            row(gpu, name("solveRight 4096 x", n).c_str(), 2e-12 * d(hidden) * d(n) * d(n), own,
                [&] { gpu.copy(w, start); gpu.solveRight(w, lower); }, 3);
        }
    }
    layer(gpu, weight);
    const Array logits = random(gpu, 256, 32000, 11);
    const std::vector<int> targets(256, 5);
    row(gpu, "score 256 x 32000", 4e-9 * 256 * 32000, Peak::Bytes, [&] { gpu.score(logits, targets, logits); });
    const Matrix host = noise(hidden, hidden, 12);
    const Array there = gpu.allocate(Scalar::F32, hidden, hidden);
    row(gpu, "upload", 4e-9 * d(hidden * hidden), Peak::Bytes, [&] { gpu.upload(there, host.data()); });
    Matrix back(hidden, hidden);
    row(gpu, "download", 4e-9 * d(hidden * hidden), Peak::Bytes, [&] { gpu.download(back.data(), there); });
}

} // namespace

int main(int argc, char** argv)
{
    int device = 0;
    for (int i = 1; i < argc; ++i) {
        const QString argument = QString::fromUtf8(argv[i]);
        const qsizetype sign = argument.indexOf(u'=');
        bool isNumber = false;
        const int number = argument.toInt(&isNumber);
        if (sign > 0)
            g_peaks[argument.left(sign)] = argument.mid(sign + 1).toDouble();
        else if (isNumber)
            device = number;
        else
            g_filter = argument;
    }
    const Index size = qEnvironmentVariableIsSet("HALFTONE_BENCH_SMALL") ? 512 : 4096;
    for (const VulkanDeviceInfo& d : vulkanDevices())
        std::printf("vulkan:%d %s, %s, %.1f GB, matrix units %d\n", d.number, qPrintable(d.name),
                    qPrintable(d.driver), static_cast<double>(d.memoryBytes) * 1e-9, static_cast<int>(d.matrixUnits));
    std::printf("| verb | time | rate | share | longest dispatch |\n| --- | --- | --- | --- | --- |\n");
    VulkanOptions options = timedOptions();
    products(device, "product in fp32", options, size);
    options.halves = true;
    products(device, "product with fp16 factors", options, size);
    VulkanOptions plain = timedOptions();
    plain.halves = qEnvironmentVariableIsSet("HALFTONE_BENCH_HALVES");
    const auto gpu = makeVulkanBackend(device, plain);
    verbs(*gpu, plain.halves, size, size == 4096 ? 11008 : 1376, size / 2);
    return 0;
}
