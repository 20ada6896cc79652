// SPDX-License-Identifier: GPL-3.0-or-later
#include "compute/blas_core.h"

#include <cblas.h>
#include <cstdlib>
#include <string_view>
#include <unistd.h>

namespace halftone {

void chooseBlasCore(char** argv)
{
    // Debian 12's OpenBLAS 0.3.21 knows nothing of Sapphire Rapids and takes it for its elder Cooper Lake,
    // whose block sizes overflow the caches: three times slower than the kernels of Skylake-X (README).
    const char* const choice = "OPENBLAS_CORETYPE";
    if (std::getenv(choice) || std::string_view(openblas_get_corename()) != "Cooperlake")
        return;
    setenv(choice, "SkylakeX", 1);
    execv("/proc/self/exe", argv); // on failure the program goes on as it is, only slower
}

} // namespace halftone
