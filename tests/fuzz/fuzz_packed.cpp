// SPDX-License-Identifier: GPL-3.0-or-later
// libFuzzer: any bytes either are a packed matrix whose rows can be read, or an Error.
#include "base/error.h"
#include "packed/packed_matrix.h"

#include <cstring>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    using namespace halftone;
    std::vector<std::byte> bytes(size);
    if (size > 0)
        std::memcpy(bytes.data(), data, size);
    // The length in the header is the one field that no mutation gets right.
    if (const std::uint64_t length = size; size >= 40)
        std::memcpy(bytes.data() + 32, &length, 8);
    try {
        const PackedMatrix matrix = PackedMatrix::parse(QStringLiteral("input"), bytes, nullptr);
        const Index rows = std::min<Index>(matrix.rows, std::max<Index>(1, 100000 / matrix.columns));
        std::vector<float> out(static_cast<std::size_t>(rows * matrix.columns));
        matrix.unpackRows(matrix.rows - rows, rows, out);
        matrix.bits();
    } catch (const Error&) {
    }
    return 0;
}
