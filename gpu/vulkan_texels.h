// SPDX-License-Identifier: GPL-3.0-or-later
// Device memory as texel buffers, for processors that pose as a GPU (shaders/texels.glsl says why). Views
// span a whole chunk of memory, so that few descriptor sets serve all arrays.
#pragma once

#include "gpu/vulkan_commands.h"

namespace halftone {

class VulkanTexels
{
public:
    static constexpr std::size_t kBindings = 4; ///< three to read, the last to write

    VulkanTexels(const VulkanDevice& device, VulkanCommands& commands);
    ~VulkanTexels();
    VulkanTexels(const VulkanTexels&) = delete;
    VulkanTexels& operator=(const VulkanTexels&) = delete;

    /// What each binding shows: texels of four words, or of one.
    struct Shown
    {
        const VulkanBuffer* buffer = nullptr;
        bool single = false;
    };
    VkDescriptorSet set(const std::array<Shown, kBindings>& shown);

private:
    using Key = std::array<std::uint64_t, kBindings>;
    VkDescriptorSet make(const std::array<Shown, kBindings>& shown);

    const VulkanDevice& m_device;
    VulkanCommands& m_commands;
    VkDescriptorPool m_pool = VK_NULL_HANDLE;
    std::map<Key, VkDescriptorSet> m_sets;
};

} // namespace halftone
