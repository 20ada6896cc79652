// SPDX-License-Identifier: GPL-3.0-or-later
#include "pipeline/sweep.h"

#include "app/backends.h"
#include "app/cli/recipe_flags.h"
#include "app/cli/verbs.h"
#include "base/error.h"
#include "pipeline/repeats.h"
#include "quantize/quantizers.h"

namespace halftone::cli {

namespace {

using nlohmann::json;

struct Flags : RecipeFlags
{
    std::vector<double> ratios;
    std::vector<std::string> methods;
    std::vector<int> seeds;
    std::string out;
};

// A recipe once for each seed that calibration windows are drawn by.
void addRepeats(std::vector<std::pair<QString, Recipe>>& out, const Flags& flags, const QString& label, Recipe recipe)
{
    if (flags.seeds.empty()) {
        recipe.check();
        out.emplace_back(label, recipe);
    }
    for (const int seed : flags.seeds) {
        recipe.calibration.seed = seed;
        recipe.check();
        out.emplace_back(QStringLiteral("%1 seed %2").arg(label).arg(seed), recipe);
    }
}

// Each method with each ratio; methods without salient weights once.
std::vector<std::pair<QString, Recipe>> recipesOf(const Flags& flags)
{
    const Recipe base = flags.recipe();
    std::vector<std::string> methods = flags.methods;
    if (methods.empty())
        methods.push_back(base.method.toStdString());
    std::vector<std::pair<QString, Recipe>> out;
    for (const std::string& id : methods) {
        Recipe r = base;
        if (r.method.toStdString() != id) {
            r.method = QString::fromStdString(id);
            r.settings = json::object();
            r.overrides.clear();
        }
        const auto parameters = quantizer(r.method).parameters();
        const bool hasRatio = std::any_of(parameters.begin(), parameters.end(), [](const Parameter& p) {
            return p.id == QLatin1String("salient_ratio");
        });
        if (!hasRatio || flags.ratios.empty()) {
            addRepeats(out, flags, r.method, r);
            continue;
        }
        for (double ratio : flags.ratios) {
            r.settings["salient_ratio"] = ratio;
            addRepeats(out, flags, QStringLiteral("%1 %2").arg(r.method).arg(ratio), r);
        }
    }
    return out;
}

json rowJson(const SweepRow& row)
{
    json out{{"label", row.label.toStdString()},
             {"bits_per_weight",
              {{"nominal", row.report.size.nominalBits}, {"disk", row.report.size.diskBits}}},
             {"bytes", {{"original", row.report.size.originalFile}, {"packed", row.report.size.packedFile}}},
             {"seconds", row.times.total}};
    if (const auto& e = row.report.evaluation) {
        out["perplexity"] = e->perplexity.value;
        out["perplexity_error"] = e->perplexity.standardError;
        if (e->referencePerplexity)
            out["original_perplexity"] = e->referencePerplexity->value;
        if (e->divergence)
            out["divergence"] = {{"mean", e->divergence->mean},
                                 {"p99", e->divergence->p99},
                                 {"same_top", e->divergence->sameTop}};
    }
    return out;
}

std::vector<QString> rowText(const SweepRow& row)
{
    const SizeReport& s = row.report.size;
    const auto real = [](double v, int decimals) { return QString::number(v, 'f', decimals); };
    std::vector<QString> out{row.label, real(s.nominalBits, 3), real(s.diskBits, 3),
                             real(static_cast<double>(s.packedFile) / 1e6, 1)};
    const auto& e = row.report.evaluation;
    out.push_back(e ? real(e->perplexity.value, 2) : QString());
    out.push_back(e && e->divergence ? real(e->divergence->mean, 3) : QString());
    out.push_back(e && e->divergence ? real(100 * e->divergence->sameTop, 1) : QString());
    out.push_back(real(row.times.total, 1));
    return out;
}

// One line for runs that differ in their seed alone: mean and standard deviation between them.
void addSpread(const std::vector<SweepRow>& rows, const Flags& flags, json& list, std::vector<std::vector<QString>>& lines)
{
    for (std::size_t first = 0; flags.seeds.size() > 1 && first < rows.size(); first += flags.seeds.size()) {
        std::vector<double> perplexities, divergences;
        for (std::size_t i = first; i < first + flags.seeds.size(); ++i)
            if (const auto& e = rows[i].report.evaluation) {
                perplexities.push_back(e->perplexity.value);
                if (e->divergence)
                    divergences.push_back(e->divergence->mean);
            }
        if (perplexities.size() < 2)
            continue;
        QString label = rows[first].label;
        label.truncate(label.lastIndexOf(QLatin1String(" seed ")));
        const Spread perplexity = spreadOf(perplexities), divergence = spreadOf(divergences);
        const auto shown = [](const Spread& s, int decimals) {
            return s.count < 2 ? QString() : QStringLiteral("%1 ± %2").arg(s.mean, 0, 'f', decimals).arg(s.deviation, 0, 'f', decimals);
        };
        const auto numbers = [](const Spread& s) { return json{{"runs", s.count}, {"mean", s.mean}, {"deviation", s.deviation}}; };
        list.push_back({{"label", label.toStdString()}, {"perplexity", numbers(perplexity)}, {"divergence", numbers(divergence)}});
        lines.push_back({tr("%1: mean ± deviation").arg(label), {}, {}, {}, shown(perplexity, 2), shown(divergence, 3), {}, {}});
    }
}

} // namespace

Verb addSweep(CLI::App& parent)
{
    const auto flags = std::make_shared<Flags>();
    CLI::App* app = parent.add_subcommand(
        "sweep", "Run several salient ratios or methods on one calibration and compare them in a table");
    flags->addTo(*app);
    app->add_option("--ratios", flags->ratios, "Salient ratios, for example 0.05,0.1,0.3")->delimiter(',');
    app->add_option("--methods", flags->methods, "Methods, for example pb-llm,rtn")->delimiter(',');
    app->add_option("--seeds", flags->seeds, "Calibration seeds, for example 0,1,2: each run once for each")->delimiter(',');
    app->add_option("--out", flags->out, "Keep the packed models in this folder (default: throw away)");
    return {app, [flags](Terminal& terminal) {
                const auto recipes = recipesOf(*flags);
                const auto backend = makeBackend(recipes.front().second.backend,
                                                 recipes.front().second.gpuPrecision == QLatin1String("auto"));
                const auto rows = runSweep(recipes, QString::fromStdString(flags->out), *backend,
                                           terminal.progress);
                json list = json::array();
                std::vector<std::vector<QString>> lines{{tr("run"), tr("nominal bits"), tr("disk bits"),
                                                         tr("MB"), tr("perplexity"), tr("KL"),
                                                         tr("same top %"), tr("seconds")}};
                for (const SweepRow& row : rows) {
                    list.push_back(rowJson(row));
                    lines.push_back(rowText(row));
                }
                json repeats = json::array();
                addSpread(rows, *flags, repeats, lines);
                QString text = table(lines);
                if (const auto& e = rows.front().report.evaluation; e && e->referencePerplexity)
                    text += tr("\nThe original has perplexity %1.")
                                .arg(e->referencePerplexity->value, 0, 'f', 2);
                json out{{"rows", list}};
                if (!repeats.empty())
                    out["repeats"] = repeats;
                terminal.print(out, text);
            }};
}

} // namespace halftone::cli
