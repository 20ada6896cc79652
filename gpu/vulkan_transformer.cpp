// SPDX-License-Identifier: GPL-3.0-or-later
// The steps of a transformer block that are no products.
#include "gpu/vulkan_verbs.h"

#include <algorithm>

namespace halftone::vulkan {

namespace {

constexpr double kWorkPerElement = 40; // what an element read and written costs, in operations
constexpr Index kGroups = 65535;

// Calls step(begin, count) over `size` things of `work` each, in portions fit for a dispatch.
template <class Step>
void inPortions(const VulkanRuntime& v, Index size, double work, Index multiple, const Step& step)
{
    const auto most = static_cast<Index>(std::max(1.0, v.commands.workPerDispatch() / work));
    const Index portion = std::max<Index>(1, most / multiple) * multiple;
    for (Index begin = 0; begin < size; begin += portion)
        step(begin, std::min(portion, size - begin));
}

struct ElementPush
{
    VkDeviceAddress a, b;
    std::uint32_t size, columns, begin;
};

// Scores of a few hundred queries at a time, all heads in one product, so that memory stays linear in
// the window and both products run on the matrix units.
void attentionOnMatrixUnits(VulkanRuntime& v, VkDeviceAddress to, VkDeviceAddress q, VkDeviceAddress k,
                            VkDeviceAddress values, Index queries, const AttentionShape& shape,
                            const Progress* watched)
{
    constexpr Index scoreBytes = Index{64} << 20;
    const Index queryWidth = shape.heads * shape.headWidth, keyWidth = shape.keyHeads * shape.headWidth;
    const Index mostKeys = shape.queryBegin + queries;
    const Index portion = std::max<Index>(128, scoreBytes / (4 * shape.heads * mostKeys) / 128 * 128);
    const Index sharing = shape.heads / shape.keyHeads;
    for (Index begin = 0; begin < queries; begin += portion) {
        const Index count = std::min(portion, queries - begin);
        const Index keys = shape.queryBegin + begin + count;
        const Index paddedKeys = parts(keys, v.halvesTile.depth) * v.halvesTile.depth;
        const Index paddedQueries = parts(count, v.halvesTile.rows) * v.halvesTile.rows;
        const VulkanMemory::Piece scores = v.take(4 * shape.heads * count * keys);
        const VulkanMemory::Piece weights = v.take(2 * shape.heads * paddedQueries * paddedKeys);
        Product p;
        p.a = {element(q, Scalar::F32, begin * queryWidth), queryWidth, false, Scalar::F32, shape.headWidth};
        p.b = {k, keyWidth, false, Scalar::F32, shape.headWidth};
        p.c = scores.address();
        p.strideC = keys;
        p.batchC = count * keys;
        p.rows = count;
        p.columns = keys;
        p.depth = shape.headWidth;
        p.factor = shape.scale;
        p.batches = shape.heads;
        p.sharing = sharing;
        p.halves = true;
        product(v, p, watched);
        struct Push
        {
            VkDeviceAddress scores, to;
            std::uint32_t keys, paddedQueries, paddedKeys, position, window;
        } push{scores.address(), weights.address(), narrow(keys), narrow(paddedQueries), narrow(paddedKeys),
               narrow(shape.queryBegin + begin), narrow(shape.window)};
        v.commands.dispatch(v.kernels.get("softmax_halves", {}), &push, sizeof(push),
                            {narrow(count), narrow(shape.heads), 1},
                            kWorkPerElement * static_cast<double>(shape.heads * count * keys));
        p.a = {weights.address(), paddedKeys, false, Scalar::F32, paddedQueries * paddedKeys, paddedQueries};
        p.b = {values, keyWidth, true, Scalar::F32, shape.headWidth};
        p.c = element(to, Scalar::F32, begin * queryWidth);
        p.strideC = queryWidth;
        p.batchC = shape.headWidth;
        p.columns = shape.headWidth;
        p.depth = keys;
        p.factor = 1;
        product(v, p, watched);
        v.giveBack(weights);
        v.giveBack(scores);
    }
}

std::uint32_t groupsFor(Index size) { return narrow(std::clamp<Index>(parts(size, 1024), 1, 32768)); }

} // namespace

void elementwise(VulkanRuntime& v, const char* shader, VkDeviceAddress a, VkDeviceAddress b, Index size)
{
    inPortions(v, size, kWorkPerElement, 256, [&](Index begin, Index count) {
        const ElementPush push{element(a, Scalar::F32, begin), element(b, Scalar::F32, begin), narrow(count), 1, 0};
        v.commands.dispatch(v.kernels.get(shader, {}), &push, sizeof(push), {groupsFor(count), 1, 1},
                            kWorkPerElement * static_cast<double>(count), begin == 0);
    });
}

void addBias(VulkanRuntime& v, VkDeviceAddress a, VkDeviceAddress bias, Index rows, Index columns)
{
    if (columns == 0)
        return;
    inPortions(v, rows, kWorkPerElement * static_cast<double>(columns), 1, [&](Index begin, Index count) {
        const ElementPush push{element(a, Scalar::F32, begin * columns), bias, narrow(count * columns),
                               narrow(columns), 0};
        v.commands.dispatch(v.kernels.get("add_bias", {}), &push, sizeof(push), {groupsFor(count * columns), 1, 1},
                            kWorkPerElement * static_cast<double>(count * columns), begin == 0);
    });
}

void rmsNorm(VulkanRuntime& v, VkDeviceAddress to, VkDeviceAddress from, VkDeviceAddress gain, float epsilon,
             Index rows, Index columns)
{
    struct Push
    {
        VkDeviceAddress to, from, gain;
        std::uint32_t columns, rowBegin;
        float epsilon;
    } push{to, from, gain, narrow(columns), 0, epsilon};
    for (Index begin = 0; begin < rows && columns > 0; begin += kGroups) {
        const Index count = std::min(kGroups, rows - begin);
        push.rowBegin = narrow(begin);
        v.commands.dispatch(v.kernels.get("rms_norm", {}), &push, sizeof(push), {narrow(count), 1, 1},
                            kWorkPerElement * static_cast<double>(count * columns), begin == 0);
    }
}

void rotary(VulkanRuntime& v, VkDeviceAddress x, VkDeviceAddress cosine, VkDeviceAddress sine, Index rows,
            Index columns, Index headWidth, Index pairs, RotaryStyle style)
{
    const bool neighbours = style == RotaryStyle::Neighbours;
    struct Push
    {
        VkDeviceAddress x, cosine, sine;
        std::uint32_t columns, headWidth, pairs, step, partner, rowBegin;
    } push{x, cosine, sine, narrow(columns), narrow(headWidth), narrow(pairs), neighbours ? 2u : 1u,
           neighbours ? 1u : narrow(pairs), 0};
    const Index across = parts(columns / headWidth * pairs, 128);
    for (Index begin = 0; begin < rows && across > 0; begin += kGroups) {
        const Index count = std::min(kGroups, rows - begin);
        push.rowBegin = narrow(begin);
        v.commands.dispatch(v.kernels.get("rotary", {}), &push, sizeof(push), {narrow(across), narrow(count), 1},
                            kWorkPerElement * static_cast<double>(count * columns), begin == 0);
    }
}

void attention(VulkanRuntime& v, VkDeviceAddress to, VkDeviceAddress q, VkDeviceAddress k, VkDeviceAddress values,
               Index queries, const AttentionShape& shape, const Progress* watched)
{
    if (hasHalves(v) && shape.headWidth % 16 == 0 && shape.headWidth >= 32 && queries % 16 == 0 && queries >= 64 &&
        shape.queryBegin % 16 == 0)
        return attentionOnMatrixUnits(v, to, q, k, values, queries, shape, watched);
    constexpr Index queryTile = 16;
    struct Push
    {
        VkDeviceAddress to, q, k, v;
        std::uint32_t queries, heads, keyHeads, queryBegin, window, tileBegin;
        float scale;
    } push{to, q, k, values, narrow(queries), narrow(shape.heads), narrow(shape.keyHeads), narrow(shape.queryBegin),
           narrow(shape.window), 0, shape.scale};
    const std::uint32_t keyTile = shape.headWidth > 128 ? 16 : 32;
    const VulkanKernel& kernel = v.kernels.get("attention", {narrow(shape.headWidth), keyTile});
    const Index seen = shape.window > 0 ? std::min(shape.window, shape.queryBegin + queries)
                                        : shape.queryBegin + queries;
    const double tileWork = 4.0 * queryTile * static_cast<double>(seen * shape.headWidth * shape.heads);
    inPortions(v, parts(queries, queryTile), tileWork, 1, [&](Index begin, Index count) {
        stopWhenCancelled(watched);
        push.tileBegin = narrow(begin);
        v.commands.dispatch(kernel, &push, sizeof(push), {narrow(count), narrow(shape.heads), 1},
                            tileWork * static_cast<double>(count), begin == 0);
    });
}

} // namespace halftone::vulkan
