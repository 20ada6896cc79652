// SPDX-License-Identifier: GPL-3.0-or-later
// Which of its kernels OpenBLAS runs. It chooses them before main, and not always well.
#pragma once

namespace halftone {

/// Starts the program again with a better choice (OPENBLAS_CORETYPE) where the one made is known to be
/// slow, unless the environment already says one. Call first in main; returns where nothing is to change.
void chooseBlasCore(char** argv);

} // namespace halftone
