// SPDX-License-Identifier: GPL-3.0-or-later
// Runs side by side as plain values: the points of the Pareto chart, the layers' errors, and the
// choices in which recipes differ.
#pragma once

#include "project/run_record.h"
#include "widgets/chart_series.h"

#include <memory>

namespace halftone {

using Runs = std::vector<std::shared_ptr<const RunRecord>>;

enum class SizeFigure { Bytes, DiskBits };
enum class QualityFigure { Perplexity, Divergence };

/// Runs that differ in their calibration seed alone, one for each seed, in the order of the runs; a run without
/// such others stands by itself.
std::vector<Runs> repeatsIn(const Runs& runs);

/// One's own runs solid, one series a method; the originals diamonds; `published` hollow, on DiskBits
/// and Perplexity only. Runs without the figure are left out. Repeats are one point: their mean, with their
/// standard deviation as its error.
std::vector<ChartSeries> paretoSeries(const Runs& runs, SizeFigure size, QualityFigure quality, bool published);

/// One line a run, over the layers in the order of the model.
std::vector<ChartSeries> layerSeries(const Runs& runs);

struct RecipeDifference
{
    QString choice;      ///< "settings.salient_ratio"
    QStringList values;  ///< one a run
};

/// Only choices in which the runs differ; defaults count as chosen.
std::vector<RecipeDifference> recipeDifferences(const Runs& runs);

} // namespace halftone
