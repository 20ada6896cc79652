// SPDX-License-Identifier: GPL-3.0-or-later
// Errors of layers over the blocks as chart series: of one run by kind of layer, of several side by side.
#pragma once

#include "export/report.h"
#include "widgets/chart_series.h"

namespace halftone {

class ChartPane;

/// One line a kind of layer.
void showLayerErrors(ChartPane& chart, const std::vector<LayerReport>& layers);

} // namespace halftone
