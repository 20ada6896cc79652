// SPDX-License-Identifier: GPL-3.0-or-later
// What is written beneath a saved picture or above its data: model, tensor, recipe. And the data itself.
#pragma once

#include "inspect/tensor_stats.h"

#include <QString>

namespace halftone {

class HeatmapView;
class Session;

/// "what", the model, the selected tensor and the settings in force there; three lines.
QString recipeCaption(const Session& session, const QString& what);

/// 32 x 32 cells of what is on show, or fewer, with the weights they begin at.
QString mapCsv(const HeatmapView& map, const QString& caption);
QString histogramCsv(const Histogram& histogram, const QString& caption);

} // namespace halftone
