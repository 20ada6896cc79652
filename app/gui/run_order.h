// SPDX-License-Identifier: GPL-3.0-or-later
// Carries out one order on the Work lane: the only place where the window meets the pipeline.
#pragma once

#include "job_runner.h"

namespace halftone {

/// Throws Error and Cancelled.
RunOutcome runOrder(const RunOrder& order, Progress& progress, const LayerListener& onLayer);

} // namespace halftone
