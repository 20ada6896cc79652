// SPDX-License-Identifier: GPL-3.0-or-later
// Splits loops over the cores. Work is cut into items by the caller, never by the number of
// threads, so results do not depend on how many there are.
#pragma once

#include <cstdint>
#include <functional>

namespace halftone {

/// Calls body(i) once for each i in [0, count), on several threads, in any order. Returns when all
/// are done. The first exception thrown by a body is rethrown here; the rest are not started.
/// Nested calls run on the calling thread.
void parallelFor(std::int64_t count, const std::function<void(std::int64_t)>& body);

/// How many threads parallelFor uses from now on (the caller's own included); 0 means all cores.
/// Interactive programs lower it while a person works.
void setThreadCount(int count);
int threadCount();

} // namespace halftone
