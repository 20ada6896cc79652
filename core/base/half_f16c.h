// SPDX-License-Identifier: GPL-3.0-or-later
// Internal to half: binary16 by the processor's own instruction. In a file of its own, which is compiled for F16C.
#pragma once

#include <cstddef>

namespace halftone {

/// Converts the first count / 8 * 8 of `count` numbers and returns how many those are; 0 where the processor cannot.
std::size_t halvesByProcessor(const std::byte* bits, std::size_t count, float* out);

} // namespace halftone
