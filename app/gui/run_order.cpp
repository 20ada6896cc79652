// SPDX-License-Identifier: GPL-3.0-or-later
#include "run_order.h"

#include "app/backends.h"
#include "checkpoint/strict_json.h"
#include "export_model.h"
#include "pipeline/allocate_bits.h"
#include "pipeline/run.h"
#include "report_pdf.h"

#include <QFileInfo>

namespace halftone {

namespace {

// A program that crashed right behind a run's end finds the run finished.
std::optional<RunOutcome> finishedRun(const RunOrder& order)
{
    const QString report = order.out + QStringLiteral("/report.json");
    const QString times = order.out + QStringLiteral("/times.json");
    if (!QFileInfo(report).isFile() || !QFileInfo(times).isFile())
        return {};
    RunOutcome outcome{order, reportFromJson(readStrictJson(report)), RunTimes::fromJson(readStrictJson(times)), {}};
    if (outcome.report.recipe != order.recipe.toJson())
        return {};
    return outcome;
}

// The same recipe each time, so that a run begun with it goes on with it. Its share of the whole is not
// known yet: it shows its stages only.
Recipe spread(const RunOrder& order, ComputeBackend& backend, Progress& progress)
{
    Progress part(progress, [&](const ProgressMoment& m) { progress.advance(m.stage, m.item, 0); });
    const double bits = order.budget.megabytes ? bitsForMegabytes(order.recipe, order.budget.value, backend, part)
                                               : order.budget.value;
    return withBudget(order.recipe, bits, backend, part);
}

RunOutcome quantize(RunOrder order, Progress& progress, const LayerListener& onLayer)
{
    // An interrupted run ends with the same bytes only on the backend it began with.
    const QString begun = backendOfUnfinishedRun(order.out);
    const bool keep = order.recipe.backend == QLatin1String("auto") && !begun.isEmpty();
    const std::unique_ptr<ComputeBackend> backend = makeBackend(keep ? begun : order.recipe.backend,
                                                                order.recipe.gpuPrecision == QLatin1String("auto"));
    if (order.budget.wanted())
        order.recipe = spread(order, *backend, progress);
    if (const auto known = finishedRun(order))
        return *known;
    RunOptions options;
    options.onLayer = onLayer;
    RunResult result = runPipeline(order.recipe, order.out, *backend, progress, options);
    writeReportPdf(result.report, result.times, reportPlaceOf(order.out, progress), order.out + QStringLiteral("/report.pdf"));
    return {order, std::move(result.report), std::move(result.times), {}};
}

} // namespace

RunOutcome runOrder(const RunOrder& order, Progress& progress, const LayerListener& onLayer)
{
    RunOutcome outcome{order, {}, {}, {}};
    if (!order.out.isEmpty())
        outcome = quantize(order, progress, onLayer);
    if (order.exported.wanted())
        outcome.exported = exportModel(order.out.isEmpty() ? order.recipe.model : order.out, order.exported,
                                       order.recipe.backend, progress);
    return outcome;
}

} // namespace halftone
