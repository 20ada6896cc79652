// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/verbs.h"

#include "base/error.h"
#include "export/report.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>
#include <QProcess>
#include <QTemporaryDir>

namespace halftone::cli {

namespace {

using nlohmann::json;

struct Flags
{
    std::string path, format = "html", out;
    bool overwrite = false;
};

json jsonOf(const Report& report, const RunTimes& times, const ReportPlace& place)
{
    json out = reportJson(report);
    out["times"] = times.toJson();
    out["command"] = place.command.toStdString();
    if (!place.zeroShot.is_null())
        out["zero_shot"] = place.zeroShot;
    for (const WrittenFile& file : place.files)
        out["files"][file.name.toStdString()] = {{"bytes", file.bytes}, {"sha256", file.sha256.toStdString()}};
    return out;
}

// The page is drawn by a small program of its own: only it needs Qt's fonts and painting.
QByteArray pdfOf(const Report& report, const RunTimes& times, const ReportPlace& place)
{
    QTemporaryDir scratch;
    const QString page = scratch.filePath(QStringLiteral("report.html")), data = scratch.filePath(QStringLiteral("report.json")),
                  pdf = scratch.filePath(QStringLiteral("report.pdf"));
    OutputFile html(page);
    const QByteArray text = reportHtml(report, times, place, ReportChart::Image).toUtf8();
    html.write(text.constData(), static_cast<std::size_t>(text.size()));
    html.commit();
    OutputFile values(data);
    const std::string dumped = reportJson(report).dump();
    values.write(dumped.data(), dumped.size());
    values.commit();
    const QString here = QCoreApplication::applicationDirPath();
    QString program;
    for (const QString& candidate : {here + QStringLiteral("/halftone-pdf"), here + QStringLiteral("/../libexec/halftone/halftone-pdf")})
        if (program.isEmpty() && QFileInfo(candidate).isExecutable())
            program = candidate;
    if (program.isEmpty())
        throw Error(tr("This installation cannot draw PDF: the program halftone-pdf is missing. HTML prints as well."));
    QProcess drawing;
    drawing.start(program, {page, data, pdf});
    if (!drawing.waitForFinished(120000) || drawing.exitStatus() != QProcess::NormalExit || drawing.exitCode() != 0)
        throw Error(tr("The PDF could not be drawn: %1").arg(QString::fromUtf8(drawing.readAllStandardError()).trimmed()));
    QFile result(pdf);
    if (!result.open(QIODevice::ReadOnly))
        throw Error(tr("The PDF could not be drawn: %1").arg(result.errorString()));
    return result.readAll();
}

void run(const Flags& flags, Terminal& terminal)
{
    const QString path = QString::fromStdString(flags.path);
    if (!QFileInfo(path).isDir())
        throw Error(tr("'%1' is not a folder with a report.").arg(path));
    const QDir folder(QFileInfo(path).absoluteFilePath());
    RunTimes times;
    const Report report = readReport(folder.path(), times);
    const ReportPlace place = reportPlaceOf(folder.path(), terminal.progress);
    const QString format = QString::fromStdString(flags.format), out = QString::fromStdString(flags.out);
    if (out.isEmpty() && format == QLatin1String("pdf"))
        throw Error(tr("Say with --out where the PDF is to go."));
    QByteArray bytes;
    if (format == QLatin1String("html"))
        bytes = reportHtml(report, times, place).toUtf8();
    else if (format == QLatin1String("csv"))
        bytes = reportCsv(report).toUtf8();
    else if (format == QLatin1String("pdf"))
        bytes = pdfOf(report, times, place);
    else
        bytes = QByteArray::fromStdString(jsonOf(report, times, place).dump(2) + "\n");
    if (out.isEmpty()) {
        std::fwrite(bytes.constData(), 1, static_cast<std::size_t>(bytes.size()), stdout);
        return;
    }
    if (QFileInfo::exists(out) && !flags.overwrite)
        throw Error(tr("'%1' is there already; choose another name, or say --overwrite.").arg(out));
    OutputFile file(out);
    file.write(bytes.constData(), static_cast<std::size_t>(bytes.size()));
    terminal.print({{"file", flags.out}, {"format", flags.format}, {"bytes", file.commit()}}, tr("%1 was written.").arg(out));
}

} // namespace

Verb addReport(CLI::App& parent)
{
    const auto flags = std::make_shared<Flags>();
    CLI::App* app = parent.add_subcommand("report", "Tell what a run cost and gave, as a page, a PDF, a table or JSON");
    app->add_option("PATH", flags->path, "A packed folder, or a folder that was exported from one")->required();
    app->add_option("--format", flags->format, "html (default), pdf, csv (one line a layer) or json")
        ->check(CLI::IsMember({"html", "pdf", "csv", "json"}));
    app->add_option("--out", flags->out, "File to write; without it the report goes to standard output");
    app->add_flag("--overwrite", flags->overwrite, "Replace the file if it is there");
    return {app, [flags](Terminal& terminal) { run(*flags, terminal); }};
}

} // namespace halftone::cli
