// SPDX-License-Identifier: GPL-3.0-or-later
// One Vulkan device, found at run time: without loader, driver or device the list is simply empty.
// Opens the device and its queue; it knows nothing of arrays and verbs.
#pragma once

#include <QString>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>
#include <volk.h>

namespace halftone {

/// What a person and the choice of a device need to know.
struct VulkanDeviceInfo
{
    int number = 0;                ///< of "vulkan:<number>"
    QString name;
    QString driver;                ///< name and version
    std::int64_t memoryBytes = 0;  ///< of its largest own heap
    bool software = false;         ///< a processor that poses as a GPU
    bool discrete = false;
    bool doubles = false;          ///< computes in fp64
    enum class MatrixUnits { None, Khr, Nv } matrixUnits = MatrixUnits::None; ///< fp16 in, fp32 out
    bool dotUnit = false;          ///< products of four bytes at once
    QString missing;               ///< a feature it lacks for Halftone; empty: usable
};

/// In the loader's order; empty without a loader.
std::vector<VulkanDeviceInfo> vulkanDevices();

/// How a product of halves is cut: a workgroup's tile and a subgroup's part of it, in numbers.
struct HalvesTile
{
    std::int64_t rows = 128, columns = 128, depth = 32, partRows = 64, partColumns = 64;
};

/// How packed products are cut (shaders/packed_product.comp).
struct PackedTile
{
    std::uint32_t rows = 2, teams = 4;
    bool run = true, ahead = true;
    bool subgroups = true; ///< sums within a subgroup, where these all have 32 invocations
};

struct VulkanOptions
{
    /// Validation layer with synchronization validation; the first error it reports ends what is at work.
    bool validate = false;
    bool matrixUnits = true; ///< false: leave cooperative matrices alone
    bool asGpu = false;      ///< a processor that poses as a GPU runs the shaders of GPUs: for tests
    bool halves = false;     ///< products may take fp16 factors (fp32 sums) where there are matrix units
    HalvesTile halvesTile;
    PackedTile packedTile;
    std::function<void(const std::string&)> onMessage; ///< each validation warning or error
    /// For tests: the device counts as lost at the first submission for which this says so.
    std::function<bool()> isLost;
    /// For tests: at the next submission for which this says so, a call is made that the validation layer objects to.
    std::function<bool()> isFaulty;
    std::int64_t memoryLimit = 0; ///< bytes of device memory that may be taken; 0: all there are
    /// Bytes of device memory for arrays that may lie aside; what is beyond lies in the host's. 0: two
    /// fifths of what the device has.
    std::int64_t asideBudget = 0;
    std::function<bool()> isTimed; ///< whether each dispatch is timed by itself from now on; none: never
    std::function<void(const char* shader, double seconds)> onDispatch; ///< each dispatch that was timed, when it is done
    std::function<void(const std::string&)> onTimes; ///< a line for each shader, when the backend ends
};

/// Throws Error (device lost, out of memory, ...) for any result but VK_SUCCESS.
void requireSuccess(VkResult result, const char* what);

class VulkanDevice
{
public:
    /// Throws Error when the device is not there, lacks a feature or cannot be opened.
    VulkanDevice(int number, const VulkanOptions& options);
    ~VulkanDevice();
    VulkanDevice(const VulkanDevice&) = delete;
    VulkanDevice& operator=(const VulkanDevice&) = delete;

    const VulkanDeviceInfo& info() const { return m_info; }
    /// Name of the first error that the validation layer reported; empty: none, or nobody asked it to watch.
    std::string fault() const;
    const VolkDeviceTable& api() const { return m_api; }
    VkDevice handle() const { return m_device; }
    VkQueue queue() const { return m_queue; }
    std::uint32_t queueFamily() const { return m_family; }
    std::uint32_t subgroupSize() const { return m_subgroupSize; }
    /// Whether a subgroup can add up, and never has fewer invocations than subgroupSize().
    bool subgroupSums() const { return m_subgroupSums; }
    bool dotUnit() const { return m_info.dotUnit; }
    /// A processor that poses as a GPU: products go through texel buffers (vulkan_texels.h).
    bool readsTexels() const { return m_texelLayout != VK_NULL_HANDLE; }
    /// Of three texel buffers to read and one to write; null unless readsTexels().
    VkDescriptorSetLayout texelLayout() const { return m_texelLayout; }
    std::uint32_t sharedBytes() const { return m_properties.limits.maxComputeSharedMemorySize; }
    /// 0: the queue has no clock.
    double nanosecondsPerTick() const { return m_clock ? m_properties.limits.timestampPeriod : 0; }
    const VkPhysicalDeviceProperties& properties() const { return m_properties; }
    /// A memory type with all of `wanted` and, if there is one, `liked`; -1: none.
    int memoryType(std::uint32_t allowed, VkMemoryPropertyFlags wanted, VkMemoryPropertyFlags liked) const;

private:
    friend std::vector<VulkanDeviceInfo> vulkanDevices();
    struct Instance;
    void open(const VulkanOptions& options);
    void makeTexelLayout();

    std::shared_ptr<Instance> m_instance;
    VkPhysicalDevice m_physical = VK_NULL_HANDLE;
    VkPhysicalDeviceProperties m_properties{};
    VkPhysicalDeviceMemoryProperties m_memory{};
    VulkanDeviceInfo m_info;
    VkDevice m_device = VK_NULL_HANDLE;
    VolkDeviceTable m_api{};
    VkDescriptorSetLayout m_texelLayout = VK_NULL_HANDLE;
    VkQueue m_queue = VK_NULL_HANDLE;
    std::uint32_t m_family = 0;
    std::uint32_t m_subgroupSize = 32;
    bool m_clock = false;
    bool m_subgroupSums = false;
};

} // namespace halftone
