// SPDX-License-Identifier: GPL-3.0-or-later
#include "inspect/row_source.h"

#include "checkpoint/checkpoint.h"

#include <algorithm>

namespace halftone {

namespace {

constexpr std::int64_t kTileWeights = 1 << 18;

} // namespace

std::int64_t RowSource::tileRows(std::int64_t multiple) const
{
    const std::int64_t wanted = std::max<std::int64_t>(1, kTileWeights / std::max<std::int64_t>(1, columns));
    return std::max(multiple, wanted / multiple * multiple);
}

RowSource rowsOf(std::shared_ptr<const Checkpoint> checkpoint, const TensorView& tensor)
{
    return {tensor.rows(), tensor.columns(),
            [checkpoint = std::move(checkpoint), tensor](std::int64_t begin, std::int64_t count,
                                                         std::span<float> out) {
                checkpoint->readRows(tensor, begin, count, out);
            }};
}

RowSource rowsOf(const Matrix& matrix)
{
    return {matrix.rows(), matrix.cols(),
            [&matrix](std::int64_t begin, std::int64_t count, std::span<float> out) {
                const float* first = matrix.data() + begin * matrix.cols();
                std::copy(first, first + count * matrix.cols(), out.begin());
            }};
}

} // namespace halftone
