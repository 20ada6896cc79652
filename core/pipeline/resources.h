// SPDX-License-Identifier: GPL-3.0-or-later
// Where the files lie that come with Halftone: the sample model and the built-in texts.
#pragma once

#include <QString>

namespace halftone {

/// Path of a resource such as "sample" or "calibration/default.txt": in HALFTONE_RESOURCES if that is
/// set, beside the installed program (../share/halftone), or in the source tree it was built from.
/// Throws Error naming the places searched.
QString resourcePath(const QString& name);

/// Path of a model as a person names it: the word "sample" is the model that comes with Halftone
/// ("./sample" is a folder of that name), all else is a path already.
QString modelPath(const QString& named);

} // namespace halftone
