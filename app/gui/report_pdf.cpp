// SPDX-License-Identifier: GPL-3.0-or-later
#include "report_pdf.h"

#include "base/error.h"
#include "pipeline/run_store.h"
#include "texts.h"
#include "widgets/chart_series.h"

#include <QBuffer>
#include <QFileInfo>
#include <QImage>
#include <QLocale>
#include <QPainter>
#include <QPdfWriter>
#include <QRegularExpression>
#include <QTextDocument>
#include <QUrl>
#include <cmath>

namespace halftone {

namespace {

const QStringList kKinds{QStringLiteral("q"), QStringLiteral("k"), QStringLiteral("v"), QStringLiteral("o"),
                         QStringLiteral("gate"), QStringLiteral("up"), QStringLiteral("down")};

// Errors over the blocks, one line a kind of layer. QTextDocument draws no SVG, so it is a picture.
QImage errorChart(const Report& report)
{
    constexpr int kWidth = 1500, kHeight = 560, kLeft = 150, kRight = 170, kTop = 20, kBottom = 70;
    QImage image(kWidth, kHeight, QImage::Format_RGB32);
    image.fill(Qt::white);
    double most = 0;
    Index blocks = 1;
    for (const LayerReport& layer : report.layers) {
        if (std::isfinite(layer.error))
            most = std::max(most, layer.error);
        blocks = std::max(blocks, layer.block + 1);
    }
    if (most <= 0)
        return image;
    QPainter painter(&image);
    painter.setRenderHint(QPainter::Antialiasing);
    QFont font = painter.font();
    font.setPixelSize(26);
    painter.setFont(font);
    const auto x = [&](Index block) { return kLeft + (kWidth - kLeft - kRight) * (double(block) + 0.5) / double(blocks); };
    const auto y = [&](double error) { return kHeight - kBottom - (kHeight - kTop - kBottom) * error / most; };
    for (int step = 0; step <= 4; ++step) {
        const double value = most * step / 4;
        painter.setPen(QColor(0xdd, 0xdd, 0xdd));
        painter.drawLine(QPointF(kLeft, y(value)), QPointF(kWidth - kRight, y(value)));
        painter.setPen(Qt::black);
        painter.drawText(QRectF(0, y(value) - 18, kLeft - 12, 36), Qt::AlignRight | Qt::AlignVCenter, percentText(value, 1));
    }
    painter.drawText(QRectF(kLeft, kHeight - 44, kWidth - kLeft - kRight, 40), Qt::AlignCenter, tr("block"));
    for (int kind = 0; kind < kKinds.size(); ++kind) {
        QPolygonF line;
        for (const LayerReport& layer : report.layers)
            if (layer.linear == kKinds[kind] && std::isfinite(layer.error))
                line << QPointF(x(layer.block), y(layer.error));
        painter.setPen(QPen(seriesColor(kind, false), 4));
        painter.drawPolyline(line);
        painter.setBrush(painter.pen().color());
        for (const QPointF& point : line)
            painter.drawEllipse(point, 5, 5);
        painter.setBrush(Qt::NoBrush);
        painter.drawText(QPointF(kWidth - kRight + 24, kTop + 40 + 60 * kind), kKinds[kind]);
    }
    return image;
}

// The page for the browser, without what QTextDocument does not know.
QString printable(const Report& report, const RunTimes& times, const ReportPlace& place)
{
    QString html = reportHtml(report, times, place);
    static const QRegularExpression svg(QStringLiteral("<svg.*</svg>"), QRegularExpression::DotMatchesEverythingOption);
    static const QRegularExpression style(QStringLiteral("<style>.*</style>"), QRegularExpression::DotMatchesEverythingOption);
    html.replace(svg, QStringLiteral("<p><img src=\"chart\" width=\"500\"/></p>"));
    html.replace(style, QStringLiteral("<style>body{font-size:9pt}h1{font-size:16pt}h2{font-size:12pt}"
                                       "th,td{padding:2px 8px;text-align:left}td.n,th.n{text-align:right}"
                                       "pre{font-size:7pt}.hash{font-size:6pt}.note{color:#8a4500}b{font-size:13pt}</style>"));
    html.replace(QStringLiteral("</b><span>"), QStringLiteral("</b> <span>"));
    return html;
}

} // namespace

void writeReportPdf(const Report& report, const RunTimes& times, const ReportPlace& place, const QString& path)
{
    QByteArray bytes;
    {
        QBuffer buffer(&bytes);
        buffer.open(QIODevice::WriteOnly);
        QPdfWriter writer(&buffer);
        writer.setPageSize(QPageSize(QLocale().measurementSystem() == QLocale::MetricSystem ? QPageSize::A4 : QPageSize::Letter));
        writer.setPageMargins(QMarginsF(15, 15, 15, 15), QPageLayout::Millimeter);
        writer.setTitle(tr("%1, compressed").arg(report.model));
        writer.setCreator(report.program);
        QTextDocument document;
        document.addResource(QTextDocument::ImageResource, QUrl(QStringLiteral("chart")), errorChart(report));
        document.setHtml(printable(report, times, place));
        document.print(&writer);
    }
    writeFileSafely(path, bytes);
}

void writeReportHtml(const Report& report, const RunTimes& times, const ReportPlace& place, const QString& path)
{
    writeFileSafely(path, reportHtml(report, times, place).toUtf8());
}

} // namespace halftone
