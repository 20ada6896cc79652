// SPDX-License-Identifier: GPL-3.0-or-later
// The column walk: one dispatch rounds a block of columns for all rows and leaves their errors; a matrix
// product brings these to the rest of the span, and once per span to all columns behind it. No number
// comes back to the processor in between.
#include "gpu/vulkan_verbs.h"

#include <algorithm>
#include <bit>

namespace halftone::vulkan {

namespace {

constexpr Index kBlock = 32; // of the shader
constexpr Index kRows = 16;
constexpr Variant kWalk{"walk_columns_f32", "walk_columns_f64"};

struct Push
{
    VkDeviceAddress weights, upper, coded, errors, codes, loss, coding, classes;
    std::uint32_t rows, columns, begin, count, errorBegin, errorStride, codingBegin, classStride, rowBegin;
};

void walkBlock(VulkanRuntime& v, const Walk& w, Index begin, Index count, Index span)
{
    Push push{w.weights, w.upper, w.coded, w.errors, w.codes, w.loss, w.coding, w.classes, narrow(w.rows),
              narrow(w.columns), narrow(begin), narrow(count), narrow(begin - span), narrow(kWalkSpan),
              narrow(w.begin), narrow(w.end - w.begin), 0};
    const VulkanKernel& kernel = v.kernels.get(kWalk.of(w.scalar), {w.upper != 0});
    const Index most = std::clamp<Index>(static_cast<Index>(v.commands.workPerDispatch() / 4e3), kRows, 1 << 19) /
                       kRows * kRows;
    for (Index row = 0; row < w.rows; row += most) {
        const Index rows = std::min(most, w.rows - row);
        push.rowBegin = narrow(row);
        v.commands.dispatch(kernel, &push, sizeof(push), {narrow(parts(rows, kRows)), 1, 1},
                            4e3 * static_cast<double>(rows), row == 0);
    }
}

// columns [to, to + width) -= errors of columns [from, from + count) times U
void spread(VulkanRuntime& v, const Walk& w, Index span, Index from, Index count, Index to, Index width,
            Progress& progress)
{
    Product p;
    p.a = {element(w.errors, w.scalar, from - span), kWalkSpan, false, w.scalar, 0};
    p.b = {element(w.upper, w.scalar, from * w.columns + to), w.columns, true, w.scalar, 0};
    p.c = element(w.weights, w.scalar, to);
    p.strideC = w.columns;
    p.scalar = w.scalar;
    p.rows = w.rows;
    p.columns = width;
    p.depth = count;
    p.factor = -1;
    p.add = true;
    product(v, p, &progress);
}

} // namespace

void walkColumns(VulkanRuntime& v, const Walk& w, Progress& progress)
{
    for (Index span = w.begin / kWalkSpan * kWalkSpan; span < w.end; span += kWalkSpan) {
        const Index first = std::max(span, w.begin);
        const Index spanEnd = std::min(span + kWalkSpan, w.columns);
        const Index last = std::min(spanEnd, w.end);
        for (Index begin = first; begin < last;) {
            progress.check();
            const Index end = std::min(last, begin / kBlock * kBlock + kBlock);
            walkBlock(v, w, begin, end - begin, span);
            if (w.upper)
                spread(v, w, span, begin, end - begin, end, spanEnd - end, progress);
            begin = end;
        }
        if (w.upper)
            spread(v, w, span, first, last - first, spanEnd, w.columns - spanEnd, progress);
    }
}

std::vector<std::uint32_t> codingWords(const Coding& coding, Index begin, Index end, bool classesApart)
{
    std::vector<std::uint32_t> words(4 + 8 * 4, 0);
    words[0] = static_cast<std::uint32_t>(coding.grids.size());
    words[1] = classesApart ? 2 : coding.classes.size() == 0 ? 0 : (coding.classes.rows() == 1 && coding.rows != 1 ? 1 : 2);
    const auto place = [&] { return static_cast<std::uint32_t>(words.size()); };
    for (std::size_t g = 0; g < coding.grids.size(); ++g) {
        const Grid& grid = coding.grids[g];
        const Index firstGroup = grid.group(begin);
        const Index groups = (end > begin ? grid.group(end - 1) : firstGroup) - firstGroup + 1;
        const auto keep = [&](const Matrix& m) {
            const std::uint32_t at = place();
            for (Index row = 0; row < coding.rows; ++row)
                for (Index i = 0; i < groups; ++i)
                    words.push_back(std::bit_cast<std::uint32_t>(m(row, firstGroup + i)));
            return at;
        };
        std::array<std::uint32_t, 6> head{static_cast<std::uint32_t>(grid.count), narrow(grid.groupColumns),
                                          narrow(groups), keep(grid.scale), 0, 0};
        if (grid.offset.size())
            head[4] = keep(grid.offset);
        if (!grid.table.empty()) {
            head[5] = place();
            for (float level : grid.table)
                words.push_back(std::bit_cast<std::uint32_t>(level));
        }
        std::copy(head.begin(), head.end(), words.begin() + 4 + static_cast<std::ptrdiff_t>(g) * 8);
    }
    return words;
}

} // namespace halftone::vulkan
