// SPDX-License-Identifier: GPL-3.0-or-later
// The column walk in slow motion: one row, a few columns of it, their Hessian from the sample's own
// calibration text, binarized column by column with the error pushed into those not yet coded.
#pragma once

#include "lessons/lesson_pictures.h"

namespace halftone {

/// After so many columns as `control` says. The step's tensor must read the inputs of gate and up of
/// block 0. Throws Error and Cancelled.
LessonView walkView(const std::shared_ptr<const Checkpoint>& model, const LessonStep& step, double control,
                    Progress& progress);

} // namespace halftone
