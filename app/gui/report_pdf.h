// SPDX-License-Identifier: GPL-3.0-or-later
// A run's report on paper: the same figures as the HTML page, laid out for print with its chart drawn.
#pragma once

#include "export/report.h"

namespace halftone {

/// Both throw Error naming the file. Any thread.
void writeReportPdf(const Report& report, const RunTimes& times, const QString& path);
void writeReportHtml(const Report& report, const RunTimes& times, const QString& path);

} // namespace halftone
