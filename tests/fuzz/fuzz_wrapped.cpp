// SPDX-License-Identifier: GPL-3.0-or-later
// libFuzzer: any bytes as a wrapped matrix (turned basis, range-coded symbols): rows can be read, or an Error.
// Seeds: the tensors of tests/golden/wrapped_matrices.safetensors.
#include "base/error.h"
#include "packed/packed_matrix.h"

#include <cstring>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    using namespace halftone;
    std::vector<std::byte> bytes(std::max<std::size_t>(size, 48));
    if (size > 0)
        std::memcpy(bytes.data(), data, size);
    // Fields that no mutation gets right: the name of the format and its length.
    std::memcpy(bytes.data(), "HTPW", 4);
    const std::uint64_t length = bytes.size();
    std::memcpy(bytes.data() + 8, &length, 8);
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
