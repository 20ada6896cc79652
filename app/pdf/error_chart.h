// SPDX-License-Identifier: GPL-3.0-or-later
// The chart of the layers' errors over the blocks, as the HTML page has it, painted.
#pragma once

#include "export/report.h"

#include <QImage>

namespace halftone {

/// `width` pixels wide; null when no layer has an error.
QImage errorChart(const Report& report, int width);

} // namespace halftone
