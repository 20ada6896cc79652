// SPDX-License-Identifier: GPL-3.0-or-later
#include "pipeline/estimate.h"

#include "app/backends.h"
#include "app/cli/recipe_flags.h"
#include "app/cli/verbs.h"
#include "base/error.h"

namespace halftone::cli {

Verb addEstimate(CLI::App& parent)
{
    const auto flags = std::make_shared<RecipeFlags>();
    CLI::App* app = parent.add_subcommand(
        "estimate", "Size, memory and time of a run, without running it (takes a second or two)");
    flags->addTo(*app);
    return {app, [flags](Terminal& terminal) {
                const Recipe recipe = flags->recipe();
                const auto backend = makeBackend(recipe.backend, recipe.gpuPrecision == QLatin1String("auto"));
                const Estimate e = estimateRun(recipe, *backend, terminal.progress);
                nlohmann::json out{
                    {"bits_per_weight", {{"nominal", e.nominalBits}, {"disk", e.diskBits}}},
                    {"bytes", {{"original", e.originalBytes}, {"packed", e.packedBytes}}},
                    {"memory_bytes", e.memoryBytes},
                    {"seconds", e.seconds},
                    {"warnings", nlohmann::json::array()}};
                for (const QString& warning : e.warnings)
                    out["warnings"].push_back(warning.toStdString());
                const auto megabytes = [](std::int64_t bytes) {
                    return QStringLiteral("%1 MB").arg(static_cast<double>(bytes) / 1e6, 0, 'f', 1);
                };
                QString text =
                    table({{tr("original file"), megabytes(e.originalBytes)},
                           {tr("packed file"), megabytes(e.packedBytes)},
                           {tr("bits per weight, nominal"), QString::number(e.nominalBits, 'f', 3)},
                           {tr("bits per weight, on disk"), QString::number(e.diskBits, 'f', 3)},
                           {tr("memory"), megabytes(e.memoryBytes)},
                           {tr("time"), tr("%1 s").arg(e.seconds, 0, 'f', 0)}});
                for (const QString& warning : e.warnings)
                    text += QLatin1Char('\n') + warning;
                terminal.print(out, text);
            }};
}

} // namespace halftone::cli
