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

// Scores of some queries at a time, all heads in one product, so that memory stays linear in the window
// and both products run as fast as products do: on matrix units with fp16 factors, or through texels.
class AttentionByProducts
{
public:
    AttentionByProducts(VulkanRuntime& v, VkDeviceAddress to, VkDeviceAddress q, VkDeviceAddress k, VkDeviceAddress values,
                        const AttentionShape& shape)
        : m_v(v), m_to(to), m_q(q), m_k(k), m_values(values), m_shape(shape), m_texels(v.device.readsTexels())
    {
    }

    void run(Index queries, const Progress* watched)
    {
        const Index mostKeys = m_shape.queryBegin + queries;
        // What lies behind a portion's last query is computed for nothing.
        const Index least = m_texels ? 64 : 128;
        const Index scoreBytes = Index{m_texels ? 4 : 64} << 20;
        const Index portion = std::max(least, scoreBytes / (4 * m_shape.heads * mostKeys) / least * least);
        for (Index begin = 0; begin < queries; begin += portion)
            run(begin, std::min(portion, queries - begin), watched);
    }

private:
    void run(Index begin, Index count, const Progress* watched)
    {
        const Index keys = m_shape.queryBegin + begin + count;
        const Index stride = m_texels ? parts(keys, 4) * 4 : keys;
        const VulkanMemory::Piece scores = m_v.take(4 * m_shape.heads * count * stride);
        Product p;
        p.a = {element(m_q, Scalar::F32, begin * queryWidth()), queryWidth(), false, Scalar::F32, m_shape.headWidth};
        p.b = {m_k, keyWidth(), false, Scalar::F32, m_shape.headWidth};
        p.c = scores.address();
        p.strideC = stride;
        p.batchC = count * stride;
        p.rows = count;
        p.columns = keys;
        p.depth = m_shape.headWidth;
        p.factor = m_shape.scale;
        p.batches = m_shape.heads;
        p.sharing = m_shape.heads / m_shape.keyHeads;
        p.halves = true;
        product(m_v, p, watched);
        VulkanMemory::Piece weights = scores;
        if (m_texels) {
            softmaxInPlace(scores, begin, count, stride);
            p.a = {scores.address(), stride, false, Scalar::F32, count * stride};
        } else {
            const Index paddedKeys = parts(keys, m_v.halvesTile.depth) * m_v.halvesTile.depth;
            const Index paddedQueries = parts(count, m_v.halvesTile.rows) * m_v.halvesTile.rows;
            weights = m_v.take(2 * m_shape.heads * paddedQueries * paddedKeys);
            softmaxHalves(scores, weights, begin, count, paddedQueries, paddedKeys);
            p.a = {weights.address(), paddedKeys, false, Scalar::F32, paddedQueries * paddedKeys, paddedQueries};
        }
        p.b = {m_values, keyWidth(), true, Scalar::F32, m_shape.headWidth};
        p.c = element(m_to, Scalar::F32, begin * queryWidth());
        p.strideC = queryWidth();
        p.batchC = m_shape.headWidth;
        p.columns = m_shape.headWidth;
        p.depth = keys;
        p.factor = 1;
        product(m_v, p, watched);
        if (!m_texels)
            m_v.giveBack(weights);
        m_v.giveBack(scores);
    }

    void softmaxInPlace(const VulkanMemory::Piece& scores, Index begin, Index count, Index stride)
    {
        struct Push
        {
            std::uint32_t begin, heads, queries, stride, position, window;
        } push{narrow(scores.begin / 4), narrow(m_shape.heads), narrow(count), narrow(stride),
               narrow(m_shape.queryBegin + begin), narrow(m_shape.window)};
        VulkanKernel kernel = m_v.kernels.get("softmax_texels", {false});
        const VulkanTexels::Shown shown{m_v.bufferOf(scores.address()), false};
        kernel.set = m_v.texels.set({{shown, shown, shown, shown}});
        m_v.commands.dispatch(kernel, &push, sizeof(push), {narrow(parts(m_shape.heads * count, 8)), 1, 1},
                              kWorkPerElement * static_cast<double>(m_shape.heads * count * stride));
    }

    void softmaxHalves(const VulkanMemory::Piece& scores, const VulkanMemory::Piece& weights, Index begin, Index count,
                       Index paddedQueries, Index paddedKeys)
    {
        const Index keys = m_shape.queryBegin + begin + count;
        struct Push
        {
            VkDeviceAddress scores, to;
            std::uint32_t keys, paddedQueries, paddedKeys, position, window;
        } push{scores.address(), weights.address(), narrow(keys), narrow(paddedQueries), narrow(paddedKeys),
               narrow(m_shape.queryBegin + begin), narrow(m_shape.window)};
        m_v.commands.dispatch(m_v.kernels.get("softmax_halves", {}), &push, sizeof(push),
                              {narrow(count), narrow(m_shape.heads), 1},
                              kWorkPerElement * static_cast<double>(m_shape.heads * count * keys));
    }

    Index queryWidth() const { return m_shape.heads * m_shape.headWidth; }
    Index keyWidth() const { return m_shape.keyHeads * m_shape.headWidth; }

    VulkanRuntime& m_v;
    VkDeviceAddress m_to, m_q, m_k, m_values;
    AttentionShape m_shape;
    bool m_texels;
};

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
        return AttentionByProducts(v, to, q, k, values, shape).run(queries, watched);
    if (v.device.readsTexels() && queries >= 8)
        return AttentionByProducts(v, to, q, k, values, shape).run(queries, watched);
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
