// SPDX-License-Identifier: GPL-3.0-or-later
// libFuzzer: any bytes either are a GGUF file whose tensors can be read, or an Error.
#include "base/error.h"
#include "checkpoint/gguf.h"
#include "fuzz/decode_rows.h"

#include <cstring>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    // A copy of exactly the right size: the sanitizer then sees a read of one byte too many.
    std::vector<std::byte> file(size);
    if (size > 0)
        std::memcpy(file.data(), data, size);
    try {
        decodeRows(halftone::parseGguf(file, QStringLiteral("'input'")).tensors);
    } catch (const halftone::Error&) {
    }
    return 0;
}
