// SPDX-License-Identifier: GPL-3.0-or-later
// What this machine can do at best, measured now: multiply-adds in registers and bytes from memory.
#pragma once

namespace halftone::bench {

struct MachinePeak
{
    const char* instructions = ""; ///< widest set the processor has
    double singleFlops = 0;        ///< fp32, floating point operations per second (an FMA is two)
    double doubleFlops = 0;
    double readBytes = 0;          ///< per second, out of memory
    double copyBytes = 0;          ///< read + written per second
};

/// Best of several short runs on `threads` threads at once, summed over them; judged by processor time,
/// so that other programs disturb it little.
MachinePeak measurePeak(int threads);

} // namespace halftone::bench
