// SPDX-License-Identifier: GPL-3.0-or-later
// What a layer needs around its walk so that its numbers stay on the device: grids' statistics, the
// choice of salient weights by counting bits, what codes mean, energies.
#include "gpu/vulkan_verbs.h"

#include <algorithm>

namespace halftone::vulkan {

namespace {

constexpr double kWorkPerElement = 40;
constexpr Index kGroups = 65535;
constexpr std::size_t kStateWords = 258; // saliency.glsl
constexpr std::uint32_t kNone = 0xffffffffu, kAll = 0xfffffffeu;

std::uint32_t groupsFor(Index size) { return narrow(std::clamp<Index>(parts(size, 1024), 1, 32768)); }

// Calls step(begin, count) over rows of `work` each, in portions fit for a dispatch.
template <class Step>
void inRows(const VulkanRuntime& v, Index rows, double work, const Step& step)
{
    const auto most = static_cast<Index>(v.commands.workPerDispatch() / std::max(1.0, work));
    const Index portion = std::clamp<Index>(most, 1, kGroups);
    for (Index begin = 0; begin < rows; begin += portion)
        step(begin, std::min(portion, rows - begin));
}

void findThresholds(VulkanRuntime& v, const Marking& m, Index groups)
{
    const Index rowsAtOnce = std::max<Index>(parts(m.rows, kGroups), std::max<Index>(1, 32768 / m.groupColumns));
    struct HistogramPush
    {
        VkDeviceAddress weights, share, state;
        std::uint32_t rows, columns, groupColumns, groupRows, shift;
    } histogram{m.weights, m.share, m.state, narrow(m.rows), narrow(m.columns), narrow(m.groupColumns),
                narrow(rowsAtOnce), 0};
    struct PickPush
    {
        VkDeviceAddress state;
        std::uint32_t groups, shift;
    } pick{m.state, narrow(groups), 0};
    for (std::uint32_t shift : {24u, 16u, 8u, 0u}) {
        histogram.shift = pick.shift = shift;
        v.commands.dispatch(v.kernels.get("saliency_histogram", {static_cast<std::uint32_t>(m.kind)}), &histogram,
                            sizeof(histogram), {narrow(groups), narrow(parts(m.rows, rowsAtOnce)), 1},
                            kWorkPerElement * static_cast<double>(m.rows * m.columns));
        v.commands.dispatch(v.kernels.get("saliency_pick", {0}), &pick, sizeof(pick), {narrow(parts(groups, 64)), 1, 1},
                            1e5);
    }
}

} // namespace

void decodeCodes(VulkanRuntime& v, VkDeviceAddress values, VkDeviceAddress codes, VkDeviceAddress coding,
                 VkDeviceAddress classes, Index rows, Index columns)
{
    struct Push
    {
        VkDeviceAddress values, codes, coding, classes;
        std::uint32_t columns, begin, size, codingBegin;
    } push{values, codes, coding, classes, narrow(columns), 0, 0, 0};
    inRows(v, rows, kWorkPerElement * static_cast<double>(columns), [&](Index begin, Index count) {
        push.begin = narrow(begin * columns);
        push.size = narrow(count * columns);
        v.commands.dispatch(v.kernels.get("decode_codes", {}), &push, sizeof(push), {groupsFor(count * columns), 1, 1},
                            kWorkPerElement * static_cast<double>(count * columns), begin == 0);
    });
}

void convert(VulkanRuntime& v, VkDeviceAddress to, Scalar toScalar, VkDeviceAddress from, Index size)
{
    struct Push
    {
        VkDeviceAddress to, from;
        std::uint32_t size;
    } push{to, from, narrow(size)};
    v.commands.dispatch(v.kernels.get(toScalar == Scalar::F64 ? "convert_f64" : "convert_f32", {}), &push, sizeof(push),
                        {groupsFor(size), 1, 1}, kWorkPerElement * static_cast<double>(size));
}

void widen(VulkanRuntime& v, VkDeviceAddress to, VkDeviceAddress from, Index size, bool brain)
{
    struct Push
    {
        VkDeviceAddress to, from;
        std::uint32_t size;
    } push{to, from, narrow(size)};
    v.commands.dispatch(v.kernels.get("widen", {brain}), &push, sizeof(push), {groupsFor(size / 2), 1, 1},
                        kWorkPerElement * static_cast<double>(size));
}

void diagonal(VulkanRuntime& v, VkDeviceAddress a, Scalar scalar, VkDeviceAddress list, Index size, bool set)
{
    struct Push
    {
        VkDeviceAddress a, list;
        std::uint32_t size;
    } push{a, list, narrow(size)};
    v.commands.dispatch(v.kernels.get(scalar == Scalar::F64 ? "diagonal_f64" : "diagonal_f32", {set}), &push,
                        sizeof(push), {narrow(parts(size, 256)), 1, 1}, kWorkPerElement * static_cast<double>(size));
}

void rowProducts(VulkanRuntime& v, VkDeviceAddress to, VkDeviceAddress a, VkDeviceAddress b, Index rows, Index columns)
{
    struct Push
    {
        VkDeviceAddress to, a, b;
        std::uint32_t columns, rowBegin;
    } push{to, a, b, narrow(columns), 0};
    inRows(v, rows, kWorkPerElement * static_cast<double>(columns), [&](Index begin, Index count) {
        push.rowBegin = narrow(begin);
        v.commands.dispatch(v.kernels.get("row_energies", {}), &push, sizeof(push), {narrow(count), 1, 1},
                            kWorkPerElement * static_cast<double>(count * columns), begin == 0);
    });
}

std::vector<std::uint32_t> saliencyState(Index rows, Index columns, Index groupColumns, double ratio)
{
    const Index groups = parts(columns, groupColumns);
    std::vector<std::uint32_t> state(static_cast<std::size_t>(groups) * kStateWords, 0);
    for (Index g = 0; g < groups; ++g) {
        const Index count = rows * std::min(groupColumns, columns - g * groupColumns);
        const Index place = salientPlace(count, ratio);
        state[static_cast<std::size_t>(g) * kStateWords + 1] = place <= 0 ? kAll : place >= count ? kNone : narrow(place);
    }
    return state;
}

// The threshold is the saliency at a place: found eight bits at a time, exactly, by whole numbers that
// do not care for the order of additions.
void markSalient(VulkanRuntime& v, const Marking& m)
{
    findThresholds(v, m, parts(m.columns, m.groupColumns));
    struct Push
    {
        VkDeviceAddress marks, weights, share, state;
        std::uint32_t columns, groupColumns, size;
    } push{m.marks, m.weights, m.share, m.state, narrow(m.columns), narrow(m.groupColumns), narrow(m.rows * m.columns)};
    v.commands.dispatch(v.kernels.get("saliency_mark", {static_cast<std::uint32_t>(m.kind)}), &push, sizeof(push),
                        {groupsFor(m.rows * m.columns), 1, 1}, kWorkPerElement * static_cast<double>(m.rows * m.columns));
}

void groupStatistics(VulkanRuntime& v, VkDeviceAddress to, VkDeviceAddress weights, VkDeviceAddress classes,
                     const GroupChoice& choice, Index rows, Index columns)
{
    struct Push
    {
        VkDeviceAddress to, weights, classes;
        std::uint32_t columns, groupColumns, rowBegin, which;
    } push{to, weights, classes, narrow(columns), narrow(choice.groupColumns), 0, choice.which};
    const VulkanKernel& kernel = v.kernels.get("group_statistics", {classes != 0, choice.othersCount});
    inRows(v, rows, kWorkPerElement * static_cast<double>(columns), [&](Index begin, Index count) {
        push.rowBegin = narrow(begin);
        v.commands.dispatch(kernel, &push, sizeof(push),
                            {narrow(parts(columns, choice.groupColumns)), narrow(count), 1},
                            kWorkPerElement * static_cast<double>(count * columns), begin == 0);
    });
}

} // namespace halftone::vulkan
