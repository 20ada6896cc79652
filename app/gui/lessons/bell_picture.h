// SPDX-License-Identifier: GPL-3.0-or-later
// The pictures of the lesson on BiLLM: a row coded by two planes of signs, the second for what the first
// left over, and a row whose bell is broken into small and large weights.
#pragma once

#include "lessons/lesson_pictures.h"

namespace halftone {

/// Levels -a-b, -a+b, a-b, a+b: a the best first scale, b = control times the mean of what it left.
/// row[m] of one output. (Huang et al. 2024, BiLLM, "residual approximation".)
LessonView residualView(const std::vector<float>& row, double control);

/// Two groups, |w| below and above control times the largest, with a scale each; dashed where BiLLM's
/// search would break this row.
LessonView breakView(const std::vector<float>& row, double control);

} // namespace halftone
