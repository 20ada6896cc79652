// SPDX-License-Identifier: GPL-3.0-or-later
#include "report_pdf.h"

#include "app/pdf/draw_report.h"
#include "pipeline/run_store.h"

namespace halftone {

void writeReportPdf(const Report& report, const RunTimes& times, const ReportPlace& place, const QString& path)
{
    writeFileSafely(path, reportPdf(reportHtml(report, times, place, ReportChart::Image), report));
}

void writeReportHtml(const Report& report, const RunTimes& times, const ReportPlace& place, const QString& path)
{
    writeFileSafely(path, reportHtml(report, times, place).toUtf8());
}

} // namespace halftone
