// SPDX-License-Identifier: GPL-3.0-or-later
// Rate of each verb of the CPU backend and its share of the machine's measured peak: by the clock on
// the wall, all cores together, and by processor time ("busy"), which other programs disturb less.
// bench_compute [part of a verb's name]
#include "machine_peak.h"

#include "base/parallel.h"
#include "compute/cpu_backend.h"

#include <algorithm>
#include <array>
#include <cblas.h>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <functional>
#include <random>
#include <string>
#include <unistd.h>
#include <vector>

using namespace halftone;

namespace {

// Many repeats of a small sample are as good as noise and much faster to make.
Matrix noise(Index rows, Index columns)
{
    std::mt19937 random(static_cast<unsigned>(rows + 31 * columns));
    std::normal_distribution<float> normal;
    std::vector<float> sample(99991);
    for (float& value : sample)
        value = normal(random);
    Matrix m(rows, columns);
    for (Index i = 0; i < m.size(); ++i)
        m.data()[i] = sample[static_cast<std::size_t>(i) % sample.size()];
    return m;
}

double processorSeconds()
{
    timespec now{};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec);
}

class Bench
{
public:
    Bench(std::string filter, bench::MachinePeak peak) : m_filter(std::move(filter)), m_peak(peak) {}

    // `prepare` runs before each measured run and is not counted. work is in operations or bytes.
    enum class Unit { Single, Double, Bytes };
    // The least seconds are returned.
    struct Seconds
    {
        double clock = 0;
        double busy = 0;
    };
    Seconds row(const char* name, Unit unit, double work, const std::function<void()>& run,
                const std::function<void()>& prepare = [] {}) const
    {
        using Clock = std::chrono::steady_clock;
        std::vector<double> seconds;
        double total = 0;
        double busy = HUGE_VAL;
        for (int i = 0; i < 50 && (i < 4 || total < 0.8); ++i) {
            prepare();
            const double busyBegin = processorSeconds();
            const auto begin = Clock::now();
            run();
            seconds.push_back(std::chrono::duration<double>(Clock::now() - begin).count());
            busy = std::min(busy, processorSeconds() - busyBegin);
            total += seconds.back();
        }
        std::sort(seconds.begin(), seconds.end());
        const double best = work / seconds.front();
        const double peak = unit == Unit::Single   ? m_peak.singleFlops
                            : unit == Unit::Double ? m_peak.doubleFlops
                                                   : m_peak.readBytes;
        std::printf("%-46s %9.2f ms %9.2f ms %8.1f %s %6.1f %% %6.1f %%\n", name, seconds.front() * 1e3,
                    seconds[seconds.size() / 2] * 1e3, best * 1e-9,
                    unit == Unit::Bytes ? "GB/s  " : "GFLOPS", 100 * best / peak,
                    100 * work / busy / (peak / threadCount()));
        std::fflush(stdout);
        return {seconds.front(), busy};
    }
    bool wants(const char* verb) const { return std::string(verb).find(m_filter) != std::string::npos; }

private:
    std::string m_filter;
    bench::MachinePeak m_peak;
};

using Unit = Bench::Unit;

