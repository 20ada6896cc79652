// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/backends.h"
#include "app/cli/recipe_flags.h"
#include "app/cli/verbs.h"
#include "base/error.h"
#include "pipeline/allocate_bits.h"
#include "pipeline/estimate.h"
#include "pipeline/run.h"

namespace halftone::cli {

namespace {

using nlohmann::json;

QString megabytes(std::int64_t bytes)
{
    return QStringLiteral("%1 MB").arg(static_cast<double>(bytes) / 1e6, 0, 'f', 1);
}

json resultJson(const RunResult& result)
{
    const SizeReport& s = result.report.size;
    json out{{"folder", result.folder.toStdString()},
             {"bits_per_weight", {{"nominal", s.nominalBits}, {"disk", s.diskBits}}},
             {"bytes",
              {{"original", s.originalFile},
               {"packed", s.packedFile},
               {"linear", s.linearPacked},
               {"embedding", s.embeddingPacked},
               {"head", s.headPacked},
               {"other", s.otherPacked}}},
             {"resumed", result.resumed},
             {"seconds", result.times.total},
             {"notes", json::array()}};
    for (const QString& note : result.report.notes)
        out["notes"].push_back(note.toStdString());
    if (const auto& e = result.report.evaluation) {
        out["perplexity"] = {{"packed", e->perplexity.value},
                             {"packed_error", e->perplexity.standardError}};
        if (e->referencePerplexity)
            out["perplexity"]["original"] = e->referencePerplexity->value;
        if (e->divergence)
            out["divergence"] = {{"mean", e->divergence->mean},
                                 {"p99", e->divergence->p99},
                                 {"same_top", e->divergence->sameTop}};
    }
    return out;
}

QString resultText(const RunResult& result)
{
    const SizeReport& s = result.report.size;
    std::vector<std::vector<QString>> rows{{QString(), tr("original"), tr("packed")}};
    rows.push_back({tr("linear layers"), megabytes(s.linearOriginal), megabytes(s.linearPacked)});
    rows.push_back({tr("embedding"), megabytes(s.embeddingOriginal), megabytes(s.embeddingPacked)});
    if (s.headOriginal > 0)
        rows.push_back({tr("head"), megabytes(s.headOriginal), megabytes(s.headPacked)});
    rows.push_back({tr("all files"), megabytes(s.originalFile), megabytes(s.packedFile)});
    const auto bits = [](double b) { return QString::number(b, 'f', 3); };
    rows.push_back({tr("bits per weight, nominal"), QString(), bits(s.nominalBits)});
    rows.push_back({tr("bits per weight, on disk"),
                    bits(8.0 * static_cast<double>(s.linearOriginal) /
                         static_cast<double>(std::max<std::int64_t>(1, s.linearWeights))),
                    bits(s.diskBits)});
    if (const auto& e = result.report.evaluation) {
        const auto real = [](double v) { return QString::number(v, 'f', 3); };
        rows.push_back({tr("perplexity"),
                        e->referencePerplexity ? real(e->referencePerplexity->value) : QString(),
                        real(e->perplexity.value)});
        if (e->divergence) {
            rows.push_back({tr("KL divergence"), QString(), real(e->divergence->mean)});
            rows.push_back({tr("same top token"), QString(),
                            QStringLiteral("%1 %").arg(100 * e->divergence->sameTop, 0, 'f', 1)});
        }
    }
    QString out = table(rows);
    for (const QString& note : result.report.notes)
        out += QLatin1Char('\n') + note;
    return out + tr("\n%1 s; the model and its report are in %2")
                     .arg(result.times.total, 0, 'f', 1)
                     .arg(result.folder);
}

} // namespace

Verb addQuantize(CLI::App& parent)
{
    struct Flags : RecipeFlags
    {
        std::string out;
        bool restart = false;
        std::optional<double> budgetBits, budgetMegabytes;
        double budgetReach = 0.2;
    };
    const auto flags = std::make_shared<Flags>();
    CLI::App* app = parent.add_subcommand(
        "quantize", "Compress a model into a packed folder; goes on with an interrupted run");
    flags->addTo(*app);
    app->add_option("--out", flags->out, "Folder for the result; must not exist yet")->required();
    app->add_flag("--restart", flags->restart, "Throw away an unfinished run in that folder");
    auto* bits = app->add_option("--budget-bits", flags->budgetBits,
                                 "Bits on disk for each weight on average, spent where the model feels them");
    app->add_option("--budget-mb", flags->budgetMegabytes, "The same as the size of the result in MB")
        ->excludes(bits);
    app->add_option("--budget-reach", flags->budgetReach,
                    "How many bits a layer may get above or below that (default 0.2)")
        ->check(CLI::Range(0.0, 4.0));
    return {app, [flags](Terminal& terminal) {
                Recipe recipe = flags->recipe();
                const QString out = QString::fromStdString(flags->out);
                const QString begun = flags->restart ? QString() : backendOfUnfinishedRun(out);
                const bool keep = recipe.backend == QLatin1String("auto") && !begun.isEmpty();
                const auto backend = makeBackend(keep ? begun : recipe.backend,
                                                 recipe.gpuPrecision == QLatin1String("auto"));
                if (flags->budgetMegabytes)
                    flags->budgetBits =
                        bitsForMegabytes(recipe, *flags->budgetMegabytes, *backend, terminal.progress);
                if (flags->budgetBits)
                    recipe = withBudget(recipe, *flags->budgetBits, *backend, terminal.progress,
                                        flags->budgetReach);
                const Estimate estimate = estimateRun(recipe, *backend, terminal.progress);
                RunOptions options;
                options.restart = flags->restart;
                options.onStart = [&] {
                    for (const QString& warning : estimate.warnings)
                        terminal.note(warning);
                };
                const RunResult result =
                    runPipeline(recipe, out, *backend, terminal.progress, options);
                terminal.print(resultJson(result), resultText(result));
            },
            true};
}

} // namespace halftone::cli
