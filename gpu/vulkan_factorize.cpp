// SPDX-License-Identifier: GPL-3.0-or-later
// Cholesky factor, inverse and triangular solves in panels of kBlock columns: the small triangle in one
// workgroup, the panel row by row, the rest as matrix products.
#include "gpu/vulkan_verbs.h"

#include <algorithm>

namespace halftone::vulkan {

namespace {

constexpr Index kBlock = 32;       // of the shaders
constexpr Index kSpan = 256;       // columns that are factored before the rest is updated
constexpr Index kRows = 64;        // of solve_panel
constexpr double kPanelWork = 1e5; // small steps wait for themselves, not for numbers

constexpr Variant kDiagonal{"factor_diagonal_f32", "factor_diagonal_f64"};
constexpr Variant kSolve{"solve_panel_f32", "solve_panel_f64"};
constexpr Variant kReverse{"reverse_f32", "reverse_f64"};
constexpr Variant kMirror{"mirror_f32", "mirror_f64"};

// One square matrix on the device.
struct Square
{
    VkDeviceAddress address;
    Scalar scalar;
    Index size;
    VkDeviceAddress at(Index row, Index column) const { return element(address, scalar, row * size + column); }
};

void otherTriangle(VulkanRuntime& v, VkDeviceAddress a, Scalar scalar, Index size, bool zero)
{
    struct Push
    {
        VkDeviceAddress a;
        std::uint32_t size;
    } push{a, narrow(size)};
    if (size > 0)
        v.commands.dispatch(v.kernels.get(kMirror.of(scalar), {zero}), &push, sizeof(push),
                            {narrow(parts(size, 16)), narrow(parts(size, 16)), 1},
                            40.0 * static_cast<double>(size * size));
}

void reverse(VulkanRuntime& v, const Square& a)
{
    struct Push
    {
        VkDeviceAddress a;
        std::uint32_t size;
    } push{a.address, narrow(a.size * a.size)};
    v.commands.dispatch(v.kernels.get(kReverse.of(a.scalar), {}), &push, sizeof(push),
                        {narrow(std::clamp<Index>(parts(a.size * a.size, 2048), 1, 32768)), 1, 1},
                        40.0 * static_cast<double>(a.size * a.size));
}

void diagonal(VulkanRuntime& v, const Square& a, VkDeviceAddress failed, Index begin, Index blocks, bool invert)
{
    struct Push
    {
        VkDeviceAddress a, failed;
        std::uint32_t size, begin;
    } push{a.address, failed, narrow(a.size), narrow(begin)};
    v.commands.dispatch(v.kernels.get(kDiagonal.of(a.scalar), {invert}), &push, sizeof(push), {narrow(blocks), 1, 1},
                        kPanelWork * static_cast<double>(blocks));
}

void solvePanel(VulkanRuntime& v, VkDeviceAddress b, Index strideB, Index rows, VkDeviceAddress lower, Index strideL,
                Index count, Scalar scalar, bool backward)
{
    struct Push
    {
        VkDeviceAddress b, lower;
        std::uint32_t rows, count, strideB, strideL;
    } push{b, lower, narrow(rows), narrow(count), narrow(strideB), narrow(strideL)};
    if (rows > 0)
        v.commands.dispatch(v.kernels.get(kSolve.of(scalar), {backward}), &push, sizeof(push),
                            {narrow(parts(rows, kRows)), 1, 1}, 4e3 * static_cast<double>(rows));
}

// The square below and right of `begin`, or the columns of it up to `end`, -= what columns [from, from +
// count) of its rows give.
void updateBehind(VulkanRuntime& v, const Square& a, Index from, Index count, Index begin, Index end)
{
    Product update;
    update.a = update.b = {a.at(begin, from), a.size, false, a.scalar, 0};
    update.c = a.at(begin, begin);
    update.strideC = a.size;
    update.scalar = a.scalar;
    update.rows = a.size - begin;
    update.columns = end - begin;
    update.depth = count;
    update.factor = -1;
    update.add = update.lower = true;
    if (update.columns > 0)
        product(v, update, nullptr);
}

// Panels within spans: only the columns of its span follow a panel at once, all others a whole span, so
// that the large product is as deep as a span.
void factorInPanels(VulkanRuntime& v, const Square& a, VkDeviceAddress failed, Progress& progress)
{
    for (Index span = 0; span < a.size; span += kSpan) {
        const Index spanEnd = std::min(span + kSpan, a.size);
        for (Index panel = span; panel < spanEnd; panel += kBlock) {
            progress.check();
            const Index begin = std::min(panel + kBlock, a.size);
            diagonal(v, a, failed, panel, 1, false);
            solvePanel(v, a.at(begin, panel), a.size, a.size - begin, a.at(panel, panel), a.size, begin - panel, a.scalar,
                       false);
            updateBehind(v, a, panel, begin - panel, begin, spanEnd);
        }
        updateBehind(v, a, span, spanEnd - span, spanEnd, a.size);
    }
}

// One step of invertLower for `pairs` pairs of squares from `base` on, the lower ones `height` high.
void invertPairs(VulkanRuntime& v, const Square& a, VkDeviceAddress spare, Index side, Index base, Index pairs,
                 Index height, bool second, bool after)
{
    const Index middle = base + side;
    const Index apart = 2 * side * (a.size + 1); // elements from pair to pair
    const VkDeviceAddress between = element(spare, a.scalar, base / 2 * side);
    Product p;
    p.scalar = a.scalar;
    p.rows = height;
    p.columns = side;
    p.batches = pairs;
    p.after = after;
    if (second) {
        p.a = {a.at(middle, middle), a.size, false, a.scalar, apart};
        p.b = {between, side, true, a.scalar, side * side};
        p.c = a.at(middle, base);
        p.strideC = a.size;
        p.batchC = apart;
        p.depth = height;
        p.factor = -1;
    } else {
        p.a = {a.at(middle, base), a.size, false, a.scalar, apart};
        p.b = {a.at(base, base), a.size, true, a.scalar, apart};
        p.c = between;
        p.strideC = side;
        p.batchC = side * side;
        p.depth = side;
    }
    product(v, p, nullptr);
}

// The inverse of a lower triangle in place, above which there are zeros: first the blocks on the
// diagonal, then pairs of inverted squares of twice the size each time,
// X21 = -X22 (L21 X11). The pairs of one size are independent.
void invertLower(VulkanRuntime& v, const Square& a, VkDeviceAddress spare, Progress& progress)
{
    diagonal(v, a, a.address, 0, parts(a.size, kBlock), true);
    for (Index side = kBlock; side < a.size; side *= 2) {
        progress.check();
        const Index pairs = a.size / (2 * side); // of which both squares are whole
        const Index rest = a.size - pairs * 2 * side;
        const auto step = [&](bool second) {
            invertPairs(v, a, spare, side, 0, pairs, side, second, true);
            if (rest > side)
                invertPairs(v, a, spare, side, pairs * 2 * side, 1, rest - side, second, pairs == 0);
        };
        step(false);
        step(true);
    }
}

} // namespace

void mirror(VulkanRuntime& v, VkDeviceAddress a, Scalar scalar, Index size)
{
    otherTriangle(v, a, scalar, size, false);
}

void zeroAbove(VulkanRuntime& v, VkDeviceAddress a, Scalar scalar, Index size)
{
    otherTriangle(v, a, scalar, size, true);
}

void cholesky(VulkanRuntime& v, VkDeviceAddress a, Scalar scalar, Index size, VkDeviceAddress failed,
              Progress& progress)
{
    factorInPanels(v, {a, scalar, size}, failed, progress);
    zeroAbove(v, a, scalar, size);
}

// Read backwards, a row-major matrix has both its rows and its columns in reverse order (cpu_factorize).
void inverseUpperFactor(VulkanRuntime& v, VkDeviceAddress a, Scalar scalar, Index size, VkDeviceAddress failed,
                        VkDeviceAddress spare, Progress& progress)
{
    const Square square{a, scalar, size};
    reverse(v, square);
    factorInPanels(v, square, failed, progress);
    zeroAbove(v, a, scalar, size);
    invertLower(v, square, spare, progress);
    reverse(v, square);
}

void solveRight(VulkanRuntime& v, VkDeviceAddress b, VkDeviceAddress lower, Scalar scalar, Index rows, Index columns,
                const Progress* watched)
{
    const auto panelOf = [&](Index column) { return element(b, scalar, column); };
    const auto factorAt = [&](Index row, Index column) { return element(lower, scalar, row * columns + column); };
    const auto spread = [&](Index from, Index count, Index to, Index width, bool backward) {
        Product p;
        p.a = {panelOf(from), columns, false, scalar, 0};
        p.b = backward ? Factor{factorAt(from, to), columns, true, scalar, 0}
                       : Factor{factorAt(to, from), columns, false, scalar, 0};
        p.c = panelOf(to);
        p.strideC = columns;
        p.scalar = scalar;
        p.rows = rows;
        p.columns = width;
        p.depth = count;
        p.factor = -1;
        p.add = true;
        product(v, p, watched);
    };
    for (Index panel = 0; panel < columns; panel += kBlock) {
        stopWhenCancelled(watched);
        const Index count = std::min(kBlock, columns - panel);
        solvePanel(v, panelOf(panel), columns, rows, factorAt(panel, panel), columns, count, scalar, false);
        spread(panel, count, panel + count, columns - panel - count, false);
    }
    for (Index panel = (columns - 1) / kBlock * kBlock; panel >= 0 && columns > 0; panel -= kBlock) {
        stopWhenCancelled(watched);
        const Index count = std::min(kBlock, columns - panel);
        solvePanel(v, panelOf(panel), columns, rows, factorAt(panel, panel), columns, count, scalar, true);
        spread(panel, count, 0, panel, true);
    }
}

} // namespace halftone::vulkan
