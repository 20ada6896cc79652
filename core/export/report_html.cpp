// SPDX-License-Identifier: GPL-3.0-or-later
#include "export/report.h"

#include "base/error.h"

#include <QLocale>
#include <algorithm>
#include <cmath>

namespace halftone {

namespace {

const QLocale& locale()
{
    static const QLocale reader = QLocale();
    return reader;
}

QString number(double value, int decimals)
{
    return locale().toString(value, 'f', decimals);
}

QString significant(double value)
{
    return locale().toString(value, 'g', 4);
}

QString size(std::int64_t bytes)
{
    return locale().formattedDataSize(bytes, 2, QLocale::DataSizeSIFormat);
}

QString duration(double seconds)
{
    if (seconds < 60)
        return tr("%1 s").arg(number(seconds, 1));
    const auto whole = static_cast<qint64>(std::llround(seconds));
    if (whole < 3600)
        return tr("%1 min %2 s").arg(whole / 60).arg(whole % 60);
    return tr("%1 h %2 min").arg(whole / 3600).arg(whole % 3600 / 60);
}

QString cell(const QString& text, bool numeric = true)
{
    return QStringLiteral("<td%1>%2</td>")
        .arg(QLatin1String(numeric ? " class=\"n\"" : ""), text.toHtmlEscaped());
}

QString row(const QString& name, const QString& before, const QString& after)
{
    return QStringLiteral("<tr><th scope=\"row\">%1</th>%2%3</tr>\n")
        .arg(name.toHtmlEscaped(), cell(before), cell(after));
}

constexpr const char* kStyle = R"(
:root{color-scheme:light}
body{font:15px/1.5 system-ui,"DejaVu Sans",sans-serif;max-width:60em;margin:2em auto;padding:0 1.5em;
color:#1b1f24;background:#fff}
h1{font-size:1.7em;margin:0 0 .1em}h2{font-size:1.15em;margin:2em 0 .5em;border-bottom:1px solid #d5d9de}
.sub{color:#57606a;margin:0 0 1.5em}
.figures{display:flex;flex-wrap:wrap;gap:1em;margin:1em 0}
.figure{flex:1 1 9em;border:1px solid #d5d9de;border-radius:6px;padding:.7em 1em}
.figure b{display:block;font-size:1.45em;font-weight:600}.figure span{color:#57606a;font-size:.88em}
table{border-collapse:collapse;width:100%;font-size:.92em}
th,td{padding:.25em .6em;border-bottom:1px solid #e4e7eb;text-align:left}
td.n,th.n{text-align:right;font-variant-numeric:tabular-nums}td.n{white-space:nowrap}
thead th{border-bottom:2px solid #8b949e}
.note{border-left:4px solid #b35900;background:#fff6ec;padding:.5em 1em;margin:.5em 0}
.map{display:block;border:1px solid #d5d9de}.hash{font:.8em monospace;word-break:break-all}
pre{background:#f5f6f8;padding:1em;overflow:auto;font-size:.85em}
svg{max-width:100%;height:auto}
@media print{body{margin:0;max-width:none;font-size:11px}h2{break-after:avoid}
tr,.figure,svg{break-inside:avoid}thead{display:table-header-group}pre{white-space:pre-wrap}}
)";

QString figure(const QString& value, const QString& caption)
{
    return QStringLiteral("<div class=\"figure\"><b>%1</b><span>%2</span></div>\n")
        .arg(value.toHtmlEscaped(), caption.toHtmlEscaped());
}

QString perplexityText(const Perplexity& p)
{
    return p.standardError > 0
               ? QStringLiteral("%1 ± %2").arg(number(p.value, p.value < 1000 ? 2 : 0),
                                               number(p.standardError, p.value < 1000 ? 2 : 0))
               : number(p.value, p.value < 1000 ? 2 : 0);
}

QString headline(const Report& r, const RunTimes& times)
{
    QString out = QStringLiteral("<div class=\"figures\">\n");
    out += figure(size(r.size.packedFile), tr("instead of %1 on disk").arg(size(r.size.originalFile)));
    out += figure(tr("%1 bits").arg(number(r.size.diskBits, 2)),
                  tr("per coded weight on disk (nominal %1)").arg(number(r.size.nominalBits, 2)));
    if (r.evaluation) {
        const auto& before = r.evaluation->referencePerplexity;
        out += figure(perplexityText(r.evaluation->perplexity),
                      before ? tr("perplexity (original %1)").arg(perplexityText(*before))
                             : tr("perplexity"));
    }
    if (times.total > 0)
        out += figure(duration(times.total), tr("on %1").arg(times.machine.isEmpty() ? r.backends.join(QStringLiteral(", "))
                                                                     : QStringLiteral("%1 (%2)").arg(r.backends.join(QStringLiteral(", ")), times.machine)));
    return out + QStringLiteral("</div>\n");
}

QString billOfBits(const Report& r)
{
    const SizeReport& s = r.size;
    QString out = QStringLiteral("<h2>%1</h2>\n<table><thead><tr><th>%2</th><th class=\"n\">%3</th>"
                                 "<th class=\"n\">%4</th></tr></thead><tbody>\n")
                      .arg(tr("Where the bytes are"), tr("Part"), tr("Original"), tr("Packed"));
    out += row(tr("Coded linear layers"), size(s.linearOriginal), size(s.linearPacked));
    out += row(tr("Embedding"), size(s.embeddingOriginal), size(s.embeddingPacked));
    if (s.headOriginal > 0)
        out += row(tr("Head"), size(s.headOriginal), size(s.headPacked));
    out += row(tr("Norms, biases and file headers"), QString(), size(s.otherPacked));
    out += row(tr("All files"), size(s.originalFile), size(s.packedFile));
    const double weights = static_cast<double>(std::max<std::int64_t>(1, s.linearWeights));
    out += row(tr("Bits per linear weight, as papers count"), QString(), number(s.nominalBits, 3));
    out += row(tr("Bits per linear weight, on disk"),
               number(8.0 * static_cast<double>(s.linearOriginal) / weights, 3),
               number(s.diskBits, 3));
    return out + QStringLiteral("</tbody></table>\n");
}

QString quality(const Report& r)
{
    if (!r.evaluation)
        return {};
    const Evaluation& e = *r.evaluation;
    QString out =
        QStringLiteral("<h2>%1</h2>\n<p>%2</p>\n<table><tbody>\n")
            .arg(tr("Quality"),
                 tr("Measured on '%1': %2 windows of %3 tokens, %4 predictions.")
                     .arg(r.evaluationText, locale().toString(qlonglong{e.windows}),
                          locale().toString(qlonglong{e.context}),
                          locale().toString(qlonglong{e.predictions}))
                     .toHtmlEscaped());
    const auto line = [&](const QString& name, const QString& value) {
        out += QStringLiteral("<tr><th scope=\"row\">%1</th>%2</tr>\n")
                   .arg(name.toHtmlEscaped(), cell(value));
    };
    if (e.referencePerplexity)
        line(tr("Perplexity of the original"), perplexityText(*e.referencePerplexity));
    line(tr("Perplexity of the packed model"), perplexityText(e.perplexity));
    if (e.divergence) {
        line(tr("KL divergence from the original, mean per token (nats)"),
             significant(e.divergence->mean));
        line(tr("KL divergence, 99th percentile"), significant(e.divergence->p99));
        line(tr("Tokens with the same most likely continuation"),
             tr("%1 %").arg(number(100 * e.divergence->sameTop, 1)));
    }
    return out + QStringLiteral("</tbody></table>\n");
}

// Answers to questions, where they were asked for.
QString zeroShot(const nlohmann::json& tasks)
{
    if (!tasks.is_object() || tasks.empty())
        return {};
    QString out = QStringLiteral("<h2>%1</h2>\n<table><thead><tr><th>%2</th><th class=\"n\">%3</th><th class=\"n\">%4</th>"
                                 "<th class=\"n\">%5</th><th class=\"n\">%6</th><th class=\"n\">%7</th></tr></thead><tbody>\n")
                      .arg(tr("Questions answered without examples"), tr("Task"), tr("Questions"), tr("Right"),
                           tr("Right, by likelihood per byte"), tr("The original: right, per byte"), tr("Guessing"));
    const auto share = [](const nlohmann::json& task, const char* key) {
        const auto it = task.find(key);
        return it != task.end() && it->is_number() ? tr("%1 %").arg(number(100 * it->get<double>(), 1)) : QString();
    };
    const auto both = [&](const nlohmann::json& task, const char* key, const std::string& error) {
        return share(task, key) + QStringLiteral(" ± ") + share(task, error.c_str());
    };
    for (const auto& [name, task] : tasks.items()) {
        if (!task.is_object() || !task.contains("questions") || !task.at("questions").is_number_integer())
            continue;
        const auto before = task.find("reference");
        out += QStringLiteral("<tr>") + cell(QString::fromStdString(name), false) +
               cell(locale().toString(task.at("questions").get<qlonglong>())) +
               cell(both(task, "accuracy", "accuracy_error")) +
               cell(both(task, "normalized_accuracy", "normalized_accuracy_error")) +
               cell(before != task.end() && before->is_object()
                        ? share(*before, "accuracy") + QStringLiteral(", ") + share(*before, "normalized_accuracy")
                        : QString()) +
               cell(share(task, "chance")) + QStringLiteral("</tr>\n");
    }
    return out + QStringLiteral("</tbody></table>\n");
}

// Errors of the layers over the blocks, one line a kind of layer, on a logarithmic scale.
class ErrorChart
{
public:
    explicit ErrorChart(const std::vector<LayerReport>& layers) : m_layers(layers)
    {
        m_low = 1e300;
        for (const LayerReport& l : layers)
            if (l.error > 0 && std::isfinite(l.error)) {
                m_low = std::min(m_low, std::log10(l.error));
                m_high = std::max(m_high, std::log10(l.error));
                m_blocks = std::max(m_blocks, l.block + 1);
            }
        m_low = std::floor(m_low);
        m_high = std::max(std::ceil(m_high), m_low + 1);
    }
    QString svg() const
    {
        if (m_blocks < 1)
            return {};
        static const char* const kinds[] = {"q", "k", "v", "o", "gate", "up", "down"};
        // Okabe and Ito's colours, told apart by colour-blind eyes.
        static const char* const colours[] = {"#0072b2", "#56b4e9", "#009e73", "#e69f00",
                                              "#d55e00", "#cc79a7", "#000000"};
        QString out = QStringLiteral(
            "<svg viewBox=\"0 0 760 300\" role=\"img\" aria-label=\"%1\" font-size=\"12\">\n")
                          .arg(tr("Error of each layer over the blocks").toHtmlEscaped());
        for (int p = static_cast<int>(m_low); p <= static_cast<int>(m_high); ++p)
            out += QStringLiteral("<line x1=\"60\" x2=\"690\" y1=\"%1\" y2=\"%1\" stroke=\"#e4e7eb\"/>"
                                  "<text x=\"52\" y=\"%2\" text-anchor=\"end\">%3</text>\n")
                       .arg(y(p))
                       .arg(y(p) + 4)
                       .arg(locale().toString(std::pow(10.0, p), 'g', 3));
        for (int k = 0; k < 7; ++k)
            out += line(QLatin1String(kinds[k]), QLatin1String(colours[k]), k);
        for (Index b = 0; b < m_blocks; b += blocksPerLabel(m_blocks))
            out += QStringLiteral("<text x=\"%1\" y=\"276\" text-anchor=\"middle\">%2</text>\n").arg(x(b), 0, 'f', 1).arg(b);
        out += QStringLiteral("<text x=\"375\" y=\"294\" text-anchor=\"middle\">%1</text>"
                              "<text x=\"60\" y=\"12\">%2</text></svg>\n")
                   .arg(tr("block").toHtmlEscaped(), tr("Relative error").toHtmlEscaped());
        return out;
    }

private:
    double y(double power) const { return 20 + 240 * (m_high - power) / (m_high - m_low); }
    double x(Index block) const
    {
        return 60 + 630.0 * (static_cast<double>(block) + 0.5) / static_cast<double>(m_blocks);
    }
    QString line(const QString& kind, const QString& colour, int place) const
    {
        QString points, dots;
        for (const LayerReport& l : m_layers)
            if (l.linear == kind && l.error > 0 && std::isfinite(l.error)) {
                const double px = x(l.block), py = y(std::log10(l.error));
                points += QStringLiteral("%1,%2 ").arg(px, 0, 'f', 1).arg(py, 0, 'f', 1);
                dots += QStringLiteral("<circle cx=\"%1\" cy=\"%2\" r=\"2.5\" fill=\"%3\"/>")
                            .arg(px, 0, 'f', 1)
                            .arg(py, 0, 'f', 1)
                            .arg(colour);
            }
        return QStringLiteral("<polyline points=\"%1\" fill=\"none\" stroke=\"%2\" stroke-width=\"1.5\"/>"
                              "%3<text x=\"705\" y=\"%4\" fill=\"%2\">%5</text>\n")
            .arg(points, colour, dots)
            .arg(40 + 20 * place)
            .arg(kind);
    }
    const std::vector<LayerReport>& m_layers;
    double m_low = 0, m_high = -1e300;
    Index m_blocks = 0;
};

QString fileTable(const QString& title, const std::vector<WrittenFile>& files)
{
    if (files.empty())
        return {};
    QString out = QStringLiteral("<h2>%1</h2>\n<table><thead><tr><th>%2</th><th class=\"n\">%3</th><th>SHA-256</th></tr></thead><tbody>\n")
                      .arg(title.toHtmlEscaped(), tr("File"), tr("Size"));
    for (const WrittenFile& file : files)
        out += QStringLiteral("<tr>") + cell(file.name, false) + cell(size(file.bytes)) +
               QStringLiteral("<td class=\"hash\">%1</td></tr>\n").arg(file.sha256.toHtmlEscaped());
    return out + QStringLiteral("</tbody></table>\n");
}

QString origin(const Report& r, const ReportPlace& place)
{
    QString out;
    if (!place.command.isEmpty())
        out += QStringLiteral("<h2>%1</h2>\n<pre>%2</pre>\n").arg(tr("To make it again"), place.command.toHtmlEscaped());
    return out + fileTable(tr("Files it was made from"), r.sourceFiles) + fileTable(tr("Files of the result"), place.files);
}

// Where in each matrix the error lies, dark where it is large.
QString pictureCell(const LayerPicture& picture)
{
    if (picture.empty())
        return QStringLiteral("<td></td>");
    const QString range = tr("squared error from %1 to %2 of the mean squared weight")
                              .arg(significant(picture.least), significant(picture.most));
    return QStringLiteral("<td><img class=\"map\" width=\"%1\" height=\"%2\" alt=\"%3\" title=\"%3\" src=\"data:image/png;base64,%4\"/></td>")
        .arg(2 * picture.columns)
        .arg(2 * picture.rows)
        .arg(range.toHtmlEscaped(), QString::fromLatin1(pngOf(picture, 2).toBase64()));
}

QString layerTable(const Report& r, const RunTimes& times, ReportChart chart)
{
    const bool timed = !times.blockSeconds.empty();
    const bool pictured = std::any_of(r.layers.begin(), r.layers.end(), [](const LayerReport& l) { return !l.picture.empty(); });
    QString out = QStringLiteral("<h2>%1</h2>\n").arg(tr("Layers"));
    out += chart == ReportChart::Drawn ? ErrorChart(r.layers).svg() : QStringLiteral("<p><img src=\"chart\"/></p>\n");
    if (pictured)
        out += QStringLiteral("<p class=\"sub\">%1</p>\n")
                   .arg(tr("The pictures show where in a matrix the squared error lies: rows down, columns across, dark "
                           "where it is large, each in a logarithmic scale of its own.").toHtmlEscaped());
    out += QStringLiteral("<table><thead><tr><th>%1</th><th class=\"n\">%2</th><th class=\"n\">%3</th>"
                          "<th class=\"n\">%4</th><th class=\"n\">%5</th><th class=\"n\">%6</th>%7%8"
                          "</tr></thead><tbody>\n")
               .arg(tr("Tensor"), tr("Shape"), tr("Salient"), tr("Nominal bits"), tr("Disk bits"),
                    tr("Relative error"),
                    timed ? QStringLiteral("<th class=\"n\">%1</th>").arg(tr("Block's time"))
                          : QString(),
                    pictured ? QStringLiteral("<th>%1</th>").arg(tr("Error")) : QString());
    for (const LayerReport& l : r.layers) {
        out += QStringLiteral("<tr>") + cell(l.name, false) +
               cell(QStringLiteral("%1 × %2").arg(l.rows).arg(l.columns)) +
               cell(tr("%1 %").arg(number(100 * l.salientShare, 1))) + cell(number(l.nominalBits, 3)) +
               cell(number(l.diskBits, 3)) + cell(significant(l.error));
        if (timed) {
            const auto block = static_cast<std::size_t>(l.block);
            const bool first = l.linear == QLatin1String("q");
            out += cell(first && block < times.blockSeconds.size()
                            ? duration(times.blockSeconds[block])
                            : QString());
        }
        if (pictured)
            out += pictureCell(l.picture);
        out += QStringLiteral("</tr>\n");
    }
    return out + QStringLiteral("</tbody></table>\n");
}

} // namespace

QString reportHtml(const Report& r, const RunTimes& times, const ReportPlace& place, ReportChart chart)
{
    QString out = QStringLiteral("<!DOCTYPE html>\n<html lang=\"%1\"><head><meta charset=\"utf-8\"/>"
                                 "<meta name=\"viewport\" content=\"width=device-width\"/>"
                                 "<title>%2</title><style>%3</style></head><body>\n")
                      .arg(locale().bcp47Name(),
                           tr("%1, compressed").arg(r.model).toHtmlEscaped(), QLatin1String(kStyle));
    out += QStringLiteral("<h1>%1</h1>\n<p class=\"sub\">%2</p>\n")
               .arg(r.model.toHtmlEscaped(),
                    tr("%1, compressed by %2 with %3; calibrated on '%4', %5 windows of %6 tokens")
                        .arg(r.architecture, r.program, r.method, r.calibrationText)
                        .arg(r.calibrationWindows)
                        .arg(r.calibrationContext)
                        .toHtmlEscaped());
    out += headline(r, times);
    for (const QString& note : r.notes)
        out += QStringLiteral("<p class=\"note\">%1</p>\n").arg(note.toHtmlEscaped());
    out += billOfBits(r) + quality(r) + zeroShot(place.zeroShot) + layerTable(r, times, chart) + origin(r, place);
    out += QStringLiteral("<h2>%1</h2>\n<pre>%2</pre>\n</body></html>\n")
               .arg(tr("Recipe"), QString::fromStdString(r.recipe.dump(2)).toHtmlEscaped());
    return out;
}

} // namespace halftone
