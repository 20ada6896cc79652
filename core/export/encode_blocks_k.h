// SPDX-License-Identifier: GPL-3.0-or-later
// Internal to encode_blocks: the types whose scales are searched for.
#pragma once

#include <cstdint>

namespace halftone {

void encodeQ2_0(const float* in, std::int64_t blocks, std::uint8_t* out);
void encodeQ4K(const float* in, std::int64_t blocks, std::uint8_t* out);
void encodeQ6K(const float* in, std::int64_t blocks, std::uint8_t* out);

} // namespace halftone
