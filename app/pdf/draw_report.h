// SPDX-License-Identifier: GPL-3.0-or-later
// A report on paper, for halftone-pdf and the window alike.
#pragma once

#include "export/report.h"

#include <QByteArray>

namespace halftone {

/// `page` is reportHtml(..., ReportChart::Image) of the report, whose chart is painted into it. Needs a QGuiApplication;
/// any thread. The paper is the locale's.
QByteArray reportPdf(const QString& page, const Report& report);

} // namespace halftone
