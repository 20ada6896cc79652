// SPDX-License-Identifier: GPL-3.0-or-later
#include "export/model_card.h"

#include "base/error.h"
#include "checkpoint/strict_json.h"
#include "export/report.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QRegularExpression>

namespace halftone {

using nlohmann::json;

namespace {

std::optional<Report> reportOf(const Checkpoint& checkpoint)
{
    const QString path = QDir(checkpoint.folder()).filePath(QStringLiteral("report.json"));
    if (checkpoint.folder().isEmpty() || checkpoint.format() != QLatin1String("halftone") || !QFileInfo(path).isFile())
        return std::nullopt;
    return reportFromJson(readStrictJson(path));
}

// For the card's head, which is YAML: quoted where a plain word would not do.
QString yaml(const QString& text)
{
    static const QRegularExpression plain(QStringLiteral("^[A-Za-z0-9][A-Za-z0-9._/ -]*$"));
    if (plain.match(text).hasMatch())
        return text;
    QString quoted = text;
    quoted.replace(QLatin1Char('\\'), QStringLiteral("\\\\")).replace(QLatin1Char('"'), QStringLiteral("\\\""));
    quoted.remove(QLatin1Char('\n'));
    return QLatin1Char('"') + quoted + QLatin1Char('"');
}

QString cell(QString text)
{
    return text.replace(QLatin1Char('|'), QStringLiteral("\\|")).replace(QLatin1Char('\n'), QLatin1Char(' '));
}

QString row(const QString& name, const QString& value)
{
    return QStringLiteral("| %1 | %2 |\n").arg(cell(name), cell(value));
}

QString megabytes(std::int64_t bytes)
{
    return QStringLiteral("%1 MB").arg(static_cast<double>(bytes) / 1e6, 0, 'f', 2);
}

QString perplexityText(const Perplexity& p)
{
    return p.standardError > 0 ? QStringLiteral("%1 ± %2").arg(p.value, 0, 'f', 3).arg(p.standardError, 0, 'f', 3)
                               : QString::number(p.value, 'f', 3);
}

QString figures(const ExportEstimate& estimate, const std::optional<Report>& report)
{
    QString out = QStringLiteral("| %1 | |\n| --- | --- |\n").arg(tr("figure"));
    for (const ExportPart& part : estimate.parts)
        if (part.bytes > 0)
            out += row(part.title, megabytes(part.bytes));
    out += row(tr("all"), megabytes(estimate.bytes));
    out += row(tr("bits per linear weight in these files"), QString::number(estimate.bitsPerWeight, 'f', 3));
    if (!report)
        return out;
    out += row(tr("method"), report->method);
    out += row(tr("bits per linear weight of the packed model, nominal and on disk"),
               QStringLiteral("%1, %2").arg(report->size.nominalBits, 0, 'f', 3).arg(report->size.diskBits, 0, 'f', 3));
    if (const auto& e = report->evaluation) {
        out += row(tr("perplexity of the packed model on '%1', %2 windows of %3 tokens")
                       .arg(report->evaluationText).arg(e->windows).arg(e->context),
                   perplexityText(e->perplexity));
        if (e->referencePerplexity)
            out += row(tr("perplexity of the original there"), perplexityText(*e->referencePerplexity));
        if (e->divergence)
            out += row(tr("KL divergence from the original, and same most likely token"),
                       QStringLiteral("%1, %2 %").arg(e->divergence->mean, 0, 'g', 4).arg(100 * e->divergence->sameTop, 0, 'f', 1));
    }
    return out;
}

} // namespace

QString licenceOf(const Checkpoint& checkpoint)
{
    const json& metadata = checkpoint.metadata();
    if (const auto it = metadata.find("general.license"); it != metadata.end() && it->is_string())
        return QString::fromStdString(it->get<std::string>());
    QFile card(QDir(checkpoint.folder()).filePath(QStringLiteral("README.md")));
    if (checkpoint.folder().isEmpty() || !card.open(QIODevice::ReadOnly))
        return {};
    static const QRegularExpression head(QStringLiteral("\\A---\\n(.*?)\\n---"), QRegularExpression::DotMatchesEverythingOption);
    static const QRegularExpression licence(QStringLiteral("^license:\\s*['\"]?([^'\"\\n]+)"), QRegularExpression::MultilineOption);
    const QString text = QString::fromUtf8(card.read(1 << 20));
    return licence.match(head.match(text).captured(1)).captured(1).trimmed();
}

QByteArray modelCard(const Checkpoint& checkpoint, const ExportTarget& target, const ExportEstimate& estimate,
                     const json& provenance, const QString& use)
{
    const auto report = reportOf(checkpoint);
    const QString source = QString::fromStdString(provenance.at("source").at("name").get<std::string>());
    const QString licence = licenceOf(checkpoint);
    QString out = QStringLiteral("---\n");
    if (!licence.isEmpty())
        out += QStringLiteral("license: %1\n").arg(yaml(licence));
    out += QStringLiteral("base_model: %1\nlibrary_name: transformers\ntags:\n- halftone\n---\n").arg(yaml(report ? report->model : source));
    out += QStringLiteral("# %1\n\n").arg(report ? report->model : source);
    out += tr("Written by %1 as %2, type %3.")
               .arg(QString::fromStdString(provenance.at("program").get<std::string>()), target.title(), estimate.type);
    out += QStringLiteral("\n\n") + figures(estimate, report);
    for (const QStringList& sentences : {estimate.losses, estimate.notes, report ? report->notes : QStringList()})
        for (const QString& sentence : sentences)
            out += QStringLiteral("\n- ") + sentence;
    out += QStringLiteral("\n\n") + tr("Read by %1.").arg(estimate.readers.join(QStringLiteral("; ")));
    if (!use.isEmpty())
        out += QStringLiteral("\n\n```python\n%1```").arg(use);
    out += QStringLiteral("\n\n## %1\n\n").arg(tr("Licence"));
    out += licence.isEmpty() ? tr("The original names none in its files: see where it came from.")
                             : tr("That of the original: %1.").arg(licence);
    if (provenance.contains("recipe"))
        out += QStringLiteral("\n\n## %1\n\n```json\n%2\n```")
                   .arg(tr("Recipe"), QString::fromStdString(provenance.at("recipe").dump(2)));
    return (out + QLatin1Char('\n')).toUtf8();
}

} // namespace halftone
