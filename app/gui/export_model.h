// SPDX-License-Identifier: GPL-3.0-or-later
// Carries out an export on the Work lane: writes it, opens it again, compares what both models predict,
// and puts the run's report beside it.
#pragma once

#include "export/targets.h"
#include "job.h"

namespace halftone {

/// What the order's settings ask for: "type", and "turned" and "type_for", a list of [pattern, type]. Throws Error.
ExportChoices choicesOf(const ExportOrder& order);

/// `model` is a checkpoint's path. Throws Error and Cancelled.
ExportOutcome exportModel(const QString& model, const ExportOrder& order, const QString& backend, Progress& progress);

/// What somebody would type for the same file.
QString exportCommand(const QString& model, const ExportOrder& order);

} // namespace halftone
