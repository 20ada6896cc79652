// SPDX-License-Identifier: GPL-3.0-or-later
// What each method takes for one random matrix with its Hessian, factoring included, against PB-LLM:
//   bench_methods [ROWS COLUMNS [METHOD...]]    default 1024 1024 and all methods
// A name of a preset stands for its method with rotation and refinement (drift and packing are not timed).
#include "base/error.h"
#include "compute/cpu_backend.h"
#include "pipeline/presets.h"
#include "quantize/quantize_matrix.h"
#include "quantize/quantizers.h"

#include <QStringList>
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <ctime>
#include <random>

using namespace halftone;

namespace {

struct Seconds
{
    double clock = 0, processor = 0;
};

Seconds timed(const Recipe& recipe, const Matrix& weights, const MatrixD& hessian, ComputeBackend& backend)
{
    Progress progress;
    const Treatment treatment = recipe.treatmentFor(0);
    const MatrixD turned = rotatedBothSides(treatment.rotation, hessian);
    const QString name = QStringLiteral("model.layers.0.mlp.up_proj.weight");
    const auto begin = std::chrono::steady_clock::now();
    const std::clock_t before = std::clock();
    quantizeMatrix(quantizer(recipe.method), recipe.settingsFor(name), {name, weights, &turned, nullptr, treatment},
                   backend, progress);
    const std::clock_t after = std::clock();
    const std::chrono::duration<double> clock = std::chrono::steady_clock::now() - begin;
    return {clock.count(), static_cast<double>(after - before) / CLOCKS_PER_SEC};
}

} // namespace

int main(int argc, char** argv)
{
    try {
        const Index rows = argc > 2 ? std::atol(argv[1]) : 1024, columns = argc > 2 ? std::atol(argv[2]) : 1024;
        if (argc == 2 || rows < 1 || columns < 1)
            throw Error(QStringLiteral("usage: bench_methods [ROWS COLUMNS [METHOD...]]"));
        QStringList names;
        for (int i = 3; i < argc; ++i)
            names << QString::fromLocal8Bit(argv[i]);
        if (names.isEmpty()) {
            for (const Quantizer* q : quantizers())
                names << q->id();
            for (const Preset& preset : presets())
                names << QLatin1String(preset.id);
        }
        std::mt19937 random(1);
        std::normal_distribution<float> normal;
        const auto backend = makeCpuBackend();
        const Matrix weights = Matrix::NullaryExpr(rows, columns, [&](Index) { return 0.05f * normal(random); });
        const Matrix x = Matrix::NullaryExpr(columns, 2 * columns, [&](Index) { return normal(random); });
        const Array gram = backend->allocate(Scalar::F32, columns, columns);
        backend->multiplyTransposed(gram, backend->upload(x), backend->upload(x));
        const MatrixD hessian = backend->downloadMatrix(gram).cast<double>();
        std::printf("%-16s %12s %12s   of pb-llm (%lld x %lld, seconds)\n", "method", "by the clock", "of processor",
                    static_cast<long long>(rows), static_cast<long long>(columns));
        const Seconds first = timed(Recipe(), weights, hessian, *backend);
        for (const QString& name : names) {
            Recipe recipe;
            const bool isPreset = std::ranges::any_of(presets(), [&](const Preset& p) { return name == QLatin1String(p.id); });
            if (isPreset)
                applyPreset(name, recipe);
            else
                recipe.method = name;
            const Seconds seconds = timed(recipe, weights, hessian, *backend);
            std::printf("%-16s %12.2f %12.2f   %.1f\n", qPrintable(name), seconds.clock, seconds.processor,
                        seconds.processor / first.processor);
            std::fflush(stdout);
        }
        return 0;
    } catch (const Error& error) {
        std::fprintf(stderr, "%s\n", error.what());
        return 1;
    }
}
