// SPDX-License-Identifier: GPL-3.0-or-later
// Numbers, sizes and shapes as the reader's locale writes them. SI sizes.
#pragma once

#include "checkpoint/checkpoint.h"

#include <QString>

namespace halftone {

QString countText(std::int64_t count);
QString sizeText(std::int64_t bytes);
QString shapeText(const TensorView& tensor);
/// Four significant digits, without an exponent where that is readable.
QString numberText(double value);
QString percentText(double share, int decimals = 2);
/// "2 min 5 s"; empty for negative seconds.
QString durationText(double seconds);

} // namespace halftone
