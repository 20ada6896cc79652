// SPDX-License-Identifier: GPL-3.0-or-later
#include "export_model.h"

#include "app/backends.h"
#include "base/error.h"
#include "checkpoint/strict_json.h"
#include "evaluate/perplexity.h"
#include "export/provenance.h"
#include "export/targets.h"
#include "pipeline/model_texts.h"
#include "report_pdf.h"
#include "texts.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>

namespace halftone {

namespace {

constexpr Index kWindows = 2;
constexpr Index kContext = 256;

// A result is judged on the text that its run was judged on, as long as that is there.
Recipe judging(const Checkpoint& source, const ModelConfig& config)
{
    Recipe recipe;
    recipe.model = source.path();
    const QString kept = QDir(source.path()).filePath(QStringLiteral("recipe.json"));
    if (QFileInfo::exists(kept)) {
        const Recipe made = Recipe::fromFile(kept);
        recipe.model = made.model;
        if (QFileInfo::exists(made.calibration.text))
            recipe.calibration.text = made.calibration.text;
        if (QFileInfo::exists(made.evaluation.text))
            recipe.evaluation.text = made.evaluation.text;
    }
    recipe.calibration.windows = recipe.evaluation.windows = kWindows;
    recipe.calibration.context = recipe.evaluation.context = std::min(kContext, config.context);
    return recipe;
}

// Both models on the same few windows: what the other program will predict is what this one did.
QString comparison(const std::shared_ptr<const Checkpoint>& source, const QString& path, const QString& backendId,
                   Progress& progress)
{
    const auto written = Checkpoint::open(path);
    // Grid codes for other libraries.
    if (written->format() != QLatin1String("halftone") && written->config().contains("quantization_config")) {
        const Verification found = verifyExport(path, {}, progress);
        QStringList wrong;
        for (const Verification::Check& check : found.checks)
            if (!check.ok())
                wrong << check.what;
        if (!wrong.isEmpty())
            return tr("These files are not as they were written: %1. The disk may be failing.").arg(wrong.join(QStringLiteral(", ")));
        return tr("Its %1 files were read again and have the checksums that they were written with. Halftone does not run "
                  "this format itself, so what it predicts is not compared.").arg(countText(static_cast<qint64>(found.checks.size())));
    }
    const auto backend = makeBackend(backendId);
    Transformer original(source, *backend);
    Transformer copy(written, *backend);
    const RunTexts texts =
        textsFor(judging(*source, original.config()), *Tokenizer::forCheckpoint(*source), original.config());
    const Evaluation e = evaluate(copy, &original, texts.evaluation ? *texts.evaluation : texts.calibration, progress);
    return tr("Opened again and compared over %1 tokens: perplexity %2, before %3; the most likely token is the same in "
              "%4 of them, KL divergence %5.")
        .arg(countText(e.predictions), numberText(e.perplexity.value), numberText(e.referencePerplexity->value),
             percentText(e.divergence->sameTop, 2), numberText(e.divergence->mean));
}

// A run's result knows its report.
QStringList writeReports(const QString& model, const QString& out, const Progress& progress)
{
    const QDir folder(model);
    if (!folder.exists(QStringLiteral("report.json")))
        return {};
    const Report report = reportFromJson(readStrictJson(folder.filePath(QStringLiteral("report.json"))));
    RunTimes times;
    if (folder.exists(QStringLiteral("times.json")))
        times = RunTimes::fromJson(readStrictJson(folder.filePath(QStringLiteral("times.json"))));
    const ReportPlace place = reportPlaceOf(model, progress);
    const QString base = QDir::cleanPath(out) + QStringLiteral("-report");
    writeReportHtml(report, times, place, base + QStringLiteral(".html"));
    writeReportPdf(report, times, place, base + QStringLiteral(".pdf"));
    return {tr("Beside it lies the report, as '%1' and PDF.").arg(QFileInfo(base).fileName() + QStringLiteral(".html"))};
}

} // namespace

ExportChoices choicesOf(const ExportOrder& order)
{
    ExportChoices choices;
    choices.type = QString::fromStdString(order.settings.value("type", std::string()));
    try {
        choices.turned = order.settings.value("turned", false);
        for (const auto& pair : order.settings.value("type_for", nlohmann::json::array()))
            choices.exceptions.push_back({QString::fromStdString(pair.at(0).get<std::string>()),
                                          QString::fromStdString(pair.at(1).get<std::string>())});
    } catch (const nlohmann::json::exception& e) { // a project file that somebody has changed
        throw Error(tr("An unfinished job cannot be read: %1.").arg(QString::fromUtf8(e.what())));
    }
    choices.program = QStringLiteral("Halftone %1").arg(QCoreApplication::applicationVersion()).trimmed();
    return choices;
}

ExportOutcome exportModel(const QString& model, const ExportOrder& order, const QString& backend, Progress& progress)
{
    const auto source = Checkpoint::open(model);
    progress.advance(tr("Export"), order.out, 0);
    const ExportResult result =
        writeExport(exportTarget(order.target), order.out, *source, choicesOf(order), progress);
    ExportOutcome outcome{result.path, result.bytes, {tr("%1 written.").arg(sizeText(result.bytes))}};
    progress.advance(tr("Verify"), order.out, 0.8);
    try {
        outcome.facts += comparison(source, result.path, backend, progress);
    } catch (const Error& error) {
        // A format that Halftone writes but cannot run is no failure; its headers were read back.
        outcome.facts += tr("Its headers were read back, but it cannot be run here to compare: %1").arg(error.sentence());
    }
    outcome.facts += writeReports(model, order.out, progress);
    return outcome;
}

QString exportCommand(const QString& model, const ExportOrder& order)
{
    const auto quoted = [](QString text) {
        return QStringLiteral("'%1'").arg(text.replace(QLatin1Char('\''), QStringLiteral("'\\''")));
    };
    QString command = QStringLiteral("halftone-cli export %1 --to %2 --out %3")
                          .arg(quoted(model), order.target, quoted(order.out));
    const QString type = QString::fromStdString(order.settings.value("type", std::string()));
    if (!type.isEmpty())
        command += QStringLiteral(" --type ") + type;
    const ExportChoices choices = choicesOf(order);
    if (choices.turned)
        command += QStringLiteral(" --turn");
    for (const ExportException& e : choices.exceptions)
        command += QStringLiteral(" --type-for ") + quoted(e.pattern + QLatin1Char('=') + e.type);
    return command;
}

} // namespace halftone
