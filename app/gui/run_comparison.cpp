// SPDX-License-Identifier: GPL-3.0-or-later
#include "run_comparison.h"

#include "base/error.h"
#include "pipeline/repeats.h"
#include "published_figures.h"
#include "quantize/quantizers.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>

namespace halftone {

using nlohmann::json;

namespace {

ChartSeries& seriesNamed(std::vector<ChartSeries>& all, const QString& name, ChartSeries::Mark mark)
{
    const auto found = std::find_if(all.begin(), all.end(), [&](const ChartSeries& s) { return s.name == name; });
    if (found != all.end())
        return *found;
    all.push_back({name, {}, false, mark, -1});
    return all.back();
}

// "settings.salient_ratio": 0.1, every default filled in.
void flatten(const json& value, const QString& path, std::map<QString, QString>& out)
{
    if (value.is_object() && !value.empty()) {
        for (const auto& item : value.items())
            flatten(item.value(), (path.isEmpty() ? QString() : path + QLatin1Char('.')) + QString::fromStdString(item.key()), out);
        return;
    }
    out[path] = value.is_string() ? QString::fromStdString(value.get<std::string>())
                                  : QString::fromStdString(value.dump(-1, ' ', false, json::error_handler_t::replace));
}

std::map<QString, QString> choices(const RunRecord& run)
{
    json recipe = run.report.recipe;
    try {
        const Quantizer& method = quantizer(QString::fromStdString(recipe.at("method").get<std::string>()));
        recipe["settings"] = completeSettings(method, recipe.at("settings"));
    } catch (const std::exception&) {
        // A recipe of another version is shown as it was written.
    }
    std::map<QString, QString> out;
    flatten(recipe, {}, out);
    return out;
}

} // namespace

std::vector<Runs> repeatsIn(const Runs& runs)
{
    std::vector<std::pair<json, Runs>> groups;
    for (const auto& run : runs) {
        const json common = withoutSeed(run->report.recipe);
        const auto known = std::find_if(groups.begin(), groups.end(), [&](const auto& group) {
            return common == group.first &&
                   std::none_of(group.second.begin(), group.second.end(),
                                [&](const auto& other) { return other->report.recipe == run->report.recipe; });
        });
        if (known == groups.end())
            groups.push_back({common, {run}});
        else
            known->second.push_back(run);
    }
    std::vector<Runs> out;
    for (auto& group : groups)
        out.push_back(std::move(group.second));
    return out;
}

namespace {

// Of those that have the figure: their one point, or their mean.
std::optional<ChartPoint> pointOf(const Runs& repeats, bool bits, bool perplexity)
{
    std::vector<double> sizes, qualities;
    ChartPoint point;
    for (const auto& run : repeats) {
        const auto& e = run->report.evaluation;
        if (!e || (!perplexity && !e->divergence))
            continue;
        if (sizes.empty())
            point = {0, 0, perplexity ? e->perplexity.standardError : 0, run->label, run->id};
        sizes.push_back(bits ? run->report.size.diskBits : double(run->report.size.packedFile) / 1e6);
        qualities.push_back(perplexity ? e->perplexity.value : e->divergence->mean);
    }
    if (sizes.empty())
        return {};
    const Spread quality = spreadOf(qualities);
    point.x = spreadOf(sizes).mean;
    point.y = quality.mean;
    if (quality.count > 1) {
        point.error = quality.deviation;
        point.name = tr("%1, mean of %2 seeds").arg(point.name, QString::number(quality.count));
    }
    return point;
}

} // namespace

std::vector<ChartSeries> paretoSeries(const Runs& runs, SizeFigure size, QualityFigure quality, bool published)
{
    std::vector<ChartSeries> series;
    const bool bits = size == SizeFigure::DiskBits;
    const bool perplexity = quality == QualityFigure::Perplexity;
    for (const Runs& repeats : repeatsIn(runs))
        if (const auto point = pointOf(repeats, bits, perplexity))
            seriesNamed(series, repeats.front()->report.method, ChartSeries::Mark::Solid).points.push_back(*point);
    for (const auto& run : runs) {
        const Report& report = run->report;
        if (!report.evaluation)
            continue;
        const Evaluation& e = *report.evaluation;
        if (perplexity && e.referencePerplexity && !bits) {
            ChartSeries& originals = seriesNamed(series, tr("Original"), ChartSeries::Mark::Diamond);
            const ChartPoint point{double(report.size.originalFile) / 1e6, e.referencePerplexity->value,
                                   e.referencePerplexity->standardError, report.model, 0};
            const bool known = std::any_of(originals.points.begin(), originals.points.end(),
                                           [&](const ChartPoint& p) { return p.x == point.x && p.y == point.y; });
            if (!known)
                originals.points.push_back(point);
        }
    }
    if (published && bits && quality == QualityFigure::Perplexity)
        for (const PublishedFigure& figure : publishedFigures())
            seriesNamed(series, tr("Published, %1").arg(figure.model), ChartSeries::Mark::Hollow)
                .points.push_back({figure.diskBits, figure.perplexity, 0,
                                   tr("%1 (%2)").arg(figure.method, figure.source), 0});
    return series;
}

std::vector<ChartSeries> layerSeries(const Runs& runs)
{
    std::vector<ChartSeries> series;
    for (const auto& run : runs) {
        ChartSeries line{run->label, {}};
        for (const LayerReport& layer : run->report.layers)
            line.points.push_back({double(line.points.size()), 100 * layer.error, 0, layer.name, run->id});
        series.push_back(std::move(line));
    }
    return series;
}

std::vector<RecipeDifference> recipeDifferences(const Runs& runs)
{
    std::vector<std::map<QString, QString>> all;
    std::set<QString> names;
    for (const auto& run : runs) {
        all.push_back(choices(*run));
        for (const auto& [name, value] : all.back())
            names.insert(name);
    }
    std::vector<RecipeDifference> rows;
    for (const QString& name : names) {
        RecipeDifference row{name, {}};
        for (const auto& each : all) {
            const auto found = each.find(name);
            row.values += found == each.end() ? tr("–") : found->second;
        }
        if (row.values.count(row.values.value(0)) != row.values.size())
            rows.push_back(row);
    }
    return rows;
}

} // namespace halftone
