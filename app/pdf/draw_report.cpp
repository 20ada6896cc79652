// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/pdf/draw_report.h"

#include "app/pdf/error_chart.h"

#include <QBuffer>
#include <QLocale>
#include <QPageSize>
#include <QPdfWriter>
#include <QRegularExpression>
#include <QTextDocument>
#include <QUrl>
#include <algorithm>
#include <array>
#include <vector>

namespace halftone {

namespace {

// The page's own style speaks to browsers.
constexpr const char* kStyle = R"(
body{font-family:"DejaVu Sans",sans-serif;font-size:11px;color:#1b1f24;margin:0}
h1{font-size:22px;margin:0}h2{font-size:15px;margin-top:20px;margin-bottom:6px}
.sub{color:#57606a;margin-bottom:10px}.figure b{font-size:16px}.figure span{color:#57606a}
th,td{padding:2px 4px;text-align:left;border-bottom:1px solid #e4e7eb}
td.n,th.n{text-align:right}td.n{white-space:pre}
.note{background-color:#fff6ec;margin:3px 0}.hash{font-family:monospace;font-size:8px}
pre{background-color:#f5f6f8;font-size:9px;white-space:pre-wrap}
)";

// Qt's documents have no flexible columns, and break a long name at any letter where its column has no width of its own:
// names need the room, figures a little.
QString withWidths(QString html)
{
    static const QRegularExpression head(QStringLiteral("<table><thead><tr>(.*?)</tr>"), QRegularExpression::DotMatchesEverythingOption);
    qsizetype from = 0;
    for (QRegularExpressionMatch match = head.match(html); match.hasMatch(); match = head.match(html, from)) {
        QString cells = match.captured(1);
        const auto columns = static_cast<int>(cells.count(QStringLiteral("<th")));
        // Of the layers: name, shape, share, two bit rates, error, time, picture.
        static const std::vector<int> layers{34, 12, 9, 9, 8, 11, 9, 8};
        const auto widthOf = [&](int i) {
            if (cells.contains(QStringLiteral("SHA-256")))
                return std::array{34, 12, 54}[static_cast<std::size_t>(std::min(i, 2))];
            if (columns > 6)
                return layers[static_cast<std::size_t>(std::min(i, 7))];
            const int first = columns > 4 ? 25 : 46;
            return i == 0 ? first : (100 - first) / std::max(1, columns - 1);
        };
        qsizetype at = 0;
        for (int i = 0; i < columns; ++i) {
            const QString width = QStringLiteral(" width=\"%1%\"").arg(widthOf(i));
            at = cells.indexOf(QStringLiteral("<th"), at) + 3;
            cells.insert(at, width);
        }
        const QString made = QStringLiteral("<table width=\"100%\"><thead><tr>") + cells + QStringLiteral("</tr>");
        html.replace(match.capturedStart(), match.capturedLength(), made);
        from = match.capturedStart() + made.size();
    }
    return html;
}

// Documents break a row of a table between its words and its picture. Lines as high as the picture go to the next page
// together with it.
QString withLinesLikePictures(const QString& html)
{
    static const QRegularExpression row(QStringLiteral("<tr>(?:(?!</tr>).)*<img class=\"map\"[^>]* height=\"(\\d+)\"(?:(?!</tr>).)*</tr>"),
                                        QRegularExpression::DotMatchesEverythingOption);
    static const QRegularExpression words(QStringLiteral("(<td>)([^<]+)</td>")), figures(QStringLiteral("(<td class=\"n\">)([^<]+)</td>"));
    QString out;
    qsizetype from = 0;
    for (auto rows = row.globalMatch(html); rows.hasNext();) {
        const QRegularExpressionMatch match = rows.next();
        QString cells = match.captured();
        const QString line = QStringLiteral("\\1<p%2 style=\"margin:0;line-height:%1px\">\\2</p></td>").arg(match.captured(1));
        cells.replace(words, line.arg(QString()));
        cells.replace(figures, line.arg(QStringLiteral(" align=\"right\"")));
        out += html.mid(from, match.capturedStart() - from) + cells;
        from = match.capturedEnd();
    }
    return out + html.mid(from);
}

} // namespace

QByteArray reportPdf(const QString& page, const Report& report)
{
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    QPdfWriter writer(&buffer);
    writer.setPageSize(QPageSize(QLocale().measurementSystem() == QLocale::MetricSystem ? QPageSize::A4 : QPageSize::Letter));
    writer.setPageMargins(QMarginsF(15, 15, 15, 15), QPageLayout::Millimeter);
    writer.setResolution(96); // the page's own units
    writer.setCreator(QStringLiteral("Halftone"));
    QTextDocument document;
    document.setDocumentMargin(0);
    const QSizeF body(writer.width(), writer.height());
    QImage chart = errorChart(report, static_cast<int>(3 * body.width()));
    static const QRegularExpression style(QStringLiteral("<style>.*?</style>"), QRegularExpression::DotMatchesEverythingOption);
    QString html = withLinesLikePictures(withWidths(page));
    html.replace(style, QStringLiteral("<style>%1</style>").arg(QLatin1String(kStyle)));
    html.replace(QStringLiteral("<img src=\"chart\"/>"),
                 chart.isNull() ? QString() : QStringLiteral("<img src=\"chart\" width=\"%1\"/>").arg(static_cast<int>(0.98 * body.width())));
    if (!chart.isNull()) {
        chart.setDevicePixelRatio(3);
        document.addResource(QTextDocument::ImageResource, QUrl(QStringLiteral("chart")), chart);
    }
    html.replace(QStringLiteral("</b><span>"), QStringLiteral("</b> <span>"));
    document.setHtml(html);
    QFont font = document.defaultFont();
    font.setPixelSize(11);
    document.setDefaultFont(font);
    document.setPageSize(body);
    writer.setTitle(document.metaInformation(QTextDocument::DocumentTitle));
    document.print(&writer);
    return bytes;
}

} // namespace halftone