void benchTransformer(const Bench& bench, ComputeBackend& cpu)
{
    char name[80];
    if (bench.wants("multiplyTransposed"))
        for (const auto& [t, m, n] : {std::array<Index, 3>{2048, 576, 1536}, {2048, 1536, 576}, {2048, 4096, 4096},
                                      {2048, 576, 49152}, {256, 4096, 4096}, {16, 4096, 4096}}) {
            const Array x = cpu.upload(noise(t, m)), w = cpu.upload(noise(n, m)), out = cpu.allocate(Scalar::F32, t, n);
            std::snprintf(name, sizeof name, "multiplyTransposed %ldx%ld * %ldx%ld^T", long(t), long(m), long(n), long(m));
            bench.row(name, Unit::Single, 2.0 * double(t * m * n), [&] { cpu.multiplyTransposed(out, x, w); });
        }
    if (bench.wants("multiplyTransposed"))
        for (const auto& [m, n] : {std::array<Index, 2>{4096, 11008}, {576, 49152}}) {
            const Array x = cpu.upload(noise(1, m)), w = cpu.upload(noise(n, m)), out = cpu.allocate(Scalar::F32, 1, n);
            std::snprintf(name, sizeof name, "multiplyTransposed 1x%ld * %ldx%ld^T", long(m), long(n), long(m));
            bench.row(name, Unit::Bytes, 4.0 * double(m * n), [&] { cpu.multiplyTransposed(out, x, w); });
        }
    const Array a = cpu.upload(noise(2048, 4096)), b = cpu.upload(noise(2048, 4096));
    const Array row = cpu.upload(noise(1, 4096));
    const double pass = 4.0 * 2048 * 4096;
    if (bench.wants("addBias"))
        bench.row("addBias 2048x4096", Unit::Bytes, 2 * pass, [&] { cpu.addBias(a, row); });
    if (bench.wants("add"))
        bench.row("add 2048x4096", Unit::Bytes, 3 * pass, [&] { cpu.add(a, b); });
    if (bench.wants("rmsNorm"))
        bench.row("rmsNorm 2048x4096", Unit::Bytes, 2 * pass, [&] { cpu.rmsNorm(b, a, row, 1e-5f); });
    if (bench.wants("swiGlu"))
        bench.row("swiGlu 2048x4096", Unit::Bytes, 3 * pass, [&] { cpu.swiGlu(a, b); });
    if (bench.wants("rotary"))
        for (const RotaryStyle style : {RotaryStyle::Neighbours, RotaryStyle::Halves}) {
            const Array c = cpu.upload(noise(2048, 64));
            bench.row(style == RotaryStyle::Halves ? "rotary 2048x4096 halves" : "rotary 2048x4096 neighbours",
                      Unit::Bytes, 2 * pass, [&] { cpu.rotary(a, 128, c, c, style); });
        }
    if (bench.wants("attention"))
        for (const auto& [t, heads, keyHeads, width] :
             {std::array<Index, 4>{2048, 9, 3, 64}, {2048, 32, 32, 128}, {2048, 32, 8, 128}}) {
            const Array q = cpu.upload(noise(t, heads * width)), k = cpu.upload(noise(t, keyHeads * width));
            std::snprintf(name, sizeof name, "attention t=%ld %ld/%ld heads x %ld", long(t), long(heads), long(keyHeads), long(width));
            bench.row(name, Unit::Single, 2.0 * double(t * t * heads * width),
                      [&, shape = AttentionShape{heads, keyHeads, width, 0.05f, 0, 0}] {
                          cpu.attention(q, q, k, k, shape);
                      });
        }
    if (bench.wants("score")) {
        const Array x = cpu.upload(noise(512, 49152)), r = cpu.upload(noise(512, 49152));
        const std::vector<int> targets(512, 17);
        bench.row("score 512x49152", Unit::Bytes, 4.0 * 512 * 49152, [&] { cpu.score(x, targets, {}); });
        bench.row("score 512x49152 with reference", Unit::Bytes, 8.0 * 512 * 49152, [&] { cpu.score(x, targets, r); });
    }
}

