// SPDX-License-Identifier: GPL-3.0-or-later
// The backend that is always there, and the definition the others are checked against.
#pragma once

#include "compute/backend.h"

#include <memory>

namespace halftone {

/// Runs on the cores parallelFor uses. Any number may exist; they share nothing.
std::unique_ptr<ComputeBackend> makeCpuBackend();

} // namespace halftone
