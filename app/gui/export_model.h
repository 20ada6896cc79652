// SPDX-License-Identifier: GPL-3.0-or-later
// Carries out an export on the Work lane: writes it, opens it again, compares what both models predict,
// and puts the run's report beside it.
#pragma once

#include "job.h"

namespace halftone {

/// `model` is a checkpoint's path. Throws Error and Cancelled.
ExportOutcome exportModel(const QString& model, const ExportOrder& order, const QString& backend, Progress& progress);

/// What somebody would type for the same file.
QString exportCommand(const QString& model, const ExportOrder& order);

} // namespace halftone
