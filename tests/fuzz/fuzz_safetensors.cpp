// SPDX-License-Identifier: GPL-3.0-or-later
// libFuzzer: any bytes either are a safetensors file whose tensors can be read, or an Error. The
// input is the header without its length, then 0xff, then the data, so that mutations of the header
// need not guess the length; inputs without 0xff are taken as a whole file.
#include "base/error.h"
#include "checkpoint/safetensors.h"
#include "fuzz/decode_rows.h"

#include <cstring>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    std::vector<std::byte> file(size);
    if (size > 0)
        std::memcpy(file.data(), data, size);
    if (const auto* mark = static_cast<const std::uint8_t*>(size > 0 ? std::memchr(data, 0xff, size) : nullptr)) {
        const auto length = static_cast<std::uint64_t>(mark - data);
        file.resize(size + 7);
        std::memcpy(file.data(), &length, 8);
        if (length > 0)
            std::memcpy(file.data() + 8, data, length);
        if (size > length + 1)
            std::memcpy(file.data() + 8 + length, mark + 1, size - length - 1);
    }
    try {
        decodeRows(halftone::parseSafetensors(file, QStringLiteral("'input'")).tensors);
    } catch (const halftone::Error&) {
    }
    return 0;
}
