// SPDX-License-Identifier: GPL-3.0-or-later
// The one parameter by which a method spends bits in small steps, and what it is expected to buy.
#pragma once

#include "base/matrix.h"

#include <QString>
#include <nlohmann/json.hpp>

namespace halftone {

struct BitsKnob
{
    const char* method;
    const char* parameter;
    double least, most; ///< beyond which nothing is gained

    /// Bits for each weight that a layer of these settings should take, scales and tables apart: target_bits
    /// itself; 1 - r + s r + H2(r) for a share r of s salient bits whose places an entropy coder stores; or
    /// 1 + H2(r) + r^2 (2 + 1.4 r) where it stores the salient weights' levels too.
    double expectedBits(const nlohmann::json& settings) const;
    /// The parameter's value, within its bounds, at which expectedBits is `bits`; it rises with the parameter.
    double valueFor(double bits, nlohmann::json settings) const;
    /// `bits`, or the nearest that the parameter's bounds allow.
    double within(double bits, nlohmann::json settings) const;
};

/// Null when the method has none.
const BitsKnob* bitsKnobOf(const QString& method);

/// To 4 decimals, as recipes keep it.
double roundedKnob(double value);

} // namespace halftone
