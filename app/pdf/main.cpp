// SPDX-License-Identifier: GPL-3.0-or-later
// halftone-pdf PAGE.html REPORT.json OUT.pdf: draws a report that halftone-cli has made. Not meant to be
// called by people. Exit 0 fine, 1 one sentence on standard error.
#include "error_chart.h"

#include "base/error.h"
#include "checkpoint/strict_json.h"

#include <QFile>
#include <QGuiApplication>
#include <QPageSize>
#include <QPdfWriter>
#include <QTextDocument>
#include <cstdio>

using namespace halftone;

namespace {

void draw(const QString& page, const QString& data, const QString& out)
{
    QFile file(page);
    if (!file.open(QIODevice::ReadOnly))
        throw Error(tr("'%1' cannot be read: %2.").arg(page, file.errorString()));
    QPdfWriter writer(out);
    writer.setPageSize(QPageSize(QPageSize::A4));
    writer.setPageMargins(QMarginsF(15, 15, 15, 15), QPageLayout::Millimeter);
    writer.setResolution(96); // the page's own units
    writer.setCreator(QStringLiteral("Halftone"));
    QTextDocument document;
    document.setDocumentMargin(0);
    const QSizeF body(writer.width(), writer.height());
    const QImage chart = errorChart(reportFromJson(readStrictJson(data)), static_cast<int>(3 * body.width()));
    QImage shown = chart;
    shown.setDevicePixelRatio(3);
    document.addResource(QTextDocument::ImageResource, QUrl(QStringLiteral("chart")), shown);
    QString html = QString::fromUtf8(file.readAll());
    html.replace(QStringLiteral("<img src=\"chart\"/>"),
                 chart.isNull() ? QString() : QStringLiteral("<img src=\"chart\" width=\"%1\"/>").arg(static_cast<int>(0.98 * body.width())));
    // Qt's documents have no flexible columns: names of tensors need the room, figures a space.
    html.replace(QStringLiteral("<table><thead><tr><th>"), QStringLiteral("<table width=\"100%\"><thead><tr><th width=\"44%\">"));
    html.replace(QStringLiteral("</b><span>"), QStringLiteral("</b> <span>"));
    document.setDefaultStyleSheet(QStringLiteral("td, th { padding: 2px 6px; } .n { text-align: right; }"));
    document.setHtml(html);
    QFont font = document.defaultFont();
    font.setPixelSize(11);
    document.setDefaultFont(font);
    document.setPageSize(body);
    writer.setTitle(document.metaInformation(QTextDocument::DocumentTitle));
    document.print(&writer);
}

} // namespace

int main(int argc, char** argv)
{
    qputenv("QT_QPA_PLATFORM", "offscreen");
    QGuiApplication application(argc, argv);
    if (argc != 4) {
        std::fputs("halftone-pdf PAGE.html REPORT.json OUT.pdf\n", stderr);
        return 2;
    }
    try {
        draw(QString::fromLocal8Bit(argv[1]), QString::fromLocal8Bit(argv[2]), QString::fromLocal8Bit(argv[3]));
        return 0;
    } catch (const std::exception& e) {
        std::fprintf(stderr, "%s\n", e.what());
        return 1;
    }
}