void benchCalibration(const Bench& bench, ComputeBackend& cpu)
{
    char name[80];
    for (const Scalar scalar : {Scalar::F64, Scalar::F32}) {
        const char* precision = scalar == Scalar::F64 ? "F64" : "F32";
        const Unit unit = scalar == Scalar::F64 ? Unit::Double : Unit::Single;
        for (const Index m : {576, 1536, 4096}) {
            const Array x = cpu.upload(noise(2048, m)), sum = cpu.allocate(scalar, m, m);
            cpu.fillZero(sum);
            std::snprintf(name, sizeof name, "addGram %s 2048x%ld", precision, long(m));
            if (bench.wants("addGram"))
                bench.row(name, unit, 2048.0 * double(m) * double(m + 1), [&] { cpu.addGram(sum, x); });
            std::snprintf(name, sizeof name, "addCrossGram %s 2048x%ld", precision, long(m));
            if (bench.wants("addCrossGram") && m < 4096)
                bench.row(name, unit, 2 * 2048.0 * double(m) * double(m), [&] { cpu.addCrossGram(sum, x, x); });
        }
    }
}

// How a walk's time compares with that of matrix products of 2 n m^2 operations in this run: in the walk's own
// precision, and in fp32.
void compareWithProduct(const Bench& bench, ComputeBackend& cpu, Index m, Unit unit, const Bench::Seconds& walk)
{
    const Matrix left = noise(m, m), right = noise(m, m);
    const double work = 2.0 * double(m) * double(m) * double(m);
    const auto compare = [&](const char* product, const Bench::Seconds& seconds) {
        std::printf("  walk / %s product (at most 1 is the aim)      %9.2f by the clock, %.2f by processor time\n",
                    product, walk.clock / seconds.clock, walk.busy / seconds.busy);
    };
    if (unit == Unit::Double) {
        using Doubles = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
        const Doubles x = left.cast<double>(), w = right.cast<double>();
        Doubles out(m, m);
        const Index tile = 256; // rows of a core at a time, as the backend cuts
        const int n = int(m);
        const auto rowsOf = [&](std::int64_t t) {
            cblas_dgemm(CblasRowMajor, CblasNoTrans, CblasTrans, int(tile), n, n, 1, x.data() + t * tile * m, n,
                        w.data(), n, 0, out.data() + t * tile * m, n);
        };
        compare("fp64", bench.row("  the fp64 product of 2 n m^2 FLOP beside it", unit, work,
                                  [&] { parallelFor(m / tile, rowsOf); }));
    }
    const Array x = cpu.upload(left), w = cpu.upload(right), out = cpu.allocate(Scalar::F32, m, m);
    compare("fp32", bench.row("  the fp32 product of 2 n m^2 FLOP beside it", Unit::Single, work,
                              [&] { cpu.multiplyTransposed(out, x, w); }));
}

