// SPDX-License-Identifier: GPL-3.0-or-later
// What was asked of the device, in order: dispatches and copies are recorded, submitted in portions of
// a few milliseconds, and timed. One queue; each step sees what the steps before it wrote.
#pragma once

#include "gpu/vulkan_memory.h"

#include <array>
#include <deque>

namespace halftone {

struct VulkanKernel
{
    VkPipeline pipeline = VK_NULL_HANDLE;
    VkPipelineLayout layout = VK_NULL_HANDLE;
    const char* name = "";
    VkDescriptorSet set = VK_NULL_HANDLE; ///< of shaders that read texels
};

/// What the dispatches of one shader took on the device.
struct VulkanKernelTime
{
    std::int64_t count = 0;
    double seconds = 0, longest = 0;
};

class VulkanCommands
{
public:
    VulkanCommands(const VulkanDevice& device, const VulkanOptions& options);
    ~VulkanCommands();
    VulkanCommands(const VulkanCommands&) = delete;
    VulkanCommands& operator=(const VulkanCommands&) = delete;

    /// `work` in floating-point operations (or bytes times ten): measured to keep portions short.
    /// `after` false: does not read or write what earlier steps since the last barrier wrote.
    void dispatch(const VulkanKernel& kernel, const void* push, std::uint32_t pushBytes,
                  std::array<std::uint32_t, 3> groups, double work, bool after = true);
    void copy(VkBuffer to, std::int64_t toBegin, VkBuffer from, std::int64_t fromBegin, std::int64_t bytes);
    void fillZero(VkBuffer to, std::int64_t begin, std::int64_t bytes);

    /// Work that a dispatch may hold to stay near 20 ms on this device.
    double workPerDispatch() const { return m_rate * 0.02; }

    /// Number that the steps recorded so far bear; wait(number) returns once they are done.
    std::uint64_t number() const { return m_next; }
    void submit();
    void wait(std::uint64_t number);
    void waitAll();

    /// Of all dispatches so far, by shader; empty unless they are timed.
    const std::map<std::string, VulkanKernelTime>& kernelTimes();

private:
    static constexpr std::size_t kSlots = 4;
    struct Slot
    {
        VkCommandBuffer commands = VK_NULL_HANDLE;
        std::uint64_t number = 0; // of its last submission
        double work = 0;
        std::vector<const char*> timed; // shaders of its dispatches
    };
    static constexpr int kStepsPerSubmission = 512;
    static constexpr std::uint32_t kQueries = 2 + 2 * kStepsPerSubmission; // of a slot
    std::uint32_t firstQuery(std::size_t slot) const { return static_cast<std::uint32_t>(slot) * kQueries; }
    void begin();
    void barrier();
    void giveUp();
    bool isIdle() const; // nothing that was submitted is unfinished
    void readTime(std::size_t slot);
    void readKernelTimes(std::size_t slot);

    const VulkanDevice& m_device;
    VkCommandPool m_pool = VK_NULL_HANDLE;
    VkQueryPool m_times = VK_NULL_HANDLE;
    VkSemaphore m_done = VK_NULL_HANDLE;
    std::array<Slot, kSlots> m_slots;
    std::size_t m_slot = 0;
    bool m_recording = false;
    std::uint64_t m_next = 1;
    int m_steps = 0;
    bool m_canTime;       // single dispatches
    bool m_timed = false; // those of the portion that is being recorded
    std::function<bool()> m_isTimed;
    std::function<void(const char*, double)> m_onDispatch;
    std::function<bool()> m_isLost, m_isFaulty;
    std::map<std::string, VulkanKernelTime> m_kernelTimes;
    double m_rate = 2e10; // operations a second, until measured
};

} // namespace halftone
