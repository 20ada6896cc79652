// SPDX-License-Identifier: GPL-3.0-or-later
#include "layer_errors.h"

#include "base/error.h"
#include "texts.h"
#include "widgets/chart_pane.h"

#include <algorithm>

namespace halftone {

void showLayerErrors(ChartPane& chart, const std::vector<LayerReport>& layers)
{
    std::vector<ChartSeries> series;
    const LayerReport* worst = nullptr;
    for (const LayerReport& layer : layers) {
        auto kind = std::find_if(series.begin(), series.end(),
                                 [&](const ChartSeries& each) { return each.name == layer.linear; });
        if (kind == series.end()) {
            series.push_back({layer.linear, {}});
            kind = series.end() - 1;
        }
        kind->points.push_back({double(layer.block), 100 * layer.error, 0, layer.name, 0});
        if (!worst || layer.error > worst->error)
            worst = &layer;
    }
    const QString summary = worst ? tr("%1 layers coded; the largest error is %2, of %3.")
                                        .arg(countText(std::int64_t(layers.size())), percentText(worst->error, 1), worst->name)
                                  : tr("The errors of the layers appear here as they are coded.");
    chart.show(series, {tr("block"), tr("error, %"), false, true, true, QString()}, summary);
}

} // namespace halftone