void benchQuantization(const Bench& bench, ComputeBackend& cpu)
{
    char name[80];
    Progress progress;
    for (const Scalar scalar : {Scalar::F64, Scalar::F32}) {
        const char* precision = scalar == Scalar::F64 ? "F64" : "F32";
        const Unit unit = scalar == Scalar::F64 ? Unit::Double : Unit::Single;
        for (const Index m : {576, 1536, 4096}) {
            const Matrix w = noise(m == 576 ? 1536 : m, m);
            const auto upload = [&](const Matrix& from) {
                return scalar == Scalar::F64 ? cpu.upload(MatrixD(from.cast<double>())) : cpu.upload(from);
            };
            Matrix h = 0.5f * Matrix::Identity(m, m);
            const Array gram = cpu.upload(h);
            cpu.addGram(gram, cpu.upload(Matrix(noise(2 * m, m) / std::sqrt(2.0f * float(m)))));
            const Array hessian = upload(cpu.downloadMatrix(gram));
            const Array a = cpu.allocate(scalar, m, m);
            const double cube = double(m) * double(m) * double(m);
            const auto again = [&] { cpu.copy(a, hessian); };
            std::snprintf(name, sizeof name, "inverseUpperFactor %s %ld", precision, long(m));
            if (bench.wants("inverseUpperFactor"))
                bench.row(name, unit, cube * 2 / 3, [&] { cpu.inverseUpperFactor(a, progress); }, again);
            std::snprintf(name, sizeof name, "cholesky %s %ld", precision, long(m));
            if (bench.wants("cholesky") || bench.wants("solveRight"))
                bench.row(name, unit, cube / 3, [&] { cpu.cholesky(a, progress); }, again);
            const Array running = upload(w), original = upload(w);
            std::snprintf(name, sizeof name, "solveRight %s %ldx%ld", precision, long(w.rows()), long(m));
            if (bench.wants("solveRight"))
                bench.row(name, unit, 2.0 * double(w.rows()) * double(m) * double(m), [&] { cpu.solveRight(running, a); },
                          [&] { cpu.copy(running, original); });
            if (!bench.wants("walkColumns"))
                continue;
            again();
            cpu.inverseUpperFactor(a, progress);
            Grid binary;
            binary.scale = Matrix::Constant(w.rows(), 1, 1.5f);
            binary.offset = Matrix::Constant(w.rows(), 1, -0.75f);
            Grid salient = binary;
            salient.count = 256;
            salient.scale.setConstant(0.03f);
            salient.offset.setConstant(-4.0f);
            Coding coding{w.rows(), m, {binary}, {}};
            const Array coded = cpu.allocate(scalar, w.rows(), m), codes = cpu.allocate(Scalar::U8, w.rows(), m);
            const Array loss = cpu.allocate(Scalar::F64, w.rows(), 1);
            cpu.fillZero(loss);
            const auto walk = [&] { cpu.walkColumns(running, a, coding, 0, m, coded, codes, loss, progress); };
            const auto restart = [&] { cpu.copy(running, original); };
            const double work = double(w.rows()) * double(m) * double(m);
            std::snprintf(name, sizeof name, "walkColumns %s %ldx%ld binary", precision, long(w.rows()), long(m));
            bench.row(name, unit, work, walk, restart);
            coding.grids.push_back(salient);
            coding.classes.resize(w.rows(), m);
            for (Index i = 0; i < w.size(); ++i)
                coding.classes.data()[i] = std::abs(w.data()[i]) > 1.65f;
            std::snprintf(name, sizeof name, "walkColumns %s %ldx%ld binary + salient", precision, long(w.rows()), long(m));
            const Bench::Seconds mixed = bench.row(name, unit, work, walk, restart);
            if (m == 4096)
                compareWithProduct(bench, cpu, m, unit, mixed);
        }
    }
}

} // namespace

int main(int argc, char** argv)
{
    if (const char* forced = std::getenv("OPENBLAS_CORETYPE")) {
        std::printf("OPENBLAS_CORETYPE=%s was set; starting again without it.\n", forced);
        std::fflush(stdout);
        unsetenv("OPENBLAS_CORETYPE");
        execv("/proc/self/exe", argv);
        return 1;
    }
    const auto cpu = makeCpuBackend();
    std::printf("%s, %d threads; OpenBLAS %s (%s)\n", cpu->deviceName().toUtf8().constData(), threadCount(),
                openblas_get_corename(), openblas_get_config());
    const bench::MachinePeak one = bench::measurePeak(1);
    const bench::MachinePeak all = threadCount() == 1 ? one : bench::measurePeak(threadCount());
    for (const auto& [label, peak] : {std::pair{"one core", one}, std::pair{"all cores", all}})
        std::printf("%-10s %s: fp32 %.1f GFLOPS, fp64 %.1f GFLOPS, memory read %.1f GB/s, copy %.1f GB/s\n", label,
                    peak.instructions, peak.singleFlops * 1e-9, peak.doubleFlops * 1e-9, peak.readBytes * 1e-9,
                    peak.copyBytes * 1e-9);
    std::printf("\n%-46s %12s %12s %15s %8s %8s\n", "verb", "best", "median", "best", "of peak", "busy");
    const Bench bench(argc > 1 ? argv[1] : "", all);
    benchTransformer(bench, *cpu);
    benchCalibration(bench, *cpu);
    benchQuantization(bench, *cpu);
    return 0;
}
