// SPDX-License-Identifier: GPL-3.0-or-later
// The table of methods, one row each.
#pragma once

#include "quantize/quantizer.h"

#include <span>

namespace halftone {

/// In the order they are offered.
std::span<const Quantizer* const> quantizers();

/// Throws Error that lists the known methods.
const Quantizer& quantizer(const QString& id);

/// completeSettings for a method.
Settings completeSettings(const Quantizer& method, const Settings& given);

} // namespace halftone
