// SPDX-License-Identifier: GPL-3.0-or-later
// halftone-pdf PAGE.html REPORT.json OUT.pdf: draws a report that halftone-cli has made. Not meant to be
// called by people. Exit 0 fine, 1 one sentence on standard error.
#include "app/pdf/draw_report.h"

#include "base/error.h"
#include "checkpoint/strict_json.h"
#include "export/output_file.h"

#include <QFile>
#include <QGuiApplication>
#include <cstdio>

using namespace halftone;

namespace {

void draw(const QString& page, const QString& data, const QString& out)
{
    QFile file(page);
    if (!file.open(QIODevice::ReadOnly))
        throw Error(tr("'%1' cannot be read: %2.").arg(page, file.errorString()));
    OutputFile pdf(out);
    const QByteArray bytes = reportPdf(QString::fromUtf8(file.readAll()), reportFromJson(readStrictJson(data)));
    pdf.write(bytes.constData(), static_cast<std::size_t>(bytes.size()));
    pdf.commit();
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
