// SPDX-License-Identifier: GPL-3.0-or-later
// Memory that was freed and is still held by the allocator.
#pragma once

namespace halftone {

/// Gives it back to the system, where the C library can: after a step that needed much more than what it leaves.
void returnFreedMemory();

} // namespace halftone
