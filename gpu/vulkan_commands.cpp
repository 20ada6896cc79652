// SPDX-License-Identifier: GPL-3.0-or-later
#include "gpu/vulkan_commands.h"

#include "base/error.h"

#include <algorithm>

namespace halftone {

namespace {
constexpr double kSecondsPerSubmission = 0.03;
constexpr int kStepsToWakeIt = 8; // a device that has nothing to do need not wait for the rest of a portion
} // namespace

VulkanCommands::VulkanCommands(const VulkanDevice& device, const VulkanOptions& options)
    : m_device(device), m_canTime(device.nanosecondsPerTick() > 0), m_isTimed(options.isTimed), m_onDispatch(options.onDispatch),
      m_isLost(options.isLost), m_isFaulty(options.isFaulty)
{
    const auto& api = device.api();
    VkCommandPoolCreateInfo pool{VK_STRUCTURE_TYPE_COMMAND_POOL_CREATE_INFO, nullptr,
                                 VK_COMMAND_POOL_CREATE_RESET_COMMAND_BUFFER_BIT, device.queueFamily()};
    requireSuccess(api.vkCreateCommandPool(device.handle(), &pool, nullptr, &m_pool), "vkCreateCommandPool");
    for (Slot& slot : m_slots) {
        VkCommandBufferAllocateInfo allocate{VK_STRUCTURE_TYPE_COMMAND_BUFFER_ALLOCATE_INFO, nullptr, m_pool,
                                             VK_COMMAND_BUFFER_LEVEL_PRIMARY, 1};
        requireSuccess(api.vkAllocateCommandBuffers(device.handle(), &allocate, &slot.commands),
                       "vkAllocateCommandBuffers");
    }
    VkQueryPoolCreateInfo times{};
    times.sType = VK_STRUCTURE_TYPE_QUERY_POOL_CREATE_INFO;
    times.queryType = VK_QUERY_TYPE_TIMESTAMP;
    times.queryCount = kQueries * kSlots;
    requireSuccess(api.vkCreateQueryPool(device.handle(), &times, nullptr, &m_times), "vkCreateQueryPool");
    VkSemaphoreTypeCreateInfo timeline{VK_STRUCTURE_TYPE_SEMAPHORE_TYPE_CREATE_INFO, nullptr,
                                       VK_SEMAPHORE_TYPE_TIMELINE, 0};
    VkSemaphoreCreateInfo semaphore{VK_STRUCTURE_TYPE_SEMAPHORE_CREATE_INFO, &timeline, 0};
    requireSuccess(api.vkCreateSemaphore(device.handle(), &semaphore, nullptr, &m_done), "vkCreateSemaphore");
}

VulkanCommands::~VulkanCommands()
{
    const auto& api = m_device.api();
    api.vkDeviceWaitIdle(m_device.handle());
    api.vkDestroySemaphore(m_device.handle(), m_done, nullptr);
    api.vkDestroyQueryPool(m_device.handle(), m_times, nullptr);
    api.vkDestroyCommandPool(m_device.handle(), m_pool, nullptr);
}

void VulkanCommands::begin()
{
    if (m_recording)
        return;
    Slot& slot = m_slots[m_slot];
    wait(slot.number);
    readTime(m_slot);
    slot.work = 0;
    m_steps = 0;
    m_timed = m_canTime && m_isTimed && m_isTimed();
    VkCommandBufferBeginInfo info{};
    info.sType = VK_STRUCTURE_TYPE_COMMAND_BUFFER_BEGIN_INFO;
    info.flags = VK_COMMAND_BUFFER_USAGE_ONE_TIME_SUBMIT_BIT;
    const auto& api = m_device.api();
    requireSuccess(api.vkBeginCommandBuffer(slot.commands, &info), "vkBeginCommandBuffer");
    if (m_device.nanosecondsPerTick() > 0) {
        const std::uint32_t query = firstQuery(m_slot);
        api.vkCmdResetQueryPool(slot.commands, m_times, query, m_timed ? kQueries : 2);
        api.vkCmdWriteTimestamp(slot.commands, VK_PIPELINE_STAGE_TOP_OF_PIPE_BIT, m_times, query);
    }
    m_recording = true;
}

void VulkanCommands::barrier()
{
    const VkMemoryBarrier memory{VK_STRUCTURE_TYPE_MEMORY_BARRIER, nullptr,
                                 VK_ACCESS_SHADER_WRITE_BIT | VK_ACCESS_TRANSFER_WRITE_BIT,
                                 VK_ACCESS_SHADER_READ_BIT | VK_ACCESS_SHADER_WRITE_BIT |
                                     VK_ACCESS_TRANSFER_READ_BIT | VK_ACCESS_TRANSFER_WRITE_BIT};
    constexpr VkPipelineStageFlags stages = VK_PIPELINE_STAGE_COMPUTE_SHADER_BIT | VK_PIPELINE_STAGE_TRANSFER_BIT;
    m_device.api().vkCmdPipelineBarrier(m_slots[m_slot].commands, stages, stages, 0, 1, &memory, 0, nullptr,
                                        0, nullptr);
}

void VulkanCommands::dispatch(const VulkanKernel& kernel, const void* push, std::uint32_t pushBytes,
                              std::array<std::uint32_t, 3> groups, double work, bool after)
{
    begin();
    Slot& slot = m_slots[m_slot];
    if (after || kernel.set) // texels show whole buffers: the validation cannot know which parts differ
        barrier();
    const auto& api = m_device.api();
    api.vkCmdBindPipeline(slot.commands, VK_PIPELINE_BIND_POINT_COMPUTE, kernel.pipeline);
    if (kernel.set)
        api.vkCmdBindDescriptorSets(slot.commands, VK_PIPELINE_BIND_POINT_COMPUTE, kernel.layout, 0, 1, &kernel.set, 0,
                                    nullptr);
    api.vkCmdPushConstants(slot.commands, kernel.layout, VK_SHADER_STAGE_COMPUTE_BIT, 0, pushBytes, push);
    const auto stamp = [&](std::uint32_t which) {
        if (m_timed)
            api.vkCmdWriteTimestamp(slot.commands, VK_PIPELINE_STAGE_BOTTOM_OF_PIPE_BIT, m_times,
                                    firstQuery(m_slot) + 2 + 2 * static_cast<std::uint32_t>(slot.timed.size()) + which);
    };
    stamp(0);
    api.vkCmdDispatch(slot.commands, groups[0], groups[1], groups[2]);
    stamp(1);
    if (m_timed)
        slot.timed.push_back(kernel.name);
    slot.work += work;
    ++m_steps;
    if (m_steps >= kStepsPerSubmission || slot.work > m_rate * kSecondsPerSubmission || (m_steps == kStepsToWakeIt && isIdle()))
        submit();
}

bool VulkanCommands::isIdle() const
{
    std::uint64_t done = 0;
    return m_device.api().vkGetSemaphoreCounterValue(m_device.handle(), m_done, &done) == VK_SUCCESS && done + 1 >= m_next;
}

void VulkanCommands::copy(VkBuffer to, std::int64_t toBegin, VkBuffer from, std::int64_t fromBegin,
                          std::int64_t bytes)
{
    begin();
    barrier();
    const VkBufferCopy region{static_cast<VkDeviceSize>(fromBegin), static_cast<VkDeviceSize>(toBegin),
                              static_cast<VkDeviceSize>(bytes)};
    m_device.api().vkCmdCopyBuffer(m_slots[m_slot].commands, from, to, 1, &region);
    if (++m_steps >= kStepsPerSubmission)
        submit();
}

void VulkanCommands::fillZero(VkBuffer to, std::int64_t begin, std::int64_t bytes)
{
    this->begin();
    barrier();
    m_device.api().vkCmdFillBuffer(m_slots[m_slot].commands, to, static_cast<VkDeviceSize>(begin),
                                   static_cast<VkDeviceSize>(bytes), 0);
    ++m_steps;
}

void VulkanCommands::submit()
{
    if (!m_recording)
        return;
    Slot& slot = m_slots[m_slot];
    const auto& api = m_device.api();
    // What the processor reads of staging memory after waiting must be written by then.
    const VkMemoryBarrier toHost{VK_STRUCTURE_TYPE_MEMORY_BARRIER, nullptr, VK_ACCESS_TRANSFER_WRITE_BIT,
                                 VK_ACCESS_HOST_READ_BIT};
    api.vkCmdPipelineBarrier(slot.commands, VK_PIPELINE_STAGE_TRANSFER_BIT, VK_PIPELINE_STAGE_HOST_BIT, 0, 1,
                             &toHost, 0, nullptr, 0, nullptr);
    if (m_device.nanosecondsPerTick() > 0)
        api.vkCmdWriteTimestamp(slot.commands, VK_PIPELINE_STAGE_BOTTOM_OF_PIPE_BIT, m_times,
                                firstQuery(m_slot) + 1);
    if (m_isFaulty && m_isFaulty()) // no stage to wait for
        api.vkCmdPipelineBarrier(slot.commands, 0, VK_PIPELINE_STAGE_COMPUTE_SHADER_BIT, 0, 0, nullptr, 0, nullptr, 0, nullptr);
    requireSuccess(api.vkEndCommandBuffer(slot.commands), "vkEndCommandBuffer");
    if (const std::string fault = m_device.fault(); !fault.empty()) {
        giveUp();
        throw Error(tr("Vulkan's validation layer found a fault in Halftone's use of the GPU (%1). What was finished is "
                       "kept: go on with --backend cpu, and please report it.").arg(QString::fromStdString(fault)));
    }
    slot.number = m_next++;
    VkTimelineSemaphoreSubmitInfo values{};
    values.sType = VK_STRUCTURE_TYPE_TIMELINE_SEMAPHORE_SUBMIT_INFO;
    values.signalSemaphoreValueCount = 1;
    values.pSignalSemaphoreValues = &slot.number;
    VkSubmitInfo info{};
    info.sType = VK_STRUCTURE_TYPE_SUBMIT_INFO;
    info.pNext = &values;
    info.commandBufferCount = 1;
    info.pCommandBuffers = &slot.commands;
    info.signalSemaphoreCount = 1;
    info.pSignalSemaphores = &m_done;
    m_recording = false;
    if (m_isLost && m_isLost()) {
        giveUp();
        --m_next;
        requireSuccess(VK_ERROR_DEVICE_LOST, "vkQueueSubmit");
    }
    m_slot = (m_slot + 1) % kSlots;
    requireSuccess(api.vkQueueSubmit(m_device.queue(), 1, &info, VK_NULL_HANDLE), "vkQueueSubmit");
}

// What was recorded since the last submission is dropped.
void VulkanCommands::giveUp()
{
    m_recording = false;
    m_slots[m_slot].number = 0;
    m_slots[m_slot].timed.clear();
}

void VulkanCommands::wait(std::uint64_t number)
{
    if (number == 0)
        return;
    if (number >= m_next)
        submit();
    if (number >= m_next) // nothing was recorded under it
        number = m_next - 1;
    VkSemaphoreWaitInfo info{VK_STRUCTURE_TYPE_SEMAPHORE_WAIT_INFO, nullptr, 0, 1, &m_done, &number};
    requireSuccess(m_device.api().vkWaitSemaphores(m_device.handle(), &info, UINT64_MAX), "vkWaitSemaphores");
}

void VulkanCommands::waitAll()
{
    submit();
    wait(m_next - 1);
    for (std::size_t i = 0; i < kSlots; ++i)
        readKernelTimes(i);
}

// The device's rate follows what portions with enough work took.
void VulkanCommands::readTime(std::size_t index)
{
    readKernelTimes(index);
    const Slot& slot = m_slots[index];
    if (slot.number == 0 || slot.work <= 0 || m_device.nanosecondsPerTick() == 0)
        return;
    std::array<std::uint64_t, 2> ticks{};
    if (m_device.api().vkGetQueryPoolResults(m_device.handle(), m_times, firstQuery(index), 2,
                                             sizeof(ticks), ticks.data(), sizeof(std::uint64_t),
                                             VK_QUERY_RESULT_64_BIT) != VK_SUCCESS)
        return;
    const double seconds = static_cast<double>(ticks[1] - ticks[0]) * m_device.nanosecondsPerTick() * 1e-9;
    if (ticks[1] > ticks[0] && slot.work > m_rate * kSecondsPerSubmission / 4)
        m_rate = std::clamp(0.5 * m_rate + 0.5 * slot.work / seconds, 1e9, 1e15);
}

void VulkanCommands::readKernelTimes(std::size_t index)
{
    Slot& slot = m_slots[index];
    if (slot.timed.empty())
        return;
    std::vector<std::uint64_t> ticks(2 * slot.timed.size());
    if (m_device.api().vkGetQueryPoolResults(m_device.handle(), m_times, firstQuery(index) + 2,
                                             static_cast<std::uint32_t>(ticks.size()),
                                             ticks.size() * sizeof(std::uint64_t), ticks.data(), sizeof(std::uint64_t),
                                             VK_QUERY_RESULT_64_BIT) == VK_SUCCESS)
        for (std::size_t i = 0; i < slot.timed.size(); ++i) {
            const double seconds =
                static_cast<double>(ticks[2 * i + 1] - ticks[2 * i]) * m_device.nanosecondsPerTick() * 1e-9;
            VulkanKernelTime& sum = m_kernelTimes[slot.timed[i]];
            ++sum.count;
            sum.seconds += seconds;
            sum.longest = std::max(sum.longest, seconds);
            if (m_onDispatch)
                m_onDispatch(slot.timed[i], seconds);
        }
    slot.timed.clear();
}

const std::map<std::string, VulkanKernelTime>& VulkanCommands::kernelTimes()
{
    waitAll();
    return m_kernelTimes;
}

} // namespace halftone
