// SPDX-License-Identifier: GPL-3.0-or-later
// What is typed in a terminal to do the same as Start.
#pragma once

#include "job.h"

namespace halftone {

/// Settings as flags; where a choice has no flag, the whole recipe follows as a document for the command
/// to read.
QString commandFor(const Recipe& recipe, const QString& out, const Budget& budget = {});

} // namespace halftone
