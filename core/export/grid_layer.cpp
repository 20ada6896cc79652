// SPDX-License-Identifier: GPL-3.0-or-later
#include "export/grid_layer.h"

#include "base/error.h"
#include "base/half.h"
#include "base/parallel.h"

#include <algorithm>
#include <cmath>

namespace halftone {

namespace {

// zero = -offset / scale, where that is a whole number up to what storing an fp16 offset rounds.
std::optional<int> zeroOf(const Grid& grid, Index row, Index group, int top)
{
    const double scale = grid.scale(row, group);
    const double offset = grid.offset.size() ? grid.offset(row, group) : 0.0;
    if (scale == 0)
        return offset == 0 ? std::optional(0) : std::nullopt;
    const double zero = -offset / scale, whole = std::nearbyint(zero);
    if (whole < 0 || whole > top || std::abs(zero - whole) > std::abs(whole) / 1024)
        return std::nullopt;
    return static_cast<int>(whole);
}

int bitsOf(int levels)
{
    int bits = 1;
    while ((1 << bits) < levels)
        ++bits;
    return bits;
}

GridLayer taken(const PackedMatrix& packed, const FolderTensor& tensor, const GridShape& shape)
{
    CodeMatrix codes;
    const Coding coding = packed.unpackCodes(codes);
    const Grid& grid = coding.grids.front();
    GridLayer out{shape.bits, codes.rows(), codes.cols(),
                  shape.groupColumns > 0 ? shape.groupColumns : codes.cols(), {}, {}, {}};
    out.codes.resize(codes.rows(), codes.cols());
    out.scale.resize(codes.rows(), grid.scale.cols());
    out.zero.resize(codes.rows(), grid.scale.cols());
    const int top = (1 << shape.bits) - 1;
    for (Index row = 0; row < codes.rows(); ++row) {
        const Index from = huggingFaceRow(tensor, row);
        out.codes.row(row) = codes.row(from);
        out.scale.row(row) = grid.scale.row(from);
        for (Index g = 0; g < grid.scale.cols(); ++g)
            out.zero(row, g) = static_cast<std::uint8_t>(zeroOf(grid, from, g, top).value_or(0));
    }
    return out;
}

// One group: the least and greatest weight, zero included, over all levels.
void roundGroup(GridLayer& layer, const float* weights, Index row, Index group, Index begin, Index end, bool symmetric)
{
    const int top = (1 << layer.bits) - 1;
    float least = 0, most = 0;
    for (Index j = begin; j < end; ++j) {
        least = std::min(least, weights[j]);
        most = std::max(most, weights[j]);
    }
    int zero = 1 << (layer.bits - 1);
    float scale = roundToHalf(std::max(-least / static_cast<float>(zero), most / static_cast<float>(top - zero)));
    if (!symmetric) {
        scale = roundToHalf((most - least) / static_cast<float>(top));
        zero = scale > 0 ? static_cast<int>(std::nearbyint(-least / scale)) : 1;
    }
    if (zero < 1) { // a level below zero that nothing needs: not all readers are safe with a zero point of 0
        zero = 1;
        scale = roundToHalf(most / static_cast<float>(top - zero));
    }
    zero = std::min(zero, top);
    layer.scale(row, group) = scale;
    layer.zero(row, group) = static_cast<std::uint8_t>(zero);
    for (Index j = begin; j < end; ++j) {
        const float code = scale > 0 ? std::nearbyint(weights[j] / scale) + static_cast<float>(zero) : static_cast<float>(zero);
        layer.codes(row, j) = static_cast<std::uint8_t>(std::clamp(code, 0.0f, static_cast<float>(top)));
    }
}

GridLayer rounded(const Checkpoint& checkpoint, const FolderTensor& tensor, const GridShape& shape, bool symmetric)
{
    GridLayer out;
    out.bits = shape.bits;
    out.rows = tensor.shape.at(0);
    out.columns = tensor.shape.at(1);
    out.groupColumns = shape.groupColumns > 0 ? shape.groupColumns : out.columns;
    const Index groups = (out.columns + out.groupColumns - 1) / out.groupColumns;
    out.codes.resize(out.rows, out.columns);
    out.scale.resize(out.rows, groups);
    out.zero.resize(out.rows, groups);
    Matrix weights(out.rows, out.columns);
    FolderRows(checkpoint).read(tensor, 0, out.rows, {weights.data(), static_cast<std::size_t>(weights.size())});
    parallelFor(out.rows, [&](std::int64_t row) {
        for (Index g = 0; g < groups; ++g)
            roundGroup(out, weights.row(row).data(), row, g, g * out.groupColumns,
                       std::min((g + 1) * out.groupColumns, out.columns), symmetric);
    });
    return out;
}

} // namespace

std::optional<GridShape> gridShapeOf(const Checkpoint& checkpoint, const FolderTensor& tensor, QString& why)
{
    const auto packed = checkpoint.packed(checkpoint.require(tensor.source));
    if (!packed) {
        why = tr("it is not coded");
        return std::nullopt;
    }
    if (packed->classes.size() != 1) {
        why = tr("its weights are in %1 classes").arg(packed->classes.size());
        return std::nullopt;
    }
    const Grid& grid = packed->classes.front().grid;
    if (!packed->plain) {
        why = tr("it has more than a scale and an offset in each group");
        return std::nullopt;
    }
    if (packed->rotation.active) {
        why = tr("it is coded in another basis");
        return std::nullopt;
    }
    if (!grid.table.empty()) {
        why = tr("its levels are not evenly spaced");
        return std::nullopt;
    }
    const GridShape shape{bitsOf(grid.count), grid.groupColumns};
    for (Index row = 0; row < grid.scale.rows(); ++row)
        for (Index g = 0; g < grid.scale.cols(); ++g)
            if (grid.scale(row, g) < 0 || !zeroOf(grid, row, g, (1 << shape.bits) - 1)) {
                why = tr("its levels do not hold zero");
                return std::nullopt;
            }
    return shape;
}

GridLayer gridLayer(const Checkpoint& checkpoint, const FolderTensor& tensor, const GridShape& shape, bool symmetric)
{
    QString why;
    const auto own = gridShapeOf(checkpoint, tensor, why);
    if (own && *own == shape)
        return taken(*checkpoint.packed(checkpoint.require(tensor.source)), tensor, shape);
    return rounded(checkpoint, tensor, shape, symmetric);
}

std::array<int, 2> zeroRange(const Checkpoint& checkpoint, const FolderTensor& tensor)
{
    const auto packed = checkpoint.packed(checkpoint.require(tensor.source));
    const Grid& grid = packed->classes.front().grid;
    std::array<int, 2> range{255, 0};
    for (Index row = 0; row < grid.scale.rows(); ++row)
        for (Index g = 0; g < grid.scale.cols(); ++g) {
            const int zero = zeroOf(grid, row, g, 255).value_or(0);
            range = {std::min(range[0], zero), std::max(range[1], zero)};
        }
    return range;
}

void packWords(const std::uint8_t* from, Index stride, Index count, int bits, std::uint32_t* to, Index toStride)
{
    std::uint64_t held = 0;
    int filled = 0;
    Index word = 0;
    for (Index i = 0; i < count; ++i) {
        held |= std::uint64_t{from[i * stride]} << filled;
        filled += bits;
        if (filled >= 32) {
            to[word++ * toStride] = static_cast<std::uint32_t>(held);
            held >>= 32;
            filled -= 32;
        }
    }
    if (filled > 0)
        to[word * toStride] = static_cast<std::uint32_t>(held);
}

} // namespace halftone
