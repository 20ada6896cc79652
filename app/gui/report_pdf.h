// SPDX-License-Identifier: GPL-3.0-or-later
// A run's report on paper: the same figures as the HTML page, laid out for print with its chart drawn.
#pragma once

#include "export/report.h"

namespace halftone {

/// Both throw Error naming the file. Any thread. place: what is told of the folder that the result lies in.
void writeReportPdf(const Report& report, const RunTimes& times, const ReportPlace& place, const QString& path);
void writeReportHtml(const Report& report, const RunTimes& times, const ReportPlace& place, const QString& path);

} // namespace halftone
